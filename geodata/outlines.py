"""Coarse outlines of countries (countryinfo), to tell a point in the wrong country or with swapped coordinates."""

from functools import cache
from typing import TYPE_CHECKING

from geodata.model import Place

if TYPE_CHECKING:
    from shapely import MultiPolygon, Polygon

_MARGIN = 0.6
"""Degrees: the outlines are coarse, and coasts and borders are where news happens."""

_LEFT_OUT = {"SO": (42.6, 8.0, 49.1, 11.6), "YE": (52.0, 12.0, 54.6, 13.0)}
"""Somaliland and Socotra, which the package's outlines leave out: west, south, east, north."""


def near_country(place: Place) -> bool:
    """Tell whether a place's point lies in its country or within some 60 km; True where the outline is unknown."""
    from shapely import Point  # loaded only where a dump is imported: it takes a seventh of a second

    outline = _outline(place.country) if place.country else None
    if outline is None or place.latitude is None or place.longitude is None:
        return True
    return bool(outline.contains(Point(place.longitude, place.latitude)))


@cache
def _outline(country: str) -> "Polygon | MultiPolygon | None":
    from shapely import Polygon, box, prepare, union_all

    shapes = _shapes().get(country)
    if not shapes:
        return None
    left_out = [box(*_LEFT_OUT[country])] if country in _LEFT_OUT else []
    outline = union_all([*(Polygon(ring) for ring in shapes), *left_out]).buffer(_MARGIN)
    prepare(outline)
    return outline


@cache
def _shapes() -> dict[str, list[list[tuple[float, float]]]]:
    """Return each country's outer rings as lists of (longitude, latitude), by ISO code."""
    from countryinfo import all_countries

    shapes: dict[str, list[list[tuple[float, float]]]] = {}
    for country in all_countries():
        for feature in (country.geo_json() or {}).get("features", []):
            geometry = feature["geometry"]
            polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
            shapes.setdefault(country.iso()["alpha2"], []).extend(polygon[0] for polygon in polygons)
    return shapes
