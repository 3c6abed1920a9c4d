"""Which rows a visitor asked for: pure functions of rows and a `Filter`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import reduce
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from views.rows import FIRM, codes

Mask = npt.NDArray[np.bool_]

SETS = ("action", "actor", "target", "place_id", "claim_source", "publisher", "language")
"""The columns a visitor may narrow to some of their values."""


@dataclass(frozen=True, slots=True)
class Filter:
    """What to show. Empty `chosen[column]`: every value; `period` None: the whole time, undated events included.

    `undated`: keep undated events although the period is narrowed; `words`: what the store searches for in
    quotes and names (الاشرفيه finds الأشرفية); `confidence`: the least confidence, 0 to 1.
    """

    chosen: Mapping[str, tuple[str, ...]]
    modality: tuple[str, ...] = FIRM
    period: tuple[date, date] | None = None
    undated: bool = False
    confidence: float = 0.0
    words: str = ""


@dataclass(frozen=True, slots=True)
class Selection:
    """Some of all rows, newest first, by their positions `at`; what is asked of them is taken when it is asked for.

    A page of a million rows cannot copy them for every visitor: take a column, or a page of rows, not all of them.
    """

    rows: pd.DataFrame
    at: npt.NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.at)

    @property
    def empty(self) -> bool:
        """Whether there is none."""
        return not len(self.at)

    @property
    def numbers(self) -> npt.NDArray[np.int32]:
        """The rows' numbers in the store, for `Store.rows` and the exporters."""
        return self.rows["number"].to_numpy()[self.at]

    def column(self, name: str) -> "pd.Series[Any]":
        """Return one column of them."""
        return self.rows[name].iloc[self.at]

    def part(self, start: int = 0, stop: int | None = None) -> pd.DataFrame:
        """Return the narrow rows from `start` to before `stop`; the columns of the text come from `Store.rows`."""
        return self.rows.iloc[self.at[start:stop]]

    def only(self, name: str, meets: Callable[["pd.Series[Any]"], Any]) -> "Selection":
        """Return those whose value in a column meets a condition, a function of the whole column."""
        return Selection(self.rows, self.at[np.asarray(meets(self.column(name)), bool)])


def select(rows: pd.DataFrame, mask: Mask) -> Selection:
    """Return the rows that a mask holds true."""
    return Selection(rows, np.flatnonzero(mask).astype(np.int32))


def masks(rows: pd.DataFrame, wanted: Filter, found: Mask | None = None) -> dict[str, Mask]:
    """Return, for each condition by its name, which rows (of `prepare`) meet it.

    `found`: which rows hold the words asked for, as the store's search tells; None if none are asked for.
    """
    met = {name: _one_of(rows[name], wanted.chosen.get(name, ())) for name in SETS}
    met["modality"] = _one_of(rows["modality"], wanted.modality)
    met["period"] = _in_period(rows, wanted)
    met["confidence"] = _sure(rows, wanted.confidence)
    met["words"] = np.ones(len(rows), bool) if found is None else found
    return met


def all_of(found: Mapping[str, Mask], *, but: str | None = None) -> Mask:
    """Return which rows meet every condition, leaving one out if `but` names it."""
    narrow = [mask for name, mask in found.items() if name != but and not mask.all()]
    # One after the other: numpy's reduce over a list would first copy them all into one array.
    return reduce(np.logical_and, narrow) if narrow else np.ones(len(next(iter(found.values()))), bool)


def counts(rows: pd.DataFrame, found: Mapping[str, Mask], column: str) -> dict[str, int]:
    """Return how many rows each value of a column would show, the other conditions kept; the most frequent first."""
    held = rows[column].cat
    tally = np.bincount(codes(rows[column])[all_of(found, but=column)] + 1, minlength=len(held.categories) + 1)[1:]
    order = np.argsort(-tally, kind="stable")
    names = held.categories.tolist()
    return {names[i]: int(tally[i]) for i in order[: np.count_nonzero(tally)]}


def emptied_by(found: Mapping[str, Mask]) -> str | None:
    """Return the name of a condition that alone keeps everything away: without it there would be rows."""
    if all_of(found).any():
        return None
    return next((name for name in found if not found[name].all() and all_of(found, but=name).any()), None)


def _one_of(column: "pd.Series[str]", values: tuple[str, ...]) -> Mask:
    if not values:
        return np.ones(len(column), bool)
    wanted = np.append(column.cat.categories.isin(values), False)
    met: Mask = wanted[codes(column)]  # -1 is the last one
    return met


def _sure(rows: pd.DataFrame, least: float) -> Mask:
    if least <= 0:
        return np.ones(len(rows), bool)
    unsure: Mask = rows["confidence"].to_numpy() < np.float32(least)  # an unknown one is not below
    return ~unsure


def _in_period(rows: pd.DataFrame, wanted: Filter) -> Mask:
    if wanted.period is None:
        return np.ones(len(rows), bool)
    since, until = (np.datetime64(day, "s") for day in wanted.period)
    first, last = rows["first_day"].to_numpy(), rows["last_day"].to_numpy()
    inside: Mask = (first <= until) & (last >= since)  # NaT is neither
    return inside | np.isnat(first) if wanted.undated else inside
