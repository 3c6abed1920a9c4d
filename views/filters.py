"""Which rows a visitor asked for: pure functions of rows and a `Filter`."""

from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, reduce
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from views.facets import SETS, Counts, Facets, Mask
from views.rows import FIRM

Positions = npt.NDArray[np.intp]


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

    @property
    def key(self) -> Hashable:
        """What two filters have in common that leave the same rows."""
        chosen = frozenset((name, frozenset(values)) for name, values in self.chosen.items() if values)
        return chosen, frozenset(self.modality), self.period, self.undated, self.confidence, self.words.strip()


@dataclass(eq=False)
class Selection:
    """Some of all rows, those of a mask; what is asked of them is taken when it is asked for.

    A page of a million rows cannot copy them for every visitor: take a column, or a page of rows, not all of them.
    """

    rows: pd.DataFrame
    mask: Mask

    def __len__(self) -> int:
        return self._size

    @cached_property
    def _size(self) -> int:
        return int(np.count_nonzero(self.mask))

    @cached_property
    def at(self) -> Positions:
        """Their positions in all rows, newest first."""
        return np.flatnonzero(self.mask)

    @property
    def empty(self) -> bool:
        """Whether there is none."""
        return not self._size

    @property
    def numbers(self) -> npt.NDArray[np.int32]:
        """The rows' numbers in the store, for `Store.rows` and the exporters."""
        return self.rows["number"].to_numpy()[self.at]

    def first(self, number: int, *names: str) -> pd.DataFrame:
        """Return some columns of the first rows: less to copy than `part` does."""
        at = _first(self.mask, number)
        return pd.DataFrame({name: self.rows[name].array[at] for name in names})

    def column(self, name: str) -> "pd.Series[Any]":
        """Return one column of them."""
        return self.rows[name].iloc[self.at]

    def part(self, start: int = 0, stop: int | None = None) -> pd.DataFrame:
        """Return the narrow rows from `start` to before `stop`; the columns of the text come from `Store.rows`."""
        return self.rows.iloc[self.at[start:] if stop is None else _first(self.mask, stop)[start:]]

    def only(self, name: str, meets: Callable[["pd.Series[Any]"], Any]) -> "Selection":
        """Return those whose value in a column meets a condition, a function of the whole column."""
        return Selection(self.rows, self.mask & np.asarray(meets(self.rows[name]), bool))


def select(rows: pd.DataFrame, mask: Mask) -> Selection:
    """Return the rows that a mask holds true."""
    return Selection(rows, mask)


@dataclass(eq=False)
class Found:
    """Which rows meet each condition that keeps any away, by its name; conditions that all rows meet are not there."""

    facets: Facets
    met: Mapping[str, Mask]
    _tallies: dict[str, Counts] = field(default_factory=dict)

    def all(self, *, but: str | None = None) -> Mask:
        """Return which rows meet every condition, leaving one out if `but` names it."""
        if but in self.met:
            return self._meeting(but)
        return self._every

    @cached_property
    def _every(self) -> Mask:
        return self._meeting(None)

    def _meeting(self, left_out: str | None) -> Mask:
        narrow = [mask for name, mask in self.met.items() if name != left_out]
        # One after the other: numpy's reduce over a list would first copy them all into one array.
        return reduce(np.logical_and, narrow) if narrow else np.ones(len(self.facets), bool)

    def counts(self, column: str) -> Counts:
        """Return how many rows each value of a column would show, the other conditions kept."""
        if column not in self._tallies:
            self._tally(column if column in self.met else None)
        return self._tallies[column]

    def _tally(self, left_out: str | None) -> None:
        """Count all columns whose counts leave the same condition out: the positions are long, and not kept."""
        facets = self.facets.by_column
        columns = [left_out] if left_out else [name for name in facets if name not in self.met]
        if not self.met.keys() - {left_out}:
            self._tallies |= {name: facets[name].totals for name in columns}
            return
        kept, at = _fewer(self.all(but=left_out))
        for name in columns:
            tally = facets[name].counts(at)
            self._tallies[name] = tally if kept else facets[name].totals - tally

    def places(self) -> int:
        """Return at how many places the rows are that meet every condition."""
        return int(np.count_nonzero(self.counts("pin")))

    def emptied_by(self) -> str | None:
        """Return the name of a condition that alone keeps everything away: without it there would be rows."""
        if self.all().any():
            return None
        return next((name for name in self.met if self.all(but=name).any()), None)


def masks(facets: Facets, wanted: Filter, found: Mask | None = None) -> Found:
    """Return which rows meet each condition.

    `found`: which rows hold the words asked for, as the store's search tells; None if none are asked for.
    """
    return Found(facets, {name: mask for name, mask in _conditions(facets, wanted, found) if not mask.all()})


def _conditions(facets: Facets, wanted: Filter, found: Mask | None) -> Iterator[tuple[str, Mask]]:
    for name in SETS:
        if values := wanted.chosen.get(name):
            yield name, facets[name].one_of(values)
    if wanted.modality:
        yield "modality", facets["modality"].one_of(wanted.modality)
    if wanted.period:
        yield "period", _in_period(facets, *wanted.period, undated=wanted.undated)
    if wanted.confidence > 0:
        yield "confidence", ~(facets.confidence < np.float32(wanted.confidence))  # an unknown one is not below
    if found is not None:
        yield "words", found


def _first(mask: Mask, number: int) -> Positions:
    """Return the positions of the first so many rows of a mask, without a look at all of it."""
    seen = min(max(4 * number, 4_096), len(mask))
    while np.count_nonzero(mask[:seen]) < number and seen < len(mask):
        seen = min(4 * seen, len(mask))
    return np.flatnonzero(mask[:seen])[:number]


def _fewer(mask: Mask) -> tuple[bool, Positions]:
    """Return whether fewer rows are kept than dropped, and the positions of those fewer ones: less to count."""
    kept = np.count_nonzero(mask) * 2 <= len(mask)
    return bool(kept), np.flatnonzero(mask if kept else ~mask)


def _in_period(facets: Facets, since: date, until: date, *, undated: bool) -> Mask:
    first, last = np.datetime64(since, "s"), np.datetime64(until, "s")
    inside: Mask = (facets.first <= last) & (facets.last >= first)  # NaT is neither
    return inside | ~facets.dated if undated else inside
