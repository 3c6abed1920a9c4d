"""The words and punctuation marks of a text, each with its span and its folded form."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from geodata.folding import fold

_MARKS = "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u200c\u200d\u0300-\u036f"
_WORD = re.compile(
    rf"\d+(?:[.,\u066b\u066c]\d+)*"  # 4,200
    rf"|[A-Za-z\u00c0-\u024f][\w{_MARKS}'’]*"  # Latin words keep their digits: F16
    rf"|[^\W\d_][^\W\d_{_MARKS}]*(?:[{_MARKS}]+[^\W\d_]*)*"  # Arabic words do not: و59 is two words
    rf"|[^\s_{_MARKS}]"
)

QUOTES = frozenset("«»\"“”'()[]‹›„*")
"""Marks around words that a term or a name may go on behind."""


class Word(NamedTuple):
    """A word or a punctuation mark: code points `start` to `end` of the article, verbatim and folded."""

    start: int
    end: int
    text: str
    folded: str


_FOLDED: dict[str, str] = {}
_CACHE_SIZE = 200_000
_LONGEST = 100
"""Letters or digits; a longer run is no word of any language, and would stay in every memory of words."""


def _dash(word: str) -> str:
    """`بيروت ـ قُتل`: tatweel by itself is written for a dash."""
    return "-" if word.strip("ـ") == "" else ""


def split_words(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """Return the words of `text[start:end]` in order; every mark that is not white space is a word of its own."""
    words: list[Word] = []
    for match in _WORD.finditer(text, start, len(text) if end is None else end):
        word = match.group()
        folded = _FOLDED.get(word)
        if folded is None:
            if len(word) > _LONGEST:
                continue
            if len(_FOLDED) >= _CACHE_SIZE:
                _FOLDED.clear()
            folded = _FOLDED[word] = fold(word) or _dash(word)
        if folded:
            words.append(Word(match.start(), match.end(), word, folded))
    return words


def named_ali(words: Sequence[Word], position: int) -> bool:
    """`أكد توفيق محمد علي أن`: tell whether علي may be a name, no preposition of what is agreed (`على أن`)."""
    here = words[position].text == "علي" and 0 < position < len(words) - 1
    return here and words[position + 1].folded == "ان" and words[position - 1].folded.isalpha()
