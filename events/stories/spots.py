"""Where a row is, for comparing: the same place, one inside the other, side by side, or not known."""

import math
from collections.abc import Callable, Mapping
from enum import IntEnum
from functools import cache, lru_cache
from typing import Any, Literal

from events.values import dataclass
from geodata.gazetteer import default_gazetteer
from geodata.model import Place
from geodata.names import key

Relation = Literal["same", "inside", "wide", "unknown", "apart"]
"""`inside`: a part of a town and the town; `wide`: a place and its province, region or country; either way round."""

Lookup = Callable[[str], Place | None]

_WIDE_KM = 45.0  # how far from its middle a region without borders in the gazetteer surely reaches
_KM = 111.32
_CITY = 300_000  # inhabitants


class Level(IntEnum):
    """How large a place is."""

    NOWHERE, COUNTRY, PROVINCE, AREA, TOWN, QUARTER, LANDMARK = range(7)


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of a row: `key` is equal for equal places; `town` is the key of its town's name, of itself for a town.

    `broad`: so large that acts of one kind happen there more than once a day. `admin1` is None where the gazetteer
    has none.
    """

    key: str
    level: Level
    name: str
    country: str | None
    admin1: str | None
    town: str | None
    latitude: float | None
    longitude: float | None
    broad: bool = False


NOWHERE = Spot("", Level.NOWHERE, "", None, None, None, None, None)
"""The place of a row that names none."""


@cache
def gazetteer_place(place_id: str) -> Place | None:
    """Return the gazetteer's place of this id, None if it has none."""
    return default_gazetteer().place(place_id)


COLUMNS = ("place", "place_id", "feature_code", "country", "admin1", "latitude", "longitude", "geo_precision")
"""The columns that say where a row is."""


def spot_of(row: Mapping[str, Any], lookup: Lookup = gazetteer_place) -> Spot:
    """Return where a row is; a name that no gazetteer holds is a place of its own, in no known country."""
    return _spot(tuple(map(row.get, COLUMNS)), lookup)


@lru_cache(maxsize=50_000)
def _spot(values: tuple[Any, ...], lookup: Lookup) -> Spot:
    row = dict(zip(COLUMNS, values, strict=True))
    name, place_id = key(row["place"] or ""), row["place_id"]
    if not name:
        return NOWHERE
    if not place_id:
        return Spot(f"?{name}", Level.NOWHERE, name, None, None, None, None, None)
    found = lookup(place_id)
    written_at_town = found is not None and key(found.name) != name and row.get("geo_precision") != 1
    level = Level.LANDMARK if written_at_town else _level(row.get("feature_code") or "")
    parent = found.name if found and written_at_town else found.parent if found else None
    return Spot(
        key=f"{place_id}/{name}" if written_at_town else place_id,
        level=level,
        name=name,
        country=row.get("country"),
        admin1=row.get("admin1"),
        town=name if level is Level.TOWN else key(parent) if parent and level > Level.TOWN else None,
        latitude=row.get("latitude"),
        longitude=row.get("longitude"),
        broad=level <= Level.AREA or (level is Level.TOWN and found is not None and found.population >= _CITY),
    )


def _level(feature_code: str) -> Level:
    if feature_code.startswith("PCL"):
        return Level.COUNTRY
    if feature_code == "ADM1":
        return Level.PROVINCE
    if feature_code in ("ADM2", "ADM3", "ADM4", "RGN", "AREA", "MTS", "VAL", "PLN", "DSRT", "SEA", "GULF"):
        return Level.AREA
    if feature_code in ("PPLX", "CMPRF"):
        return Level.QUARTER
    return Level.TOWN if feature_code.startswith("PPL") else Level.LANDMARK


def relation(one: Spot, two: Spot) -> Relation:
    """Return how two places lie to each other; two quarters are apart, a quarter and a building of its town unknown."""
    if not one.key or not two.key:
        return "unknown"
    if one.key == two.key:
        return "same"
    coarse, fine = (one, two) if one.level <= two.level else (two, one)
    if coarse.level is fine.level:
        return "apart"
    if coarse.level is Level.NOWHERE or _untold(coarse, fine):
        return "unknown"
    if not _contains(coarse, fine):
        return "apart"
    return "inside" if coarse.level is Level.TOWN or _same_name(coarse, fine) else "wide"


def _untold(coarse: Spot, fine: Spot) -> bool:
    """Whether no source says how two places lie: a quarter and a building, a region and a province."""
    if coarse.level is Level.QUARTER:
        return coarse.town == fine.town is not None and coarse.country == fine.country
    return coarse.level is Level.PROVINCE and fine.admin1 is None and coarse.country == fine.country


def _same_name(coarse: Spot, fine: Spot) -> bool:
    """Aleppo, the province and the town: texts name both by one word."""
    return coarse.level is Level.PROVINCE and fine.level is Level.TOWN and coarse.name == fine.name


def _contains(coarse: Spot, fine: Spot) -> bool:
    if coarse.country != fine.country:
        return False
    if coarse.level is Level.COUNTRY:
        return True
    if coarse.level is Level.PROVINCE:
        return coarse.admin1 is not None and coarse.admin1 == fine.admin1
    if coarse.level is Level.AREA:
        return _near(coarse, fine, _WIDE_KM) or bool(fine.admin1 and coarse.name in key(fine.admin1))
    return coarse.level is Level.TOWN and fine.town == coarse.name


def _near(one: Spot, two: Spot, km: float) -> bool:
    if None in (one.latitude, one.longitude, two.latitude, two.longitude):
        return False
    north = (one.latitude or 0.0) - (two.latitude or 0.0)
    east = ((one.longitude or 0.0) - (two.longitude or 0.0)) * math.cos(math.radians(one.latitude or 0.0))
    return math.hypot(north, east) * _KM <= km


@lru_cache(maxsize=50_000)
def cells(spot: Spot) -> tuple[str, ...]:
    """Return under what a place is found, its own cell first, then those of all that may contain it.

    Places of which one may be in the other share a cell that is the own cell of one of them. `wide` is the cell of
    countries and regions, and of rows that name no place: they may be anywhere in the block.
    """
    around = (*((f"province {spot.admin1}",) if spot.admin1 else ()), "wide")
    if spot.level in (Level.COUNTRY, Level.AREA) or not spot.key:
        return ("wide",)
    if spot.level is Level.PROVINCE:
        return around
    if spot.level is Level.TOWN:
        return f"town {spot.town}", *around
    town = (f"town {spot.town}",) if spot.town else ()
    others = {Level.LANDMARK: "quarters", Level.QUARTER: "landmarks"}
    beside = (f"{others[spot.level]} of {spot.town}",) if spot.town else ()
    return spot.key, *beside, *town, *around
