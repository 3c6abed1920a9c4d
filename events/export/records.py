"""Rows as plain Python values, from whatever holds them: rows, a data frame, or pieces of one."""

import json
import math
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from events.row import COLUMNS, Row

if TYPE_CHECKING:
    import pandas as pd

    Rows = pd.DataFrame | Iterable[pd.DataFrame] | Iterable[Mapping[str, Any]]

_PIECE = 5_000  # rows of a frame held as Python objects at a time
_NUMBERS: dict[type, Any] = {int: "Int64", float: "float64"}
_KINDS = {**COLUMNS, "reason": str}


def records(rows: "Rows") -> Iterator[Row]:
    """Yield each row as a dict of the contract's columns in order, and `reason` (why it has no coordinates).

    Unknown is None, `geo_others` a list; columns outside the contract are left out. Lone surrogates, which no file
    in UTF-8 can hold, become U+FFFD.
    """
    pieces: Iterator[Any] = iter([rows] if hasattr(rows, "iloc") else rows)
    for piece in pieces:
        yield from _of_frame(piece) if hasattr(piece, "iloc") else [_of_row(piece)]


def _of_row(row: Mapping[str, Any]) -> Row:
    record = {name: _clean(row.get(name)) for name in _KINDS}
    return record | {"geo_others": _listed(record["geo_others"])}


def _clean(value: Any) -> Any:
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace") if isinstance(value, str) else value


def _listed(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


def _of_frame(frame: "pd.DataFrame") -> Iterator[Row]:
    for start in range(0, len(frame), _PIECE):
        piece = frame.iloc[start : start + _PIECE]
        columns = [_values(piece, name, kind) for name, kind in _KINDS.items()]
        yield from (dict(zip(_KINDS, values, strict=True)) for values in zip(*columns, strict=True))


def _values(frame: "pd.DataFrame", name: str, kind: type) -> list[Any]:
    """Return a column as Python values; a number that came as a float (counts with gaps) is a whole number again."""
    if name not in frame:
        return [None] * len(frame)
    column = frame[name].astype(_NUMBERS[kind]) if kind in _NUMBERS else frame[name]
    values: list[Any] = column.astype(object).where(column.notna(), None).tolist()
    return list(map(_listed, values)) if kind is list else values
