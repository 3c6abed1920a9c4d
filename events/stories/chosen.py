"""The stories of some days, from a store."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import sqlalchemy as sa

from events.store import Store
from events.stories.nearby import pieces
from events.tables import ARTICLES, ROWS, ROWS_AND_ARTICLES

_AT_ONCE = 200  # stories


def told_between(store: Store, first: date | None, last: date | None) -> Iterator[list[dict[str, Any]]]:
    """Yield the rows of each story that has a row from `first` to `last` (None: without end), by its first day."""
    day = sa.func.coalesce(ROWS.c.event_date, ARTICLES.c.published)
    query = sa.select(ROWS.c.story_id, sa.func.min(day).label("first")).select_from(ROWS_AND_ARTICLES)
    query = query.where(ROWS.c.story_id.is_not(None), ROWS.c.copy_of.is_(None))
    if first:
        query = query.where(sa.or_(day >= first.isoformat(), day == first.isoformat()[:7]))
    if last:
        query = query.where(day <= last.isoformat())
    with store.reading() as connection:
        wanted = connection.execute(query.group_by(ROWS.c.story_id)).all()
    ordered = [row.story_id for row in sorted(wanted, key=lambda row: (row.first or "", row.story_id))]
    for some in pieces(ordered, _AT_ONCE):
        yield from _rows(store, some)


def _rows(store: Store, story_ids: tuple[str, ...]) -> Iterator[list[dict[str, Any]]]:
    query = sa.select(ROWS.c.number).where(ROWS.c.story_id.in_(story_ids), ROWS.c.copy_of.is_(None))
    with store.reading() as connection:
        numbers = connection.scalars(query.order_by(ROWS.c.number)).all()
    found: dict[str, list[dict[str, Any]]] = {story_id: [] for story_id in story_ids}
    for row in store.rows(numbers).to_dict("records"):
        if row["story_id"] in found:  # another process may have moved it meanwhile
            found[str(row["story_id"])].append({str(name): value for name, value in row.items()})
    yield from (rows for rows in found.values() if rows)
