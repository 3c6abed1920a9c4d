"""Rows as CSV with a row of HXL 1.1 hashtags below the header, as humanitarian data tools read it."""

import csv
from collections.abc import Iterable
from typing import TextIO

from events.columns import columns
from events.export.csv_table import cells
from events.export.format import Format
from events.row import COLUMNS, Row


def write_hxl(rows: Iterable[Row], out: TextIO) -> None:
    """Write a header, the hashtags and a line a row."""
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerow(column.hxl for column in columns())
    writer.writerows(map(cells, rows))


FORMAT = Format(
    ".hxl.csv",
    "text/csv",
    write_hxl,
    "As `csv`, with the HXL hashtags of the table above in the second line.",
    stream="table",
)
