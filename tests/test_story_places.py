"""How two places lie to each other: what may be one event's place, and what never is."""

from dataclasses import asdict
from typing import Any

import pytest

from events.stories.index import Index
from events.stories.report import reports
from events.stories.spots import Relation, cells, relation, spot_of
from geodata.gazetteer import default_gazetteer


def row(place_id: str | None, name: str | None = None) -> dict[str, Any]:
    """Return the columns of a row at a place, under a name of its own if one is given."""
    place = default_gazetteer().place(place_id) if place_id else None
    if place is None:
        return {"place": name}
    return asdict(place) | {"place_id": place_id, "place": name or place.name, "geo_precision": 2 if name else 1}


ALEPPO, SHEIKH_MAQSOUD, ASHRAFIEH, PROVINCE = "gn:170063", "OCHA:N0123", "OCHA:N0128", "OCHA:SY02"


@pytest.mark.parametrize(
    ("title", "one", "two", "expected"),
    [
        ("a quarter and itself", row(SHEIKH_MAQSOUD), row(SHEIKH_MAQSOUD), "same"),
        ("quarters side by side", row(SHEIKH_MAQSOUD), row(ASHRAFIEH), "apart"),
        ("a quarter and its town", row(SHEIKH_MAQSOUD), row(ALEPPO), "inside"),
        ("a quarter of Aleppo and the town of Homs", row(SHEIKH_MAQSOUD), row("OCHA:C2528"), "apart"),
        ("a quarter and its province", row(SHEIKH_MAQSOUD), row(PROVINCE), "wide"),
        ("Aleppo the town and Aleppo the province", row(ALEPPO), row(PROVINCE), "inside"),
        ("another town of the province", row("OCHA:C1767"), row(PROVINCE), "wide"),
        ("a town and its country", row(ALEPPO), row("iso:SY"), "wide"),
        ("a town and another country", row(ALEPPO), row("iso:LB"), "apart"),
        ("a town and a region around it", row("gn:281124"), row("region:gaza-strip"), "wide"),
        ("a town and a region far from it", row("gn:283506"), row("region:gaza-strip"), "apart"),
        ("a city of a region by its province's name", row("gn:379555"), row("region:darfur"), "wide"),
        ("a spot that the text names, and its town", row(ALEPPO, "طريق المطار"), row(ALEPPO), "inside"),
        ("two spots of one town", row(ALEPPO, "طريق المطار"), row(ALEPPO, "دوار الشيحان"), "apart"),
        ("a spot and a quarter of its town", row(ALEPPO, "دوار الشيحان"), row(ASHRAFIEH), "unknown"),
        ("towns of one name", row("gn:2210247"), row("gn:266826"), "apart"),
        ("quarters of one name", row(ASHRAFIEH), row("lb:beirut:achrafieh-beirut"), "apart"),
        ("a name that no gazetteer holds, and a town", row(None, "خربة"), row(ALEPPO), "unknown"),
        ("two such names", row(None, "خربة"), row(None, "تلة"), "apart"),
        ("one such name in two spellings", row(None, "الخربة"), row(None, "الخربه"), "same"),
        ("no place, and a town", row(None), row(ALEPPO), "unknown"),
    ],
)
def test_how_places_lie(title: str, one: dict[str, Any], two: dict[str, Any], expected: Relation) -> None:
    here, there = spot_of(one), spot_of(two)
    assert relation(here, there) == relation(there, here) == expected, title
    if expected in ("same", "inside", "wide"):  # what may be one place is found by a cell of one of them
        assert cells(here)[0] in cells(there) or cells(there)[0] in cells(here), title


def test_a_spot_and_a_quarter_of_its_town_find_each_other_whichever_is_asked() -> None:
    """No source says which quarter a building is in; a row of either must be compared with those of the other."""
    spot, quarter = spot_of(row(ALEPPO, "دوار الشيحان")), spot_of(row(ASHRAFIEH))
    here, there = (f"{kind} of {spot.town}" for kind in ("quarters", "landmarks"))
    assert (here in cells(spot), there in cells(quarter)) == (True, True)
    told = [
        {"event_id": name, "article_id": name, "action": "attack", "modality": "asserted", "published": "2026-01-01"}
        | at
        for name, at in (("spot", row(ALEPPO, "دوار الشيحان")), ("quarter", row(ASHRAFIEH)))
    ]
    one, two = reports(told)
    index = Index((one, two))
    assert {other.id for other in index.near(one)} == {"quarter"}
    assert {other.id for other in index.near(two)} == {"spot"}
