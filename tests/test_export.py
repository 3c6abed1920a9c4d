"""Exports: exactly the rows that were given, in files that their readers open, whatever the text is."""

import csv
import io
import json
import tracemalloc
from datetime import date
from pathlib import Path
from typing import Any, get_args
from xml.etree import ElementTree as ET

import pandas as pd
import pytest
from geopy.distance import distance
from typer.testing import CliRunner, Result

from events.__main__ import app
from events.export import FORMATS, write
from events.export.blur import cell_middle
from events.export.csv_table import CsvError, read_csv
from events.export.options import Name
from events.export.selection import Selection
from events.row import COLUMNS, Row
from events.store import open_store
from tests.export_rows import PLACED, TEXTS, UNPLACED, contract, exported, hostile
from tests.sample_events import HOSTILE, article, filled, located


def from_csv(data: bytes) -> list[Row]:
    return list(read_csv(io.StringIO(data.decode(), newline="")))


def from_kml(data: bytes) -> list[dict[str, str]]:
    tree = parse(data)
    space = {"k": "http://www.opengis.net/kml/2.2"}
    return [
        {field.get("name", ""): field.findtext("k:value", "", space) for field in mark.iterfind(".//k:Data", space)}
        for mark in tree.iterfind(".//k:Placemark", space)
    ]


def test_the_table_of_formats_is_complete() -> None:
    assert set(FORMATS) == set(get_args(Name))
    assert len({kind.suffix for kind in FORMATS.values()}) == len(FORMATS)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
class TestHostileText:
    def test_csv_comes_back_the_same_and_holds_no_formula(self, text: str) -> None:
        data = exported("csv", [hostile(text)])
        assert from_csv(data) == [contract(hostile(text))]
        [_, cells] = csv.reader(io.StringIO(data.decode(), newline=""))
        assert not [cell for cell in cells if cell.lstrip()[:1] in tuple("=+@＝") or cell[:1] in tuple("\t\r\n")]
        assert not [cell for cell in cells if cell.startswith("-") and not cell[1:].replace(".", "").isdigit()]

    def test_json_lines_come_back_the_same(self, text: str) -> None:
        data = exported("jsonl", [hostile(text), PLACED])
        assert list(map(json.loads, data.splitlines())) == [contract(hostile(text)), contract(PLACED)]

    def test_geojson_comes_back_the_same(self, text: str) -> None:
        [feature] = json.loads(exported("geojson", [hostile(text)]))["features"]
        assert feature["properties"] == contract(hostile(text))

    def test_kml_is_well_formed_and_its_description_is_text(self, text: str) -> None:
        data = exported("kml", [hostile(text)])
        [mark] = from_kml(data)
        assert mark["quote"] == xml_text(text)
        assert not [tag for tag in ("<b>", "<script", "<img", "<!") if tag in (description(data) or "")]


def parse(data: bytes) -> ET.Element:
    return ET.fromstring(data)  # noqa: S314 - our own file; the strict parser is the point


def xml_text(text: str) -> str:
    """Return what XML 1.0 makes of a text: line ends unified, what it cannot hold replaced."""
    held = "".join(c if c in "\t\n\r" or (ord(c) >= 32 and c not in "\ufffe\uffff") else "\ufffd" for c in text)
    return held.replace("\r\n", "\n").replace("\r", "\n")


def description(data: bytes) -> str | None:
    return parse(data).findtext(".//{*}Placemark/{*}description")


SHAPES = {
    "rows": lambda rows: rows,
    "a generator of rows": iter,
    "a frame": pd.DataFrame,
    "a frame with categories": lambda rows: pd.DataFrame(rows).astype({"action": "category", "actor": "category"}),
    "pieces of a frame": lambda rows: (pd.DataFrame([row]) for row in rows),
    "no rows": lambda rows: (row for row in rows if False),
    "an empty frame": lambda rows: pd.DataFrame(rows).iloc[:0],
}


