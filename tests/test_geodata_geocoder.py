"""geopy's face, areas for the map, the checks and the command line."""

import json
from dataclasses import replace
from itertools import pairwise

import pytest
from geopy.distance import geodesic
from typer.testing import CliRunner

from geodata.__main__ import app
from geodata.areas import REACH, quarter_areas
from geodata.check import problems
from geodata.gazetteer import Gazetteer
from geodata.geocoder import GazetteerGeocoder
from geodata.licences import ATTRIBUTION, licence_of

RUN = CliRunner()


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.load()


@pytest.fixture(scope="module")
def geocoder(gazetteer: Gazetteer) -> GazetteerGeocoder:
    return GazetteerGeocoder(gazetteer)


def test_geocode(geocoder: GazetteerGeocoder) -> None:
    found = geocoder.geocode("الشيخ مقصود", country_codes="sy")
    assert geodesic((found.latitude, found.longitude), (36.2366, 37.1529)).meters < 200
    assert found.raw["precision"] == "neighbourhood"
    assert found.raw["score"] > 0.6
    assert found.raw["licence"]


def test_geocode_takes_a_place_to_stand_by(geocoder: GazetteerGeocoder) -> None:
    assert geocoder.geocode("الأشرفية", near=(33.89, 35.5), country_codes=["LB"]).raw["country"] == "LB"
    assert geocoder.geocode("الأشرفية", near="36.2, 37.15").raw["country"] == "SY"


def test_geocode_gives_all_candidates_when_asked(geocoder: GazetteerGeocoder) -> None:
    assert geocoder.geocode("طرابلس") is None
    assert {found.raw["country"] for found in geocoder.geocode("طرابلس", exactly_one=False)} == {"LB", "LY"}
    assert geocoder.geocode("زعطلبوط", exactly_one=False) is None


def test_reverse(geocoder: GazetteerGeocoder) -> None:
    found = geocoder.reverse((36.2366, 37.1529))
    assert (found.raw["name"], found.raw["metres"] < 50) == ("Sheikh Maqsoud", True)
    assert len(geocoder.reverse("36.2366, 37.1529", exactly_one=False)) == 10
    assert geocoder.reverse((-60.0, -120.0)) is None


def test_quarter_areas_hold_their_centre_and_no_other(gazetteer: Gazetteer) -> None:
    areas = quarter_areas(gazetteer, "Aleppo", "SY")
    assert len(areas) > 100
    for area in areas:
        assert area.approximate
        assert area.ring[0] == area.ring[-1]
        centre = (area.place.latitude, area.place.longitude)
        assert max(geodesic(centre, corner).meters for corner in area.ring) < REACH * 1.05
    centres = {area.place.id: (area.place.latitude, area.place.longitude) for area in areas}
    maqsoud = next(area for area in areas if area.place.name == "Sheikh Maqsoud")
    assert [id_ for id_, point in centres.items() if _inside(point, maqsoud.ring)] == [maqsoud.place.id]


def _inside(point: tuple[float | None, float | None], ring: tuple[tuple[float, float], ...]) -> bool:
    """Count the edges that a ray from the point crosses."""
    y, x = point
    assert y is not None
    assert x is not None
    crossed = 0
    for (y1, x1), (y2, x2) in pairwise(ring):
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) / (y2 - y1) * (x2 - x1):
            crossed += 1
    return crossed % 2 == 1


def test_a_town_without_located_quarters_has_no_areas(gazetteer: Gazetteer) -> None:
    assert quarter_areas(gazetteer, "Azaz", "SY") == ()


def test_the_gazetteer_is_sound(gazetteer: Gazetteer) -> None:
    assert list(problems(gazetteer.all_places())) == []


def test_the_check_finds_a_point_in_the_wrong_country(gazetteer: Gazetteer) -> None:
    places = [
        replace(place, latitude=place.longitude, longitude=place.latitude) if place.id == "OCHA:N0123" else place
        for place in gazetteer.all_places()
    ]
    found = list(problems(places))
    assert any("Sheikh Maqsoud" in line and "outside SY" in line for line in found)


def test_find_prints_json_lines() -> None:
    result = RUN.invoke(app, ["find", "الشيخ مقصود", "زعطلبوط", "--near", "حلب", "--format", "jsonl"])
    maqsoud, unknown = map(json.loads, result.stdout.splitlines())
    fields = "query near place place_id latitude longitude geo_precision geo_score others reason"
    assert list(maqsoud) == fields.split()
    assert (maqsoud["place"], maqsoud["geo_precision"], maqsoud["reason"]) == ("Sheikh Maqsoud", 1, None)
    assert (unknown["place"], unknown["reason"]) == (None, "not in gazetteer")


def test_find_reads_names_and_contexts_from_standard_input() -> None:
    result = RUN.invoke(app, ["find", "-", "--format", "jsonl"], input="الأشرفية\tبيروت\n\nالأشرفية\tحلب\n")
    assert [json.loads(line)["place"] for line in result.stdout.splitlines()] == ["Achrafieh", "Ashrafieh"]


def test_find_prints_candidates_and_why() -> None:
    result = RUN.invoke(app, ["find", "طرابلس"])
    assert "ambiguous" in result.stdout
    assert "prominence" in result.stdout


def test_check_succeeds() -> None:
    result = RUN.invoke(app, ["check"])
    assert (result.exit_code, result.stdout) == (0, "the gazetteer is sound\n")


def test_a_dump_that_is_not_there_is_one_line() -> None:
    result = RUN.invoke(app, ["add-country", "/nowhere/SY.zip"])
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert "SY.zip" in result.stderr


def test_attribution_and_licences() -> None:
    assert "GeoNames (CC BY 4.0)" in ATTRIBUTION
    assert licence_of("OCHA_PPL+GeoNames(254m)+OSM(508m)") == "CC BY 4.0; CC BY-IGO; ODbL"
    assert licence_of("SyrianArchive") == "facts"
