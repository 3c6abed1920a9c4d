"""Near copies: agency texts that several outlets print, shortened or with a line of their own."""

import hashlib
import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from events.model import Article
from geodata.folding import fold

_WORD = re.compile(r"\w+")
_SHINGLE = 3  # words
_SHORTEST = 20  # words, below which texts are alike by chance
_BANDS, _ROWS = 20, 3  # of texts that share half of their shingles, 94 % share a band; of those that share 0.1, 2 %
_ALIKE = 0.5
_DAYS = 3  # that copies are printed apart; what is alike over months is a form that is filled in


def bands(text: str) -> tuple[int, ...]:
    """Return hashes (64 bits, signed) of which near copies of a text share some; none for a short text."""
    pieces = _shingles(text)
    if len(pieces) < _SHORTEST:
        return ()
    signature = _signature()
    signature.update_batch([piece.encode() for piece in pieces])
    rows = [signature.hashvalues[start : start + _ROWS].tobytes() for start in range(0, _BANDS * _ROWS, _ROWS)]
    hashes = (hashlib.blake2b(bytes([number]) + row, digest_size=8) for number, row in enumerate(rows))
    return tuple(int.from_bytes(hashed.digest(), "big", signed=True) for hashed in hashes)


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


def _signature() -> Any:
    from datasketch import MinHash

    return MinHash(num_perm=_BANDS * _ROWS, permutations=_permutations(), scheme="affine32")


@cache
def _permutations() -> Any:
    from datasketch import MinHash

    return MinHash(num_perm=_BANDS * _ROWS, seed=1, scheme="affine32").permutations
