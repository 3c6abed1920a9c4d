"""The store in an SQLite file: locks, files that are no store, and what the environment says."""

import sqlite3
from pathlib import Path

import pytest

from events import store as store_module
from events.store import StoreError, open_store
from tests.examples import ARTICLE, LOCATED


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/events.db"


class locked:  # noqa: N801 - reads as a phrase
    """Hold the write lock of the database in a folder, as another program would."""

    def __init__(self, folder: Path) -> None:
        self._connection = sqlite3.connect(folder / "events.db", isolation_level=None)

    def __enter__(self) -> None:
        self._connection.execute("BEGIN IMMEDIATE")

    def __exit__(self, *_: object) -> None:
        self._connection.close()


def test_readers_are_not_held_up_by_a_writer(url: str, tmp_path: Path) -> None:
    store = open_store(url)
    store.save(ARTICLE, LOCATED)
    with locked(tmp_path):
        reader = open_store(url)
        assert len(reader.rows()) == 2
        reader.close()
    store.close()


def test_a_locked_database_is_one_line(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_module, "BUSY_SECONDS", 0.05)
    waiting = open_store(url)
    with locked(tmp_path), pytest.raises(StoreError, match=r"events.db: database is locked$"):
        waiting.save(ARTICLE, LOCATED)
    assert waiting.save(ARTICLE, LOCATED) == "added"
    waiting.close()


def test_a_missing_folder_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"none/events.db: unable to open database file$"):
        open_store(f"sqlite:///{tmp_path}/none/events.db")


def test_a_file_that_is_no_database_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "events.db").write_text("not a database at all, but long enough to look like one" * 20)
    with pytest.raises(StoreError, match=r"events.db: file is not a database$"):
        open_store(f"sqlite:///{tmp_path}/events.db")


@pytest.mark.parametrize("url", ["events.db", "nosuch://x", "mysql://127.0.0.1/x"])
def test_a_url_that_names_no_database_is_one_line(url: str) -> None:
    with pytest.raises(StoreError, match=r"^the store's URL \(EVENTS_DB\): .+$"):
        open_store(url)


def test_the_url_comes_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EVENTS_DB", f"sqlite:///{tmp_path}/mine.db")
    open_store().close()
    assert (tmp_path / "mine.db").exists()
