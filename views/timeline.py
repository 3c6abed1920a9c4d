"""The histogram of events over time: rows in, HTML out; the slider under it belongs to `controls.py`."""

from dataclasses import dataclass
from datetime import date, timedelta
from html import escape
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from views.families import families
from views.labels import Words

Tally = npt.NDArray[np.int64]

_LEAST_DAYS = 7
_MOST_BARS = 180
_STEPS = {"axis": 1, "axis_week": 7, "axis_month": 30}


@dataclass(frozen=True, slots=True)
class Span:
    """The days from `first` to `last`, both included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """The number of days."""
        return (self.last - self.first).days + 1


class Slot(NamedTuple):
    """Where the bar of `day` stands: `left` and `width` in per cent of the chart."""

    day: date
    inside: bool
    left: float
    width: float


def span_of(rows: pd.DataFrame) -> Span | None:
    """Return the days that the dated events of `rows` cover, at least a week of them; None if none has a date."""
    first, last = rows["first_day"].min(), rows["last_day"].max()
    if pd.isna(first):
        return None
    missing = max(_LEAST_DAYS - (last - first).days - 1, 0)
    before = timedelta(days=missing // 2)
    return Span(first.date() - before, last.date() + timedelta(days=missing) - before)


def histogram(rows: pd.DataFrame, span: Span, period: Span, words: Words) -> str:
    """Return the bars of `rows` over `span`, stacked by family; bars outside `period` are pale.

    A bar stands for a day, a week or a month, whichever keeps them below some 180; an event counts on its first day.
    """
    unit, step = next(((u, s) for u, s in _STEPS.items() if span.days / s <= _MOST_BARS), ("axis_month", 30))
    tally = _tally(rows, span, step)
    top = int(tally.sum(axis=1).max(initial=0))
    bars = "".join(_bar(tally[i], _slot(int(i), step, span, period), top) for i in np.flatnonzero(tally.sum(axis=1)))
    caption = escape(words(f"time.{unit}"))
    scale = f'<span class="top">{words.number(top)}</span>' if top else ""
    chart = f'<div class="bars" role="img" aria-label="{caption}">{bars}</div>'
    return f'<figure class="timeline" dir="ltr">{scale}{chart}<figcaption dir="auto">{caption}</figcaption></figure>'


def _tally(rows: pd.DataFrame, span: Span, step: int) -> Tally:
    dated = rows.loc[rows["first_day"].notna(), ["first_day", "family"]]
    number = (dated["first_day"] - pd.Timestamp(span.first)).dt.days.to_numpy(np.int64) // step
    width, bars = len(families()), -(-span.days // step)
    cells = np.bincount(number * width + dated["family"].to_numpy(np.int64), minlength=bars * width)
    return cells.reshape(bars, width)


def _slot(i: int, step: int, span: Span, period: Span) -> Slot:
    day, steps = span.first + timedelta(days=i * step), max(span.days - 1, 1)
    inside = period.first <= day + timedelta(days=step - 1) and day <= period.last
    # A day's middle stands over the slider's handle for that day.
    width = min(86 * step / steps, 3.0)
    return Slot(day, inside, 100 * (i * step + (step - 1) / 2) / steps - width / 2, width)


def _bar(tally: Tally, slot: Slot, top: int) -> str:
    total = int(tally.sum())
    parts = "".join(
        f'<i style="flex: {int(tally[f])}; background: {families()[f].colour}"></i>'
        for f in np.flatnonzero(tally)[::-1]
    )
    place = f"left: {slot.left:.2f}%; width: {slot.width:.2f}%; height: {100 * total / top:.1f}%"
    kind = "in" if slot.inside else "out"
    return f'<div class="bar {kind}" style="{place}" title="{slot.day.isoformat()}: {total}">{parts}</div>'
