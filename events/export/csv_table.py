"""Rows as CSV after RFC 4180, safe to open in a spreadsheet; and back, the same rows."""

import csv
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, TextIO

from events.export.format import Format
from events.row import COLUMNS, Row, cell

_FORMULA = re.compile(r"'*(?:[\t\r\n]|\s*[=+\-@＝＋－＠])")
"""Text that a spreadsheet may run as a formula, with or without apostrophes before it."""

_ESCAPED = re.compile(rf"'{_FORMULA.pattern}")


_LONGEST = 2**31 - 1  # characters of a cell; the most that the library takes on every system


class CsvError(ValueError):
    """A CSV is not one of rows; the message is one line and names the line of the file."""


def write_csv(rows: Iterable[Row], out: TextIO) -> None:
    """Write a header and a line a row; None is an empty cell, a list is JSON text.

    Text that a spreadsheet would run as a formula has an apostrophe before it.
    """
    writer = csv.writer(out)  # lines end in CRLF after RFC 4180; with a bare LF, csv would not quote a CR in a cell
    writer.writerow(COLUMNS)
    writer.writerows(map(cells, rows))


def cells(row: Row) -> list[Any]:
    """Return a row's values as they stand in a line of a table."""
    return [inert(cell(row[name])) for name in COLUMNS]


def inert(value: Any) -> Any:
    """Put an apostrophe before text that a spreadsheet would run as a formula; everything else comes back as it is."""
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value


def read_csv(source: TextIO) -> Iterator[Row]:
    """Yield the rows of a CSV that `write_csv` wrote, the same as they were (empty text is None).

    `source` is opened with newline="" and as UTF-8, with or without a byte order mark. Raises CsvError.
    """
    csv.field_size_limit(_LONGEST)  # the library's default refuses cells of a long article
    reader = csv.reader(source)
    try:
        header = next(reader, [])
        if [name.removeprefix("\ufeff") for name in header] != list(COLUMNS):
            raise CsvError("line 1: the columns are not those of the row contract (docs/data-dictionary.md)")
        for line in reader:
            yield _row(line, reader.line_num)
    except csv.Error as error:
        raise CsvError(f"line {reader.line_num}: {error}") from error


def _row(texts: list[str], line: int) -> Row:
    if len(texts) != len(COLUMNS):
        raise CsvError(f"line {line}: {len(texts)} cells, not {len(COLUMNS)}")
    values = zip(COLUMNS.items(), texts, strict=True)
    return {name: _value(text, kind, f"line {line}: {name}") for (name, kind), text in values}


def _value(text: str, kind: type, where: str) -> Any:
    if not text:
        return None
    if kind is str:
        return text[1:] if _ESCAPED.match(text) else text
    try:
        return json.loads(text) if kind is list else kind(text)
    except ValueError:
        raise CsvError(f"{where}: {text[:40]!r} is no {'list' if kind is list else 'number'}") from None


FORMAT = Format(
    ".csv",
    "text/csv",
    write_csv,
    "An apostrophe stands before text that a spreadsheet would run as a formula, and before the apostrophes of text "
    "that then looks like it. `events.export.csv_table.read_csv` takes it away: the rows come back the same, but that "
    "empty text is read as unknown.",
    stream="table",
)
