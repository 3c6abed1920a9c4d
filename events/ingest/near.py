"""Near copies: agency texts that several outlets print, shortened or with a line of their own."""

import hashlib
import random
import re
from collections.abc import Sequence

import numpy as np

from events.model import Article
from geodata.folding import fold

_WORD = re.compile(r"\w+")
_SHINGLE = 3  # words
_SHORTEST = 20  # words, below which texts are alike by chance
_BANDS, _ROWS = 20, 3  # of texts that share half of their shingles, 94 % share a band; of those that share 0.1, 2 %
_CHANCE = random.Random(1)  # noqa: S311 - no secret, but the same in every version
_FACTORS = np.array([_CHANCE.getrandbits(64) | 1 for _ in range(_BANDS * _ROWS)], dtype="<u8")
_TERMS = np.array([_CHANCE.getrandbits(64) for _ in range(_BANDS * _ROWS)], dtype="<u8")
_ALIKE = 0.5
_DAYS = 3  # that copies are printed apart; what is alike over months is a form that is filled in


def bands(text: str) -> tuple[int, ...]:
    """Return hashes (64 bits, signed) of which near copies of a text share some; none for a short text."""
    pieces = _shingles(text)
    if len(pieces) < _SHORTEST:
        return ()
    # MinHash: of each of many orders of all hashes, the first that the text has (Broder 1997); in bands of a few.
    hashes = np.frombuffer(b"".join(map(_digest, pieces)), dtype="<u8")
    signature = (hashes[:, np.newaxis] * _FACTORS + _TERMS).min(axis=0)
    rows = signature.astype("<u8").reshape(_BANDS, _ROWS)
    return tuple(_signed(bytes([number]) + row.tobytes()) for number, row in enumerate(rows))


def _digest(piece: str) -> bytes:
    return hashlib.blake2b(piece.encode("utf-8", "surrogatepass"), digest_size=8).digest()


def _signed(band: bytes) -> int:
    return int.from_bytes(hashlib.blake2b(band, digest_size=8).digest(), "big", signed=True)


def nearest(article: Article, others: Sequence[Article]) -> Article | None:
    """Return the article of which this one is a near copy, None if it is of none.

    Two texts are near copies if they share half of their runs of three words and were printed within days.
    """
    own = _shingles(article.text)
    scored = [(_jaccard(own, _shingles(other.text)), other) for other in others if _same_days(article, other)]
    score, best = max(scored, key=lambda pair: pair[0], default=(0.0, None))
    return best if score >= _ALIKE else None


def _shingles(text: str) -> set[str]:
    words = _WORD.findall(fold(text))
    return {" ".join(words[start : start + _SHINGLE]) for start in range(len(words) - _SHINGLE + 1)}


def _jaccard(one: set[str], other: set[str]) -> float:
    return len(one & other) / (len(one | other) or 1)


def _same_days(one: Article, other: Article) -> bool:
    if one.published is None or other.published is None:
        return True
    return abs((one.published - other.published).days) <= _DAYS
