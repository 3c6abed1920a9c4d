"""Fold Arabic and Latin letters for matching; folded text is never stored.

Folding drops vowel marks, tatweel and invisible directional marks, and unifies hamza seats,
alef maqsura, ta marbuta, Persian and Kurdish letters, digits and letter case.
"""

import sys
import unicodedata

_SAME = {
    "أإآٱ": "ا",
    "ىیېےۍێ": "ي",
    "ئ": "ي",
    "ؤ": "و",
    "ةۀە": "ه",
    "کگڪ": "ك",
    "پ": "ب",
    "چ": "ج",
    "ڤڨ": "ف",
    "ژ": "ز",
    "ڕ": "ر",
    "ڵ": "ل",
    "ۆۇ": "و",
    "’ʼ‘`´ʿʾ": "'",
    "–—−‑": "-",
    "ı": "i",
}
_DROPPED = "ـ\u0670\u200b\u200c\u200d\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"


def _fold_char(char: str) -> str:
    plain = unicodedata.normalize("NFKC", char)
    letters = (
        unicodedata.normalize("NFKD", plain) if plain.isascii() or "LATIN" in unicodedata.name(char, "") else plain
    )
    kept = (c for c in letters if unicodedata.category(c) != "Mn" and c not in _DROPPED)
    return "".join(_UNIFIED.get(c, str(unicodedata.digit(c)) if c.isdigit() else c) for c in kept).casefold()


_UNIFIED = {variant: base for variants, base in _SAME.items() for variant in variants}


class _Table(dict[int, str]):
    """A translation table that learns each code point the first time it is met."""

    def __missing__(self, codepoint: int) -> str:
        folded = self[codepoint] = sys.intern(_fold_char(chr(codepoint)))
        return folded


FOLD_TABLE = _Table()


def fold(text: str) -> str:
    """Return `text` folded for matching (see the module's description)."""
    return text.translate(FOLD_TABLE)
