"""Rows to stories: how well hand-made groups are found, and what holds whatever the rows are."""

import random
from collections import defaultdict
from itertools import combinations
from typing import Any

import pytest

from events.stories.evidence import FLOOR, LINK
from events.stories.grouping import UNDECIDED, Decisions, Story, group, stories_around
from events.stories.index import Index
from events.stories.report import Report, reports
from events.stories.weighing import compare
from tests import story_groups

FLOORS = {"tune": 0.98, "holdout": 0.93, "articles": 0.93}
"""Pairwise F1 of the hand-made groups, and of articles as the reader reads them; 0.90 is what the project asks for.

Never lowered silently.
"""

TOLD = [(row, story, title) for half in story_groups.HALVES for row, story, title in story_groups.rows(half)]
ROWS = [row for row, _, _ in TOLD]


def parts(stories: list[Story]) -> set[frozenset[str]]:
    return {frozenset(story.event_ids) for story in stories}


@pytest.mark.parametrize("half", FLOORS)
def test_hand_made_groups_are_found(half: str) -> None:
    score = story_groups.score(half)
    assert score.f1 >= FLOORS[half], score


def test_there_are_enough_groups_and_their_titles_differ() -> None:
    titles = {title for _, _, title in TOLD}
    assert len(titles) == 78
    assert sum(title.startswith("trap") for title in titles) >= 30


def test_the_reader_finds_the_rows_that_the_articles_are_about() -> None:
    assert len(story_groups.read_rows()) >= 39


def test_every_row_is_in_one_story() -> None:
    found = [event_id for story in group(ROWS) for event_id in story.event_ids]
    assert sorted(found) == sorted(row["event_id"] for row in ROWS)


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_rows_does_not_matter(seed: int) -> None:
    shuffled = random.Random(seed).sample(ROWS, len(ROWS))  # noqa: S311 - no secret
    assert group(shuffled) == group(ROWS)


@pytest.mark.parametrize("seed", range(5))
def test_articles_that_come_one_by_one_give_the_same_stories(seed: int) -> None:
    by_article: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in ROWS:
        by_article[row["article_id"]].append(row)
    order = random.Random(seed).sample(sorted(by_article), len(by_article))  # noqa: S311 - no secret
    story_of: dict[str, str] = {}
    known: dict[str, list[Report]] = defaultdict(list)
    for article in order:
        new: dict[str, list[Report]] = defaultdict(list)
        for report in reports(by_article[article]):
            new[report.block].append(report)
        for block, seeds in new.items():
            known[block] += seeds
            for story in stories_around(seeds, Index(known[block])):
                story_of |= dict.fromkeys(story.event_ids, story.id)
    assert story_of == {event_id: story.id for story in group(ROWS) for event_id in story.event_ids}


def test_every_story_of_many_rows_says_what_put_them_together() -> None:
    for story in group(ROWS):
        assert len(story.links) == len(story.event_ids) - 1
        assert {end for link in story.links for end in (link.one, link.two)} <= set(story.event_ids)
        for link in story.links:
            assert link.score >= LINK
            assert link.score == sum(ground.weight for ground in link.evidence)


def test_no_two_rows_of_a_story_contradict() -> None:
    told = {report.id: report for report in reports(ROWS)}
    for story in group(ROWS):
        for one, two in combinations(story.event_ids, 2):
            link = compare(told[one], told[two])
            assert link is not None
            assert link.score >= FLOOR


def test_rows_that_the_user_parts_stay_apart_and_come_back() -> None:
    told = [row for row in ROWS if row["event_id"].startswith("tune0-")]
    (story,) = group(told)
    one, *others = story.event_ids
    decided = Decisions(apart={frozenset((one, other)) for other in others})
    assert parts(group(told, decisions=decided)) == {frozenset((one,)), frozenset(others)}
    assert group(told, decisions=UNDECIDED) == [story]


def test_a_later_report_does_not_change_the_name_of_a_story() -> None:
    early = [row for row in ROWS if row["event_id"].startswith("tune2-")]
    (story,) = group(early)
    (first,) = group([min(early, key=lambda row: (row["published"], row["event_id"]))])
    assert story.id == first.id


def test_no_rows_no_stories() -> None:
    assert group([]) == []


BASE = {"modality": "asserted", "published": "2026-01-10", "language": "ar", "time_precision": 1}
SHEIKH_MAQSOUD = {
    "place": "Sheikh Maqsoud",
    "place_id": "OCHA:N0123",
    "feature_code": "PPLX",
    "country": "SY",
    "admin1": "Aleppo",
    "geo_precision": 1,
}


def one_of(**fields: Any) -> dict[str, Any]:
    return {"event_id": "a", "article_id": "x", "action": "attack", "quote": "قصف"} | BASE | SHEIKH_MAQSOUD | fields


@pytest.mark.parametrize(
    ("title", "change", "together"),
    [
        ("the same place, day and act", {"event_date": "2026-01-09"}, True),
        ("the day after", {"event_date": "2026-01-10"}, False),
        ("a week that holds the day", {"event_date": "2026-01-08", "time_precision": 2}, True),
        ("only the month", {"event_date": "2026-01", "time_precision": 3}, True),
        ("no date, published on the day after", {"event_date": None}, True),
        ("no date, published before", {"event_date": None, "published": "2026-01-08"}, False),
        ("no date, published a month later", {"event_date": None, "published": "2026-02-10"}, False),
        ("no date at all", {"event_date": None, "published": None}, False),
        ("a threat of it", {"event_date": "2026-01-09", "modality": "hypothetical"}, False),
        ("a denial of it", {"event_date": "2026-01-09", "modality": "denied"}, True),
        ("another act", {"event_date": "2026-01-09", "action": "withdraw"}, False),
        ("a place that no gazetteer holds", {"event_date": "2026-01-09", "place": "قرية", "place_id": None}, False),
    ],
)
def test_what_is_one_event_with_an_attack_on_9_january(title: str, change: dict[str, Any], together: bool) -> None:
    other = {"event_id": "b", "article_id": "y"} | change
    found = group([one_of(event_date="2026-01-09"), one_of(**other)])
    assert (len(found) == 1) is together, title


def test_one_sentence_that_names_a_quarter_and_a_spot_of_its_town_tells_of_two_places() -> None:
    spot = {"place": "دوار الشيحان", "place_id": "gn:170063", "feature_code": "PPL", "geo_precision": 2}
    day = {"event_date": "2026-01-09", "killed": 12, "actor": "SDF", "quote": "قصف الشيخ مقصود ودوار الشيحان"}
    assert len(group([one_of(**day), one_of(event_id="b", **day, **spot)])) == 2
    assert len(group([one_of(**day), one_of(event_id="b", article_id="y", **day, **spot)])) == 1


def test_a_row_of_a_frame_is_a_row() -> None:
    import pandas as pd

    frame = pd.DataFrame(ROWS).astype({"killed": "Int64", "latitude": "float64"})
    assert group(frame.to_dict("records")) == group(ROWS)


def test_what_a_split_leaves_stays_together_without_the_row_that_linked_it() -> None:
    told = [one_of(event_date=f"2026-01-{day:02}", event_id=name) for name, day in (("a", 1), ("b", 5), ("c", 9))]
    assert len(group(told)) == 3
    kept = Decisions(together={frozenset("ab")})
    assert parts(group(told, decisions=kept)) == {frozenset("ab"), frozenset("c")}
    later = Decisions(apart=kept.together, together=kept.together)
    assert len(group(told, decisions=later)) == 3
