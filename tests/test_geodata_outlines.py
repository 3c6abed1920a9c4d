"""Outlines of governorates: made from a package's files, each its own governorate's, and none older than a division."""

import json
from pathlib import Path

import pytest
from shapely import Point

from geodata.check_outlines import outline_problems, points_outside
from geodata.gazetteer import default_gazetteer
from geodata.governorates import (
    FILE,
    OutlineRow,
    arcs_of,
    governorate_layer,
    governorate_shapes,
    read_outline_table,
    ring_of,
)
from geodata.model import Place
from geodata.outline_import import made, main
from geodata.table import TableError

TOWNS = {
    "OCHA:SY02": ("Manbij", 36.53, 37.95),
    "OCHA:SY08": ("Qamishli", 37.05, 41.22),
    "OCHA:SY10": ("Baniyas", 35.18, 35.95),
    "adm1:IQ.15": ("Sinjar", 36.32, 41.87),
    "adm1:ER.05": ("Asmara", 15.33, 38.93),
    "adm1:ER.01": ("Keren", 15.78, 38.45),
    "adm1:YE.04": ("Seiyun", 15.94, 48.79),
    "adm1:YE.28": ("Haggeher", 12.55, 54.0),
    "adm1:TR.63": ("Suruç", 36.98, 38.42),
    "region:darfur": ("Nyala", 12.05, 24.88),
    "region:kordofan": ("El Fula", 11.72, 28.35),
    "region:bekaa": ("Baalbek", 34.01, 36.21),
    "region:west-bank": ("East Jerusalem", 31.783, 35.236),
}
DIVIDED = {
    "Akkar and North Lebanon": ("adm1:LB.09", "adm1:LB.10"),
    "Baalbek-Hermel and Bekaa": ("adm1:LB.08", "adm1:LB.11"),
    "Keserwan of Mount Lebanon": ("adm1:LB.05",),
    "Halabja and Sulaymaniyah": ("adm1:IQ.05", "adm1:IQ.19"),
    "the three Kordofans": ("adm1:SD.50", "adm1:SD.56", "adm1:SD.62"),
    "Morocco's regions of 2015": tuple(f"adm1:MA.{n:02}" for n in range(1, 13)),
    "Tabas, of Yazd until 2013": ("adm1:IR.40", "adm1:IR.41"),
}
# Two areas a side of one border (arc 1), each with its own outer line, and an island and a far one of the second.
PACKAGE = {
    "type": "Topology",
    "transform": {"scale": [0.01, 0.01], "translate": [30, 10]},
    "objects": {
        "tst": {
            "type": "GeometryCollection",
            "geometries": [
                {"type": "Polygon", "properties": {"name": "West"}, "id": "T.W", "arcs": [[0, 1]]},
                {
                    "type": "MultiPolygon",
                    "properties": {"name": "East"},
                    "id": "T.E",
                    "arcs": [[[2, -2]], [[3]], [[4]]],
                },
                {"type": None, "properties": {"name": None}, "id": "-99"},
            ],
        }
    },
    "arcs": [
        [[100, 100], [-100, 0], [0, -100], [100, 0]],
        [[100, 0], [0, 33], [0, 33], [0, 34]],
        [[100, 0], [100, 0], [0, 100], [-100, 0]],
        [[500, 500], [30, 0], [0, 30], [-30, -30]],
        [[250, 250], [1, 0], [0, 1], [-1, -1]],
    ],
}


def row(place_id: str = "t:1", outlines: str = "tst/West", **fields: str) -> OutlineRow:
    return OutlineRow.model_validate(
        {"place_id": place_id, "name": place_id, "outlines": outlines, "within": "", "note": ""} | fields
    )


@pytest.fixture
def package(tmp_path: Path) -> Path:
    folder = tmp_path / "src" / "js" / "data"
    folder.mkdir(parents=True)
    (folder / "tst.topo.json").write_text(json.dumps(PACKAGE), "utf-8")
    return tmp_path


@pytest.fixture(scope="module")
def places() -> tuple[Place, ...]:
    return default_gazetteer().all_places()


def test_every_outline_is_its_own_governorates(places: tuple[Place, ...]) -> None:
    assert list(outline_problems(places)) == []
    assert len(governorate_shapes()) > 400
    outside = points_outside(places)
    assert len(outside) < 30
    assert max(outside.values()) < 0.2, "some 20 km: the point is the mean of the towns"


@pytest.mark.parametrize(("id_", "town"), TOWNS.items(), ids=[town for town, *_ in TOWNS.values()])
def test_a_town_lies_in_the_outline_of_its_governorate_alone(id_: str, town: tuple[str, float, float]) -> None:
    point = Point(town[2], town[1])
    holding = {held for held, shape in governorate_shapes().items() if shape.contains(point)}
    assert id_ in holding
    assert len([held for held in holding if not held.startswith("region:")]) <= 1


