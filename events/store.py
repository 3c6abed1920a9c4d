"""Articles and their rows in a database: SQLite by default, PostgreSQL by its SQLAlchemy URL."""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import sqlalchemy as sa
from sqlalchemy.exc import ArgumentError

from events.model import Article, LocatedEvent
from events.store_alike import Alike, alike, to_article
from events.store_feeds import Mark, Recorded, mark, recorded
from events.store_opening import StoreError, make_engine, one_line, prepare, reader, transaction, writer
from events.store_rows import chunks, frame, history, publishers
from events.store_search import find
from events.store_writing import Batch, Fate, RowsError, Saved
from events.tables import ARTICLES, FATES, META, ROWS

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

__all__ = ["Batch", "Fate", "RowsError", "Saved", "Store", "StoreError", "open_store"]

DEFAULT = Path(__file__).parents[1] / "data" / "events.db"
BUSY_SECONDS = 30  # a writer waits so long for others, who may come one batch after another
_PAGE = 500  # articles held at a time
_OPENING = 200  # letters that tell an article without a title

Numbers = Sequence[int] | npt.NDArray[np.integer[Any]]


class Store:
    """Articles and rows; make one with `open_store`. Threads may share it."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        self._reader = reader(engine)
        self._light: pa.Table | None = None
        self._lighting = Lock()

    @contextmanager
    def batch(self) -> Iterator[Batch]:
        """Yield a batch of changes: one transaction, which waits for other writers; readers never wait.

        Some hundred articles a batch are fast and safe: what an interrupted batch held is as if it had never been.

            with store.batch() as batch:
                for source, article, located in some:
                    batch.record(source, batch.save(article, located), article_id=article.id)

        An error that leaves the block undoes the batch. Raises StoreError if the store cannot be written.
        """
        with transaction(writer(self._engine)) as connection:
            batch = Batch(connection)
            yield batch
            batch.finish()

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """Yield a connection for reading: all that is read by it is of one moment."""
        with transaction(self._reader) as connection:
            yield connection

    def save(self, article: Article, located_events: Sequence[LocatedEvent]) -> Saved:
        """Save one article and its rows, all or nothing; see `Batch.save`, and `batch` for many."""
        with self.batch() as batch:
            return batch.save(article, located_events)

    def record(self, source: str, fate: Fate, reason: str | None = None, article_id: str | None = None) -> None:
        """Keep what became of one source; see `Batch.record`."""
        with self.batch() as batch:
            batch.record(source, fate, reason, article_id)

    def link(self, article_id: str, canonical_id: str | None) -> None:
        """Say that an article is a near copy of another; see `Batch.link`."""
        with self.batch() as batch:
            batch.link(article_id, canonical_id)

    def set_stories(self, stories: Mapping[str, str | None]) -> int:
        """Put rows into stories; see `Batch.set_stories`."""
        with self.batch() as batch:
            return batch.set_stories(stories)

    def light(self) -> "pd.DataFrame":
        """Return all rows, by number, in few narrow columns: some 60 bytes a row, read-only, fast for a million rows.

        `number` int32; `latitude`, `longitude` float64 and `confidence` float32, NaN where unknown; `time_precision`
        and `geo_precision` Int8; `story_id` and `article_id` whole numbers that tell one from another within this
        frame only (-1: none); `event_date`, `event_date_end` and all other texts as sorted categories.
        Copies of a row in near copies of its article are left out (see `link`).
        """
        from events import store_light

        return store_light.frame(self.refresh())

    def refresh(self) -> "pa.Table":
        """Bring the file that `light` reads up to date, as a writer does at its end; return what is in it."""
        from events.store_light import beside, current

        with self._lighting, transaction(self._reader) as connection:
            self._light = current(connection, beside(self._engine.url), self._light)
            return self._light

    def rows(self, numbers: Numbers | None = None) -> "pd.DataFrame":
        """Return full rows: the contract's columns in order, `reason` (why a row has no coordinates) and `number`.

        With `numbers` those rows in that order, without what is no more; else all but copies, by article and place in
        the text. Unknown is NaN in text and coordinates, NA in whole numbers (`Int64`); `geo_others` is JSON text.
        """
        import pandas as pd

        return pd.concat([frame([]), *self.row_chunks(numbers)], ignore_index=True)

    def row_chunks(self, numbers: Numbers | None = None) -> "Iterator[pd.DataFrame]":
        """Yield what `rows` returns in pieces of some thousand rows, for exports larger than memory."""
        with transaction(self._reader) as connection:
            yield from chunks(connection, None if numbers is None else _plain(numbers))

    def publishers(self, numbers: Numbers) -> dict[int, list[str]]:
        """Return for each row the publishers that printed it, its own and those of near copies, by name."""
        with transaction(self._reader) as connection:
            return publishers(connection, _plain(numbers))

    def history(self, article_id: str) -> "pd.DataFrame":
        """Return the rows an article had before, last superseded first: its own columns, and `superseded` (UTC)."""
        with transaction(self._reader) as connection:
            return history(connection, article_id)

    def search(self, text: str) -> npt.NDArray[np.int64]:
        """Return the numbers of rows whose quote or names hold every word of `text`, or one that begins with it.

        Folded: الاشرفيه finds الأشرفية, بالأشرفية and وللأشرفية. Text without a word finds every row.
        """
        with transaction(self._reader) as connection:
            found = find(connection, text)
            numbers = connection.scalars(sa.select(ROWS.c.number)).all() if found is None else found
        return np.array(numbers, dtype=np.int64)

    def article(self, article_id: str) -> Article:
        """Return an article; raises KeyError if the store has none of this id."""
        with transaction(self._reader) as connection:
            found = connection.execute(sa.select(ARTICLES).where(ARTICLES.c.id == article_id)).one_or_none()
        if found is None:
            raise KeyError(article_id)
        return to_article(found)

    def article_count(self) -> int:
        """Return the number of articles."""
        with transaction(self._reader) as connection:
            return connection.scalar(sa.select(sa.func.count()).select_from(ARTICLES)) or 0

    def article_list(self, start: int, most: int) -> "pd.DataFrame":
        """Return a page of articles without their texts, the last published first, and how many rows each has.

        Columns: id, title, publisher, published (ISO 8601), language, opening (the text's first letters), rows; unknown
        is None.
        """
        import pandas as pd

        names = ("id", "title", "publisher", "published", "language")
        rows = sa.select(sa.func.count()).where(ROWS.c.article_id == ARTICLES.c.id).scalar_subquery()
        opening = sa.func.substr(ARTICLES.c.text, 1, _OPENING)
        query = sa.select(*(ARTICLES.c[name] for name in names), opening, rows)
        last_first = ARTICLES.c.published.is_(None), ARTICLES.c.published.desc(), ARTICLES.c.id
        with transaction(self._reader) as connection:
            found = connection.execute(query.order_by(*last_first).limit(most).offset(start)).all()
        return pd.DataFrame(found, columns=[*names, "opening", "rows"], dtype="object")

    def articles(self) -> Iterator[Article]:
        """Yield all articles by id; between them others may write, and what they write may be met or not."""
        last = ""
        while True:
            with transaction(self._reader) as connection:
                query = sa.select(ARTICLES).where(ARTICLES.c.id > last).order_by(ARTICLES.c.id).limit(_PAGE)
                found = connection.execute(query).all()
            if not found:
                return
            yield from map(to_article, found)
            last = found[-1].id

    def alike(self, articles: Sequence[Article]) -> Alike:
        """Return the articles that have the id of any of these (a few hundred), its address, or exactly its text."""
        with transaction(self._reader) as connection:
            return alike(connection, articles)

    def recorded(self, source: str) -> Recorded | None:
        """Return what became of a source (a file, an item of one, a URL), None if it was never read."""
        with transaction(self._reader) as connection:
            return recorded(connection, source)

    def mark(self, url: str) -> Mark | None:
        """Return what a feed's server gave when the feed was last read to its end, None if it never was."""
        with transaction(self._reader) as connection:
            return mark(connection, url)

    def fates(self) -> "pd.DataFrame":
        """Return what became of each source, newest first: source, fate, reason, article_id, recorded (UTC)."""
        import pandas as pd

        with transaction(self._reader) as connection:
            found = connection.execute(sa.select(FATES).order_by(FATES.c.recorded.desc(), FATES.c.source)).all()
        return pd.DataFrame(found, columns=list(FATES.c.keys()), dtype="str")

    def version(self) -> int:
        """Return a number that grows with every change of the content, also by another process."""
        with transaction(self._reader) as connection:
            return connection.scalar(sa.select(META.c.value).where(META.c.name == "revision")) or 0

    def _look_beside(self) -> None:
        from events.store_light import beside, discard_foreign

        path = beside(self._engine.url)
        if path and path.exists():
            with transaction(self._reader) as connection:
                discard_foreign(connection, path)

    def close(self) -> None:
        """Let go of the connections."""
        self._engine.dispose()


def open_store(url: str | None = None) -> Store:
    """Open the store at a SQLAlchemy URL, or at `EVENTS_DB`, or in the project's `data/` folder; make it if it is new.

    An older version's store is brought up to date. Raises StoreError with a one-line message if there is no database,
    another program's, or a newer version's.
    """
    wanted = url or os.environ.get("EVENTS_DB")
    try:
        if not wanted:
            DEFAULT.parent.mkdir(exist_ok=True)
        engine = make_engine(sa.make_url(wanted or f"sqlite:///{DEFAULT}"), BUSY_SECONDS)
    except (ArgumentError, ImportError, OSError) as error:
        raise StoreError(f"the store's URL (EVENTS_DB): {one_line(error)}") from error
    prepare(engine)
    store = Store(engine)
    store._look_beside()
    return store


def _plain(numbers: Numbers) -> list[int]:
    return [int(number) for number in numbers]
