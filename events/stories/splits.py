"""The user's splits in the tables of a store."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise, product

import sqlalchemy as sa

from events.store_writing import Batch
from events.stories.grouping import Decisions
from events.tables import ROWS, SPLITS


@dataclass(frozen=True, slots=True)
class Split:
    """A decision of the user: `parted` rows tell another event than those that `stayed`; event ids, `made` in UTC.

    Each side stays together, even where it was one of the other side that had linked it.
    """

    number: int
    parted: tuple[str, ...]
    stayed: tuple[str, ...]
    made: str


class SplitError(ValueError):
    """Rows that cannot be taken out of a story; the message is one line."""


def record_split(batch: Batch, event_ids: Collection[str]) -> int:
    """Keep that rows do not belong in their story, whose rows are then to be looked at again; return its number.

    Raises SplitError if the rows are not of one story, or are all of it.
    """
    parted = sorted(set(event_ids))
    stories = set(batch.connection.scalars(sa.select(ROWS.c.story_id).where(ROWS.c.event_id.in_(parted))))
    if len(stories) != 1 or None in stories:
        raise SplitError("the rows to be taken out must be of one story")
    of_story = sa.select(ROWS.c.event_id).where(ROWS.c.story_id.in_(stories)).order_by(ROWS.c.event_id)
    stayed = [event_id for event_id in batch.connection.scalars(of_story) if event_id not in parted]
    if not stayed:
        raise SplitError("a story cannot be taken out of itself: leave at least one row in it")
    values = {"parted": json.dumps(parted), "stayed": json.dumps(stayed), "made": _now()}
    number: int = batch.connection.execute(SPLITS.insert().values(values).returning(SPLITS.c.number)).scalar_one()
    batch.set_stories(dict.fromkeys((*parted, *stayed)))
    return number


def record_undone(batch: Batch, number: int) -> None:
    """Undo a split: its rows are then to be looked at again; raises KeyError if there is none of this number."""
    found = {split.number: split for split in splits_in(batch.connection)}[number]
    batch.connection.execute(SPLITS.update().where(SPLITS.c.number == number).values(undone=_now()))
    batch.set_stories(dict.fromkeys((*found.parted, *found.stayed)))


def splits_in(connection: sa.Connection) -> list[Split]:
    """Return the splits that are not undone, oldest first."""
    query = sa.select(SPLITS).where(SPLITS.c.undone.is_(None)).order_by(SPLITS.c.number)
    return [
        Split(row.number, tuple(json.loads(row.parted)), tuple(json.loads(row.stayed)), row.made)
        for row in connection.execute(query)
    ]


def decisions_in(connection: sa.Connection) -> Decisions:
    """Return the pairs that the splits keep apart, and those that each side of a split keeps together."""
    found = splits_in(connection)
    sides = [side for split in found for side in (split.parted, split.stayed)]
    return Decisions(
        apart={frozenset(pair) for split in found for pair in product(split.parted, split.stayed)},
        together={frozenset(pair) for side in sides for pair in pairwise(side)},
    )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
