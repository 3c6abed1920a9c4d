"""Stories in a store, on SQLite and on PostgreSQL: rows that come, change and go; splits of the user."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from events.model import Article, LocatedEvent
from events.store import Store, open_store
from events.stories.grouping import group
from events.stories.keeping import SplitError, regroup, split, splits, undo_split
from geodata.gazetteer import default_gazetteer
from geodata.model import Match
from tests.sample_events import SHEIKH_MAQSOUD, located

TEXT = "قصف على الحي أوقع قتلى."


@pytest.fixture(scope="module", autouse=True)
def _gazetteer() -> None:
    default_gazetteer()  # before `url` moves the cache


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    opened = open_store(url)
    yield opened
    opened.close()


def save(store: Store, key: str, published: str = "2026-01-11", *, rows: int = 1, **fields: Any) -> None:
    """Save an article of one to three rows: a shelling of Ashrafieh, then of Sheikh Maqsoud, then a protest."""
    article = Article(key, TEXT, published=date.fromisoformat(published), publisher=f"وكالة {key}")
    told: list[dict[str, Any]] = [
        {"action": "attack"},
        {"action": "attack", "place": "Sheikh Maqsoud", "at": SHEIKH_MAQSOUD},
        {"action": "protest"},
    ]
    wanted = [{"id": f"{key}-{n}", "date": "2026-01-10"} | one | fields for n, one in enumerate(told[:rows], 1)]
    store.save(article, [located(article, **one) for one in wanted])


def stories(store: Store) -> set[frozenset[str]]:
    """Return the event ids of each story."""
    rows = store.rows()
    assert rows["story_id"].notna().all()
    return {frozenset(found["event_id"]) for _, found in rows.groupby("story_id")}


def sets(*groups: str) -> set[frozenset[str]]:
    return {frozenset(group.split()) for group in groups}


def test_rows_of_several_articles_are_put_into_stories(store: Store) -> None:
    save(store, "a", rows=3)
    save(store, "b", rows=2)
    assert regroup(store) == 5
    assert stories(store) == sets("a-1 b-1", "a-2 b-2", "a-3")


def test_the_second_time_nothing_is_done(store: Store) -> None:
    save(store, "a")
    regroup(store)
    version = store.version()
    assert regroup(store) == 0
    assert store.version() == version


def test_articles_one_by_one_give_what_all_at_once_give(store: Store) -> None:
    for number, published in enumerate(("2026-01-12", "2026-01-11", "2026-01-13", "2026-01-11")):
        save(store, f"a{number}", published, rows=1 + number % 3, **({"date": None} if number == 2 else {}))
        regroup(store)
    rows = store.rows()
    told = {event_id: story.id for story in group(rows.to_dict("records")) for event_id in story.event_ids}
    assert dict(zip(rows["event_id"], rows["story_id"], strict=True)) == told
    assert regroup(store, everything=True) == 0


def test_a_row_that_goes_leaves_its_story(store: Store) -> None:
    save(store, "a")
    save(store, "b", rows=2)
    regroup(store)
    (before,) = store.rows().query("event_id == 'b-1'")["story_id"]
    save(store, "a", rows=1, action="protest")
    assert regroup(store) == 1
    assert stories(store) == sets("a-1", "b-1", "b-2")
    assert store.rows().query("event_id == 'b-1'")["story_id"].tolist() != [before]


def test_a_row_between_two_that_goes_parts_them(store: Store) -> None:
    save(store, "a", "2026-01-10", date=None)
    save(store, "b", "2026-01-10", date="2026-01-10")
    save(store, "c", "2026-01-17", date=None)
    regroup(store)
    whole = stories(store)
    save(store, "b", "2026-01-10", date="2026-01-10", action="protest")
    regroup(store)
    assert stories(store) == sets("a-1", "b-1", "c-1")
    assert whole != stories(store)


def test_an_article_that_is_dated_anew_takes_its_rows_along(store: Store) -> None:
    save(store, "a", date=None)
    save(store, "b", date=None)
    regroup(store)
    assert stories(store) == sets("a-1 b-1")
    save(store, "b", "2026-03-01", date=None)
    regroup(store)
    assert stories(store) == sets("a-1", "b-1")


def test_near_copies_are_in_the_story_of_their_first(store: Store) -> None:
    save(store, "a")
    save(store, "b")
    regroup(store)
    store.link("b", "a")
    regroup(store)
    with store.reading() as connection:
        found = connection.exec_driver_sql("SELECT DISTINCT story_id FROM rows").all()
    assert len(found) == 1


def test_rows_parted_by_the_user_stay_parted_when_others_come(store: Store) -> None:
    for key in ("a", "b"):
        save(store, key)
    regroup(store)
    number = split(store, ["b-1"])
    assert stories(store) == sets("a-1", "b-1")
    assert [(one.number, one.parted, one.stayed) for one in splits(store)] == [(number, ("b-1",), ("a-1",))]
    save(store, "c")
    regroup(store)
    assert frozenset(("a-1", "b-1")) not in {story - {"c-1"} for story in stories(store)}
    undo_split(store, number)
    assert splits(store) == []
    assert stories(store) == sets("a-1 b-1 c-1")


def test_what_cannot_be_parted_is_said(store: Store) -> None:
    save(store, "a", rows=3)
    regroup(store)
    with pytest.raises(SplitError, match="must be of one story"):
        split(store, ["a-1", "a-2"])
    with pytest.raises(SplitError, match="leave at least one row"):
        split(store, ["a-1"])
    with pytest.raises(SplitError, match="must be of one story"):
        split(store, ["nobody"])
    with pytest.raises(KeyError):
        undo_split(store, 99)
    assert splits(store) == []


def test_who_writes_meanwhile_is_looked_at_the_next_time(store: Store) -> None:
    save(store, "a")
    regroup(store, lambda *_: save(store, "b") if "b-1" not in set(store.rows()["event_id"]) else None)
    assert store.rows()["story_id"].isna().sum() == 1
    regroup(store)
    assert stories(store) == sets("a-1 b-1")


def test_progress_ends_with_all_rows(store: Store) -> None:
    save(store, "a", rows=3)
    seen: list[tuple[int, int]] = []
    regroup(store, lambda done, of: seen.append((done, of)))
    assert seen[-1] == (3, 3)


PLACES = ("OCHA:N0123", "OCHA:N0128", "gn:170063", "OCHA:SY02", "iso:SY", None)
DATES: tuple[dict[str, Any], ...] = ({"date": None}, {"date": "2026-01"}, {"date": "2026-01-08", "until": "2026-01-12"})


def drawn(dice: random.Random, key: str) -> tuple[Article, list[LocatedEvent]]:
    """Return an article of some rows that may be of one event with those of others, and may not."""
    published = date(2026, 1, dice.randint(5, 20))
    article = Article(key, TEXT, published=published if dice.random() < 0.9 else None)
    events = []
    for number in range(dice.randint(1, 3)):
        when = dice.choice((*DATES, {"date": f"2026-01-{dice.randint(5, 15):02}"}))
        who = dice.choice((None, "SDF", "Syrian army"))
        counts = dice.choice(({}, {"killed": dice.randint(1, 12)}))
        one = located(article, id=f"{key}-{number}", action="attack", actor=who, counts=counts, **when)
        place = dice.choice(PLACES)
        found = default_gazetteer().place(place) if place else None
        events.append(replace(one, match=Match(found, 1, 0.9) if found else None))
    return article, events


@pytest.mark.parametrize("seed", range(4))
def test_whatever_comes_changes_and_goes_stories_are_those_of_all_rows_at_once(tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311 - no secret
    store = open_store(f"sqlite:///{tmp_path}/events.db")
    for _ in range(6):
        for _ in range(8):
            store.save(*drawn(dice, f"a{dice.randint(0, 25)}"))  # the same key again is an article that has changed
        regroup(store)
    rows = store.rows()
    told = {event_id: story.id for story in group(rows.to_dict("records")) for event_id in story.event_ids}
    assert len(set(told.values())) < len(told)
    assert dict(zip(rows["event_id"], rows["story_id"], strict=True)) == told
    store.close()
