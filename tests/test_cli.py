"""The command line: rows alone on standard output, a line per problem on standard error, an exit code that tells."""

import csv
import io
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from events import pipeline
from events import store as store_module
from events.__main__ import app
from events.ingest.read import read
from events.model import Article, LocatedEvent
from events.pipeline import SEEDS
from events.row import COLUMNS
from events.store import open_store

ROOT = Path(__file__).parents[1]
ARTICLE = {"id": "a", "language": "ar", "published": "2026-01-11", "title": None, "url": None, "publisher": None}
SENTENCE = "قُتل ثلاثة مدنيين في قصف على حي الأشرفية في حلب."


@pytest.fixture(scope="module", autouse=True)
def _loaded() -> None:
    pipeline.code(Article("", ""))  # the first load ever says on standard error that it builds the gazetteer's index


@pytest.fixture(autouse=True)
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("EVENTS_DB", f"sqlite:///{tmp_path}/events.db")
    return tmp_path / "events.db"


@pytest.fixture
def good(tmp_path: Path) -> Path:
    file = tmp_path / "good.jsonl"
    file.write_text(json.dumps(ARTICLE | {"text": SENTENCE}) + "\n")
    return file


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def rows_of(result: Result) -> list[dict[str, object]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_extract_prints_rows_of_the_contract_and_nothing_else(good: Path) -> None:
    result = run("extract", good)
    assert (result.exit_code, result.stderr) == (0, "")
    rows = rows_of(result)
    assert rows
    for row in rows:
        assert list(row) == list(COLUMNS)
        assert SENTENCE[row["quote_start"] : row["quote_end"]] == row["quote"]
    assert {"attack", "Ashrafieh", 3} <= {
        value for row in rows for value in row.values() if not isinstance(value, list)
    }


def test_every_quote_of_the_seed_article_stands_at_its_offsets() -> None:
    [article] = read([SEEDS])
    rows = rows_of(run("extract", SEEDS))
    assert len(rows) > 5
    for row in rows:
        assert article.text[row["quote_start"] : row["quote_end"]] == row["quote"]


def test_extract_gives_the_same_rows_every_time_and_as_csv(good: Path) -> None:
    first = run("extract", good, SEEDS)
    assert first.stdout == run("extract", good, SEEDS).stdout
    table = list(csv.DictReader(io.StringIO(run("extract", "--format", "csv", good, SEEDS).stdout)))
    assert list(table[0]) == list(COLUMNS)
    assert [cells["event_id"] for cells in table] == [row["event_id"] for row in rows_of(first)]


def test_extract_does_not_touch_the_store(good: Path, database: Path) -> None:
    run("extract", good)
    assert not database.exists()


def test_the_store_holds_what_extract_prints(good: Path) -> None:
    run("add", good)
    stored = open_store().rows()
    printed = rows_of(run("extract", good))
    assert set(stored["event_id"]) == {row["event_id"] for row in printed}
    assert (stored["latitude"].isna() == stored["reason"].notna()).all()


def test_bad_items_are_named_and_the_others_go_through(tmp_path: Path, good: Path) -> None:
    bad = {
        "empty.txt": b"",
        "binary.txt": bytes(range(32)),
        "undated.md": SENTENCE.encode(),
        "broken.jsonl": b'{"text":',
    }
    for name, content in bad.items():
        (tmp_path / name).write_bytes(content)
    result = run("extract", *(tmp_path / name for name in bad), tmp_path / "missing.txt", good)
    assert result.exit_code == 1
    problems = [line for line in result.stderr.splitlines() if line.startswith(str(tmp_path))]
    assert [Path(line.split(":")[0]).name for line in problems] == [*bad, "missing.txt"]
    assert "Traceback" not in result.stderr
    through = rows_of(result)
    assert {row["published"] for row in through if isinstance(row["published"], str)} == {"2026-01-11"}
    assert len({row["article_id"] for row in through}) == 2


def test_two_texts_under_one_id_are_a_problem(tmp_path: Path, good: Path) -> None:
    other = tmp_path / "other.jsonl"
    other.write_text(json.dumps(ARTICLE | {"text": "نص آخر"}))
    result = run("add", good, other)
    assert (result.exit_code, "another text of this id" in result.stdout) == (1, True)
    assert open_store().article("a").text == SENTENCE


def test_an_article_that_breaks_the_extractor_does_not_stop_the_others(
    tmp_path: Path, good: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(article: Article) -> tuple[LocatedEvent, ...]:
        return 1 / 0 if article.text == "!" else code(article)

    code = pipeline.code
    monkeypatch.setattr(pipeline, "code", stumble)
    bad = tmp_path / "bad.jsonl"
    bad.write_text(json.dumps(ARTICLE | {"id": "bad", "text": "!"}))
    result = run("extract", bad, good)
    assert (result.exit_code, result.stderr) == (1, "bad: could not be coded: ZeroDivisionError: division by zero\n")
    assert {row["article_id"] for row in rows_of(result)} == {"a"}


def test_a_locked_database_is_one_line(good: Path, database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_module, "BUSY_SECONDS", 0.05)
    open_store().close()
    connection = sqlite3.connect(database, isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    result = run("add", good)
    connection.close()
    assert (result.exit_code, result.stderr) == (1, f"error: {database}: database is locked\n")


@pytest.mark.parametrize(
    ("content", "message"),
    [(None, "unable to open database file"), ("no database " * 100, "file is not a database")],
    ids=["no such folder", "no database"],
)
def test_a_database_that_cannot_be_opened_is_one_line(
    good: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str | None, message: str
) -> None:
    database = tmp_path / "folder" / "events.db"
    if content:
        database.parent.mkdir()
        database.write_text(content)
    monkeypatch.setenv("EVENTS_DB", f"sqlite:///{database}")
    result = run("add", good)
    assert (result.exit_code, result.stderr) == (1, f"error: {database}: {message}\n")


@pytest.mark.parametrize("file", ["languages/ar/actions.yml", "languages/ar/qualifiers.yml", "ontology.yml"])
def test_a_lexicon_error_is_one_line_naming_the_file(tmp_path: Path, good: Path, file: str) -> None:
    for package in ("events", "geodata"):
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    with (tmp_path / "events" / file).open("a") as broken:
        broken.write("\n- nonsense: [\n")
    result = python("-m", "events", "extract", str(good), folder=tmp_path)
    assert (result.returncode, result.stdout) == (1, "")
    [line] = result.stderr.splitlines()
    assert line.startswith(f"error: {Path(file).name}: ")


def test_explain_names_what_it_found() -> None:
    result = run("explain", SENTENCE, "--published", "2026-01-11")
    assert (result.exit_code, result.stderr) == (0, "")
    assert {"attack", "Ashrafieh"} <= set(result.stdout.replace(",", " ").replace("=", " ").split())


@pytest.mark.parametrize("arguments", [["--help"], ["extract", "--help"], ["explain", "--help"]])
def test_help(arguments: list[str]) -> None:
    assert run(*arguments).exit_code == 0


def test_extract_needs_neither_the_dashboard_nor_the_database_libraries(good: Path) -> None:
    program = (
        "import sys; from events.__main__ import app; app(standalone_mode=False); print(*sys.modules, file=sys.stderr)"
    )
    result = python("-c", program, "extract", str(good))
    assert result.returncode == 0
    assert not {"pandas", "sqlalchemy", "streamlit", "folium"} & set(result.stderr.split())


def python(*arguments: str, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONUTF8": "0", "PYTHONPATH": str(folder)}
    return subprocess.run(
        [sys.executable, *arguments], check=False, cwd=folder, env=environment, capture_output=True, encoding="utf-8"
    )
