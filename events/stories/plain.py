"""Rows as they come: from a dict, a data frame's records or a database."""

from collections.abc import Collection, Mapping
from math import isnan
from typing import Any

_SURE = frozenset((str, int, list))


def plain(row: Mapping[str, Any], names: Collection[str]) -> dict[str, Any]:
    """Return some columns of a row, with None for what is missing (not there, None, NaN, NA, NaT)."""
    values = zip(names, map(row.get, names), strict=True)
    return {name: value if value is None or type(value) in _SURE else _known(value) for name, value in values}


def _known(value: Any) -> Any:
    # pandas' NA is neither equal nor unequal to itself; NaN is unequal.
    missing = type(value).__name__ in ("NAType", "NaTType") or (isinstance(value, float) and isnan(value))
    return None if missing else value
