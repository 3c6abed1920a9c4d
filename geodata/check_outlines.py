"""Validate the outlines of governorates against the gazetteer: whose they are, where they lie, what they hold."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from geodata.governorates import OutlineRow, governorate_shapes, read_outline_table
from geodata.model import Place
from geodata.outlines import near_country

if TYPE_CHECKING:
    from shapely import MultiPolygon

_AGREE, _TO_JUDGE = 0.5, 6
"""Share of a governorate's settlements that lie in its outline, and of those in it that are its, at least; fewer
settlements than these say nothing."""
_OUTSIDE = 0.25
"""Degrees that a governorate's point, often the mean of its towns, may lie outside its outline."""

Shapes = Mapping[str, "MultiPolygon"]


def outline_problems(places: Iterable[Place], rows: Iterable[OutlineRow] | None = None) -> Iterator[str]:
    """Yield what is wrong with table and outlines, one line each; raises `TableError` if the table cannot be read."""
    table = {row.place_id: row for row in (read_outline_table() if rows is None else rows)}
    shapes, known = governorate_shapes(), list(places)
    by_id = {place.id: place for place in known}
    units = [place for place in known if _is_unit(place)]
    wanted = {id_ for id_, row in table.items() if row.outlines}
    yield from (f"{unit.id}: {unit.name} is not in governorates.csv" for unit in units if unit.id not in table)
    yield from (f"governorates.csv: {id_} is no place of the gazetteer" for id_ in table if id_ not in by_id)
    yield from (f"{id_}: file and table disagree; run geodata.outline_import" for id_ in sorted(wanted ^ set(shapes)))
    yield from _swallowed(units, shapes)
    towns = _towns(known)
    for id_ in sorted(shapes.keys() & by_id.keys()):
        yield from _shape_problems(by_id[id_], shapes[id_], *towns[by_id[id_].country or ""])


def points_outside(places: Iterable[Place]) -> dict[str, float]:
    """Return by name how far, in degrees, a governorate's point lies outside its outline, for those that do."""
    shapes = governorate_shapes()
    far = {place.name: _distance(place, shapes[place.id]) for place in places if place.id in shapes}
    return {name: degrees for name, degrees in far.items() if degrees > 0}


def _is_unit(place: Place) -> bool:
    return place.feature_code == "ADM1"


def _swallowed(units: list[Place], shapes: Shapes) -> Iterator[str]:
    """An outline that holds the point of a governorate without one is older than their division."""
    for unit in units:
        if unit.id in shapes or unit.latitude is None:
            continue
        for other in units:
            if other.country == unit.country and other.id in shapes and _distance(unit, shapes[other.id]) == 0:
                yield f"{other.id}: the outline of {other.name} holds {unit.name}"


def _towns(places: list[Place]) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Return each country's settlements that name their governorate: points, and governorates' names."""
    held: dict[str, list[Place]] = defaultdict(list)
    for place in places:
        if (
            place.feature_code in ("PPL", "PPLA")
            and place.confidence != "none"
            and place.admin1
            and place.latitude is not None
        ):
            held[place.country or ""].append(place)
    nothing = (np.empty((0, 2)), np.empty(0, str))
    found: dict[str, tuple[np.ndarray, np.ndarray]] = defaultdict(lambda: nothing)
    for country, towns in held.items():
        points = np.array([(place.longitude, place.latitude) for place in towns], float)
        found[country] = (points, np.array([place.admin1 for place in towns]))
    return found


def _shape_problems(place: Place, shape: "MultiPolygon", points: np.ndarray, named: np.ndarray) -> Iterator[str]:
    from shapely import contains_xy

    inner = max(shape.geoms, key=lambda part: part.area).representative_point()  # islands may lie far out
    if not near_country(replace(place, latitude=inner.y, longitude=inner.x)):
        yield f"{place.id}: the outline of {place.name} lies outside {place.country}"
    if _distance(place, shape) > _OUTSIDE:
        yield f"{place.id}: {place.name} stands far from its outline"
    if not _is_unit(place):
        return
    within, own = contains_xy(shape, points), named == place.name
    for whole, what in ((own, "its places lie outside it"), (within, "the places in it are another's")):
        if whole.sum() >= _TO_JUDGE and (within & own).sum() < _AGREE * whole.sum():
            yield f"{place.id}: the outline of {place.name} is not its own: most of {what}"


def _distance(place: Place, shape: "MultiPolygon") -> float:
    from shapely import Point

    if place.latitude is None or place.longitude is None:
        return 0.0
    return float(shape.distance(Point(place.longitude, place.latitude)))
