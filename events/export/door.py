"""The one door of all exports: rows, a format, a stream."""

import io
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO

from events.export import acled, csv_table, geojson, geoparquet, html_map, hxl, json_lines, kml
from events.export.blur import blurred
from events.export.format import Format
from events.export.options import Name, Options
from events.export.records import records
from events.row import Row

if TYPE_CHECKING:
    from events.export.records import Rows

FORMATS: dict[Name, Format] = {
    "csv": csv_table.FORMAT,
    "jsonl": json_lines.FORMAT,
    "geojson": geojson.FORMAT,
    "kml": kml.FORMAT,
    "hxl": hxl.FORMAT,
    "parquet": geoparquet.FORMAT,
    "acled": acled.FORMAT,
    "html": html_map.FORMAT,
}
"""The formats by their names."""

_AS_IS = Options()


@dataclass(slots=True)
class Written:
    """What an export did: how many rows it wrote, how many of them have no coordinates, what it left out and why."""

    rows: int = 0
    without_coordinates: int = 0
    left_out: Counter[str] = field(default_factory=Counter)


def write(rows: "Rows", name: Name, stream: BinaryIO, *, options: Options = _AS_IS) -> Written:
    """Write rows in the format of this name (a key of `FORMATS`) to a binary stream, which stays open.

    `rows` are rows of the contract, a data frame of them, or pieces of one; they are read once and one after the
    other, and never held together unless the format demands it. Raises KeyError for a name that is no format's.
    """
    kind, written = FORMATS[name], Written()
    given = _counted(records(rows), kind, written)
    taken = blurred(given, options.blur_m) if options.blur_m else given
    if kind.stream == "binary":
        kind.put(taken, stream)
    else:
        with _text(stream, mark=options.bom and kind.stream == "table") as out:
            kind.put(taken, out)
    return written


def _counted(rows: Iterator[Row], kind: Format, written: Written) -> Iterator[Row]:
    for row in rows:
        reason = kind.refuse(row)
        if reason:
            written.left_out[reason] += 1
            continue
        written.rows += 1
        written.without_coordinates += row["latitude"] is None or row["longitude"] is None
        yield row


@contextmanager
def _text(stream: BinaryIO, *, mark: bool) -> Iterator[io.TextIOWrapper]:
    out = io.TextIOWrapper(stream, encoding="utf-8-sig" if mark else "utf-8", newline="")
    try:
        yield out
    finally:
        out.detach()  # flushes, and leaves the stream open