@pytest.mark.parametrize("shape", SHAPES)
def test_rows_in_any_shape_give_the_same_file(shape: str) -> None:
    given: list[Row] = [PLACED, UNPLACED, {**PLACED, "killed": None}]
    wanted = [] if shape in {"no rows", "an empty frame"} else list(map(contract, given))
    for name, read in {"csv": from_csv, "jsonl": lambda data: list(map(json.loads, data.splitlines()))}.items():
        assert read(exported(name, SHAPES[shape](given))) == wanted  # type: ignore[arg-type]


def test_numbers_that_came_as_floats_are_whole_again() -> None:
    frame = pd.DataFrame([{"event_id": "e", "killed": 3.0, "quote": "q"}, {"event_id": "f", "killed": float("nan")}])
    first, second = map(json.loads, exported("jsonl", frame).splitlines())
    assert (repr(first["killed"]), second["killed"], second["quote"]) == ("3", None, None)


def test_what_a_number_cannot_be_in_json_is_unknown() -> None:
    [row] = map(
        json.loads, exported("jsonl", [{**PLACED, "latitude": float("inf"), "geo_score": float("nan")}]).splitlines()
    )
    assert row["latitude"] is row["geo_score"] is None


def test_half_a_surrogate_pair_is_replaced_and_a_whole_one_joined() -> None:
    [row] = map(json.loads, exported("jsonl", [{**PLACED, "quote": "a\ud83db \ud83d\ude00 \udc00"}]).splitlines())
    assert row["quote"] == "a\ufffdb 😀 \ufffd"


def test_columns_outside_the_contract_stay_inside_the_program() -> None:
    extra = {**PLACED, "pin": 17, "number": 3}
    for name in ("csv", "jsonl", "geojson", "kml"):
        assert exported(name, [extra]) == exported(name, [PLACED])


def test_the_report_counts_rows_and_what_has_no_place() -> None:
    written = write([PLACED, UNPLACED, UNPLACED], "csv", io.BytesIO())
    assert (written.rows, written.without_coordinates, dict(written.left_out)) == (3, 2, {})


def test_a_byte_order_mark_only_where_asked_for() -> None:
    assert exported("csv", [PLACED], bom=True) == b"\xef\xbb\xbf" + exported("csv", [PLACED])
    assert not exported("jsonl", [PLACED], bom=True).startswith(b"\xef")
    assert from_csv(exported("csv", [PLACED], bom=True)) == [contract(PLACED)]


def test_geojson_without_coordinates_has_null_geometry_and_says_how_many() -> None:
    found = json.loads(exported("geojson", [PLACED, UNPLACED]))
    assert [feature["geometry"] for feature in found["features"]] == [
        {"type": "Point", "coordinates": [PLACED["longitude"], PLACED["latitude"]]},
        None,
    ]
    assert (found["rows"], found["without_coordinates"]) == (2, 1)


def test_kml_lists_what_has_no_coordinates_without_a_point() -> None:
    tree = parse(exported("kml", [UNPLACED, PLACED]))
    folders = {folder.findtext("{*}name"): folder for folder in tree.iterfind(".//{*}Folder")}
    assert list(folders) == ["On the map", "Without coordinates (1)"]
    points = {name: len(folder.findall(".//{*}Point")) for name, folder in folders.items()}
    assert points == {"On the map": 1, "Without coordinates (1)": 0}
    assert all(len(folder.findall("{*}Placemark")) == 1 for folder in folders.values())


@pytest.mark.parametrize("modality", ["denied", "planned", "demanded", "hypothetical"])
def test_kml_never_shows_what_is_not_said_to_have_happened_like_what_is(modality: str) -> None:
    tree = parse(exported("kml", [{**PLACED, "modality": modality}]))
    mark = tree.find(".//{*}Placemark")
    assert mark is not None
    assert (mark.findtext("{*}name") or "").startswith(f"[{modality}] ")
    assert mark.findtext("{*}styleUrl") == "#not-reported"
    assert (mark.findtext("{*}description") or "").startswith(f"{modality}, according to")


class _Nowhere(io.RawIOBase):
    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        return len(data)


