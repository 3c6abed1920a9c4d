"""The store: what goes in comes out, twice is once, an article is there whole or not at all."""

import json
import sqlite3
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from events import store as store_module
from events.row import COLUMNS, to_row
from events.store import RowsError, Store, StoreError, open_store
from tests.examples import ARTICLE, ATTACK, LOCATED


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/events.db"


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    opened = open_store(url)
    yield opened
    opened.close()


def test_rows_come_back_as_they_went_in(store: Store) -> None:
    assert store.save(ARTICLE, LOCATED) == "added"
    frame = store.rows()
    assert list(frame) == [*COLUMNS, "reason", "number"]
    for back, located in zip(frame.to_dict("records"), LOCATED, strict=True):
        expected = to_row(located, ARTICLE)
        assert back.pop("number") > 0
        back["geo_others"] = json.loads(back["geo_others"])
        known = {name: value for name, value in back.items() if isinstance(value, list) or not pd.isna(value)}
        assert known == {
            name: value for name, value in (expected | {"reason": located.reason}).items() if value is not None
        }


@pytest.mark.parametrize("filled", [False, True], ids=["empty", "filled"])
def test_column_types_do_not_depend_on_the_content(store: Store, filled: bool) -> None:
    if filled:
        store.save(ARTICLE, LOCATED)
    types = {name: str(kind) for name, kind in store.rows().dtypes.items()}
    assert {types[name] for name in ("killed", "geo_precision", "quote_start", "time_precision")} == {"Int64"}
    assert {types[name] for name in ("latitude", "longitude", "geo_score", "confidence")} == {"float64"}
    assert {types[name] for name in ("quote", "story_id", "reason", "geo_others")} == {"str"}


def test_an_article_comes_back_whole(store: Store) -> None:
    store.save(ARTICLE, ())
    assert store.article("a-1") == ARTICLE
    assert list(store.articles()) == [ARTICLE]
    with pytest.raises(KeyError):
        store.article("a-2")


def test_saving_the_same_again_changes_nothing(store: Store) -> None:
    store.save(ARTICLE, LOCATED)
    version = store.version()
    assert store.save(ARTICLE, LOCATED) == "unchanged"
    assert store.version() == version


@pytest.mark.parametrize(
    ("article", "located"),
    [
        (replace(ARTICLE, text=ARTICLE.text + "."), LOCATED),
        (replace(ARTICLE, publisher="SANA"), LOCATED),
        (ARTICLE, LOCATED[:1]),
        (ARTICLE, (replace(LOCATED[0], event=replace(ATTACK, extractor="test-2")), LOCATED[1])),
    ],
    ids=["text", "publisher", "fewer rows", "another extractor"],
)
def test_what_changed_replaces_the_article_with_all_its_rows(store: Store, article, located) -> None:
    store.save(ARTICLE, LOCATED)
    version = store.version()
    assert store.save(article, located) == "updated"
    assert store.version() > version
    assert store.article("a-1") == article
    assert len(store.rows()) == len(located)


def test_an_article_whose_rows_do_not_fit_leaves_nothing_behind(store: Store) -> None:
    store.save(ARTICLE, LOCATED)
    version = store.version()
    with pytest.raises(RowsError, match="event_id"):
        store.save(replace(ARTICLE, id="a-2"), LOCATED)
    assert [article.id for article in store.articles()] == ["a-1"]
    assert (len(store.rows()), store.version()) == (2, version)


def test_a_second_opening_sees_the_same(store: Store, url: str) -> None:
    store.save(ARTICLE, LOCATED)
    other = open_store(url)
    assert len(other.rows()) == 2
    other.save(ARTICLE, LOCATED[:1])
    assert len(store.rows()) == 1
    other.close()


def test_readers_are_not_held_up_by_a_writer(store: Store, url: str, tmp_path: Path) -> None:
    store.save(ARTICLE, LOCATED)
    with locked(tmp_path):
        reader = open_store(url)
        assert len(reader.rows()) == 2
        reader.close()


def test_threads_may_share_a_store(store: Store) -> None:
    def save(number: int) -> None:
        event = replace(LOCATED[0], event=replace(ATTACK, id=f"e-{number}", article_id=f"a-{number}"))
        store.save(replace(ARTICLE, id=f"a-{number}"), (event,))

    threads = [threading.Thread(target=save, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(store.rows()), store.version()) == (8, 8)


class locked:  # noqa: N801 - reads as a phrase
    """Hold the write lock of the database in a folder, as another program would."""

    def __init__(self, folder: Path) -> None:
        self._connection = sqlite3.connect(folder / "events.db", isolation_level=None)

    def __enter__(self) -> None:
        self._connection.execute("BEGIN IMMEDIATE")

    def __exit__(self, *_: object) -> None:
        self._connection.close()


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


@pytest.mark.parametrize("url", ["events.db", "nosuch://x"])
def test_a_url_that_names_no_database_is_one_line(url: str) -> None:
    with pytest.raises(StoreError, match=r"^the store's URL \(EVENTS_DB\): .+$"):
        open_store(url)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            "UPDATE meta SET value = 99 WHERE name = 'schema'",
            "holds schema version 99, this program needs schema version",
        ),
        ("DROP TABLE meta", "holds another program's tables"),
    ],
)
def test_another_version_or_program_is_refused(url: str, tmp_path: Path, change: str, message: str) -> None:
    open_store(url).close()
    with sqlite3.connect(tmp_path / "events.db") as connection:
        connection.execute(change)
    with pytest.raises(StoreError, match=message):
        open_store(url)


def test_the_url_comes_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EVENTS_DB", f"sqlite:///{tmp_path}/mine.db")
    open_store().close()
    assert (tmp_path / "mine.db").exists()
