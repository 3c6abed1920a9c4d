"""Stories in a store: every row is put into one, only what changed is looked at, and the user may split them."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import partial

import sqlalchemy as sa

from events.store import Store
from events.store_writing import Batch
from events.stories import nearby
from events.stories.evidence import LINK
from events.stories.grouping import Decisions, Reach, Story
from events.stories.index import Index
from events.stories.kinship import kinship
from events.stories.nearby import MARGIN, Seed
from events.stories.report import Report
from events.stories.splits import Split, SplitError, decisions_in, record_split, record_undone, splits_in
from events.stories.weighing import compare
from events.tables import META, ROWS

__all__ = ["Split", "SplitError", "decisions", "regroup", "split", "splits", "undo_split"]

Progress = Callable[[int, int], None]
"""Called with the number of rows looked at so far, and of all that are to be."""

_WINDOW = 5_000  # rows looked at at once
_GAP = 60  # days without rows to be looked at, over which nothing is loaded
_CHUNK = 2_000  # rows changed in one transaction
_MARK = "stories"


def regroup(store: Store, progress: Progress | None = None, *, everything: bool = False) -> int:
    """Put all rows that are new or changed into stories; return how many rows are in another story than before.

    Only rows that may be of a changed row's story are looked at, unless `everything` is. What is written is the same
    as if all rows had come at once. Others may write meanwhile; what they write is looked at the next time.
    Interrupting loses nothing. Raises StoreError.
    """
    with store.reading() as connection:
        revision, mark = _revisions(connection)
        if revision == mark and not everything:
            return 0
        since = 0 if everything else mark
        moved = _moved(connection, since, progress)
        moved |= _copies(connection, moved, since)
    _write(store, moved, revision)
    return len(moved)


def split(store: Store, event_ids: Collection[str]) -> int:
    """Take rows out of their story and keep the decision; return its number, by which it can be undone.

    Raises SplitError if the rows are not of one story, or are all of it.
    """
    with store.batch() as batch:
        number = record_split(batch, event_ids)
    regroup(store)
    return number


def undo_split(store: Store, number: int) -> None:
    """Undo a split; raises KeyError if there is none of this number."""
    with store.batch() as batch:
        record_undone(batch, number)
    regroup(store)


def splits(store: Store) -> list[Split]:
    """Return the user's splits that are not undone, oldest first."""
    with store.reading() as connection:
        return splits_in(connection)


def decisions(store: Store) -> Decisions:
    """Return the pairs of rows that the user's splits keep apart and together."""
    with store.reading() as connection:
        return decisions_in(connection)


def _moved(connection: sa.Connection, since: int, progress: Progress | None) -> dict[str, str]:
    """Find the stories of all rows changed since a revision; return those that are not what the store has."""
    gone = nearby.ghosts(connection, since)
    wanted = nearby.seeds(connection, since) + [nearby.seed_of(ghost) for ghost in gone]
    countries = nearby.countries_of(connection, {seed.article for seed in wanted if seed.country is None})
    decided = decisions_in(connection)
    moved: dict[str, str] = {}
    told: set[str] = set()  # rows whose story is found, some from a window before theirs
    done = 0
    for kind, window in _windows(wanted):
        left = [seed for seed in window if seed.event_id not in told]
        where = {seed.country or countries.get(seed.article, "") for seed in left}
        found = _Around(connection, kind, where, decided).stories(left, gone) if left else []
        told.update(event_id for story in found for event_id in story.event_ids)
        moved |= _changes(connection, found)
        done += len(window)
        if progress:
            progress(done, len(wanted))
    return moved


def _windows(wanted: list[Seed]) -> Iterator[tuple[tuple[str, str], list[Seed]]]:
    """The seeds of each family and world, by day, some at a time."""
    kinds: dict[tuple[str, str], list[Seed]] = {}
    for seed in wanted:
        kinds.setdefault((kinship().family.get(seed.action, seed.action), seed.world), []).append(seed)
    for kind, some in sorted(kinds.items()):
        window: list[Seed] = []
        for seed in sorted(some, key=lambda seed: (seed.day or 0, seed.event_id)):
            if window and (len(window) >= _WINDOW or (seed.day or 0) - (window[-1].day or 0) > _GAP):
                yield kind, window
                window = []
            window.append(seed)
        yield kind, window


