"""The store, on SQLite and on PostgreSQL: what goes in comes out, twice is once, nothing that was there is lost."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace

import pandas as pd
import pytest
import sqlalchemy as sa

from events.row import COLUMNS, to_row
from events.store import RowsError, Store, StoreError, open_store
from tests.examples import ARTICLE, ATTACK, LOCATED, PROTEST


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


@pytest.mark.parametrize("good", [0, 1, 2])
def test_a_batch_is_there_as_a_whole_or_not_at_all(store: Store, good: int) -> None:
    def save_some() -> None:
        with store.batch() as batch:
            for number in range(good):
                batch.save(replace(ARTICLE, id=f"a-{number}"), ())
                batch.record(f"file {number}", "added", article_id=f"a-{number}")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        save_some()
    assert (list(store.articles()), len(store.fates()), store.version()) == ([], 0, 0)


def test_an_article_that_breaks_a_rule_leaves_the_batch_as_it_was(store: Store) -> None:
    with store.batch() as batch:
        batch.save(ARTICLE, LOCATED)
        with pytest.raises(RowsError, match="event_id"):
            batch.save(replace(ARTICLE, id="a-2"), LOCATED)
        with pytest.raises(RowsError, match="event_id"):
            batch.add([(replace(ARTICLE, id="a-3"), LOCATED[:1])])
        batch.save(replace(ARTICLE, id="a-4"), ())
    assert [article.id for article in store.articles()] == ["a-1", "a-4"]
    assert store.rows()["number"].tolist() == [1, 2]


def test_many_new_articles_are_what_each_of_them_would_be(store: Store) -> None:
    with store.batch() as batch:
        batch.add([(ARTICLE, LOCATED), (replace(ARTICLE, id="a-2"), ())])
        batch.add([])
    assert store.save(ARTICLE, LOCATED) == "unchanged"
    assert [article.id for article in store.articles()] == ["a-1", "a-2"]
    assert store.search("قصف").tolist() == [1]


def test_rows_that_stay_the_same_keep_their_number_and_no_number_comes_twice(store: Store) -> None:
    store.save(ARTICLE, LOCATED)
    store.save(ARTICLE, LOCATED[:1])
    store.save(ARTICLE, LOCATED)
    assert store.rows().set_index("event_id")["number"].to_dict() == {"e-1": 1, "e-2": 3}


def test_what_was_replaced_is_kept(store: Store) -> None:
    store.save(ARTICLE, LOCATED)
    better = replace(LOCATED[0], event=replace(ATTACK, extractor="test-2", confidence=0.5))
    store.save(ARTICLE, (better, LOCATED[1]))
    store.save(ARTICLE, (better,))
    store.save(ARTICLE, (better,))
    past = store.history("a-1")
    assert past[["number", "event_id", "extractor", "confidence"]].to_numpy().tolist() == [
        [2, "e-2", "test-1", 0.9],
        [1, "e-1", "test-1", 0.9],
    ]
    assert past["superseded"].str.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00").all()
    assert store.rows()[["event_id", "extractor"]].to_numpy().tolist() == [["e-1", "test-2"]]


def test_the_text_before_an_update_is_kept(store: Store, url: str) -> None:
    store.save(ARTICLE, LOCATED)
    store.save(replace(ARTICLE, text=ARTICLE.text + " تصحيح"), LOCATED)
    store.save(replace(ARTICLE, text=ARTICLE.text + " تصحيح"), LOCATED[:1])
    assert run(url, "SELECT id, text, title FROM articles_history") == [("a-1", ARTICLE.text, ARTICLE.title)]


def test_the_last_fate_of_a_source_is_kept(store: Store) -> None:
    store.record("a.txt", "failed", "no text in it")
    store.record("b.txt", "added", article_id="a-1")
    store.record("a.txt", "no_events", article_id="a-2")
    fates = store.fates().drop(columns="recorded").fillna("").sort_values("source")
    assert fates.to_numpy().tolist() == [["a.txt", "no_events", "", "a-2"], ["b.txt", "added", "", "a-1"]]


def copy(article_id: str, publisher: str, *changes: dict) -> tuple:
    """Return the example's article printed by another publisher, with its rows, changed or not."""
    events = (replace(event, id=f"{event.id}-{article_id}", article_id=article_id) for event in (ATTACK, PROTEST))
    changed = [replace(event, **change) for event, change in zip(events, [*changes, {}, {}], strict=False)]
    located = [replace(one, event=event) for one, event in zip(LOCATED, changed, strict=True)]
    return replace(ARTICLE, id=article_id, publisher=publisher, url=f"https://example.org/{article_id}"), located


