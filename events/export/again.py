"""Read an exported CSV back, some thousand rows at a time, to be narrowed and written in another format."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from events.export.csv_table import CsvError, read_csv
from events.row import COLUMNS, cell
from events.store_rows import frame

if TYPE_CHECKING:
    import pandas as pd

_PIECE = 5_000  # rows held at a time


def frames(source: TextIO, name: str | Path) -> "Iterator[pd.DataFrame]":
    """Yield the rows of a CSV that `write_csv` wrote, as `Store.row_chunks` yields those of a store.

    `source` is opened with newline="" and as UTF-8. Raises CsvError, which begins with `name`.
    """
    rows = read_csv(source)
    try:
        while piece := [[cell(value) for value in row.values()] for row in islice(rows, _PIECE)]:
            yield frame(piece, COLUMNS)
    except UnicodeDecodeError as error:
        raise CsvError(f"{name}: not in UTF-8") from error
    except (CsvError, OverflowError, TypeError) as error:
        raise CsvError(f"{name}: {error}") from error
