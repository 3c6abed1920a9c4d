"""Outlines of governorates, from Natural Earth's first-level units (public domain), for maps and for checks.

`governorates.csv` says by hand which outline is whose, and why a governorate has none; `governorates.topo.json` is made
from it by `outline_import.py`. An outline older than a division is never given to one of the parts.
"""

import csv
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from geodata.table import TABLES, TableError, read_table

if TYPE_CHECKING:
    from shapely import MultiPolygon

TABLE = Path(__file__).with_name("governorates.csv")
FILE = Path(__file__).with_name("governorates.topo.json")

Topology = dict[str, Any]
"""A TopoJSON topology (version 1) with quantized arcs."""
Arc = list[tuple[float, float]]
"""A line of (longitude, latitude) in degrees WGS 84, shared by the two areas beside it."""


class OutlineRow(BaseModel):
    """One line of the table: a place of the gazetteer, and the outlines of the package that make up its own.

    `outlines`: `file/name`, joined by `;`, empty where none is right, `note` then says why. `within`: west, south, east
    and north in degrees, if only the parts inside that box are meant.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    place_id: str = Field(min_length=1)
    name: str = Field(min_length=1)
    outlines: str
    within: str = Field(pattern=r"^$|^-?[\d.]+( -?[\d.]+){3}$")
    note: str

    @property
    def sources(self) -> tuple[tuple[str, str], ...]:
        """File and name of each outline."""
        pairs = (source.partition("/") for source in self.outlines.split(";") if source)
        return tuple((file, name) for file, _, name in pairs)

    @property
    def box(self) -> tuple[float, ...]:
        """West, south, east and north; the whole world if the line names no box."""
        return tuple(map(float, self.within.split())) or (-180.0, -90.0, 180.0, 90.0)


def read_outline_table(path: Path = TABLE) -> list[OutlineRow]:
    """Return the lines of the table; raise `TableError` at the first that is malformed or gives no reason."""
    with path.open(encoding="utf-8", newline="") as file:
        return [_checked(record, f"{path.name}:{number}") for number, record in enumerate(csv.DictReader(file), 2)]


def _checked(record: dict[str, str], where: str) -> OutlineRow:
    try:
        row = OutlineRow.model_validate(record)
    except ValidationError as error:
        raise TableError(f"{where}: {error.errors()[0]['msg']}") from error
    if not row.outlines and not row.note:
        raise TableError(f"{where}: {row.name} has no outline, and no reason for it")
    return row


def arcs_of(topology: Topology) -> list[Arc]:
    """Return the arcs of a topology in degrees; its numbers are steps from point to point."""
    (wide, high), (left, low) = topology["transform"]["scale"], topology["transform"]["translate"]
    found = []
    for arc in topology["arcs"]:
        x = y = 0
        line = [(x := x + east, y := y + north) for east, north in arc]
        found.append([(left + wide * x, low + high * y) for x, y in line])
    return found


def ring_of(arcs: list[Arc], numbers: list[int]) -> Arc:
    """Return a closed ring from the numbers of its arcs; `~n` is arc `n` backwards."""
    ring: Arc = []
    for number in numbers:
        line = arcs[number] if number >= 0 else arcs[~number][::-1]
        ring += line[1:] if ring else line
    return ring


def topology() -> Topology:
    """Return the file as it is."""
    held: Topology = json.loads(FILE.read_text("utf-8"))
    return held


@cache
def governorate_shapes() -> dict[str, "MultiPolygon"]:
    """Return the outlines by place id, in degrees (x is the longitude)."""
    from shapely import MultiPolygon, Polygon, unary_union

    held = topology()
    arcs = arcs_of(held)
    shapes = {}
    for area in held["objects"]["governorates"]["geometries"]:
        rings = ([ring_of(arcs, ring) for ring in polygon] for polygon in area["arcs"])
        whole = unary_union([Polygon(outer, holes) for outer, *holes in rings])
        shapes[area["id"]] = whole if isinstance(whole, MultiPolygon) else MultiPolygon([whole])
    return shapes


def governorate_layer() -> Topology:
    """Return the topology for a map: each area with the `at` (latitude, longitude), `en` and `ar` of the gazetteer.

    Rows that are known to a governorate only stand at that point; so a map finds the area to draw for them.
    """
    held = topology()
    areas = held["objects"]["governorates"]["geometries"]
    told = dict(_told())
    held["objects"]["governorates"]["geometries"] = [
        area | {"properties": told[area["id"]]} for area in areas if area["id"] in told
    ]
    return held


def _told() -> Iterator[tuple[str, dict[str, object]]]:
    for row in (line.row for table in TABLES for line in read_table(table)):
        if row.latitude is not None:
            yield row.id, {"at": [row.latitude, row.longitude], "en": row.name, "ar": row.name_ar or row.name}