@pytest.mark.parametrize("units", DIVIDED.values(), ids=DIVIDED)
def test_an_outline_older_than_a_division_is_given_to_no_part(units: tuple[str, ...]) -> None:
    reasons = {row.place_id: row.note for row in read_outline_table()}
    assert not set(units) & set(governorate_shapes())
    assert all(reasons[unit] for unit in units if unit in reasons)


def test_the_occupied_golan_is_in_no_outline() -> None:
    assert not [held for held, shape in governorate_shapes().items() if shape.contains(Point(35.77, 33.13))]


def test_the_file_is_small_and_each_area_has_its_names_and_point() -> None:
    assert FILE.stat().st_size < 600_000
    areas = governorate_layer()["objects"]["governorates"]["geometries"]
    aleppo = next(area for area in areas if area["id"] == "OCHA:SY02")
    assert aleppo["properties"] == {"at": [36.14689, 37.39516], "en": "Aleppo", "ar": "حلب"}
    assert {area["id"] for area in areas} == set(governorate_shapes())


WRONG = {
    "another governorate's outline": ("OCHA:SY02", "OCHA:SY07", "is not its own"),
    "an outline in another country": ("OCHA:SY02", "adm1:EG.10", "lies outside SY"),
}


@pytest.mark.parametrize(("unit", "other", "told"), WRONG.values(), ids=WRONG)
def test_a_wrong_outline_is_named(
    unit: str, other: str, told: str, places: tuple[Place, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    shapes = dict(governorate_shapes())
    shapes[unit] = shapes[other]
    monkeypatch.setattr("geodata.check_outlines.governorate_shapes", lambda: shapes)
    assert [line for line in outline_problems(places) if line.startswith(unit) and told in line]


def test_an_outline_that_holds_a_governorate_without_one_is_named(
    places: tuple[Place, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    shapes = governorate_shapes() | {"adm1:LB.09": governorate_shapes()["region:northern-lebanon"]}
    monkeypatch.setattr("geodata.check_outlines.governorate_shapes", lambda: shapes)
    assert "adm1:LB.09: the outline of North Lebanon holds Akkar" in list(outline_problems(places))


def test_a_line_for_no_place_and_a_governorate_without_a_line_are_named(places: tuple[Place, ...]) -> None:
    rows = [row for row in read_outline_table() if row.place_id != "OCHA:SY14"] + [row("x:1", "", note="a test")]
    told = list(outline_problems(places, rows))
    assert told == [
        "OCHA:SY14: Quneitra is not in governorates.csv",
        "governorates.csv: x:1 is no place of the gazetteer",
    ]


TABLES = {
    "no outline and no reason": ("a,A,,,", "A has no outline, and no reason for it"),
    "a box of three numbers": ("a,A,f/N,1 2 3,", "pattern"),
    "no id": (",A,f/N,,", "at least 1 character"),
}


@pytest.mark.parametrize(("line", "told"), TABLES.values(), ids=TABLES)
def test_a_slip_in_the_table_is_named_with_its_line(line: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "governorates.csv"
    path.write_text(f"place_id,name,outlines,within,note\n{line}\n", "utf-8")
    with pytest.raises(TableError, match=rf"governorates.csv:2: .*{told}"):
        read_outline_table(path)


def test_a_shared_border_is_kept_once_and_a_straight_line_loses_its_middle(package: Path) -> None:
    held = made(package, [row(), row("t:2", "tst/East")])
    west, east = (area["arcs"] for area in held["objects"]["governorates"]["geometries"])
    assert west == [[[0, 1]]]
    assert east == [[[2, -2]], [[3]]], "the speck is left out, the island kept"
    assert held["arcs"][1] == [[31000, 10000], [0, 1000]]


def test_a_box_takes_the_parts_inside_it(package: Path) -> None:
    held = made(package, [row("t:2", "tst/East", within="34 14 36 16")])
    [area] = held["objects"]["governorates"]["geometries"]
    assert area["arcs"] == [[[0]]]
    assert held["arcs"] == [[[35000, 15000], [300, 0], [0, 300], [-300, -300]]]


def test_several_outlines_make_one_region(package: Path) -> None:
    held = made(package, [row("t:3", "tst/West;tst/East")])
    [area] = held["objects"]["governorates"]["geometries"]
    assert len(area["arcs"]) == 3


@pytest.mark.parametrize("outlines", ["tst/North", "tst/west"])
def test_an_outline_that_the_package_lacks_is_named(outlines: str, package: Path) -> None:
    with pytest.raises(TableError, match=f"t:1: the package has no outline {outlines}"):
        made(package, [row(outlines=outlines)])


def test_a_folder_that_is_not_the_package_leaves_the_file_alone(tmp_path: Path) -> None:
    before = FILE.read_bytes()
    with pytest.raises(OSError, match=r"topo\.json"):
        main(tmp_path)
    assert FILE.read_bytes() == before


def test_rings_close(package: Path) -> None:
    ring = ring_of(arcs_of(PACKAGE), [2, -2])
    assert ring[0] == ring[-1]
