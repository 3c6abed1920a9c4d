"""All rows as plain arrays, for what every move of a filter asks of them: which ones pass, and how many of each value.

A page with many visitors cannot afford a table library on that path; these arrays are made once for all of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from views.rows import NO_PIN, codes

SETS = ("action", "actor", "target", "place_id", "claim_source", "publisher", "language")
"""The columns a visitor may narrow to some of their values."""

Mask = npt.NDArray[np.bool_]
Counts = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Facet:
    """A column's `values` in alphabetical order; `number[value]` is where it stands; `codes`, a row each, -1 for none.

    `totals`: how many rows have each value. Places, as numbers of pins, have no text: their `values` are empty.
    """

    values: tuple[str, ...]
    number: Mapping[str, int]
    codes: npt.NDArray[np.integer]
    totals: Counts

    def counts(self, at: npt.NDArray[np.intp]) -> Counts:
        """Return how many of the rows at some positions have each value."""
        return np.bincount(self.codes[at] + np.int64(1), minlength=len(self.totals) + 1)[1:]

    def one_of(self, values: tuple[str, ...]) -> Mask:
        """Return which rows have one of some values; unknown ones have none."""
        wanted = np.zeros(len(self.values) + 1, bool)  # the last one is for -1
        wanted[[self.number[value] for value in values if value in self.number]] = True
        met: Mask = wanted[self.codes]
        return met


@dataclass(frozen=True, slots=True, eq=False)
class Facets:
    """What the filters look at; every array has one entry a row, in the order of the rows.

    `first`, `last`: datetime64 of days, NaT without a date; `confidence`: 0 to 1, NaN where it is unknown;
    `dated`, `placed`: whether there is a day, a place; `by_column["pin"]`: the places.
    """

    by_column: Mapping[str, Facet]
    first: npt.NDArray[np.datetime64]
    last: npt.NDArray[np.datetime64]
    confidence: npt.NDArray[np.floating]
    dated: Mask
    placed: Mask

    def __len__(self) -> int:
        return len(self.first)

    def __getitem__(self, column: str) -> Facet:
        return self.by_column[column]


def facets_of(rows: pd.DataFrame) -> Facets:
    """Return the facets of rows of `prepare`."""
    first, pins = rows["first_day"].to_numpy(), rows["pin"].to_numpy()
    placed = pins != NO_PIN
    return Facets(
        {"pin": _places(pins)} | {name: _facet(rows[name]) for name in (*SETS, "modality")},
        first,
        rows["last_day"].to_numpy(),
        rows["confidence"].to_numpy(),
        ~np.isnat(first),
        placed,
    )


def _places(pins: npt.NDArray[np.int64]) -> Facet:
    number, known = pd.factorize(pins, sort=True)
    none = int(NO_PIN in known[:1])  # the smallest number, if it is there
    small: type[np.integer] = np.int16 if len(known) < 2**15 else np.int32
    return Facet((), {}, (number - none).astype(small), np.bincount(number, minlength=none)[none:])


def _facet(column: "pd.Series[str]") -> Facet:
    values, held = tuple(map(str, column.cat.categories)), codes(column)
    totals = np.bincount(held + np.int64(1), minlength=len(values) + 1)[1:]
    return Facet(values, {value: number for number, value in enumerate(values)}, held, totals)
