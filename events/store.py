"""Articles and their rows in a database: SQLite by default, any other by its SQLAlchemy URL."""

import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import sqlalchemy as sa
from sqlalchemy.exc import ArgumentError, DataError, IntegrityError, SQLAlchemyError

from events.model import Article, LocatedEvent
from events.row import ARTICLE_COLUMNS, COLUMNS, Row, cell, to_row
from events.tables import ALL_ROWS, ARTICLES, META, METADATA, ROWS, SCHEMA

if TYPE_CHECKING:
    import pandas as pd

DEFAULT = Path(__file__).parents[1] / "data" / "events.db"
BUSY_SECONDS = 5

Saved = Literal["added", "updated", "unchanged"]

_PANDAS_TYPES: dict[type, Any] = {str: "str", int: "Int64", float: "float64", list: "str"}
_CHUNK = 10_000  # rows held as Python objects at a time


class StoreError(RuntimeError):
    """The store cannot be used: missing, locked, no database or of another version; the message is one line."""


class RowsError(ValueError):
    """The rows of one article break a rule of the tables; other articles are not touched by it."""


class Store:
    """Articles and rows; make one with `open_store`. Threads may share it."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        self._writer = engine.execution_options(writes=True)

    def save(self, article: Article, located_events: Sequence[LocatedEvent]) -> Saved:
        """Put an article and its rows in place of what the store has of it, all or nothing.

        The same article with the same rows changes nothing. Raises RowsError if the rows break a rule of the
        tables (an event id twice), StoreError if the store cannot be written.
        """
        rows = [_stored(located, article) for located in located_events]
        values = _values(article)
        values["fingerprint"] = _fingerprint(values, rows)
        try:
            with self._transaction(self._writer) as connection:
                return _replace(connection, values, rows)
        except (IntegrityError, DataError) as error:
            raise RowsError(_one_line(error)) from error

    def rows(self) -> "pd.DataFrame":
        """Return all rows: the contract's columns in order and `reason`, which says why a row has no coordinates.

        Unknown is NaN in text and coordinates, NA in whole numbers (`Int64`); `geo_others` is JSON text.
        """
        import pandas as pd

        with self._transaction(self._engine) as connection:
            result = connection.execution_options(yield_per=_CHUNK).execute(ALL_ROWS)
            frames = [_frame(chunk) for chunk in result.partitions()]
        return pd.concat(frames, ignore_index=True) if frames else _frame([])

    def article(self, article_id: str) -> Article:
        """Return an article; raises KeyError if the store has none of this id."""
        with self._transaction(self._engine) as connection:
            found = connection.execute(sa.select(ARTICLES).where(ARTICLES.c.id == article_id)).one_or_none()
        if found is None:
            raise KeyError(article_id)
        return _article(found)

    def articles(self) -> Iterator[Article]:
        """Yield all articles by id."""
        with self._transaction(self._engine) as connection:
            query = sa.select(ARTICLES).order_by(ARTICLES.c.id)
            yield from map(_article, connection.execution_options(yield_per=1000).execute(query))

    def version(self) -> int:
        """Return a number that grows with every change of the content, also by another process."""
        with self._transaction(self._engine) as connection:
            return _meta(connection, "revision") or 0

    def close(self) -> None:
        """Let go of the connections."""
        self._engine.dispose()

    @contextmanager
    def _transaction(self, engine: sa.Engine) -> Iterator[sa.Connection]:
        try:
            with engine.begin() as connection:
                yield connection
        except (IntegrityError, DataError):
            raise
        except SQLAlchemyError as error:
            raise StoreError(f"{_name(engine.url)}: {_one_line(error)}") from error

    def _prepare(self) -> None:
        """Make the tables in an empty database; refuse one that holds anything else."""
        with self._transaction(self._engine) as connection:
            tables = sa.inspect(connection).get_table_names()
            found = _meta(connection, "schema") if META.name in tables else None
        if not tables:
            self._make_tables()
        elif found != SCHEMA:
            held = "another program's tables" if found is None else f"schema version {found}"
            raise StoreError(f"{_name(self._engine.url)}: holds {held}, this program needs schema version {SCHEMA}")

    def _make_tables(self) -> None:
        with self._transaction(self._writer) as connection:
            if not sa.inspect(connection).get_table_names():  # another process may have been faster
                METADATA.create_all(connection)
                start = [{"name": "schema", "value": SCHEMA}, {"name": "revision", "value": 0}]
                connection.execute(META.insert(), start)


def open_store(url: str | None = None) -> Store:
    """Open the store at a SQLAlchemy URL, or at `EVENTS_DB`, or in the project's `data/` folder; make it if it is new.

    Raises StoreError with a one-line message if there is no database, another program's, or another version's.
    """
    wanted = url or os.environ.get("EVENTS_DB")
    try:
        if not wanted:
            DEFAULT.parent.mkdir(exist_ok=True)
        store = Store(_engine(sa.make_url(wanted or f"sqlite:///{DEFAULT}")))
    except (ArgumentError, ImportError, OSError) as error:
        raise StoreError(f"the store's URL (EVENTS_DB): {_one_line(error)}") from error
    store._prepare()
    return store


def _engine(url: sa.URL) -> sa.Engine:
    if url.get_backend_name() != "sqlite":
        return sa.create_engine(url, pool_pre_ping=True)
    engine = sa.create_engine(url, connect_args={"timeout": BUSY_SECONDS})
    sa.event.listen(engine, "connect", _set_up_sqlite)
    sa.event.listen(engine, "begin", _begin_sqlite)
    return engine


def _set_up_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # transactions begin below, not where the driver guesses
    for pragma in ("journal_mode = WAL", "foreign_keys = ON", "synchronous = NORMAL"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: sa.Connection) -> None:
    # A writer takes the lock at once: a read that turns into a write later would fail without waiting.
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _replace(connection: sa.Connection, article: dict[str, Any], rows: list[Row]) -> Saved:
    known = connection.scalar(sa.select(ARTICLES.c.fingerprint).where(ARTICLES.c.id == article["id"]))
    if known == article["fingerprint"]:
        return "unchanged"
    if known is None:
        connection.execute(ARTICLES.insert(), article)
    else:
        connection.execute(ROWS.delete().where(ROWS.c.article_id == article["id"]))
        connection.execute(ARTICLES.update().where(ARTICLES.c.id == article["id"]), article)
    if rows:
        connection.execute(ROWS.insert(), rows)
    connection.execute(META.update().where(META.c.name == "revision").values(value=META.c.value + 1))
    return "added" if known is None else "updated"


def _meta(connection: sa.Connection, name: str) -> int | None:
    return connection.scalar(sa.select(META.c.value).where(META.c.name == name))


def _stored(located: LocatedEvent, article: Article) -> Row:
    row = {name: cell(value) for name, value in to_row(located, article).items() if name not in ARTICLE_COLUMNS}
    return row | {"reason": located.reason}


def _values(article: Article) -> dict[str, Any]:
    values = {name: getattr(article, name) for name in ("id", "title", "language", "publisher", "url", "text")}
    return values | {"published": article.published.isoformat() if article.published else None}


def _fingerprint(article: dict[str, Any], rows: list[Row]) -> str:
    return hashlib.sha256(json.dumps([article, rows], sort_keys=True).encode()).hexdigest()


def _article(found: sa.Row[Any]) -> Article:
    return Article(
        id=found.id,
        text=found.text,
        title=found.title,
        language=found.language,
        published=date.fromisoformat(found.published) if found.published else None,
        publisher=found.publisher,
        url=found.url,
    )


def _frame(chunk: Sequence[Sequence[Any]]) -> "pd.DataFrame":
    import pandas as pd

    kinds = {**COLUMNS, "reason": str}
    columns = zip(*chunk, strict=True) if chunk else ((),) * len(kinds)
    series = zip(kinds.items(), columns, strict=True)
    return pd.DataFrame({name: pd.array(list(values), dtype=_PANDAS_TYPES[kind]) for (name, kind), values in series})


def _name(url: sa.URL) -> str:
    return url.database or "memory" if url.get_backend_name() == "sqlite" else url.render_as_string(hide_password=True)


def _one_line(error: Exception) -> str:
    return " ".join(str(getattr(error, "orig", None) or error).split())
