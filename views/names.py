"""Names of actors, places and countries in the interface's language; what has none there keeps the name it has."""

from functools import lru_cache

from babel import Locale

from events.actor_names import PARTIES, arabic
from geodata.gazetteer import default_gazetteer
from geodata.model import Place
from views.labels import Words

_ROAD = "road:"
"""How the id of a stretch of road begins; the ids of its ends follow, with a plus between them."""

_DIRECTIONS = {
    "northern": "الشمالي",
    "southern": "الجنوبي",
    "eastern": "الشرقي",
    "western": "الغربي",
    "central": "الأوسط",
}


def actor(name: str, words: Words) -> str:
    """Return the name of one or several parties; Arabic from the lexicon's terms."""
    if words.language != "ar":
        return name
    return "؛ ".join(arabic(part) or part for part in name.split(PARTIES))


def country(code: str, words: Words) -> str:
    """Return the name of a country by its ISO 3166-1 code."""
    return str(Locale(words.language).territories.get(code, code))


def place(place_id: str | None, name: str, words: Words) -> str:
    """Return the name of a place of the gazetteer."""
    if words.language != "ar" or not place_id:
        return name
    if place_id.startswith(_ROAD):
        ends = [known.name_ar for end in place_id.removeprefix(_ROAD).split("+") if (known := by_id(end))]
        return f"طريق {'–'.join(filter(None, ends))}" if len(ends) == 2 and all(ends) else name
    bare, _, part = place_id.partition("#")
    known = by_id(bare)
    if known is None or not known.name_ar:
        return name
    return _part(known.name_ar, part) if part else known.name_ar


def _part(place_ar: str, part: str) -> str:
    """Return the Arabic name of land around a place, by the part of the id behind its mark: `northern-countryside`."""
    directions = (_DIRECTIONS[word] for word in reversed(part.split("-")) if word in _DIRECTIONS)
    return " ".join(("ريف", place_ar, *directions))


def governorate(name: str, code: str, words: Words) -> str:
    """Return the name of a country's first-order division."""
    return (_arabic_governorate(name, code) or name) if words.language == "ar" else name


@lru_cache(maxsize=20_000)
def by_id(place_id: str) -> Place | None:
    """Return the gazetteer's place of an id without `#part`; None if there is none."""
    return default_gazetteer().place(place_id)


@lru_cache(maxsize=2_000)
def _arabic_governorate(name: str, code: str) -> str | None:
    named = [found for found, _ in default_gazetteer().find(name) if found.country == code and found.name_ar]
    named.sort(key=lambda found: found.feature_code != "ADM1")
    return named[0].name_ar if named else None
