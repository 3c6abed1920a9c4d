"""Approximate areas of a town's quarters for the map: Voronoi cells of their sourced centres, clipped to the town.

No open source draws these quarters' borders. A cell is the ground nearer to a quarter's centre than to any other's;
it is cut off `REACH` metres from the centre, so that the outer quarters do not run into the fields. Say "approximate"
wherever one is drawn.
"""

import math
from dataclasses import dataclass

from shapely import MultiPoint, Point, Polygon, voronoi_polygons

from geodata.gazetteer import Gazetteer
from geodata.model import Place

REACH = 900.0
"""Metres from a quarter's centre to the farthest edge of its cell."""
_DEGREE = 111_320.0


@dataclass(frozen=True, slots=True)
class Area:
    """The approximate area of a place: one ring of (latitude, longitude), closed, degrees WGS 84."""

    place: Place
    ring: tuple[tuple[float, float], ...]
    approximate: bool = True


def quarter_areas(gazetteer: Gazetteer, town: str, country: str) -> tuple[Area, ...]:
    """Return an area for each located quarter of `town`, by the quarters' order in the gazetteer.

    Fewer than two located quarters give none: there is nothing to tell them apart by.
    """
    places = _one_a_point(gazetteer.parts(town, country))
    if len(places) < 2:
        return ()
    scale = math.cos(math.radians(sum(p.latitude or 0.0 for p in places) / len(places)))
    centres = [_metres(place, scale) for place in places]
    reach = [centre.buffer(REACH) for centre in centres]
    cells = voronoi_polygons(MultiPoint(centres), extend_to=MultiPoint(centres).buffer(2 * REACH)).geoms
    found = []
    for place, centre, circle in zip(places, centres, reach, strict=True):
        cell = next(cell for cell in cells if cell.covers(centre)).intersection(circle)
        found.append(Area(place, _degrees(cell, scale)))
    return tuple(found)


def _one_a_point(places: tuple[Place, ...]) -> list[Place]:
    return list({(place.latitude, place.longitude): place for place in places}.values())


def _metres(place: Place, scale: float) -> Point:
    """Project to metres on a plane, good to a few metres across a town."""
    return Point((place.longitude or 0.0) * _DEGREE * scale, (place.latitude or 0.0) * _DEGREE)


def _degrees(cell: Polygon, scale: float) -> tuple[tuple[float, float], ...]:
    simple = cell.simplify(5.0)
    return tuple((round(y / _DEGREE, 6), round(x / (_DEGREE * scale), 6)) for x, y in simple.exterior.coords)