@pytest.mark.parametrize("name", sorted(FORMATS.keys() - {"parquet"}))
def test_rows_pass_one_after_the_other_and_are_not_held(name: Name) -> None:
    """Rows of 40 MB pass in 12 (a map page is 8 without rows); Parquet holds 20,000 rows, a row group, at a time."""
    rows = ({**PLACED, "event_id": str(number), "quote": f"{number:40000}"} for number in range(1_000))
    write([PLACED], name, io.BytesIO())  # loads what every export needs
    tracemalloc.start()
    write(rows, name, _Nowhere())  # type: ignore[arg-type]
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 12_000_000


TABLES = {
    "no header": ("", "line 1: the columns are not those"),
    "another table": ("a,b\r\n1,2\r\n", "line 1: the columns are not those"),
    "a cell too few": (",".join(COLUMNS) + "\r\na,b\r\n", "line 2: 2 cells, not 52"),
    "text in a number": (",".join(COLUMNS) + "\r\n" + "x," * 51 + "x\r\n", "line 2: time_precision: 'x' is no number"),
}


@pytest.mark.parametrize(("text", "message"), TABLES.values(), ids=TABLES)
def test_a_csv_that_is_not_ours_is_refused_in_one_line(text: str, message: str) -> None:
    with pytest.raises(CsvError, match=message):
        list(read_csv(io.StringIO(text, newline="")))


class TestBlur:
    """Points made coarse before any format gets them."""

    def rows(self, metres: float, *rows: Row) -> list[Row]:
        return [json.loads(line) for line in exported("jsonl", rows, blur_m=metres).splitlines()]

    @pytest.mark.parametrize("metres", [1, 250, 5_000, 100_000])
    @pytest.mark.parametrize("at", [(36.2279, 37.147), (-33.9, 151.2), (0.0, 0.0), (89.9, -179.9), (36.9, 180.0)])
    def test_a_point_moves_by_half_the_diagonal_of_its_cell_at_most(self, at: tuple[float, float], metres: int) -> None:
        moved = cell_middle(*at, metres)
        assert distance(at, moved).m <= 0.72 * metres * 1.01 + 1
        assert -90 <= moved[0] <= 90
        assert -180 <= moved[1] <= 180
        assert cell_middle(*moved, metres) == moved

    def test_it_is_the_same_for_the_same_place_whatever_the_row(self) -> None:
        first, second = self.rows(2_000, PLACED, {**PLACED, "event_id": "other", "killed": 9})
        assert (first["latitude"], first["longitude"]) == (second["latitude"], second["longitude"])
        assert (first["latitude"], first["longitude"]) != (PLACED["latitude"], PLACED["longitude"])

    def test_near_places_fall_together(self) -> None:
        near = {**PLACED, "latitude": PLACED["latitude"] + 0.0001}
        assert len({row["latitude"] for row in self.rows(5_000, PLACED, near)}) == 1

    def test_a_blurred_point_is_not_called_the_place_itself(self) -> None:
        assert [self.rows(500, {**PLACED, "geo_precision": given})[0]["geo_precision"] for given in (1, 2, 3)] == [
            2,
            2,
            3,
        ]

    def test_other_candidates_are_blurred_too(self) -> None:
        [row] = self.rows(5_000, PLACED)
        assert row["geo_others"][0]["latitude"] != PLACED["geo_others"][0]["latitude"]

    def test_a_row_without_a_place_stays_as_it_is(self) -> None:
        assert self.rows(5_000, UNPLACED) == [contract(UNPLACED)]

    @pytest.mark.parametrize("name", FORMATS)
    def test_no_format_gives_the_precise_point_away(self, name: Name) -> None:
        sharp = str(PLACED["latitude"]).encode()
        assert sharp in exported("csv", [PLACED])
        # The page's own map names places where they are, whatever the rows hold.
        assert sharp not in exported(name, [PLACED], blur_m=5_000).split(b'id="places"')[0]


