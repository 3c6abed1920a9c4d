"""Find the rows that may tell of a row's event without comparing it with every other."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from operator import attrgetter

from events.stories.report import Report
from events.stories.spots import Level, cells

NEAR_DAYS = 8
"""Days before and after a row's days within which other rows may tell of its event."""

_ID = attrgetter("id")


class _Days:
    """Reports by their day; `longest` is the longest time between a report's first and last day."""

    def __init__(self) -> None:
        self._reports: list[Report] = []
        self._days: list[int] = []
        self._longest = 0

    def add(self, report: Report) -> None:
        self._reports.append(report)

    def close(self) -> None:
        self._reports.sort(key=lambda report: (report.day or 0, report.id))
        self._days = [report.day or 0 for report in self._reports]
        self._longest = max((last - (first or 0) for first, last in map(_span, self._reports) if last), default=0)

    def between(self, first: int, last: int) -> list[Report]:
        start = bisect_left(self._days, first - self._longest - NEAR_DAYS)
        return self._reports[start : bisect_right(self._days, last + NEAR_DAYS)]


class Index:
    """The reports of one block by place, day and article."""

    def __init__(self, reports: Iterable[Report]) -> None:
        """File the reports; they must be of one block."""
        self._at: dict[str, _Days] = {}
        self._under: dict[str, _Days] = {}
        self._articles: dict[str, list[Report]] = {}
        for report in sorted(reports, key=_ID):
            self._add(report)
        for days in (*self._at.values(), *self._under.values()):
            days.close()

    def near(self, report: Report) -> Iterator[Report]:
        """Yield every other report that may tell of the same event, some of them more than once."""
        own, *around = cells(report.spot)
        for other in self._articles.get(report.article, ()):
            if other is not report:
                yield other
        if report.day is None:
            return
        days = [self._at.get(cell) for cell in (own, *around)] + [self._under.get(own)]
        last = report.last if report.last is not None else report.day
        for found in days:
            if found:
                yield from (other for other in found.between(report.day, last) if other.article != report.article)

    def _add(self, report: Report) -> None:
        self._articles.setdefault(report.article, []).append(report)
        if report.day is None:
            return
        own, *around = cells(report.spot)
        self._at.setdefault(own, _Days()).add(report)
        if report.spot.level is Level.QUARTER and report.spot.town:
            self._at.setdefault(f"quarters of {report.spot.town}", _Days()).add(report)
        for cell in around:
            self._under.setdefault(cell, _Days()).add(report)


def _span(report: Report) -> tuple[int | None, int | None]:
    return report.first, report.last
