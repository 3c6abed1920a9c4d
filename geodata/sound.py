"""Names by their sound: Arabic spellings of places that the sources list in Latin letters only (`سيلوبي`: Silopi).

Consonants are put into classes that both scripts share (ج غ: j, g, gh, Turkish c and ğ), vowels and h are left out; of
the names with one skeleton, that with the likest vowels is meant. Measured on the region's places that the sources
name in both scripts: see docs/decisions/places-by-sound.md.
"""

import re
import unicodedata
from functools import lru_cache

from rapidfuzz import fuzz

from geodata.names import LATIN_ARTICLES, is_arabic, key, without_article

_ARABIC = {
    **dict.fromkeys("بپ", "b"), **dict.fromkeys("تطثٹ", "t"), **dict.fromkeys("جغگ", "g"), "چ": "$", "ش": "$",
    "خ": "x", **dict.fromkeys("دضذ", "d"), "ر": "r", **dict.fromkeys("زظ", "z"), **dict.fromkeys("سص", "s"),
    **dict.fromkeys("قكک", "k"), "ل": "l", "م": "m", "ن": "n", **dict.fromkeys("فڤ", "f"),
    "ا": "a", "و": "o", **dict.fromkeys("يىی", "i"), "ه": "h", "ح": "h", "ع": "a",
}  # fmt: skip
_LATIN = (
    ("x", "ks"), ("kh", "x"), ("sch", "$"), ("tch", "$"), ("sh", "$"), ("ch", "$"), ("dj", "g"), ("gh", "g"),
    ("dh", "d"), ("th", "t"), ("zh", "g"), ("ph", "f"), ("ou", "o"), ("oo", "o"), ("ee", "i"), ("ei", "i"),
    ("ai", "i"), ("ay", "i"), ("j", "g"), ("q", "k"), ("p", "b"), ("v", "f"), ("w", "o"), ("u", "o"), ("y", "i"),
    ("e", "i"),
)  # fmt: skip
_TURKIC = frozenset({"TR", "AZ", "TM"})
_HARD_G = frozenset({"TN", "DZ", "MA", "EH", "MR", "LY", "SD"})
_VOWELS = re.compile("[aoih]")
_ENDING = re.compile("ه(?= |$)")
_OPEN = ("a", "o", "i")
_DOUBLE = re.compile(r"(.)\1+")
_LIKE = 75.0
"""Likeness in percent, vowels included, below which two names of one skeleton are not believed to be one."""


@lru_cache(maxsize=100_000)
def sound(name: str, country: str | None = None) -> str:
    """Return a name in letters that both scripts share; `country` tells how Latin c is spoken. Empty if unreadable."""
    folded = " ".join(map(without_article, key(name).split()))
    if is_arabic(folded):
        letters = "".join(_ARABIC.get(char, "" if char != " " else " ") for char in _ENDING.sub("ا", folded))
    else:
        letters = _latin(name, country)
    return _DOUBLE.sub(r"\1", letters).strip()


def _latin(name: str, country: str | None) -> str:
    text = name.replace("ş", "sh").replace("Ş", "sh").replace("ç", "ch").replace("Ç", "ch").replace("ğ", "g")
    text = "".join(c for c in unicodedata.normalize("NFKD", text.replace("ı", "i")) if not unicodedata.combining(c))
    text = " ".join(word for word in without_article(key(text)).split() if word not in LATIN_ARTICLES)
    if country in _TURKIC:
        text = re.sub("c(?!h)", "j", text)
    for written, spoken in _LATIN:
        text = text.replace(written, spoken)
    text = re.sub("c(?=[ei])", "s", text).replace("c", "k")
    return re.sub("[^a-z$ ]", "", text)


def readings(folded: str, country: str) -> tuple[str, ...]:
    """Return the sounds of a folded Arabic name in `country`: as it stands, ق as the Maghreb's g, ة within as t."""
    forms = [folded, folded.replace("ه ", "ت ")]
    if country in _HARD_G:
        forms += [form.replace("ق", "غ") for form in forms]
    return tuple(dict.fromkeys(map(sound, forms)))


def skeleton(spoken: str) -> str:
    """Return the consonants of a `sound`, words run together: `siloby` and `silobi` share `slb`."""
    return _DOUBLE.sub(r"\1", _VOWELS.sub("", spoken).replace(" ", ""))


def likeness(one: str, other: str) -> float:
    """Return how alike two sounds are with their vowels, in percent; 0 below what is believed.

    A vowel at the start is written in both scripts: `ليجة` is not Ilic.
    """
    opens_alike = (one[:1] in _OPEN) == (other[:1] in _OPEN)
    return float(fuzz.ratio(one, other, score_cutoff=_LIKE)) if opens_alike else 0.0
