"""What each speaker claims of one event: columns, numbers, changes; nothing averaged, nothing added up."""

from typing import Any

import pandas as pd
import pytest

from events.stories.claims import claims

BASE: dict[str, Any] = {"action": "evacuate", "modality": "asserted", "quote": "", "publisher": "AFP"}


def row(number: int, published: str | None = "2026-01-11", **fields: Any) -> dict[str, Any]:
    return BASE | {"event_id": f"e{number}", "published": published} | fields


EVACUATION = [
    row(1, claim_source="Syrian government", evacuated=400, quote="إجلاء نحو 400 مقاتل كردي من مدينة حلب"),
    row(2, claim_source="Syrian Interior Ministry", evacuated=419, quote="«360 مقاتلا كرديا، و59 جريحاً» غادروا"),
    row(3, claim_source="SDF", modality="denied", quote="نفت قسد إجلاء مقاتلين"),
    row(4, "2026-01-12", claim_source="Syrian government", evacuated=450, modality="claimed"),
    row(5, "2026-01-12", publisher="North Press", evacuated_families=90),
]


def test_two_columns_by_speaker_in_the_order_of_days() -> None:
    found = claims(EVACUATION)
    assert [claim.speaker for claim in found.asserting] == [
        "Syrian Interior Ministry", "Syrian government", "North Press",
    ]  # fmt: skip
    assert [(claim.speaker, claim.stance) for claim in found.denying] == [("SDF", "denies")]
    assert [claim.outlet for claim in found.asserting] == [False, False, True]


def test_numbers_stand_as_low_and_high_and_families_apart() -> None:
    ranges = claims(EVACUATION).ranges
    assert {name: (r.low, r.high, r.unit) for name, r in ranges.items()} == {
        "evacuated": (400, 450, "persons"),
        "evacuated_families": (90, 90, "families"),
    }
    assert {figure.number for figure in ranges["evacuated"].figures} == {400, 419, 450}


def test_a_sum_shows_the_numbers_of_the_quote_it_is_made_of() -> None:
    parts = {figure.number: figure.parts for figure in claims(EVACUATION).ranges["evacuated"].figures}
    assert parts == {400: (), 419: (360, 59), 450: ()}


@pytest.mark.parametrize("quote", ["«10 و9» وآخرون 4 و15", "عشرة وتسعة"])
def test_a_sum_that_is_not_sure_shows_no_parts(quote: str) -> None:
    figures = claims([row(1, evacuated=19, quote=quote)]).ranges["evacuated"].figures
    assert figures[0].parts == ()


def test_what_a_speaker_changes_is_said() -> None:
    (change,) = claims(EVACUATION).changes
    assert (change.speaker, change.what, change.before, change.after, change.published) == (
        "Syrian government", "evacuated", "400", "450", "2026-01-12",
    )  # fmt: skip


def test_a_speaker_who_confirms_after_denying() -> None:
    told = [
        row(1, "2026-01-10", claim_source="SDF", modality="denied"),
        row(2, "2026-01-11", claim_source="SDF"),
    ]
    assert [(c.what, c.before, c.after) for c in claims(told).changes] == [("stance", "denies", "asserts")]


def test_plans_and_demands_stand_in_neither_column() -> None:
    found = claims([row(1, modality="planned"), row(2, modality="demanded"), row(3, modality="hypothetical")])
    assert (found.asserting, found.denying) == ((), ())
    assert {claim.stance for claim in found.others} == {"plans", "demands", "supposes"}


def test_the_number_in_a_denial_is_no_figure_of_the_story() -> None:
    found = claims([row(1, evacuated=5), row(2, evacuated=50, modality="denied", claim_source="SDF")])
    assert (found.ranges["evacuated"].low, found.ranges["evacuated"].high) == (5, 5)
    assert found.denying[0].figures[0].number == 50


def test_distance_is_said_only_where_every_row_keeps_it() -> None:
    found = claims([row(1, modality="claimed"), row(2), row(3, modality="claimed", claim_source="SDF")])
    assert {claim.speaker: claim.distanced for claim in found.asserting} == {"AFP": False, "SDF": True}


def test_the_order_of_rows_does_not_matter_and_frames_will_do() -> None:
    frame = pd.DataFrame(EVACUATION).astype({"evacuated": "Int64", "evacuated_families": "Int64"})
    assert claims(frame.to_dict("records")) == claims(EVACUATION) == claims(reversed(EVACUATION))


def test_no_rows() -> None:
    found = claims([])
    assert (found.asserting, found.denying, found.others, dict(found.ranges), found.changes) == ((), (), (), {}, ())
