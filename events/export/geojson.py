"""Rows as one GeoJSON FeatureCollection (RFC 7946): a point a row, null geometry where no place was found."""

import json
from collections.abc import Iterable
from typing import Any, TextIO

from events.export.format import Format
from events.row import COLUMNS, Row


def write_geojson(rows: Iterable[Row], out: TextIO) -> None:
    """Write a feature a row with the contract's columns as properties, and at the end how many have no geometry.

    The members `rows` and `without_coordinates` are foreign to the standard, which lets readers pass over them.
    """
    out.write('{"type": "FeatureCollection", "features": [')
    number = unplaced = 0
    for number, row in enumerate(rows, 1):
        feature = _feature(row)
        unplaced += feature["geometry"] is None
        out.write((",\n" if number > 1 else "\n") + json.dumps(feature, ensure_ascii=False))
    out.write(f'\n], "rows": {number}, "without_coordinates": {unplaced}}}\n')


def _feature(row: Row) -> dict[str, Any]:
    at = [row["longitude"], row["latitude"]]
    geometry = None if None in at else {"type": "Point", "coordinates": at}
    properties = {name: row[name] for name in COLUMNS}
    return {"type": "Feature", "id": row["event_id"], "geometry": geometry, "properties": properties}


FORMAT = Format(
    ".geojson",
    "application/geo+json",
    write_geojson,
    "RFC 7946: a feature a row, the columns as its properties. Rows without coordinates have null geometry; `rows` and "
    "`without_coordinates` at the end say how many there are.",
)