SELECTIONS = {
    "everything": ({}, "abcd"),
    "from a day on": ({"first": date(2026, 1, 11)}, "bc"),
    "up to a day": ({"last": date(2026, 1, 10)}, "ac"),
    "a single day": ({"first": date(2026, 1, 11), "last": date(2026, 1, 11)}, "bc"),
    "a month that only touches the days": ({"first": date(2026, 1, 31)}, "c"),
    "a span of days that only touches them": ({"first": date(2026, 1, 9), "last": date(2026, 1, 9)}, "ac"),
    "before everything": ({"last": date(2025, 12, 31)}, ""),
    "after everything": ({"first": date(2026, 2, 1)}, ""),
    "undated as well": ({"first": date(2026, 2, 1), "undated": True}, "d"),
    "an action": ({"actions": ["protest"]}, "d"),
    "two actions": ({"actions": ["protest", "attack"]}, "abcd"),
    "a modality": ({"modalities": ["denied"]}, "b"),
    "a place by its English name, in small letters": ({"places": ["ashrafieh"]}, "abc"),
    "a place as it is written, in another spelling": ({"places": ["الاشرفيه"]}, "abc"),
    "a governorate": ({"places": ["Aleppo"]}, "abc"),
    "a country": ({"places": ["sy"]}, "abc"),
    "a place by its Arabic name": ({"places": ["الأشرفية"]}, "abc"),
    "a governorate by its Arabic name": ({"places": ["حلب"]}, "abc"),
    "a country by its Arabic name": ({"places": ["سورية"]}, "abc"),
    "a place nobody named": ({"places": ["Paris"]}, ""),
    "an actor by its English name": ({"actors": ["syrian army"]}, "b"),
    "an actor by its Arabic name": ({"actors": ["الجيش السوري"]}, "b"),
    "an actor by another name it has": ({"actors": ["قوات سوريا الديموقراطيه"]}, "a"),
    "an actor as the text has it": ({"actors": ["قسد"]}, "a"),
    "no part of a word": ({"actors": ["قس", "arm"]}, ""),
    "either of two actors": ({"actors": ["SDF", "army"]}, "ab"),
    "all together": ({"first": date(2026, 1, 1), "places": ["SY"], "modalities": ["asserted"]}, "ac"),
}


@pytest.mark.parametrize(("wanted", "taken"), SELECTIONS.values(), ids=SELECTIONS)
def test_selection(wanted: dict[str, Any], taken: str) -> None:
    rows = [
        {**PLACED, "event_id": "a", "event_date": "2026-01-08", "event_date_end": "2026-01-10"}
        | {"actor": "SDF; Asayish", "actor_text": "مقاتلو قسد"},
        {**PLACED, "event_id": "b", "modality": "denied", "actor": "Syrian army", "actor_text": "الجيش"},
        {**PLACED, "event_id": "c", "event_date": "2026-01"},
        {**UNPLACED, "event_id": "d"},
    ]
    assert "".join(Selection(**wanted).of(pd.DataFrame(rows))["event_id"]) == taken


