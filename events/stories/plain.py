"""Rows as they come: from a dict, a data frame's records or a database."""

from collections.abc import Collection, Mapping
from math import isnan
from typing import Any


def plain(row: Mapping[str, Any], names: Collection[str]) -> dict[str, Any]:
    """Return some columns of a row, with None for what is missing (not there, None, NaN, NA, NaT)."""
    values = ((name, row.get(name)) for name in names)
    return {name: None if _missing(value) else value for name, value in values}


def _missing(value: Any) -> bool:
    if value is None or isinstance(value, str | int):
        return value is None
    # pandas' NA is neither equal nor unequal to itself; NaN is unequal. Lists are themselves.
    return type(value).__name__ in ("NAType", "NaTType") or (isinstance(value, float) and isnan(value))
