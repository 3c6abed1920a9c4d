"""The row contract: which columns, in which order, holding what."""

from dataclasses import replace

import pytest

from events.lexicon import LexiconError
from events.model import LocatedEvent
from events.ontology import action_class, load_actions
from events.row import COLUMNS, to_row
from tests.examples import ARTICLE, ATTACK, LOCATED

CONTRACT = """
    event_id article_id event_date event_date_end time_precision action plover_event plover_mode acled_event_type
    acled_sub_event_type actor actor_sector actor_text target target_sector target_text place place_text place_id
    feature_code admin1 country latitude longitude geo_precision geo_score geo_others killed injured detained
    evacuated displaced released claim_source modality quote quote_start quote_end confidence story_id
    publisher source_url published language extractor
    abducted returned surrendered missing evacuated_families displaced_families returned_families
""".split()


def test_columns_are_those_of_the_contract_in_its_order() -> None:
    assert list(COLUMNS) == CONTRACT
    assert list(to_row(LOCATED[0], ARTICLE)) == list(COLUMNS)


def test_a_located_event() -> None:
    row = to_row(LOCATED[0], ARTICLE)
    assert row == {
        **dict.fromkeys(COLUMNS),
        "event_id": "e-1",
        "article_id": "a-1",
        "event_date": "2026-01-11",
        "time_precision": 1,
        "action": "attack",
        "plover_event": "ASSAULT",
        "plover_mode": "heavy-weapons",
        "acled_event_type": "Explosions/Remote violence",
        "acled_sub_event_type": "Shelling/artillery/missile attack",
        "target": "civilians",
        "target_sector": "CVL",
        "target_text": "مدنيين",
        "place": "Ashrafieh",
        "place_text": "الأشرفية",
        "place_id": "aleppo-ashrafieh",
        "feature_code": "PPLX",
        "admin1": "Aleppo",
        "country": "SY",
        "latitude": 36.2279,
        "longitude": 37.1470,
        "geo_precision": 1,
        "geo_score": 0.8,
        "geo_others": [{"name": "Ashrafieh", "latitude": 33.887, "longitude": 35.52, "score": 0.2}],
        "killed": 3,
        "missing": 1,
        "claim_source": "SANA",
        "modality": "asserted",
        "quote": "قُتل ثلاثة مدنيين في قصف على الأشرفية",
        "quote_start": 0,
        "quote_end": 37,
        "confidence": 0.9,
        "source_url": "https://example.org/1",
        "published": "2026-01-11",
        "language": "ar",
        "extractor": "test-1",
    }
    assert ARTICLE.text[row["quote_start"] : row["quote_end"]] == row["quote"]


def test_a_place_that_no_gazetteer_holds_is_named_as_written_without_a_point() -> None:
    row = to_row(LocatedEvent(ATTACK, None, "not in gazetteer"), ARTICLE)
    assert (row["place"], row["place_text"]) == ("الأشرفية", "الأشرفية")
    assert row["latitude"] is row["longitude"] is row["place_id"] is row["geo_precision"] is None


def test_no_place_at_all() -> None:
    row = to_row(LOCATED[1], ARTICLE)
    assert row["place"] is row["place_text"] is row["latitude"] is None


@pytest.mark.parametrize("code", load_actions())
def test_every_action_has_its_counterparts_or_none(code: str) -> None:
    row = to_row(LocatedEvent(replace(ATTACK, action=code), None, None), ARTICLE)
    assert row["plover_event"] is None or row["plover_event"].isupper()
    assert "none" not in row.values()


def test_an_explosion_has_no_counterpart_in_either_standard() -> None:
    row = to_row(LocatedEvent(replace(ATTACK, action="explosion"), None, None), ARTICLE)
    assert row["plover_event"] is row["plover_mode"] is row["acled_event_type"] is row["acled_sub_event_type"] is None


def test_a_code_outside_the_ontology_is_an_error() -> None:
    with pytest.raises(LexiconError, match=r"ontology.yml: no action class 'atack'"):
        action_class("atack")
