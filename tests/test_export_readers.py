"""Exports opened by what they are for: GDAL (with which QGIS reads), geopandas, Arrow, pandas; and HXL's rules."""

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq
import pytest

from events.columns import columns
from events.export import FORMATS
from events.export.csv_table import cells
from events.row import COLUMNS, Row, cell
from tests.export_rows import PLACED, TEXTS, UNPLACED, contract, exported, hostile

ROWS: list[Row] = [PLACED, UNPLACED, {**PLACED, "event_id": "e-3", "modality": "denied", "killed": None}]


@pytest.fixture
def read(tmp_path: Path) -> Any:
    """Return a function that exports ROWS and opens the file with geopandas."""
    geopandas = pytest.importorskip("geopandas", reason="needs geopandas and pyogrio: pip install --group dev")
    pytest.importorskip("pyogrio", reason="needs geopandas and pyogrio: pip install --group dev")

    def open_file(name: Any, **options: Any) -> Any:
        file = tmp_path / f"rows{FORMATS[name].suffix}"
        file.write_bytes(exported(name, ROWS))
        return geopandas.read_parquet(file) if name == "parquet" else geopandas.read_file(file, **options)

    return open_file


def at(frame: Any) -> list[tuple[float, float] | None]:
    return [point and (round(point.x, 6), round(point.y, 6)) for point in frame.geometry]


HERE = (PLACED["longitude"], PLACED["latitude"])


def test_gdal_reads_the_geojson_with_its_points_and_the_contract_names(read: Any) -> None:
    frame = read("geojson")
    assert (frame.crs.to_epsg(), at(frame)) == (4326, [HERE, None, HERE])
    assert set(COLUMNS) <= set(frame.columns)
    assert list(frame["quote"]) == [row["quote"] for row in ROWS]
    assert frame["killed"].tolist()[0] == 3


def test_geopandas_reads_the_geoparquet_with_the_contract_names_in_order(read: Any) -> None:
    frame = read("parquet")
    assert (str(frame.crs), at(frame)) == ("OGC:CRS84", [HERE, None, HERE])
    assert list(frame.columns) == [*COLUMNS, "geometry"]
    assert frame["quote"].tolist() == [row["quote"] for row in ROWS]


def test_gdal_reads_the_kml_folder_by_folder(read: Any) -> None:
    placed, unplaced = read("kml", layer="On the map"), read("kml", layer="Without coordinates (1)")
    assert (placed.crs.to_epsg(), at(placed), at(unplaced)) == (4326, [HERE, HERE], [None])
    assert list(placed["Name"]) == ["Attack, Ashrafieh", "[denied] Attack, Ashrafieh"]
    assert list(placed["modality"]) == ["asserted", "denied"]
    assert list(unplaced["quote"]) == [UNPLACED["quote"]]


def test_arrow_reads_the_geoparquet_with_types_and_metadata() -> None:
    table = pq.read_table(io.BytesIO(exported("parquet", ROWS)))
    geo = json.loads(table.schema.metadata[b"geo"])
    assert geo["version"].startswith("1.")
    assert geo["columns"]["geometry"] == {"encoding": "WKB", "geometry_types": ["Point"]}
    assert [str(table.schema.field(name).type) for name in ("quote", "killed", "latitude", "geometry")] == [
        *("string", "int64", "double", "binary"),
    ]
    assert table.select(list(COLUMNS)).to_pylist() == [
        {name: cell(value) for name, value in contract(row).items()} for row in ROWS
    ]


def test_a_geoparquet_of_no_rows_is_a_table_of_no_rows() -> None:
    assert pq.read_table(io.BytesIO(exported("parquet", []))).num_rows == 0


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_hostile_text_in_parquet_comes_back_the_same(text: str) -> None:
    [row] = pq.read_table(io.BytesIO(exported("parquet", [hostile(text)]))).to_pylist()
    assert {name: row[name] for name in COLUMNS} == {k: cell(v) for k, v in contract(hostile(text)).items()}


def table(data: bytes) -> list[list[str]]:
    csv.field_size_limit(10_000_000)
    return list(csv.reader(io.StringIO(data.decode(), newline="")))


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_hxl_has_its_hashtags_below_the_header_and_holds_no_formula(text: str) -> None:
    header, tags, line = table(exported("hxl", [hostile(text)]))
    assert (header, tags) == (list(COLUMNS), [column.hxl for column in columns()])
    assert line == ["" if value is None else str(value) for value in cells(hostile(text))]


def test_the_hashtags_keep_the_rules_of_hxl() -> None:
    """Letters, digits and underscores after a # and plus signs; the order of what follows a plus means nothing."""
    tags = [column.hxl for column in columns()]
    assert not [tag for tag in tags if not re.fullmatch(r"#[a-z][a-z0-9_]*(\+[a-z][a-z0-9_]*)*", tag)]
    parts = [(tag.split("+")[0], *sorted(tag.split("+")[1:])) for tag in tags]
    assert len(set(parts)) == len(COLUMNS)
    core = set("#adm1 #affected #country #date #description #event #geo #group #loc #meta #status".split())
    assert {tag.split("+")[0] for tag in tags} <= core


class TestAcled:
    """A file for tools that take every line for an event."""

    def frame(self, *rows: Row) -> pd.DataFrame:
        return pd.read_csv(io.BytesIO(exported("acled", rows)), parse_dates=["event_date"])

    def test_columns_are_filled_after_the_codebook(self) -> None:
        [row] = self.frame(PLACED).to_dict("records")
        assert row["event_date"] == pd.Timestamp(2026, 1, 11)
        wanted = {
            "event_id_cnty": "e-1",
            "year": 2026,
            "time_precision": 1,
            "disorder_type": "Political violence",
            "event_type": "Explosions/Remote violence",
            "sub_event_type": "Shelling/artillery/missile attack",
            "actor2": "civilians",
            "country": "Syria",
            "admin1": "Aleppo",
            "location": "Ashrafieh",
            "latitude": 36.2279,
            "longitude": 37.147,
            "geo_precision": 1,
            "fatalities": 3,
            "notes": PLACED["quote"],
            "modality": "asserted",
            "claim_source": "SANA",
        }
        assert {name: row[name] for name in wanted} == wanted

    @pytest.mark.parametrize("modality", ["denied", "planned", "demanded", "hypothetical"])
    def test_what_is_not_told_as_having_happened_is_no_event(self, modality: str) -> None:
        assert self.frame({**PLACED, "modality": modality}).empty

    def test_what_a_side_claims_is_marked(self) -> None:
        assert self.frame({**PLACED, "modality": "claimed"})["modality"].tolist() == ["claimed"]

    def test_what_acled_has_no_type_for_is_left_out(self) -> None:
        assert self.frame({**PLACED, "action": "explosion", "acled_event_type": None}).empty

    def test_a_month_is_its_first_day_with_time_precision_3(self) -> None:
        [row] = self.frame({**PLACED, "event_date": "2026-01", "time_precision": 3}).to_dict("records")
        assert (row["event_date"], row["time_precision"]) == (pd.Timestamp(2026, 1, 1), 3)

    @pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
    def test_hostile_text_is_no_formula(self, text: str) -> None:
        _, line = table(exported("acled", [hostile(text)]))
        assert not [value for value in line if value.lstrip()[:1] in tuple("=+@＝") or value[:1] in tuple("\t\r\n")]
