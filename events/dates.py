"""Read the dates of a time expression from its tokens."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from typing import cast

from events.calendars import Reference, Side, hijri_month, nearest_weekday
from events.time_words import Token
from events.values import dataclass

_MONTHS = frozenset({"month", "weak_month", "hijri", "weak_hijri", "latin"})
_DAY = frozenset({"int", "ordinal"})
_SEPARATORS = frozenset({"and", "to", "until", "dash", "slash", "upon"})
_UNIT_NOUNS = {"day_noun": "day", "days_noun": "day", "week_noun": "week", "month_noun": "month", "year_noun": "year"}
_LENGTHS = {"day": (1, 1), "week": (7, 2)}  # days, precision


@dataclass(frozen=True, slots=True)
class Found:
    """Dates of an expression: ISO strings, None if open; `precision` as in `When`; flags as in `Time`."""

    start: str | None = None
    end: str | None = None
    precision: int = 3
    relative: bool = False
    weekday: bool = False


def day_of(tokens: Sequence[Token], reference: Reference) -> Found:
    """Read a day, or a day with its weekday (the calendar date wins)."""
    by_date = _calendar_day(tokens, reference)
    if by_date is not None:
        return by_date
    today, weekday = _value(tokens, "today"), _value(tokens, "weekday")
    side = _side(tokens)
    if today is not None:
        day = reference.shifted(today)
        day = nearest_weekday(day, weekday) if day and weekday is not None else day
    else:
        day = reference.weekday(weekday, side) if weekday is not None else None
    return Found(_iso(day), None, 1, relative=True, weekday=today is None and side is None)


def shifted_day(tokens: Sequence[Token], reference: Reference) -> Found:
    """Read `the same day`, `the next day`: so many days from the reference's."""
    return Found(_iso(reference.shifted(_value(tokens, "same") or 0)), None, 1, relative=True)


def day_of_month(tokens: Sequence[Token], reference: Reference) -> Found | None:
    """Read a day of the reference's month (`the 21st of the same month`), None if the tokens name none."""
    return _day_beside(tokens, reference) if any(token.kind in _DAY for token in tokens) else None


def month_of(tokens: Sequence[Token], reference: Reference) -> Found:
    """Read a month: `YYYY-MM`, or first and last day of a Hijri month."""
    side, year = _side(tokens), _year(tokens, reference)
    month = next((token for token in tokens if token.kind in _MONTHS), None)
    if month is None:
        return _month_beside(tokens, side or "this", reference)
    side = None if year is not None else side
    if month.kind.endswith("hijri"):
        days = hijri_month(int(cast(int, month.value)), year, reference, side)
        return Found(days[0].isoformat(), days[1].isoformat()) if days else Found()
    return Found(reference.month(cast(int, month.value), year, side))


def _month_beside(tokens: Sequence[Token], side: Side, reference: Reference) -> Found:
    """Last, this or next month; the end of this month is its last day."""
    month = reference.month_beside(side)
    if month is None:
        return Found(relative=True)
    if side == "this" and any(token.kind == "edge" and token.value == "end" for token in tokens):
        return Found(date(*month, monthrange(*month)[1]).isoformat(), None, 2, relative=True)
    return Found(f"{month[0]:04}-{month[1]:02}", relative=True)


def year_of(tokens: Sequence[Token], reference: Reference) -> Found:
    """Read a year as `YYYY`; Hijri years stay open."""
    if any(token.kind == "hyear" for token in tokens):
        return Found()
    told = [str(token.value) for token in tokens if token.kind in ("year", "old_year")]
    if told:
        return Found(told[0], told[1] if len(told) > 1 else None)
    year = reference.year(_side(tokens))
    return Found(str(year) if year is not None else None, relative=True)


def range_of(tokens: Sequence[Token], reference: Reference) -> Found:
    """Read two ends; the left one takes month and year from the right one, and lies before it."""
    cut = _cut(tokens)
    left, right = tokens[:cut], tokens[cut:]
    if not any(token.kind in _DAY or token.kind in ("weekday", "today") for token in right):
        last = month_of(right, reference)
        return _joined(month_of(left, _until(last.start, reference)), last)
    if any(token.kind in _DAY for token in left) and not any(token.kind in _MONTHS for token in left):
        day = next(at for at, token in enumerate(right) if token.kind in _DAY)
        left = [next(token for token in left if token.kind in _DAY), *right[day + 1 :]]
    if reference.future and not any(token.kind in _MONTHS for token in right):
        first = day_of(left, reference)
        return _joined(first, day_of(right, _until(first.start, reference, future=True)))
    last = day_of(right, reference)
    return _joined(day_of(left, _until(last.start, reference)), last)


