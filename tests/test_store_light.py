"""All rows in narrow columns: the same as the full rows, after every kind of change, whatever lies beside the store."""

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from events.store import Store, open_store
from events.store_light import CATEGORIES
from tests.examples import ARTICLE, ATTACK, LOCATED, PROTEST

AGENCY = replace(ARTICLE, id="a-2", publisher="SANA", url="https://example.org/2", text=f"دمشق — {ARTICLE.text}")


def named(suffix: str, article_id: str) -> list:
    """Return the example's events as another article's."""
    renamed = (replace(event, id=event.id + suffix, article_id=article_id) for event in (ATTACK, PROTEST))
    return [replace(located, event=event) for located, event in zip(LOCATED, renamed, strict=True)]


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    opened = open_store(url)
    opened.save(ARTICLE, LOCATED)
    yield opened
    opened.close()


def assert_same(store: Store) -> None:
    """Check every narrow column against the full rows."""
    light, full = store.light(), store.rows().sort_values("number", ignore_index=True)
    assert light["number"].tolist() == full["number"].tolist()
    for name in CATEGORIES:
        assert light[name].dtype == "category"
        assert (
            sorted(light[name].cat.categories)
            == sorted(full[name].dropna().unique())
            == list(light[name].cat.categories)
        )
        assert light[name].isna().tolist() == full[name].isna().tolist()
        assert light[name].dropna().tolist() == full[name].dropna().tolist()
    for name in ("latitude", "longitude", "time_precision", "geo_precision"):
        assert light[name].dropna().tolist() == full[name].dropna().tolist()
    for name in ("article_id", "story_id"):
        assert light[name].lt(0).tolist() == full[name].isna().tolist()
        assert light[name].nunique() == full[name].nunique(dropna=False)


CHANGES: dict[str, Callable[[Store], object]] = {
    "nothing": lambda store: store.rows(),
    "an article more": lambda store: store.save(AGENCY, named("b", "a-2")),
    "another publisher": lambda store: store.save(replace(ARTICLE, publisher="AFP"), LOCATED),
    "a row less": lambda store: store.save(ARTICLE, LOCATED[:1]),
    "no rows left": lambda store: store.save(ARTICLE, ()),
    "another extractor": lambda store: store.save(
        ARTICLE, (replace(LOCATED[0], event=replace(ATTACK, extractor="test-2")), LOCATED[1])
    ),
    "a story": lambda store: store.set_stories({"e-1": "s-1"}),
}


@pytest.mark.parametrize("title", CHANGES)
def test_it_follows_every_change(store: Store, title: str) -> None:
    store.light()
    CHANGES[title](store)
    assert_same(store)


@pytest.mark.parametrize("title", CHANGES)
def test_it_follows_what_another_process_changed(store: Store, url: str, title: str) -> None:
    store.light()
    other = open_store(url)
    CHANGES[title](other)
    other.light()
    other.close()
    assert_same(store)


def damage(file: Path) -> None:
    file.write_bytes(b"ARROW1" + b"\0" * 200)


def cut_short(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:500])


def of_another_store(file: Path) -> None:
    other = open_store(f"sqlite:///{file.parent}/other.db")
    other.save(replace(ARTICLE, title="another"), LOCATED[:1])
    other.light()
    other.close()
    (file.parent / "other.db.light.arrow").replace(file)


def newer_than_the_store(file: Path) -> None:
    database = file.parent / "events.db"
    kept = database.read_bytes()
    store = open_store(f"sqlite:///{database}")
    store.save(AGENCY, named("b", "a-2"))
    store.light()
    store.close()
    database.write_bytes(kept)


