"""Make the store's rows ready for drawing: days as dates, each place as one number, each action's family."""

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from views.families import families, family_numbers

FIRM = ("asserted", "claimed")
"""Modalities of what is reported to have happened; all others are said not, or not yet, to have."""

CHOICES = (
    *("action", "modality", "actor", "target", "place", "place_id", "feature_code", "admin1"),
    "country",
    *("claim_source", "publisher", "language"),
)
"""Columns with few different values: held as categories, so that a filter compares small numbers."""

NO_PIN = -1
_STEP = 100_000  # 1e-5 degrees, about a metre
_SHIFT = 2**26


def prepare(rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows of `Store.light`, or full ones of `Store.rows`, with five columns more, in the order they came in.

    `first_day`, `last_day`: datetime64, NaT where the event has no date (a month is all of its days);
    `pin`: the place as one number, -1 without coordinates; `family`: the number of the action's family;
    `firm`: whether the event is said to have happened.
    """
    first, last = _days(rows["event_date"], "start"), _days(rows["event_date_end"], "end")
    held = {name: rows[name].astype("category") for name in CHOICES}
    return rows.assign(
        first_day=first,
        last_day=last.fillna(_days(rows["event_date"], "end")),
        pin=pin_numbers(rows["latitude"], rows["longitude"]),
        family=_named(held["action"], lambda action: family_numbers().get(action, len(families()) - 1)).astype("int8"),
        firm=_named(held["modality"], lambda modality: modality in FIRM).astype(bool),
        **held,
    )


def with_reports(rows: pd.DataFrame) -> pd.DataFrame:
    """Return narrow rows with a column more, `reports`: how many rows tell the row's story, itself among them."""
    story = rows["story_id"].to_numpy(np.int64)
    sizes = np.bincount(np.where(story < 0, 0, story + 1), minlength=1)
    return rows.assign(reports=np.where(story < 0, 1, sizes[np.maximum(story + 1, 0)]).astype(np.int32))


def newest_first(rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows of `prepare` by their first day, the last one first, undated ones at the end."""
    return rows.sort_values("first_day", ascending=False, kind="stable", na_position="last", ignore_index=True)


def codes(column: "pd.Series[Any]") -> npt.NDArray[np.integer[Any]]:
    """Return the numbers of a categorical column's values, -1 for none; held by it, where `.cat.codes` makes a copy."""
    held: Any = column.array
    found: npt.NDArray[np.integer[Any]] = held.codes
    return found


def pin_numbers(latitude: "pd.Series[float]", longitude: "pd.Series[float]") -> npt.NDArray[np.int64]:
    """Return each place as one whole number below 2**53 (exact in a browser too); -1 without coordinates.

    Rows within a metre or so of each other share a number; nothing but the coordinates goes into it.
    """
    lat, lon = latitude.to_numpy(float, na_value=np.nan), longitude.to_numpy(float, na_value=np.nan)
    known = np.isfinite(lat) & np.isfinite(lon)
    north, east = np.rint((np.where(known, lat, 0) + 90) * _STEP), np.rint((np.where(known, lon, 0) + 180) * _STEP)
    return np.where(known, north.astype(np.int64) * _SHIFT + east.astype(np.int64), NO_PIN)


def _named(column: "pd.Series[Any]", meaning: Callable[[str], int]) -> npt.NDArray[np.int64]:
    """Return what each row's value means; each different value is looked at once."""
    means = np.array([*(meaning(value) for value in column.cat.categories), meaning("")], np.int64)
    return means[column.cat.codes]


def _days(dates: "pd.Series[str]", edge: str) -> "pd.Series[pd.Timestamp]":
    held = dates.astype("category")
    named = pd.Series([*held.cat.categories, None], dtype="str")  # the last stands for code -1
    months = named.str.len() == 7
    days = pd.to_datetime(named.str.slice(0, 10).where(~months, named + "-01"), errors="coerce", format="%Y-%m-%d")
    if edge == "end":
        days = days.where(~months, days + pd.offsets.MonthEnd(0))
    return pd.Series(days.to_numpy("datetime64[s]")[held.cat.codes], index=dates.index)
