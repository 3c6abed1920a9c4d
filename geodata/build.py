"""Gather every source into one set of places: hand-made rows first, GeoNames' places merged into them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from geodata.geometry import distance_km
from geodata.kinds import KINDS
from geodata.licences import licence_of
from geodata.model import Place
from geodata.names import key, spellings, written_by_agencies
from geodata.namesakes import all_names, identified, parent_of, settlements, united
from geodata.table import TABLES, Row, read_names, read_table
from geodata.world import REGION, cities, countries

_MERGE_KM = {"city": 12.0, "town": 5.0, "village": 3.0, "neighbourhood": 1.5}
_SETTLED = frozenset({"city", "town", "village"})
_AREAS = frozenset({"governorate", "region", "country"})


def all_places(tables: tuple[Path, ...] = TABLES, *, extra: Iterable[Place] = ()) -> list[Place]:
    """Return every place once: the tables' rows, countries, GeoNames' cities and `extra` (imported country dumps).

    A GeoNames place that a table's row names (`same_as`), or that stands beside a row of the same name, gives the row
    its further names and its population instead of becoming a place of its own. Raises `TableError`.
    """
    rows = [line.row for table in tables for line in read_table(table)]
    merger = _Merger(rows)
    for country in _in_region_names(countries()):
        merger.add(country)
    largest_first = sorted((*cities(read_names()), *extra), key=lambda place: -place.population)
    for place in _in_region_names(_with_admin1(largest_first, rows)):
        merger.add(place)
    return list(_located(list(identified(merger.places()))))


def _place(row: Row) -> Place:
    code, precision = KINDS[row.kind]
    return Place(
        id=row.id, name=row.name, name_ar=row.name_ar or None, names=row.names, feature_code=code, precision=precision,
        latitude=row.latitude, longitude=row.longitude, country=row.country or None, admin1=row.admin1 or None,
        parent=row.parent or None, population=0, source=row.source, licence=licence_of(row.source),
        confidence=row.confidence or None, spread_m=row.spread_m,
    )  # fmt: skip


def _with_admin1(found: Iterable[Place], rows: list[Row]) -> Iterator[Place]:
    """Give GeoNames' places the name of the governorate whose row carries their code (`adm1:SY.09`)."""
    names = {id_.removeprefix("adm1:"): row.name for row in rows for id_ in row.ids if id_.startswith("adm1:")}
    for place in found:
        yield replace(place, admin1=names.get(place.admin1 or ""))


def _in_region_names(found: Iterable[Place]) -> Iterator[Place]:
    """Write the region's places as news agencies do, by `names.csv` or by rule (`Al Qāmishlī` is `Al-Qamishli`)."""
    told = read_names()
    for place in found:
        named = told.get(place.id)
        if named:
            arabic = named.name_ar or place.name_ar
            yield replace(place, name=named.name, name_ar=arabic, names=all_names(named.names, place.names))
        elif place.country in REGION and place.precision != "country":
            name = written_by_agencies(place.name)
            yield replace(place, name=name, names=all_names((name,), place.names))
        else:
            yield place


class _Merger:
    """Adds places to those of the tables, or merges them into the place they are."""

    def __init__(self, rows: list[Row]) -> None:
        self._same = {id_: row.id for row in rows for id_ in row.ids}
        self._named: dict[tuple[str | None, str], set[str]] = defaultdict(set)
        self._made: dict[str, Place] = {}
        for row in rows:
            self._put(_place(row))

    def places(self) -> list[Place]:
        """Return all places, in the order they came."""
        return list(self._made.values())

    def add(self, place: Place) -> None:
        """Merge `place` into the place that it is, or add it."""
        twin = self._same.get(place.id) or self._neighbour(place)
        if twin is None:
            self._put(place)
            return
        row = self._made[twin]
        self._put(united(row, place))

    def _put(self, place: Place) -> None:
        self._made[place.id] = place
        if place.precision in _MERGE_KM:
            for name in place.names:
                self._named[place.country, key(name)].add(place.id)

    def _neighbour(self, place: Place) -> str | None:
        if place.precision not in _SETTLED:
            return None
        near = [
            (distance, id_)
            for name in place.names
            for spelling, _ in spellings(name)
            for id_ in self._named.get((place.country, spelling), ())
            if (distance := distance_km(place, self._made[id_])) <= _MERGE_KM[self._made[id_].precision]
        ]
        return min(near)[1] if near else None


def _located(places: list[Place]) -> Iterator[Place]:
    """Put a place without coordinates at its parent's point; its precision then says what that point stands for.

    A quarter or landmark lies in its parent town, a village somewhere in the parent's district; what is known to a
    governorate only stands at that one's point.
    """
    parents = settlements(places)
    areas = {(place.name, place.country): place for place in places if place.feature_code == "ADM1"}
    for place in places:
        if place.latitude is not None:
            yield place
        elif parent := parent_of(place, parents):
            precision = "district" if place.precision in _SETTLED else parent.precision
            yield replace(place, latitude=parent.latitude, longitude=parent.longitude, precision=precision)
        elif area := _governorate_of(place, areas):
            yield replace(place, latitude=area.latitude, longitude=area.longitude, precision="governorate")
        else:
            yield place


def _governorate_of(place: Place, areas: dict[tuple[str, str | None], Place]) -> Place | None:
    """Return the governorate where something lies whose row names no town; None for what is an area itself."""
    if place.parent or place.precision in _AREAS:
        return None
    return areas.get((place.admin1 or "", place.country))
