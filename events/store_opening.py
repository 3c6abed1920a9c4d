"""Open the database of a store: connections, transactions, and tables of this program's version."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import ArgumentError, DataError, IntegrityError, SQLAlchemyError

from events.store_search import make_index
from events.tables import META, METADATA, SCHEMA

MIGRATIONS = Path(__file__).parent / "migrations"
_LOCK = 7_251_119  # any number, the same in every process


class StoreError(RuntimeError):
    """The store cannot be used: missing, locked, no database or of another version; the message is one line."""


def make_engine(url: sa.URL, busy_seconds: float) -> sa.Engine:
    """Return an engine whose transactions see one state of the database; with `writes=True` they may change it.

    Raises ArgumentError for a database that the store is not made for, ImportError where its driver is missing.
    """
    if (kind := url.get_backend_name()) not in ("sqlite", "postgresql"):
        raise ArgumentError(f"SQLite and PostgreSQL are known, {kind} is not")
    if kind != "sqlite":
        return sa.create_engine(url, pool_pre_ping=True)
    engine = sa.create_engine(url, connect_args={"timeout": busy_seconds})
    sa.event.listen(engine, "connect", _set_up_sqlite)
    sa.event.listen(engine, "begin", _begin_sqlite)
    return engine


def _set_up_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # transactions begin below, not where the driver guesses
    # FULL: what is committed outlives a power cut too, at the price of one wait for the disk a transaction.
    for pragma in ("journal_mode = WAL", "foreign_keys = ON", "synchronous = FULL"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: sa.Connection) -> None:
    # A writer takes the lock at once: a read that turns into a write later would fail without waiting.
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def reader(engine: sa.Engine) -> sa.Engine:
    """Return the engine for reading: all that one transaction reads is of one moment."""
    return engine.execution_options(isolation_level="REPEATABLE READ") if _is_server(engine) else engine


def writer(engine: sa.Engine) -> sa.Engine:
    """Return the engine for writing."""
    return engine.execution_options(writes=True)


def _is_server(engine: sa.Engine) -> bool:
    return engine.dialect.name != "sqlite"


@contextmanager
def transaction(engine: sa.Engine) -> Iterator[sa.Connection]:
    """Yield a connection in a transaction; database errors but broken rules of the tables become a StoreError."""
    try:
        with engine.begin() as connection:
            yield connection
    except (IntegrityError, DataError):
        raise
    except SQLAlchemyError as error:
        raise StoreError(f"{name_of(engine.url)}: {one_line(error)}") from error


def prepare(engine: sa.Engine) -> None:
    """Make the tables in an empty database, bring older ones up to date, refuse one that holds anything else."""
    with transaction(reader(engine)) as connection:
        found = _version(connection)
    if found == SCHEMA:
        return
    with transaction(writer(engine)) as connection:
        if _is_server(engine):
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
        _make_or_migrate(connection, _version(connection))  # asked again: another process may have been faster


def _version(connection: sa.Connection) -> int | None:
    """Return the version of the tables, 0 if there are none, None if they are another program's."""
    tables = sa.inspect(connection).get_table_names()
    if META.name not in tables:
        return None if tables else 0
    return connection.scalar(sa.select(META.c.value).where(META.c.name == "schema"))


def _make_or_migrate(connection: sa.Connection, found: int | None) -> None:
    if found is None or not 0 <= found <= SCHEMA:
        held = "another program's tables" if found is None else f"schema version {found}"
        raise StoreError(f"{name_of(connection.engine.url)}: holds {held}, this program needs schema version {SCHEMA}")
    if found == 0:
        _make_tables(connection)
    elif found < SCHEMA:
        _migrate(connection, found)


def _make_tables(connection: sa.Connection) -> None:
    METADATA.create_all(connection)
    make_index(connection)
    start = {"schema": SCHEMA, "revision": 0, "numbers": 0, "identity": secrets.randbelow(2**31)}
    connection.execute(META.insert(), [{"name": name, "value": value} for name, value in start.items()])


def _migrate(connection: sa.Connection, found: int) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    try:
        command.stamp(config, str(found), purge=True)
        command.upgrade(config, str(SCHEMA))
    except CommandError as error:
        raise StoreError(f"{name_of(connection.engine.url)}: cannot be brought up to date: {error}") from error


def name_of(url: sa.URL) -> str:
    """Return what a message calls the database: its file, or its address without the password."""
    return url.database or "memory" if url.get_backend_name() == "sqlite" else url.render_as_string(hide_password=True)


def one_line(error: Exception) -> str:
    """Return the message of an error, the driver's where there is one, as one line."""
    return " ".join(str(getattr(error, "orig", None) or error).split())
