"""Turn days, months and weekdays as a text names them into dates, counted from the day of publication."""

from datetime import date, timedelta
from typing import Literal

from hijridate import Gregorian, Hijri

from events.values import dataclass

Side = Literal["past", "past2", "next", "next2", "this"]
"""Which one is meant: the last, the last but one, the next, the next but one, the current."""

_AHEAD = timedelta(days=2)
"""A date without year that falls so soon after publication is not put back by a year (time zones, late datelines)."""


@dataclass(frozen=True, slots=True)
class Reference:
    """The day from which dates are counted; `published` None leaves whatever needs it open.

    `future` prefers the coming one where the words leave it open, as in plans; `told` is the day the text told last.
    """

    published: date | None
    future: bool = False
    told: date | None = None

    def shifted(self, days: int) -> date | None:
        """Return the day so many days after publication, None if that is unknown or out of range."""
        return _add(self.published, days) if self.published else None

    def weekday(self, weekday: int, side: Side | None) -> date | None:
        """Return the day of a weekday (Monday is 0): the last or the next one, today included unless `side` says so."""
        if self.published is None:
            return None
        back = (self.published.weekday() - weekday) % 7
        ahead = -back % 7
        shift = {"past": -(back or 7), "past2": -(back or 7) - 7, "next": ahead or 7, "next2": (ahead or 7) + 7}
        return self.shifted(shift.get(side or "", ahead if self.future else -back))

    def year(self, side: Side | None) -> int | None:
        """Return the year that `last year`, `this year` and so on mean."""
        return self.published.year + _STEP.get(side or "this", 0) if self.published else None

    def day(self, day: int, month: int, year: int | None, side: Side | None) -> date | None:
        """Return a date; without year the last (or next) one. None if it is impossible or unknown."""
        if year is not None or self.published is None:
            return _date(year, month, day)
        years = [_date(self.published.year + step, month, day) for step in range(-4, 5)]
        return self._choose([d for d in years if d is not None], side)

    def hijri_day(self, day: int, month: int, year: int | None, side: Side | None) -> date | None:
        """Return the date of a day of the Hijri calendar (Umm al-Qura), None if it is impossible or unknown."""
        if year is not None or self.published is None:
            return _hijri(year, month, day)
        current = _hijri_year(self.published)
        years = [_hijri(current + step, month, day) for step in (-1, 0, 1)] if current else []
        return self._choose([d for d in years if d is not None], side)

    def month(self, month: int, year: int | None, side: Side | None) -> str | None:
        """Return a month as `YYYY-MM`; without year the last (or next) one, the current included."""
        if year is not None or self.published is None:
            return f"{year:04}-{month:02}" if year is not None else None
        current = self.published.month
        later = month > current or (month == current and side == "next")
        earlier = month < current or (month == current and side == "past")
        ahead = side == "next" or (self.future and side is None)
        step = 0 if side == "this" else int(earlier) if ahead else -int(later or (month == current and side == "past"))
        return f"{self.published.year + step:04}-{month:02}"

    def month_beside(self, side: Side) -> tuple[int, int] | None:
        """Return year and month of `last month`, `this month`, `next month`."""
        if self.published is None:
            return None
        months = self.published.year * 12 + self.published.month - 1 + _STEP[side]
        return months // 12, months % 12 + 1

    def _choose(self, days: list[date], side: Side | None) -> date | None:
        published = self.published
        if published is None or not days:
            return None
        if side == "this":
            return min(days, key=lambda d: abs((d - published).days))
        if side == "next" or (self.future and side is None):
            return min((d for d in days if d >= published), default=None)
        limit = published if side else published + _AHEAD if published < date.max - _AHEAD else published
        return max((d for d in days if d <= limit), default=None)


_STEP: dict[str, int] = {"past": -1, "past2": -2, "next": 1, "next2": 2, "this": 0}


def hijri_month(month: int, year: int | None, reference: Reference, side: Side | None) -> tuple[date, date] | None:
    """Return the first and the last day of a Hijri month, None if it is unknown."""
    first = reference.hijri_day(1, month, year, side)
    if first is None:
        return None
    try:
        length = Gregorian.fromdate(first).to_hijri().month_length()
    except (ValueError, OverflowError):
        return None
    return first, first + timedelta(days=length - 1)


def nearest_weekday(day: date, weekday: int) -> date | None:
    """Return the day with that weekday closest to `day`: `today, Tuesday` in a text published on Wednesday."""
    shift = (weekday - day.weekday() + 3) % 7 - 3
    return _add(day, shift)


def _add(day: date, days: int) -> date | None:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def _date(year: int | None, month: int, day: int) -> date | None:
    try:
        return date(year or 0, month, day)
    except ValueError:
        return None


def _hijri(year: int | None, month: int, day: int) -> date | None:
    try:
        gregorian = Hijri(year or 0, month, day).to_gregorian()
    except (ValueError, OverflowError):
        return None
    return date(gregorian.year, gregorian.month, gregorian.day)


def _hijri_year(day: date) -> int | None:
    try:
        return Gregorian.fromdate(day).to_hijri().year
    except (ValueError, OverflowError):
        return None
