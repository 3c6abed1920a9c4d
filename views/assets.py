"""Put what the page shows without a network into the served folder `static/`: Leaflet, font, outlines, place names.

Everything comes from installed packages and from this project; nothing of an article ever goes there, since the
folder is served to anyone.
"""

import hashlib
import importlib.util
import json
import os
import shutil
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path
from threading import Lock

from geodata import borders
from geodata.areas import quarter_areas
from geodata.gazetteer import default_gazetteer
from geodata.governorates import FILE, governorate_layer
from geodata.labels import LEAST_ZOOM, place_labels
from geodata.table import TABLES

STATIC = Path(__file__).parents[1] / "static"
HERE = Path(__file__).parent

_OWN = (
    *(
        "basemap.js",
        "columns.js",
        "map_frame.css",
        "map_view.js",
        "pins.js",
        "push.js",
        "regions.js",
        "signs.js",
        "tables.js",
    ),
    *("timeline.css", "timeline.js", "timeline_chart.js"),
)
_TOWNS = ("Aleppo, SY",)
"""Towns whose quarters the gazetteer locates."""

_making = Lock()
_FONT_WEIGHTS = ("Regular", "Medium", "Bold")


class AssetError(RuntimeError):
    """A package that carries a part of the page is not installed; the message names it."""


def ensure_assets(folder: Path = STATIC) -> None:
    """Make the served folder complete; parts that are already there, of the same source, are left alone.

    Who calls it while another thread is at it waits, so that nothing is made twice. Raises AssetError, and OSError if
    the folder cannot be written.
    """
    with _making:
        for name, source, make in _parts():
            _ensure(folder / name, _stamp(source), make)


def _parts() -> Iterator[tuple[str, str, Callable[[Path], None]]]:
    leaflet = _package("js_lib_leaflet", "django-js-lib-leaflet") / "static" / "js_lib_leaflet"
    for name in ("leaflet.js", "leaflet.css"):
        yield f"leaflet/{name}", version("django-js-lib-leaflet"), _copy_of(leaflet / name)
    fonts = _package("fontpkg_ibm_plex_sans_arabic", "fontpkg-ibm-plex-sans-arabic") / "files"
    for weight in _FONT_WEIGHTS:
        name = f"IBMPlexSansArabic-{weight}.ttf"
        yield f"fonts/{name}", version("fontpkg-ibm-plex-sans-arabic"), _copy_of(fonts / name)
    yield "countries.json", borders.stamp(), lambda path: _write_json(path, borders.outlines())
    tables = "".join(table.read_text("utf-8") for table in TABLES)
    outlines = tables + FILE.read_text("utf-8")
    yield "governorates.json", outlines, lambda path: _write_json(path, governorate_layer())
    yield "places.json", tables + json.dumps(LEAST_ZOOM), lambda path: _write_json(path, place_labels())
    yield "areas.json", tables + ":".join(_TOWNS), lambda path: _write_json(path, list(_areas()))
    for name in _OWN:
        yield name, (HERE / name).read_text("utf-8"), _copy_of(HERE / name)


def _package(module: str, distribution: str) -> Path:
    spec = importlib.util.find_spec(module)
    if spec is None or spec.origin is None:
        raise AssetError(f"{distribution} is not installed: pip install -r requirements.txt")
    return Path(spec.origin).parent


def _areas() -> Iterator[list[list[float]]]:
    """Yield the ring of each quarter's approximate area, as latitude and longitude."""
    for town in _TOWNS:
        for area in quarter_areas(default_gazetteer(), *town.split(", ")):
            yield [[round(latitude, 5), round(longitude, 5)] for latitude, longitude in area.ring]


def _copy_of(source: Path) -> Callable[[Path], None]:
    def copy(path: Path) -> None:
        shutil.copyfile(source, path)

    return copy


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


def _stamp(source: str) -> str:
    return hashlib.sha256(source.encode()).hexdigest()[:16]


def _ensure(path: Path, stamp: str, make: Callable[[Path], None]) -> None:
    mark = path.parent / f".{path.name}.{stamp}"
    if path.exists() and mark.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{os.getpid()}.part")  # another server may be at it
    make(part)
    part.replace(path)  # a browser never sees half a file
    for old in path.parent.glob(f".{path.name}.*"):
        old.unlink(missing_ok=True)
    mark.touch()
