"""The index: built once, rebuilt when its sources change, and never lost to damage."""

import csv
import os
import sqlite3
import stat
from pathlib import Path

import pytest

from geodata.gazetteer import Gazetteer
from geodata.index import GazetteerError, cache_folder, open_index
from geodata.table import TABLES, TableError, read_table

INDEX = "gazetteer.sqlite"
SMALL = tuple(path for path in TABLES if path.name == "places_governorates.csv")


@pytest.fixture(autouse=True)
def few_places(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the world out, so that an index is built in a moment."""
    monkeypatch.setattr("geodata.build.cities", lambda _known: iter(()))


def test_it_is_built_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    open_index(tmp_path, tables=SMALL).close()
    built = (tmp_path / INDEX).stat().st_mtime_ns
    assert "indexing" in capsys.readouterr().err
    open_index(tmp_path, tables=SMALL).close()
    assert (tmp_path / INDEX).stat().st_mtime_ns == built
    assert capsys.readouterr().err == ""
    assert [path.name for path in tmp_path.iterdir()] == [INDEX]


def test_a_changed_table_rebuilds_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = _table(tmp_path, {})
    assert Gazetteer(open_index(tmp_path / "cache", tables=(table,))).find("الحارة")
    _table(tmp_path, {"name_ar": "الربوة"})
    gazetteer = Gazetteer(open_index(tmp_path / "cache", tables=(table,)))
    assert gazetteer.find("الربوة")
    assert not gazetteer.find("الحارة")
    assert capsys.readouterr().err.count("indexing") == 2


@pytest.mark.parametrize("left", [0, 100, 5_000])
def test_an_index_cut_short_is_built_anew(tmp_path: Path, left: int) -> None:
    open_index(tmp_path, tables=SMALL).close()
    whole = (tmp_path / INDEX).read_bytes()
    (tmp_path / INDEX).write_bytes(whole[:left])
    assert Gazetteer(open_index(tmp_path, tables=SMALL)).find("الأنبار")
    assert len((tmp_path / INDEX).read_bytes()) == len(whole)


def test_a_bad_table_leaves_the_last_good_index_in_use(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = _table(tmp_path, {})
    open_index(tmp_path, tables=(table,)).close()
    _table(tmp_path, {"latitude": "361"})
    assert Gazetteer(open_index(tmp_path, tables=(table,))).find("الحارة")
    complaint = capsys.readouterr().err.splitlines()[-1]
    assert "places_test.csv:2: latitude" in complaint
    assert "last good index" in complaint


def test_a_full_disk_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr("geodata.index.fill", full)
    with pytest.raises(GazetteerError, match=r"cannot write the index .*: database or disk is full"):
        open_index(tmp_path, tables=SMALL)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_gives_an_index_in_memory(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "taken").write_text("a file, not a folder")
    assert Gazetteer(open_index(tmp_path / "taken" / "cache", tables=SMALL)).find("الأنبار")
    assert "in memory only" in capsys.readouterr().err


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder_gives_an_index_in_memory(tmp_path: Path) -> None:
    tmp_path.chmod(stat.S_IRUSR | stat.S_IXUSR)
    assert Gazetteer(open_index(tmp_path, tables=SMALL)).find("الأنبار")


@pytest.mark.parametrize(
    ("slip", "message"),
    [
        ({"latitude": "361"}, "latitude"),
        ({"longitude": "north"}, "longitude"),
        ({"kind": "hamlet"}, "unknown kind 'hamlet'"),
        ({"salience": "maybe"}, "salience"),
        ({"source": ""}, "source"),
        ({"id": ""}, "id"),
    ],
)
def test_a_malformed_row_is_named_with_file_line_and_column(tmp_path: Path, slip: dict[str, str], message: str) -> None:
    table = _table(tmp_path, slip)
    with pytest.raises(TableError) as caught:
        read_table(table)
    assert str(caught.value).startswith("places_test.csv:2: ")
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_row_with_too_many_columns(tmp_path: Path) -> None:
    table = _table(tmp_path, {})
    table.write_text(table.read_text(encoding="utf-8").rstrip("\n") + ",one more\n", encoding="utf-8")
    with pytest.raises(TableError, match=r"places_test.csv:2: "):
        read_table(table)


def test_the_cache_folder_can_be_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("EVENTS_CACHE", str(tmp_path))
    assert cache_folder() == tmp_path


def _table(folder: Path, changes: dict[str, str]) -> Path:
    columns = next(csv.reader(TABLES[0].read_text(encoding="utf-8").splitlines()))
    row = dict.fromkeys(columns, "")
    row |= {"id": "x:1", "name": "Hara", "name_ar": "الحارة", "kind": "town", "country": "SY", "source": "a test"}
    row |= {"latitude": "33.0", "longitude": "36.0", **changes}
    path = folder / "places_test.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerow(row)
    return path
