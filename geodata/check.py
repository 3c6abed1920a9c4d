"""Validate the whole gazetteer: what a slip of the pen in a table would break."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from geodata.geometry import distance_km
from geodata.model import Place
from geodata.names import key
from geodata.outlines import near_country
from geodata.table import TABLES, Line, read_table

_FAR_KM = {"neighbourhood": 30.0, "camp": 40.0, "village": 90.0, "town": 120.0}
"""A part farther from its parent than this has a wrong point or a wrong parent."""
_ONE_OF_ITS_NAME = frozenset("crossing field port refinery dam airport airbase island base".split())


def problems(places: Iterable[Place], tables: tuple[Path, ...] = TABLES) -> Iterator[str]:
    """Yield what is wrong, one line each, beginning with file and line.

    `places` are the gazetteer's (`Gazetteer.all_places`). Raises `TableError` if a table cannot be read at all.
    """
    lines = [line for table in tables for line in read_table(table)]
    built = {place.id: place for place in places}
    settlements = _settlements(built.values())
    yield from _double_ids(lines)
    yield from _double_names(lines)
    yield from _double_landmarks(lines)
    for line in lines:
        place = built.get(line.row.id)
        if place is None:
            yield f"{line.where}: {line.row.id} is missing from the index"
        else:
            yield from _row_problems(line, place, settlements)


def _settlements(places: Iterable[Place]) -> dict[tuple[str, str | None], list[Place]]:
    found: dict[tuple[str, str | None], list[Place]] = defaultdict(list)
    for place in places:
        if place.feature_code in ("PPL", "PPLA", "PPLX"):
            found[place.name, place.country].append(place)
    return found


def _double_ids(lines: list[Line]) -> Iterator[str]:
    first: dict[str, str] = {}
    for line in lines:
        for id_ in line.row.ids:
            if id_ in first:
                yield f"{line.where}: id {id_} stands at {first[id_]} too"
            first.setdefault(id_, line.where)


def _double_names(lines: list[Line]) -> Iterator[str]:
    """Two rows of one kind, parent and name are one place written twice, unless both have a point, well apart."""
    seen: dict[tuple[str, ...], list[Line]] = defaultdict(list)
    for line in lines:
        row = line.row
        same = (key(row.name_ar or row.name), key(row.name), row.kind, row.parent, row.admin1, row.country)
        for other in seen[same]:
            if row.latitude is None or (row.latitude, row.longitude) == (other.row.latitude, other.row.longitude):
                yield f"{line.where}: {row.name} in {row.parent or row.country} stands at {other.where} too"
        seen[same].append(line)


def _double_landmarks(lines: list[Line]) -> Iterator[str]:
    """A crossing, field or base without a point is one of its name in a country, whichever town the row names."""
    seen: dict[tuple[str, str, str], Line] = {}
    for line in lines:
        row = line.row
        if row.latitude is None and row.kind in _ONE_OF_ITS_NAME:
            same = (key(row.name_ar or row.name), row.kind, row.country)
            if same in seen:
                yield f"{line.where}: {row.name} stands at {seen[same].where} too, in {seen[same].row.parent}"
            seen.setdefault(same, line)


def _row_problems(line: Line, place: Place, settlements: dict[tuple[str, str | None], list[Place]]) -> Iterator[str]:
    row = line.row
    if (row.latitude is None) != (row.longitude is None):
        yield f"{line.where}: {row.name} has only one of latitude and longitude"
    if not near_country(place):
        yield f"{line.where}: {row.name} at {place.latitude}, {place.longitude} lies outside {place.country}"
    if row.latitude is None and row.parent and place.latitude is None:
        yield f"{line.where}: {row.name}: no settlement in {row.country} is called {row.parent}, its parent"
    if row.latitude is not None and row.confidence == "none":
        yield f"{line.where}: {row.name} has a point, yet its confidence is none"
    reach = _FAR_KM.get(row.kind)
    parents = settlements.get((row.parent, row.country), [])
    if reach and parents and row.parent != row.admin1 and all(distance_km(place, parent) > reach for parent in parents):
        yield f"{line.where}: {row.name} is more than {reach:.0f} km from {row.parent}, its parent"
