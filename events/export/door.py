"""The one door of all exports: rows, a format, a stream."""

import io
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO

from events.export.blur import blurred
from events.export.csv_table import write_csv
from events.export.geojson import write_geojson
from events.export.json_lines import write_json_lines
from events.export.kml import write_kml
from events.export.options import Name, Options
from events.export.records import records
from events.row import Row

if TYPE_CHECKING:
    from events.export.records import Rows


@dataclass(frozen=True, slots=True)
class Format:
    """A format: the ending of its files with the dot, its media type, and what writes it."""

    suffix: str
    media_type: str
    put: "Callable[[Iterator[Row], BinaryIO, Options, Written], None]"


@dataclass(slots=True)
class Written:
    """What an export did: how many rows it was given, how many have no coordinates, how many it left out and why."""

    rows: int = 0
    without_coordinates: int = 0
    left_out: Counter[str] = field(default_factory=Counter)


_AS_IS = Options()


def write(rows: "Rows", name: Name, stream: BinaryIO, *, options: Options = _AS_IS) -> Written:
    """Write rows in the format of this name (a key of `FORMATS`) to a binary stream, which stays open.

    `rows` are rows of the contract, a data frame of them, or pieces of one; they are read once and one after the
    other, and never held together unless the format demands it. Raises KeyError for a name that is no format's.
    """
    written = Written()
    given = _counted(records(rows), written)
    FORMATS[name].put(blurred(given, options.blur_m) if options.blur_m else given, stream, options, written)
    return written


def _counted(rows: Iterator[Row], written: Written) -> Iterator[Row]:
    for row in rows:
        written.rows += 1
        written.without_coordinates += row["latitude"] is None or row["longitude"] is None
        yield row


def _text(put: Callable[[Iterable[Row], io.TextIOWrapper], None], *, may_mark: bool = False) -> Callable[..., None]:
    """Return a writer to a binary stream from one that writes text; `may_mark`: a byte order mark may come first."""

    def put_bytes(rows: Iterator[Row], stream: BinaryIO, options: Options, _written: Written) -> None:
        encoding = "utf-8-sig" if may_mark and options.bom else "utf-8"
        out = io.TextIOWrapper(stream, encoding=encoding, newline="")
        try:
            put(rows, out)
        finally:
            out.detach()  # flushes, and leaves the stream open

    return put_bytes


FORMATS: dict[Name, Format] = {
    "csv": Format(".csv", "text/csv", _text(write_csv, may_mark=True)),
    "jsonl": Format(".jsonl", "application/jsonl", _text(write_json_lines)),
    "geojson": Format(".geojson", "application/geo+json", _text(write_geojson)),
    "kml": Format(".kml", "application/vnd.google-earth.kml+xml", _text(write_kml)),
}
"""The formats by their names."""