class _Around:
    """The rows of some countries, of one family and world, from day to day: as many as the stories asked for need.

    A row is compared once the days around it are loaded; those at the edge wait until more are.
    """

    def __init__(
        self, connection: sa.Connection, kind: tuple[str, str], countries: Collection[str], decisions: Decisions
    ) -> None:
        self._decisions = decisions
        self._between = partial(nearby.between, connection, *kind, countries)
        self._told: dict[str, Report] = {}
        self._days = (1, 0)  # the first and the last that are loaded

    def stories(self, window: list[Seed], gone: Collection[Report]) -> list[Story]:
        days = [(seed.day, seed.last or seed.day) for seed in window if seed.day is not None] or [(1, 1)]
        self._load(min(a for a, _ in days) - MARGIN[0], max(b for _, b in days) + MARGIN[1])
        reaches = self._reaches({seed.event_id for seed in window}, gone)
        while True:
            for block, index in self._indexes(block for block, reach in reaches.items() if reach.waiting).items():
                reaches[block].follow(index, self._covers)
            needed = [_around(report) for reach in reaches.values() for report in reach.waiting]
            if not needed:
                return [story for reach in reaches.values() for story in reach.stories()]
            self._load(min(first for first, _ in needed), max(last for _, last in needed))

    def _load(self, first: int, last: int) -> None:
        """Load what is not loaded yet of the days from one to another."""
        if not self._told and self._days == (1, 0):
            self._days = first, first - 1
        begin, end = self._days
        for some in ((first, begin - 1), (end + 1, last)):
            if some[0] <= some[1]:
                self._told |= {report.id: report for report in self._between(*some)}
        self._days = min(first, begin), max(last, end)

    def _covers(self, report: Report) -> bool:
        first, last = _around(report)
        return report.day is None or (self._days[0] <= first and last <= self._days[1])

    def _reaches(self, wanted: set[str], gone: Collection[Report]) -> dict[str, Reach]:
        starts: dict[str, list[Report]] = {}
        for report in self._told.values():
            if report.id in wanted:
                starts.setdefault(report.block, []).append(report)
        for block, index in self._indexes({ghost.block for ghost in gone}).items():
            linked = (other for ghost in gone if ghost.block == block for other in _linked(ghost, index))
            starts.setdefault(block, []).extend(linked)
        return {block: Reach(start, self._decisions) for block, start in starts.items() if start}

    def _indexes(self, blocks: Iterable[str]) -> dict[str, Index]:
        here: dict[str, list[Report]] = {block: [] for block in blocks}
        for report in self._told.values():
            if report.block in here:
                here[report.block].append(report)
        return {block: Index(some) for block, some in here.items()}


def _around(report: Report) -> tuple[int, int]:
    """The days that the reports of its event may begin on."""
    day = report.day or 0
    return day - MARGIN[0], (report.last or day) + MARGIN[1]


def _linked(ghost: Report, index: Index) -> Iterator[Report]:
    for other in index.near(ghost):
        link = compare(ghost, other)
        if link and link.score >= LINK:
            yield other


def _changes(connection: sa.Connection, found: list[Story]) -> dict[str, str]:
    story_of = {event_id: story.id for story in found for event_id in story.event_ids}
    known: dict[str, str | None] = {}
    for some in nearby.pieces(story_of, nearby.MANY):
        query = sa.select(ROWS.c.event_id, ROWS.c.story_id).where(ROWS.c.event_id.in_(some))
        known |= {row.event_id: row.story_id for row in connection.execute(query)}
    return {event_id: story for event_id, story in story_of.items() if known[event_id] != story}


def _copies(connection: sa.Connection, moved: Mapping[str, str], since: int) -> dict[str, str]:
    """Find the rows of near copies that are not in the story of the row they are a copy of."""
    copy, first = ROWS.alias(), ROWS.alias()
    query = sa.select(copy.c.event_id, copy.c.story_id, first.c.event_id.label("of"), first.c.story_id.label("told"))
    query = query.join_from(copy, first, copy.c.copy_of == first.c.number)
    found = list(connection.execute(query.where(copy.c.revision > since)))
    for some in nearby.pieces(moved, nearby.MANY):
        found += connection.execute(query.where(first.c.event_id.in_(some)))
    wanted = {row.event_id: (row.story_id, moved.get(row.of, row.told)) for row in found}
    return {event_id: told for event_id, (known, told) in wanted.items() if told and told != known}


def _write(store: Store, moved: Mapping[str, str], revision: int) -> None:
    """Keep the stories in short transactions, so that other writers need not wait long, and at last how far they go."""
    chunks = list(nearby.pieces(moved.items(), _CHUNK)) or [()]
    expected = revision
    for chunk in chunks:
        with store.batch() as batch:
            alone = batch.before == expected
            batch.set_stories(dict(chunk))
            expected = batch.after if alone else -1
            if chunk is chunks[-1]:
                _set_mark(batch, expected if alone else revision)


def _set_mark(batch: Batch, mark: int) -> None:
    changed = batch.connection.execute(META.update().where(META.c.name == _MARK).values(value=mark))
    if not changed.rowcount:
        batch.connection.execute(META.insert().values(name=_MARK, value=mark))


def _revisions(connection: sa.Connection) -> tuple[int, int]:
    found = {row.name: row.value for row in connection.execute(sa.select(META))}
    return found["revision"], found.get(_MARK, 0)
