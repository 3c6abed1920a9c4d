"""Look-up keys of place names: folded words joined by single blanks, and the usual other spellings of a name."""

import re
import unicodedata
from collections.abc import Iterator

from geodata.folding import fold

_MARKS = str.maketrans(
    {"'": "", "-": " ", "_": " ", "/": " ", ",": " ", "،": " ", ".": " ", '"': "", "«": "", "»": "", "“": "", "”": ""}
)
_QUOTES = dict.fromkeys(map(ord, "‘’ʼʻʿʾ`'"))
_ARABIC_PARTICLES = ("ال",)
LATIN_ARTICLES = frozenset(
    ["al", "el", "ar", "as", "ash", "at", "ad", "adh", "az", "an", "ath", "ed", "er", "es", "esh", "et", "ez"]
)
_ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f]")
_LATIN = re.compile("[a-z]")
_VOWEL = re.compile("[aeiouy]")
_HEBREW = re.compile("[\u05d0-\u05ea]")


def key(name: str) -> str:
    """Return the look-up key of a name: folded, apostrophes and quotes dropped, hyphens and other marks a blank."""
    return " ".join(fold(name).translate(_MARKS).split())


def is_arabic(text: str) -> bool:
    """Tell whether `text` has letters of the Arabic script."""
    return _ARABIC.search(text) is not None


def usable(name: str) -> bool:
    """Tell whether a GeoNames alternate name is a name that texts use: no airport code, no vowel-less transliteration.

    Only Arabic, Latin and Hebrew scripts are kept; Latin names in small letters are transliterations from other
    scripts (`gaja siti`), unless they begin with an article (`al-Bab`).
    """
    folded = fold(name)
    if _ARABIC.search(folded):
        return len(folded) > 2 and not _LATIN.search(folded)
    if _HEBREW.search(folded):
        return len(folded) > 2
    if not _LATIN.search(folded) or any(not _plain(c) for c in folded):
        return False
    if name[0].islower() and re.split("[ -]", folded)[0] not in LATIN_ARTICLES:
        return False
    letters = len(folded.replace(" ", ""))
    return letters > 2 and not (name.isupper() and letters <= 4) and all(_VOWEL.search(w) for w in folded.split())


def _plain(char: str) -> bool:
    return char.isascii() or "LATIN" in unicodedata.name(char, "")


def spellings(name: str, *, article: bool = True) -> Iterator[tuple[str, bool]]:
    """Yield the keys under which a name is found, each with whether it is the name as given.

    `article` False keeps the definite article: outside the Arab world `El` and `Al` are no articles.
    """
    full = key(name)
    if not full:
        return
    yield full, True
    without = without_article(full) if article else full
    if without != full and len(without) > 2:
        yield without, False
    if article and full != without and not is_arabic(full):
        yield full.replace(" ", "", 1), False  # al-Bab as Albab


def without_article(name: str) -> str:
    """Return a key without its leading definite article (`الاشرفيه` → `اشرفيه`, `al bab` → `bab`)."""
    if is_arabic(name):
        return name[2:] if name.startswith(_ARABIC_PARTICLES) and len(name) > 4 else name
    first, _, rest = name.partition(" ")
    return rest if rest and first in LATIN_ARTICLES else name


def written_by_agencies(name: str) -> str:
    """Return a GeoNames name as English-language agencies write it: no marks, `Al-` for every form of the article."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    words = plain.translate(_QUOTES).split(" ")
    if len(words) > 1 and words[0].casefold() in LATIN_ARTICLES and words[0] != "El":
        return " ".join(("Al-" + words[1], *words[2:]))
    return " ".join(words)
