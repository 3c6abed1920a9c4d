"""Rows as text: JSON Lines and CSV."""

import csv
import json
from collections.abc import Callable
from typing import TextIO

from events.row import COLUMNS, Row, cell

WriteRow = Callable[[Row], None]

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def jsonl_writer(out: TextIO) -> WriteRow:
    """Return a function that writes a row as one JSON object a line."""
    return lambda row: print(json.dumps(row, ensure_ascii=False), file=out)


def csv_writer(out: TextIO) -> WriteRow:
    """Write the header and return a function that writes a row; None is an empty cell."""
    writer = csv.writer(out)  # lines end in CRLF after RFC 4180; with a bare LF, csv would not quote a CR in a cell
    writer.writerow(COLUMNS)
    return lambda row: writer.writerow([_inert(cell(value)) for value in row.values()])


def _inert(value: object) -> object:
    """Put an apostrophe before text that a spreadsheet would run as a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA_STARTS) else value
