"""Rows as GeoParquet 1.1: the contract's columns and a `geometry` of points, null where no place was found."""

import json
import struct
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any, BinaryIO

from events.export.format import Format
from events.row import COLUMNS, Row, cell

if TYPE_CHECKING:
    import pyarrow as pa

_BATCH = 20_000  # rows of one row group, held in memory at a time
_GEO = {
    "version": "1.1.0",
    "primary_column": "geometry",
    "columns": {"geometry": {"encoding": "WKB", "geometry_types": ["Point"]}},
}


def write_parquet(rows: Iterable[Row], stream: BinaryIO) -> None:
    """Write a Parquet file with the metadata that GeoParquet asks for, compressed with zstd."""
    import pyarrow.parquet as pq

    schema = _schema()
    with pq.ParquetWriter(stream, schema, compression="zstd") as writer:
        for batch in _batches(rows):
            writer.write_batch(_record_batch(batch, schema))


def _schema() -> "pa.Schema":
    import pyarrow as pa

    kinds: dict[type, Any] = {str: pa.string(), list: pa.string(), int: pa.int64(), float: pa.float64()}
    fields = [*((name, kinds[kind]) for name, kind in COLUMNS.items()), ("geometry", pa.binary())]
    return pa.schema(fields, metadata={"geo": json.dumps(_GEO)})


def _record_batch(rows: Iterable[Row], schema: "pa.Schema") -> "pa.RecordBatch":
    import pyarrow as pa

    columns = [[cell(row[name]) for row in rows] for name in COLUMNS]
    arrays = [*columns, [_point(row) for row in rows]]
    return pa.record_batch([pa.array(a, f.type) for a, f in zip(arrays, schema, strict=True)], schema=schema)


def _point(row: Row) -> bytes | None:
    """Return a point in well-known binary: byte order (little endian), type 1, longitude, latitude."""
    at = (row["longitude"], row["latitude"])
    return None if None in at else struct.pack("<BIdd", 1, 1, *at)


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    remaining = iter(rows)
    while batch := list(islice(remaining, _BATCH)):
        yield batch


FORMAT = Format(
    ".parquet",
    "application/vnd.apache.parquet",
    write_parquet,
    "GeoParquet 1.1: a column `geometry` more, points as WKB in longitude and latitude (OGC:CRS84), null without "
    "coordinates; `geo_others` is JSON text.",
    stream="binary",
)