def span_of(tokens: Sequence[Token], reference: Reference, direction: int) -> Found:
    """Read a length of time before (-1) or after (1) publication; only days and weeks are exact enough to count."""
    unit = next((t.value for t in tokens if t.kind in ("dual", "unit", "units")), None)
    unit = unit or next((_UNIT_NOUNS[t.kind] for t in tokens if t.kind in _UNIT_NOUNS), "")
    inexact = any(token.kind in ("approx", "half") for token in tokens)
    days, precision = _LENGTHS.get(str(unit), (0, 3))
    if inexact or not days or (any(t.kind in ("units", "days_noun") for t in tokens) and _count(tokens) is None):
        return Found(relative=True)
    count = _count(tokens) or (2 if any(token.kind == "dual" for token in tokens) else 1)
    return Found(_iso(reference.shifted(direction * count * days)), None, precision, relative=True)


def _calendar_day(tokens: Sequence[Token], reference: Reference) -> Found | None:
    """A day with its month, None if the tokens name none; impossible days are open."""
    exact = next((token.value for token in tokens if token.kind == "date"), None)
    if isinstance(exact, tuple):
        return Found(_iso(reference.day(exact[2], exact[1], exact[0], None)), None, 1)
    at = next((index for index, token in enumerate(tokens) if token.kind in _MONTHS), None)
    side, year = _side(tokens), _year(tokens, reference)
    if at is None:
        return _day_beside(tokens, reference)
    days = [token.value for token in tokens[:at] if token.kind in _DAY][-1:]
    days = days or [token.value for token in tokens[at:] if token.kind in _DAY]
    if not days:
        return None
    read = reference.hijri_day if tokens[at].kind.endswith("hijri") else reference.day
    month, day = cast(int, tokens[at].value), cast(int, days[0])
    return Found(_iso(read(day, month, year, None if year is not None else side)), None, 1)


def _day_beside(tokens: Sequence[Token], reference: Reference) -> Found | None:
    """A day of this, last or next month: `16 من الشهر الجاري`, `16 الجاري`."""
    if any(token.kind in ("weekday", "today") for token in tokens):
        return None
    month = reference.month_beside(_side(tokens) or "this")
    days = [token.value for token in tokens if token.kind in _DAY]
    if not days or month is None:
        return Found(relative=True)
    return Found(_iso(reference.day(cast(int, days[-1]), month[1], month[0], None)), None, 1, relative=True)


def _cut(tokens: Sequence[Token]) -> int:
    """Index of the token after the last separator, or of the second weekday where there is none."""
    after = [index + 1 for index, token in enumerate(tokens) if token.kind in _SEPARATORS and index]
    return after[-1] if after else max(index for index, token in enumerate(tokens) if token.kind == "weekday")


def _until(day: str | None, reference: Reference, *, future: bool = False) -> Reference:
    """The reference of the other end of a range: the end that is known, if it is."""
    try:
        return Reference(date.fromisoformat(day if len(day) == 10 else day + "-01"), future) if day else reference
    except ValueError:  # a month outside of the years that `date` has
        return reference


def _joined(first: Found, last: Found) -> Found:
    if first.start is None or last.start is None:
        return Found()
    return Found(first.start, last.start, max(2, last.precision), last.relative, first.weekday or last.weekday)


def _value(tokens: Sequence[Token], kind: str) -> int | None:
    return next((cast(int, token.value) for token in tokens if token.kind == kind), None)


def _side(tokens: Sequence[Token]) -> Side | None:
    return next((cast(Side, token.value) for token in tokens if token.kind == "adj"), None)


def _year(tokens: Sequence[Token], reference: Reference) -> int | None:
    """The year that is told: in digits, or as `last year`; None if it is not."""
    told = next((cast(int, t.value) for t in reversed(tokens) if t.kind in ("year", "hyear")), None)
    if told is not None:
        return told
    kinds = {token.kind for token in tokens}
    return reference.year(_side(tokens)) if "this_year" in kinds or {"year_noun", "adj"} <= kinds else None


def _count(tokens: Sequence[Token]) -> int | None:
    return next((cast(int, t.value) for t in tokens if t.kind in ("numword", "int", "num", "year")), None)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