class TestCommand:
    @pytest.fixture(autouse=True)
    def store(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("EVENTS_DB", f"sqlite:///{tmp_path}/events.db")
        source = article()
        events = [
            located(source, id="e1", date="2026-01-10", actor_text=HOSTILE),
            located(source, id="e2", date="2026-01-12", modality="denied"),
            located(source, id="e3", at=None, place_text="=1+1"),
        ]
        filled(tmp_path / "events.db", (source, events)).close()

    def run(self, *arguments: object) -> Result:
        return CliRunner().invoke(app, ["export", *map(str, arguments)])

    @pytest.mark.parametrize("name", FORMATS)
    def test_the_file_is_what_the_door_writes_of_the_store(self, tmp_path: Path, name: Name) -> None:
        file = tmp_path / f"rows{FORMATS[name].suffix}"
        result = self.run("-o", file)
        assert (result.exit_code, result.stdout) == (0, "")
        denied = "2 rows, 1 without coordinates; 1 left out: not told as having happened\n"
        assert result.stderr == (denied if name == "acled" else "3 rows, 1 without coordinates\n")
        assert file.read_bytes() == exported(name, open_store().rows())

    @pytest.mark.parametrize("name", sorted(set(FORMATS) - {"html"}))  # the page also says why a row has no coordinates
    def test_an_exported_csv_read_again_gives_the_same_files(self, tmp_path: Path, name: Name) -> None:
        again, direct = tmp_path / f"again{FORMATS[name].suffix}", tmp_path / f"direct{FORMATS[name].suffix}"
        for bom in ((), ("--bom",)):
            assert self.run("-o", tmp_path / "rows.csv", *bom).exit_code == 0
            result = self.run("--read", tmp_path / "rows.csv", "-o", again)
            assert (result.exit_code, result.stderr) == (0, self.run("-o", direct).stderr)
            assert again.read_bytes() == direct.read_bytes()

    def test_an_exported_csv_can_be_narrowed(self, tmp_path: Path) -> None:
        self.run("-o", tmp_path / "rows.csv")
        result = self.run("--read", tmp_path / "rows.csv", "--modality", "denied")
        assert [row["event_id"] for row in from_csv(result.stdout_bytes)] == ["e2"]

    @pytest.mark.parametrize(
        ("data", "message"),
        [
            (None, "No such file or directory"),
            (b"text\r\nhello\r\n", "line 1: the columns are not those of the row contract"),
            (b"\xff\xfe\x00", "not in UTF-8"),
        ],
    )
    def test_a_table_that_is_no_export_is_one_line(self, tmp_path: Path, data: bytes | None, message: str) -> None:
        if data is not None:
            (tmp_path / "rows.csv").write_bytes(data)
        result = self.run("--read", tmp_path / "rows.csv", "-o", tmp_path / "out.csv")
        assert result.exit_code == 1
        assert result.stderr.startswith(f"error: {tmp_path / 'rows.csv'}: {message}")
        assert not (tmp_path / "out.csv").exists()

    def test_standard_output_holds_the_rows_alone(self) -> None:
        result = self.run("--from", "2026-01-11", "--to", "2026-01-12")
        assert [row["event_id"] for row in from_csv(result.stdout_bytes)] == ["e2"]
        assert result.stderr == (
            "1 row, 0 without coordinates\n1 more without a date left out; --undated takes it in\n"
        )

    def test_undated_rows_are_kept_when_asked_for_and_counted_only_if_all_else_fits(self) -> None:
        kept = self.run("--from", "2026-01-11", "--undated")
        assert [row["event_id"] for row in from_csv(kept.stdout_bytes)] == ["e2", "e3"]
        assert "without a date" not in kept.stderr
        assert "without a date" not in self.run("--from", "2026-01-11", "--modality", "denied").stderr

    def test_choices_narrow_the_rows_and_blur_says_what_it_does_not_do(self) -> None:
        result = self.run("--modality", "asserted", "--place", "ashrafieh", "--blur", "5000", "--format", "jsonl")
        [row] = map(json.loads, result.stdout.splitlines())
        assert (row["event_id"], row["geo_precision"]) == ("e1", 2)
        assert "names and quotes still say where" in result.stderr

    def test_nothing_found_is_a_valid_file_and_said(self) -> None:
        result = self.run("--place", "Paris", "--format", "geojson")
        assert json.loads(result.stdout)["features"] == []
        assert result.stderr == "0 rows, 0 without coordinates\n"

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (["--action", "atack"], "error: no action class 'atack'; there are clash, attack"),
            (["--modality", "sure"], "error: no modality 'sure'; there are asserted, claimed"),
            (["--from", "2026-01-02", "--to", "2026-01-01"], "error: --from 2026-01-02 is after --to 2026-01-01"),
            (["-o", "rows.xlsx"], "error: rows.xlsx: give a --format, one of csv, jsonl"),
            (["-o", "nowhere/rows.csv"], "error: nowhere/rows.csv: No such file or directory"),
        ],
    )
    def test_a_slip_is_one_line(self, arguments: list[str], message: str) -> None:
        result = self.run(*arguments)
        assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (1, "", 1)
        assert result.stderr.startswith(message)

    def test_an_export_that_fails_leaves_the_last_good_file(self, tmp_path: Path) -> None:
        (tmp_path / "rows.csv").write_text("good")
        (tmp_path / "events.db").write_bytes(b"no database")
        assert self.run("-o", tmp_path / "rows.csv").exit_code == 1
        assert (tmp_path / "rows.csv").read_text() == "good"
        assert not list(tmp_path.glob(".rows*"))
