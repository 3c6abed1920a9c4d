"""What became of a source, and what a feed's server gave to be asked with next time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from events.tables import FATES, FEEDS


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of a source when it was last read: its fate, its article if there was one, and when (UTC)."""

    fate: str
    article_id: str | None
    when: datetime


@dataclass(frozen=True, slots=True)
class Mark:
    """What a server gave with a feed, to be asked next time whether it has changed (None: nothing)."""

    etag: str | None = None
    modified: str | None = None


def recorded(connection: sa.Connection, source: str) -> Recorded | None:
    """Return what became of a source, None if it was never read."""
    found = connection.execute(sa.select(FATES).where(FATES.c.source == source)).one_or_none()
    return Recorded(found.fate, found.article_id, datetime.fromisoformat(found.recorded)) if found else None


def record(connection: sa.Connection, fates: Iterable[tuple[str, str, str | None, str | None]], now: str) -> None:
    """Keep source, fate, reason and article of many sources, in place of what was known of them before."""
    values = {
        source: {"source": source, "fate": fate, "reason": reason, "article_id": article_id, "recorded": now}
        for source, fate, reason, article_id in fates
    }
    if values:
        insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
        command: Any = insert(FATES)
        replaced = {name: command.excluded[name] for name in ("fate", "reason", "article_id", "recorded")}
        connection.execute(command.on_conflict_do_update(index_elements=["source"], set_=replaced), [*values.values()])


def mark(connection: sa.Connection, url: str) -> Mark | None:
    """Return the mark of a feed, None if it was never read to its end."""
    found = connection.execute(sa.select(FEEDS.c.etag, FEEDS.c.modified).where(FEEDS.c.url == url)).one_or_none()
    return Mark(*found) if found else None


def keep_mark(connection: sa.Connection, url: str, given: Mark) -> None:
    """Keep the mark of a feed in place of the one before."""
    values = {"etag": given.etag, "modified": given.modified, "read": datetime.now(UTC).isoformat(timespec="seconds")}
    if not connection.execute(FEEDS.update().where(FEEDS.c.url == url).values(values)).rowcount:
        connection.execute(FEEDS.insert().values(url=url, **values))
