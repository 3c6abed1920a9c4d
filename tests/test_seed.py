"""What the seed article must and must not yield, by the phenomena in it."""

from collections import defaultdict

import pytest

from events.ingest.read import Problem
from events.pipeline import SEEDS, extract_rows
from events.row import Row

BOTH = {"Ashrafieh", "Sheikh Maqsoud"}
SHEIKH_MAQSOUD = (36.2366, 37.1529)
ASHRAFIEH = (36.2279, 37.1470)
METRES_200 = 0.0018  # degrees of latitude, the larger of the two


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    items = list(extract_rows([SEEDS]))
    assert not [item for item in items if isinstance(item, Problem)]
    return [item for item in items if not isinstance(item, Problem)]


def quoting(rows: list[Row], words: str) -> list[Row]:
    return [row for row in rows if words in row["quote"]]


def test_a_dual_construct_names_two_places(rows: list[Row]) -> None:
    places = defaultdict(set)
    for row in rows:
        if any(pair in row["quote"] for pair in ("الأشرفية والشيخ مقصود", "الشيخ مقصود والأشرفية")):
            places[row["quote"], row["action"], row["place"] in BOTH].add(row["place"])
    assert any(known for _, _, known in places)
    assert all(named == BOTH for (_, _, known), named in places.items() if known)


def test_the_withdrawal_is_announced_by_those_who_withdraw(rows: list[Row]) -> None:
    withdrawals = [row for row in quoting(rows, "انسحاب مقاتليها") if row["action"] == "withdraw"]
    assert {(row["actor"], row["claim_source"], row["event_date"]) for row in withdrawals} == {
        ("SDF", "SDF", "2026-01-11")
    }
    assert {row["place"] for row in withdrawals} == BOTH


def test_suicide_drones_that_fly_over_are_no_strike(rows: list[Row]) -> None:
    flights = quoting(rows, "حلَّقت")
    assert {(row["action"], row["actor"], row["place"]) for row in flights} == {("drone_flight", "SDF", "Aleppo")}
    assert not [row for row in rows if row["action"] in {"attack", "kill_civilian", "casualties"}]


def test_what_only_an_unreal_condition_says_is_not_asserted(rows: list[Row]) -> None:
    assert {row["modality"] for row in quoting(rows, "عودة المدنيين")} == {"hypothetical"}


def test_stability_that_returns_is_nobody_coming_home(rows: list[Row]) -> None:
    assert not [row for row in quoting(rows, "للاستقرار") if row["action"] == "return_home"]


def test_people_moved_and_people_arrested_are_counted_apart(rows: list[Row]) -> None:
    assert {row["evacuated"] for row in quoting(rows, "إجلاء نحو 400")} >= {400}
    assert {row["detained"] for row in rows if row["action"] == "arrest"} == {300}


def test_the_wounded_who_leave_are_no_casualties_of_an_act(rows: list[Row]) -> None:
    assert not [row for row in rows if row["injured"]]


def test_both_neighbourhoods_stand_where_they_are(rows: list[Row]) -> None:
    points = {row["place"]: (row["latitude"], row["longitude"]) for row in rows}
    for place, (latitude, longitude) in (("Sheikh Maqsoud", SHEIKH_MAQSOUD), ("Ashrafieh", ASHRAFIEH)):
        assert points[place] == pytest.approx((latitude, longitude), abs=METRES_200)