def test_a_store_put_back_from_a_copy_forgets_what_came_after(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/events.db")
    store.save(ARTICLE, LOCATED)
    store.close()
    newer_than_the_store(tmp_path / "events.db.light.arrow")
    again = open_store(f"sqlite:///{tmp_path}/events.db")
    for number in range(3):
        again.save(replace(AGENCY, id=f"b-{number}", publisher="DPA"), named(f"b-{number}", f"b-{number}")[:1])
    assert_same(again)
    again.close()


@pytest.mark.parametrize("spoil", [damage, cut_short, of_another_store, newer_than_the_store, Path.unlink])
def test_a_file_that_does_not_belong_is_not_trusted(tmp_path: Path, spoil) -> None:
    store = open_store(f"sqlite:///{tmp_path}/events.db")
    store.save(ARTICLE, LOCATED)
    store.light()
    store.close()
    spoil(tmp_path / "events.db.light.arrow")
    again = open_store(f"sqlite:///{tmp_path}/events.db")
    assert_same(again)
    assert len(again.light()) == 2
    again.close()


def test_what_a_killed_writer_left_is_taken_away_and_who_reads_the_store_may_read_the_file(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/events.db")
    (tmp_path / "events.db").chmod(0o640)
    left, fresh = tmp_path / "events.db.light.arrowabc", tmp_path / "events.db.light.arrowxyz"
    left.write_bytes(b"half")
    fresh.write_bytes(b"being written by another")
    os.utime(left, (0, 0))
    store.light()
    store.close()
    assert (left.exists(), fresh.exists()) == (False, True)
    assert (tmp_path / "events.db.light.arrow").stat().st_mode & 0o777 == 0o640


def test_where_no_file_can_be_kept_it_is_made_in_memory() -> None:
    store = open_store("sqlite://")
    store.save(ARTICLE, LOCATED)
    assert_same(store)


def test_unknown_is_missing_and_numbers_are_small(store: Store) -> None:
    placed, unplaced = store.light().to_dict("records")
    assert pd.isna(unplaced["latitude"])
    assert pd.isna(unplaced["place"])
    assert pd.isna(unplaced["time_precision"])
    assert (placed["story_id"], placed["place"]) == (-1, "Ashrafieh")
    assert {str(kind) for kind in store.light().dtypes} == {"int32", "Int8", "float64", "float32", "category"}


def test_rows_come_in_the_order_asked_for_and_without_what_is_no_more(store: Store) -> None:
    first, second = store.light()["number"]
    assert store.rows([second, first])["event_id"].tolist() == ["e-2", "e-1"]
    store.save(ARTICLE, LOCATED[:1])
    assert store.rows([second, first])["event_id"].tolist() == ["e-1"]
    assert store.rows([]).empty


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("الاشرفيه", ["e-1"]),
        ("اشرفية", ["e-1"]),
        ("الأشرف", ["e-1"]),
        ("ashrafieh", ["e-1"]),
        ("قصف مدنيون", []),
        ("قصف مدني", ["e-1"]),
        ("احتج", ["e-2"]),
        ("سكّان", ["e-2"]),
        ("Civilians", ["e-1", "e-2"]),
        ("لا شيء", []),
        ('" OR *', []),
        ("') OR 1=1 --", []),
        ("«»", ["e-1", "e-2"]),
    ],
)
def test_text_is_found_folded_by_its_beginnings(store: Store, text: str, found: list[str]) -> None:
    assert store.rows(store.search(text))["event_id"].tolist() == found


@pytest.mark.parametrize("written", ["بالأشرفية", "وبالأشرفية", "للأشرفية", "والأشرفية", "أشرفية"])
def test_a_name_is_found_behind_what_is_written_in_front(store: Store, written: str) -> None:
    text = f"قصف {written} ليلا"
    event = replace(ATTACK, id="e-3", article_id="a-3", quote=text, place=None)
    store.save(replace(ARTICLE, id="a-3", text=text), [replace(LOCATED[1], event=event)])
    assert store.rows(store.search("الأشرفية ليلا"))["event_id"].tolist() == ["e-3"]


def test_what_is_gone_is_not_found(store: Store) -> None:
    store.save(ARTICLE, LOCATED[:1])
    assert store.search("احتج").size == 0
