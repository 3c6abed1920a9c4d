"""All of Aleppo's quarters, under every spelling, resolve to themselves and never to a namesake elsewhere."""

import unicodedata
from collections.abc import Iterator

import pytest

from geodata.gazetteer import Gazetteer
from geodata.model import Match, Place
from geodata.names import is_arabic, key
from geodata.resolution import Context, Resolver
from geodata.table import TABLES, Row, read_table

ROWS = [line.row for line in read_table(next(path for path in TABLES if path.name == "places.csv"))]
QUARTERS = [row for row in ROWS if row.id.startswith("OCHA:N0") and row.parent == "Aleppo"]


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.load()


@pytest.fixture(scope="module")
def in_aleppo(gazetteer: Gazetteer) -> Context:
    aleppo = next(place for place, _ in gazetteer.find("حلب") if place.precision == "city")
    return Context(near=(aleppo,), countries=("SY",))


def test_there_are_109_quarters() -> None:
    assert len(QUARTERS) == 109


def _arabic(name: str) -> Iterator[str]:
    """Spell a name as news does: hamza and ta marbuta left out, marks, tatweel, kind words, one-letter clitics."""
    yield from (name, name.translate(str.maketrans("أإآ", "ااا")), name.replace("ة", "ه"), name.replace("ى", "ي"))
    yield name[0] + "ـ" + name[1:]
    yield name[:2] + "\u064e" + name[2:]
    bare = name.removeprefix("حي ")
    if bare != name:
        return  # only with its kind word is it a name: حي الجامعة
    yield from (f"حي {bare}", f"بحي {bare}", f"وحي {bare}", f"لحي {bare}", f"أحياء {bare}", f"حيّ {bare}")
    yield from (clitic + bare for clitic in ("و", "ب", "ف", "ك", "وب"))
    yield "لل" + bare[2:] if bare.startswith("ال") else "ل" + bare


def _latin(name: str) -> Iterator[str]:
    yield from (name, name.lower(), name.upper(), f"{name} neighbourhood", f"{name} district", name.replace("'", "’"))
    yield unicodedata.normalize("NFD", name)
    yield name.replace("-", " ")


def _spellings(row: Row) -> Iterator[str]:
    for name in row.names:
        if name:
            yield from _arabic(name) if is_arabic(name) else _latin(name)


def _bearers(name: str) -> set[str]:
    """Return the quarters of Aleppo that bear `name`, with or without a kind word or clitic before it."""
    bare = key(name)
    return {row.id for row in ROWS if row.parent == "Aleppo" and any(bare.find(key(other)) >= 0 for other in row.names)}


def test_every_spelling_is_right(gazetteer: Gazetteer, in_aleppo: Context) -> None:
    resolver = Resolver(gazetteer)
    tried = right = 0
    wrong: list[str] = []
    for row in QUARTERS:
        for spelling in _spellings(row):
            found = resolver.resolve(spelling, in_aleppo)
            tried += 1
            if isinstance(found, Match) and found.place.id == row.id:
                right += 1
            elif isinstance(found, Match) and not (_is_aleppo(found.place) and len(_bearers(spelling)) > 1):
                wrong.append(f"{spelling} of {row.name}: {found.place.name}, {found.place.id}")
            elif len(_bearers(spelling)) > 1:
                right += 1  # Tishreen is two quarters: either, or an honest "ambiguous"
    assert tried > 5_000
    assert right / tried >= 0.995, f"{right} of {tried}; {wrong[:20]}"
    assert not [line for line in wrong if "OCHA:N0" not in line], wrong[:20]


def _is_aleppo(place: Place) -> bool:
    return place.parent == "Aleppo"


@pytest.mark.parametrize(
    ("name", "latitude", "longitude"), [("الشيخ مقصود", 36.2366, 37.1529), ("الأشرفية", 36.2279, 37.1470)]
)
def test_the_seed_articles_quarters_stand_where_the_facts_say(
    gazetteer: Gazetteer, in_aleppo: Context, name: str, latitude: float, longitude: float
) -> None:
    found = Resolver(gazetteer).resolve(name, in_aleppo)
    assert isinstance(found, Match)
    assert found.geo_precision == 1
    assert (found.place.latitude, found.place.longitude) == pytest.approx((latitude, longitude), abs=0.002)
