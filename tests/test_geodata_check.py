"""`python -m geodata check`: every slip of the pen that a table lets through is named with its file and line."""

import csv
import re
from pathlib import Path

import pytest

from geodata.build import all_places
from geodata.check import problems
from geodata.table import TABLES

ALEPPO = {"id": "x:1", "name": "Aleppo", "name_ar": "حلب", "kind": "city", "latitude": "36.2", "longitude": "37.16"}
HARA = {"id": "x:2", "name": "Hara", "name_ar": "الحارة", "kind": "neighbourhood", "parent": "Aleppo"}
POINT = {"latitude": "36.21", "longitude": "37.15"}

SLIPS = {
    "latitude and longitude swapped": ({"latitude": "37.15", "longitude": "36.21"}, r"is more than 30 km from Aleppo"),
    "swapped, and so in another country": ({"latitude": "37.15", "longitude": "31.0"}, "lies outside SY"),
    "the wrong sign": ({"latitude": "-36.21", "longitude": "37.15"}, "lies outside SY"),
    "a digit lost": ({"latitude": "6.21", "longitude": "37.15"}, "lies outside SY"),
    "half a point": ({"latitude": "36.21"}, "has only one of latitude and longitude"),
    "a parent that is no place": ({"parent": "Nowhere"}, "no settlement in SY is called Nowhere, its parent"),
    "a point that its confidence denies": ({**POINT, "confidence": "none"}, "has a point, yet its confidence is none"),
    "an id twice": ({**POINT, "id": "x:1"}, r"id x:1 stands at places_test.csv:2 too"),
}


@pytest.fixture(autouse=True)
def few_places(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the world out, so that the places are there in a moment."""
    monkeypatch.setattr("geodata.build.cities", lambda _known: iter(()))


def table(folder: Path, *rows: dict[str, str]) -> Path:
    columns = next(csv.reader(TABLES[0].read_text(encoding="utf-8").splitlines()))
    path = folder / "places_test.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        writer.writerows({"country": "SY", "source": "a test", **row} for row in rows)
    return path


def found(path: Path) -> list[str]:
    return list(problems(all_places((path,)), (path,)))


def test_a_good_table_has_no_problem(tmp_path: Path) -> None:
    assert (
        found(table(tmp_path, ALEPPO, HARA, {**HARA, **POINT, "id": "x:3", "name": "Rabwa", "name_ar": "الربوة"})) == []
    )


@pytest.mark.parametrize(("slip", "message"), SLIPS.values(), ids=SLIPS)
def test_a_slip_is_named_with_file_and_line(tmp_path: Path, slip: dict[str, str], message: str) -> None:
    told = found(table(tmp_path, ALEPPO, HARA | slip))
    assert [line for line in told if re.search(rf"places_test.csv:3: .*{message}", line)], told
    assert not [line for line in told if "\n" in line]


def test_a_place_written_twice(tmp_path: Path) -> None:
    [told] = found(table(tmp_path, ALEPPO, HARA, {**HARA, "id": "x:3"}))
    assert told == "places_test.csv:4: Hara in Aleppo stands at places_test.csv:3 too"
