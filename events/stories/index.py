"""Find the rows that may tell of a row's event without comparing it with every other."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from operator import attrgetter

from events.stories.evidence import TOGETHER, UPDATES
from events.stories.report import Report
from events.stories.spots import Level, cells

SHORT = 7
"""Days from the first to the last day of an event that is not long."""

_SHELVES = {Level.QUARTER: "quarters", Level.LANDMARK: "landmarks"}
_ID, _DAY = attrgetter("id"), attrgetter("day")


class _Shelf:
    """Reports by their day."""

    __slots__ = ("_days", "_reports", "longest")

    def __init__(self) -> None:
        self._reports: list[Report] = []
        self._days: list[int] = []
        self.longest = 0  # days from a report's first to its last

    def add(self, report: Report) -> None:
        self._reports.append(report)
        self.longest = max(self.longest, (report.last or 0) - (report.first or 0))

    def close(self) -> None:
        self._reports.sort(key=_DAY)
        self._days = list(map(_DAY, self._reports))

    def between(self, first: int, last: int) -> list[Report]:
        return self._reports[bisect_left(self._days, first) : bisect_right(self._days, last)]


class _Cell:
    """The reports of one place, those dated well, those dated badly and those not dated each on a shelf."""

    def __init__(self) -> None:
        self._dated, self._long, self._open = _Shelf(), _Shelf(), _Shelf()

    def add(self, report: Report) -> None:
        if report.first is None or report.last is None:
            self._open.add(report)
        else:
            (self._dated if report.last - report.first <= SHORT else self._long).add(report)

    def close(self) -> None:
        for shelf in (self._dated, self._long, self._open):
            shelf.close()

    def near(self, report: Report) -> Iterator[Report]:
        """Yield reports whose days may be those of `report`, as `events.stories.evidence` has it, and some more."""
        if report.first is None or report.last is None:
            day = report.day or 0
            yield from self._open.between(day - TOGETHER, day + TOGETHER)
            for shelf in (self._dated, self._long):
                yield from shelf.between(day - UPDATES - shelf.longest, day)
        else:
            yield from self._open.between(report.first, report.last + UPDATES)
            for shelf in (self._dated, self._long):
                yield from shelf.between(report.first - 1 - shelf.longest, report.last + 1)


class Index:
    """The reports of one block by place, day and article."""

    def __init__(self, reports: Iterable[Report]) -> None:
        """File the reports; they must be of one block."""
        self._at: dict[str, _Cell] = {}
        self._under: dict[str, _Cell] = {}
        self._articles: dict[str, list[Report]] = {}
        self._reports = {report.id: report for report in sorted(reports, key=_ID)}
        asked_for = {cells(report.spot)[0] for report in self._reports.values()}
        for report in self._reports.values():
            self._add(report, asked_for)
        for cell in (*self._at.values(), *self._under.values()):
            cell.close()

    def get(self, event_id: str) -> Report | None:
        """Return the report of a row, None if it is not of this block."""
        return self._reports.get(event_id)

    def near(self, report: Report) -> Iterator[Report]:
        """Yield every other report that may tell of the same event, some of them more than once."""
        own, *around = cells(report.spot)
        for other in self._articles.get(report.article, ()):
            if other is not report:
                yield other
        if report.day is None:
            return
        for cell in (*(self._at.get(cell) for cell in (own, *around)), self._under.get(own)):
            if cell:
                yield from (other for other in cell.near(report) if other.article != report.article)

    def _add(self, report: Report, asked_for: set[str]) -> None:
        self._articles.setdefault(report.article, []).append(report)
        if report.day is None:
            return
        own, *around = cells(report.spot)
        self._at.setdefault(own, _Cell()).add(report)
        if report.spot.level in _SHELVES and report.spot.town:  # no source says which building is in which quarter
            self._at.setdefault(f"{_SHELVES[report.spot.level]} of {report.spot.town}", _Cell()).add(report)
        for cell in asked_for.intersection(around):
            self._under.setdefault(cell, _Cell()).add(report)
