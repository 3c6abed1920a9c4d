"""Rows as they come: from a dict, a data frame's records or a database."""

from collections.abc import Mapping
from math import isnan
from typing import Any


def plain(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row in which what is missing (None, NaN, NA, NaT) is None."""
    return {name: None if _missing(value) else value for name, value in row.items()}


def _missing(value: Any) -> bool:
    if value is None or isinstance(value, str | int):
        return value is None
    # pandas' NA is neither equal nor unequal to itself; NaN is unequal. Lists are themselves.
    return type(value).__name__ in ("NAType", "NaTType") or (isinstance(value, float) and isnan(value))