def test_rows_of_near_copies_are_counted_once_with_all_publishers(store: Store) -> None:
    store.save(replace(ARTICLE, publisher="SANA"), LOCATED)
    store.save(*copy("a-2", "AFP"))
    store.save(*copy("a-3", "DPA", {"counts": {"killed": 4}}))
    store.link("a-2", "a-1")
    store.link("a-3", "a-2")
    assert store.rows()["event_id"].tolist() == ["e-1", "e-2", "e-1-a-3"]
    assert store.publishers([1, 2, 5]) == {1: ["AFP", "SANA"], 2: ["AFP", "DPA", "SANA"], 5: ["DPA"]}


def test_a_near_copy_follows_its_article(store: Store) -> None:
    store.save(ARTICLE, LOCATED)
    store.save(*copy("a-2", "AFP"))
    store.link("a-2", "a-1")
    store.save(ARTICLE, LOCATED[:1])
    assert store.rows()["event_id"].tolist() == ["e-1", "e-2-a-2"]
    store.link("a-2", None)
    assert len(store.rows()) == 3


def test_an_event_keeps_its_story_when_it_is_read_anew(store: Store) -> None:
    store.save(ARTICLE, LOCATED)
    assert store.set_stories({"e-1": "s-1", "e-2": "s-1"}) == 2
    version = store.version()
    assert store.set_stories({"e-1": "s-1", "nowhere": "s-1"}) == 0
    assert store.version() == version
    store.save(ARTICLE, (replace(LOCATED[0], event=replace(ATTACK, extractor="test-2")), LOCATED[1]))
    assert store.rows()["story_id"].tolist() == ["s-1", "s-1"]
    assert store.set_stories({"e-1": None}) == 1


WRITER = """
import sys
from dataclasses import replace
from events.store import open_store
from tests.examples import ARTICLE, ATTACK, LOCATED, PROTEST
url, name = sys.argv[1:]
store = open_store(url)
for number in range(20):
    with store.batch() as batch:
        key = f"{name}-{number}"
        event = replace(LOCATED[0], event=replace(ATTACK, id=key, article_id=key))
        batch.save(replace(ARTICLE, id=key), [event])
        batch.record("the same source", "added", article_id=key)
"""


def test_two_processes_write_while_a_third_reads(url: str) -> None:
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, url, name]) for name in "xy"]
    store = open_store(url)
    seen = [len(store.light())]
    while any(writer.poll() is None for writer in writers):
        seen.append(len(store.light()))
    assert [writer.wait() for writer in writers] == [0, 0]
    assert seen == sorted(seen)
    assert (len(store.light()), store.version(), len(store.fates())) == (40, 40, 1)
    assert sorted(store.light()["number"]) == list(range(1, 41))
    store.close()


def run(url: str, statement: str) -> list[tuple]:
    """Run a statement as another program would."""
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        result = connection.execute(sa.text(statement))
        found = [tuple(row) for row in result] if result.returns_rows else []
    engine.dispose()
    return found


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
def test_another_version_or_program_is_refused(url: str, change: str, message: str) -> None:
    open_store(url).close()
    run(url, change)
    with pytest.raises(StoreError, match=message):
        open_store(url)
