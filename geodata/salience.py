"""How surely a name in running text is a place: strong anywhere, weak only beside a kind word or preposition."""

from functools import cache
from pathlib import Path
from typing import Literal

from geodata.kinds import kind_of
from geodata.model import Place
from geodata.names import is_arabic, key
from geodata.table import read_names
from geodata.world import REGION

Salience = Literal["strong", "weak"]
_SETTLED = frozenset({"city", "town", "village"})
_KNOWN_IN_REGION, _KNOWN_ELSEWHERE, _HEARD_OF_ELSEWHERE = 15_000, 300_000, 100_000
_LONGEST = 7
"""Words; longer names are official titles that no news text writes out."""


@cache
def weak_names() -> frozenset[str]:
    """Return the keys that are also everyday words or people's names (`weak_names.txt`; `#` starts a comment)."""
    return _word_list("weak_names.txt")


@cache
def common_words() -> frozenset[str]:
    """Return the keys that some small place bears but that news almost never means as one (`common_words.txt`)."""
    return _word_list("common_words.txt")


def _word_list(name: str) -> frozenset[str]:
    lines = (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines()
    return frozenset(key(word) for line in lines if (word := line.partition("#")[0].strip()))


def salience_of(place: Place, name: str, *, whole: bool, said: str = "") -> Salience | None:
    """Return how surely the key `name` means a place when `place` bears it; None: do not look for it in texts at all.

    `whole` is False for a spelling without its article; `said` is the table's own judgement, which wins.
    """
    if said in ("strong", "weak") and whole:
        return "strong" if said == "strong" else "weak"
    if not _sought(place, name):
        return None
    if name in weak_names() or (not whole and not _great(place)):
        return "weak"
    return "strong" if _distinct(place, name) else "weak"


def _sought(place: Place, name: str) -> bool:
    """Tell whether texts should be searched for the name at all."""
    if name.count(" ") >= _LONGEST or name in common_words():
        return False
    return place.country in REGION or _made(place) or _told(place) or place.population >= _HEARD_OF_ELSEWHERE


def _distinct(place: Place, name: str) -> bool:
    words = name.count(" ") + 1
    if place.precision in ("country", "governorate", "region") or _great(place):
        return len(name) > 2
    if place.country not in REGION:
        return False
    if _made(place) or is_arabic(name):
        return words > 1 or (kind_of(place) in _SETTLED and len(name) > 3)
    return place.population >= _KNOWN_IN_REGION and len(name) > 3


def _great(place: Place) -> bool:
    bound = _KNOWN_IN_REGION if place.country in REGION else _KNOWN_ELSEWHERE
    return kind_of(place) == "city" and (place.population >= bound or _made(place))


def _made(place: Place) -> bool:
    return not place.id.startswith("gn:")


def _told(place: Place) -> bool:
    """Tell whether the table of names lists the place: news names it, however small it is."""
    return place.id in _names_told()


@cache
def _names_told() -> frozenset[str]:
    return frozenset(read_names())
