"""Stores of older versions are brought up to date when they are opened, whole or not at all."""

import threading
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext

from events import store_opening
from events.store import StoreError, open_store
from events.tables import METADATA
from tests.test_store import run

ROW = (
    "INSERT INTO rows (event_id, article_id, action, modality, quote, quote_start, quote_end, place, extractor, killed)"
    " VALUES ('{0}', 'a-1', 'attack', 'asserted', 'قصف على الأشرفية', {1}, {2}, 'Ashrafieh', 'rules-1', 3)"
)
CONTENT = (
    "INSERT INTO articles (id, title, language, text, fingerprint) VALUES ('a-1', 'عنوان', 'ar', 'نص', 'f')",
    ROW.format("e-2", 9, 20),
    ROW.format("e-1", 0, 16),
    "UPDATE meta SET value = 7 WHERE name = 'revision'",
)


@pytest.fixture
def old(url: str) -> str:
    """The URL of a store of version 1 with an article and two rows."""
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", str(store_opening.MIGRATIONS))
        command.upgrade(config, "1")
        connection.execute(sa.text("DROP TABLE alembic_version"))  # version 1 did not know Alembic
        for statement in CONTENT:
            connection.execute(sa.text(statement))
    engine.dispose()
    return url


def test_nothing_is_lost_and_rows_are_numbered_in_order(old: str) -> None:
    store = open_store(old)
    rows = store.rows()
    assert rows[["number", "event_id", "quote", "killed"]].to_numpy().tolist() == [
        [1, "e-1", "قصف على الأشرفية", 3],
        [2, "e-2", "قصف على الأشرفية", 3],
    ]
    assert store.article("a-1").title == "عنوان"
    assert store.version() == 7
    assert store.search("الاشرفيه").tolist() == [1, 2]
    assert store.light()["place"].tolist() == ["Ashrafieh"] * 2
    assert run(old, "SELECT extractor FROM articles") == [("rules-1",)]
    store.save(store.article("a-1"), ())
    assert store.history("a-1")["number"].tolist() == [1, 2]
    store.close()


def test_a_migrated_store_has_the_tables_of_a_new_one(old: str) -> None:
    open_store(old).close()
    engine = sa.create_engine(old)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        found = [change for change in compare_metadata(context, METADATA) if "row_words" not in str(change)]
        assert found == []
    engine.dispose()


def test_several_processes_may_open_an_old_store_at_once(old: str) -> None:
    errors = []

    def open_it() -> None:
        try:
            open_store(old).close()
        except StoreError as error:
            errors.append(error)

    threads = [threading.Thread(target=open_it) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert run(old, "SELECT count(*) FROM rows") == [(2,)]


def test_a_migration_that_fails_leaves_the_store_as_it_was(old: str) -> None:
    run(old, "CREATE TABLE fates (mine INTEGER)")
    with pytest.raises(StoreError, match=r"^[^\n]*fates[^\n]*already exists[^\n]*$"):
        open_store(old)
    assert run(old, "SELECT value FROM meta WHERE name = 'schema'") == [(1,)]
    assert run(old, "SELECT event_id FROM rows ORDER BY 1") == [("e-1",), ("e-2",)]
    run(old, "DROP TABLE fates")
    open_store(old).close()


def test_steps_that_are_missing_are_one_line(old: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_opening, "MIGRATIONS", tmp_path / "nowhere")
    with pytest.raises(StoreError, match=r"^[^\n]*cannot be brought up to date: [^\n]+$"):
        open_store(old)
