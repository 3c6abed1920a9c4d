"""Coarse outlines of countries (countryinfo), to tell a point in the wrong country or with swapped coordinates."""

from functools import cache

from countryinfo import all_countries
from shapely import MultiPolygon, Point, Polygon, box, prepare, union_all

from geodata.model import Place

_MARGIN = 0.6
"""Degrees: the outlines are coarse, and coasts and borders are where news happens."""

_LEFT_OUT = {"SO": (box(42.6, 8.0, 49.1, 11.6),), "YE": (box(52.0, 12.0, 54.6, 13.0),)}
"""Somaliland and Socotra, which the package's outlines leave out."""


def near_country(place: Place) -> bool:
    """Tell whether a place's point lies in its country or within some 60 km; True where the outline is unknown."""
    outline = _outline(place.country) if place.country else None
    if outline is None or place.latitude is None or place.longitude is None:
        return True
    return bool(outline.contains(Point(place.longitude, place.latitude)))


@cache
def _outline(country: str) -> Polygon | MultiPolygon | None:
    shapes = _shapes().get(country)
    if not shapes:
        return None
    outline = union_all([*(Polygon(ring) for ring in shapes), *_LEFT_OUT.get(country, ())]).buffer(_MARGIN)
    prepare(outline)
    return outline


@cache
def _shapes() -> dict[str, list[list[tuple[float, float]]]]:
    """Return each country's outer rings as lists of (longitude, latitude), by ISO code."""
    shapes: dict[str, list[list[tuple[float, float]]]] = {}
    for country in all_countries():
        for feature in (country.geo_json() or {}).get("features", []):
            geometry = feature["geometry"]
            polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
            shapes.setdefault(country.iso()["alpha2"], []).extend(polygon[0] for polygon in polygons)
    return shapes
