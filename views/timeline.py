"""The days that the page covers; the histogram on them is counted and drawn in the browser (`timeline.js`)."""

from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

_LEAST_DAYS = 7


@dataclass(frozen=True, slots=True)
class Span:
    """The days from `first` to `last`, both included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """The number of days."""
        return (self.last - self.first).days + 1

    def within(self, since: date | None, until: date | None) -> tuple[date, date] | None:
        """Return the part of the span between two days, each None for its end; None if that is all of it.

        Days outside the span stand for the nearest one inside.
        """
        first = min(max(since or self.first, self.first), self.last)
        last = max(min(until or self.last, self.last), first)
        return None if (first, last) == (self.first, self.last) else (first, last)


def span_of(rows: pd.DataFrame) -> Span | None:
    """Return the days that the dated events of `rows` cover, at least a week of them; None if none has a date."""
    first, last = rows["first_day"].min(), rows["last_day"].max()
    if pd.isna(first):
        return None
    missing = max(_LEAST_DAYS - (last - first).days - 1, 0)
    before = timedelta(days=missing // 2)
    return Span(first.date() - before, last.date() + timedelta(days=missing) - before)
