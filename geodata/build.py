"""Gather every source into one set of places: hand-made rows first, GeoNames' places merged into them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from geodata.geometry import distance_km
from geodata.kinds import KINDS
from geodata.licences import licence_of
from geodata.model import Place
from geodata.names import key, spellings
from geodata.table import TABLES, Row, read_table
from geodata.world import cities, countries

_MERGE_KM = {"city": 12.0, "town": 5.0, "village": 3.0, "neighbourhood": 1.5}
_SETTLED = frozenset({"city", "town", "village"})


def all_places(tables: tuple[Path, ...] = TABLES, *, extra: Iterable[Place] = ()) -> list[Place]:
    """Return every place once: the tables' rows, countries, GeoNames' cities and `extra` (imported country dumps).

    A GeoNames place that a table's row names (`same_as`), or that stands beside a row of the same name, gives the row
    its further names and its population instead of becoming a place of its own. Raises `TableError`.
    """
    rows = [line.row for table in tables for line in read_table(table)]
    made = {place.id: place for place in _placed(rows)}
    merger = _Merger(made, rows)
    for country in countries():
        made.setdefault(country.id, country)
    for place in _with_admin1(cities(), made):
        merger.add(place)
    for place in extra:
        merger.add(place)
    return list(made.values())


def _placed(rows: list[Row]) -> Iterator[Place]:
    """Turn rows into places; one without coordinates stands at its parent's point and says so by its precision."""
    settled = {(row.name, row.country): row for row in rows if row.kind in _SETTLED and row.latitude is not None}
    for row in rows:
        place = _place(row)
        if row.latitude is None and (parent := settled.get((row.parent, row.country))):
            precision = KINDS[parent.kind][1]
            place = replace(place, latitude=parent.latitude, longitude=parent.longitude, precision=precision)
        yield place


def _place(row: Row) -> Place:
    code, precision = KINDS[row.kind]
    return Place(
        id=row.id, name=row.name, name_ar=row.name_ar or None, names=row.names, feature_code=code, precision=precision,
        latitude=row.latitude, longitude=row.longitude, country=row.country or None, admin1=row.admin1 or None,
        parent=row.parent or None, population=0, source=row.source, licence=licence_of(row.source),
        confidence=row.confidence or None, spread_m=row.spread_m,
    )  # fmt: skip


class _Merger:
    """Adds places to `made`, or merges them into the place they are."""

    def __init__(self, made: dict[str, Place], rows: list[Row]) -> None:
        self._made = made
        self._same = {other: row.id for row in rows for other in (row.id, *row.same_as.split(";")) if other}
        self._named: dict[tuple[str | None, str], set[str]] = defaultdict(set)
        for place in made.values():
            self._remember(place)

    def add(self, place: Place) -> None:
        """Merge `place` into the place that it is, or add it."""
        twin = self._same.get(place.id) or self._neighbour(place)
        if twin is None:
            self._made[place.id] = place
            self._remember(place)
        else:
            self._merge(twin, place)

    def _merge(self, twin: str, place: Place) -> None:
        row = self._made[twin]
        located = row if row.latitude is not None else replace(row, latitude=place.latitude, longitude=place.longitude)
        names = tuple(dict.fromkeys((*row.names, *place.names)))
        self._made[twin] = replace(located, names=names, population=max(row.population, place.population))
        self._remember(self._made[twin])

    def _remember(self, place: Place) -> None:
        if place.precision in _MERGE_KM:
            for name in place.names:
                self._named[place.country, key(name)].add(place.id)

    def _neighbour(self, place: Place) -> str | None:
        near = [
            (distance, id_)
            for name in place.names
            for spelling, _ in spellings(name)
            for id_ in self._named.get((place.country, spelling), ())
            if (distance := distance_km(place, self._made[id_])) <= _MERGE_KM[self._made[id_].precision]
        ]
        return min(near)[1] if near else None


def _with_admin1(found: Iterable[tuple[Place, str]], made: dict[str, Place]) -> Iterator[Place]:
    """Give GeoNames' places the name of the governorate whose row carries their code (`adm1:SY.09`)."""
    names = {id_: place.name for id_, place in made.items() if id_.startswith("adm1:")}
    for place, code in found:
        admin1 = names.get(f"adm1:{place.country}.{code}")
        yield replace(place, admin1=admin1) if admin1 else place
