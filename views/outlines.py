"""Country outlines for the map, small enough for a page, from Natural Earth (public domain) in an installed package.

The package carries the 1:10m countries as Germany's foreign office sees disputed borders: one view among others.
"""

from pathlib import Path
from typing import Any

import shapefile
import shapely
from shapely.geometry import box, shape

_ARCHIVE = "ne_10m_admin_0_countries_deu.zip"
_NEAR = box(20, 8, 66, 46)
_FINE, _COARSE = 0.02, 0.2
"""How far an outline may be off, in degrees: in the Middle East and around it, and elsewhere."""

Ring = list[list[float]]
Country = dict[str, Any]


def outlines(package: Path) -> list[Country]:
    """Return the countries: `en` and `ar` name, `at` (latitude, longitude, least zoom of the name), `rings`.

    `rings` is a list of polygons, each a list of rings of [longitude, latitude]; shared borders stay shared.
    """
    with shapefile.Reader(str(package / _ARCHIVE), encoding="utf-8") as reader:
        records = [record.as_dict() for record in reader.records()]
        shapes = [shape(found.__geo_interface__) for found in reader.shapes()]
    fine, coarse = (shapely.coverage_simplify(shapes, tolerance) for tolerance in (_FINE, _COARSE))
    chosen = [near if near.intersects(_NEAR) else far for near, far in zip(fine, coarse, strict=True)]
    return [_country(record, found) for record, found in zip(records, chosen, strict=True)]


def _country(record: dict[str, Any], found: Any) -> Country:
    at = [round(record["LABEL_Y"], 2), round(record["LABEL_X"], 2), round(record["MIN_LABEL"]) + 1]
    polygons = [part for part in getattr(found, "geoms", [found]) if part.area > 5e-4]
    rings = [[_ring(part.exterior), *map(_ring, part.interiors)] for part in polygons]
    return {"en": record["NAME_EN"], "ar": record["NAME_AR"], "at": at, "rings": rings}


def _ring(line: Any) -> Ring:
    return [[round(x, 3), round(y, 3)] for x, y in line.coords]
