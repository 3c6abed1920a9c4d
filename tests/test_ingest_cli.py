"""`add` and `watch` as a user runs them: a table or a line for each item, and an exit code that tells."""

import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from events.__main__ import app
from events.ingest.report import KEPT, Outcome, Report
from events.ingest.terminal import harmless, print_table
from events.store import open_store
from tests.ingest_samples import NO_EVENT, OTHER, PERSIAN, TEXT, line


@pytest.fixture(autouse=True)
def _database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EVENTS_DB", f"sqlite:///{tmp_path}/events.db")


def run(*arguments: object, given: bytes | None = None) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments], input=given)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "a.jsonl").write_text(line() + line(OTHER) + line(NO_EVENT) + line(PERSIAN))
    return folder


def test_a_table_at_the_end(folder: Path) -> None:
    first = run("add", folder)
    assert (first.exit_code, first.stderr) == (0, "")
    assert [" ".join(row.split()) for row in first.stdout.splitlines()] == [
        f"added 2 {len(open_store().rows())} rows",
        "no events in it 1",
        "language not read 1",
    ]
    assert run("add", folder).stdout.split() == ["added", "0", "0", "rows", "known,", "unchanged", "4"]


def test_what_failed_is_named_with_its_reason_and_the_exit_code_is_1(folder: Path) -> None:
    (folder / "b.jsonl").write_text("{\n" + line())
    result = run("add", folder, folder / "none.txt")
    assert result.exit_code == 1
    assert [row.strip() for row in result.stdout.splitlines()[-2:]] == [
        f"{folder}/b.jsonl:1: broken JSON at column 2: Expecting property name enclosed in double quotes",
        f"{folder}/none.txt: No such file or directory",
    ]


def test_a_line_of_json_for_each_item(folder: Path) -> None:
    result = run("add", "--format", "jsonl", folder, folder / "none.txt")
    outcomes = [json.loads(row) for row in result.stdout.splitlines()]
    assert [outcome["fate"] for outcome in outcomes] == [
        *("added", "added", "no_events", "unsupported_language", "failed"),
    ]
    assert set(outcomes[0]) == {"source", "fate", "reason", "article_id", "title", "rows"}
    assert result.exit_code == 1


@pytest.mark.parametrize(
    "given", [TEXT.encode(), line().encode(), TEXT.encode("cp1256")], ids=["text", "lines", "1256"]
)
def test_standard_input(given: bytes) -> None:
    result = run("add", "--format", "jsonl", "-", given=given)
    assert [json.loads(row)["fate"] for row in result.stdout.splitlines()] == ["added"]
    assert len(list(open_store().articles())) == 1


def test_names_that_would_steer_the_terminal_do_not(tmp_path: Path) -> None:
    assert harmless("a\x1b]0;title\x07\n b\u202ec") == "a\ufffd]0;title\ufffd b\ufffdc"
    evil = tmp_path / "a\x1b[31m.txt"
    evil.write_text(" ")
    assert "\x1b" not in run("add", evil).stdout


def test_of_many_failures_some_are_listed_and_all_are_counted() -> None:
    report, out = Report(), io.StringIO()
    for number in range(KEPT + 5):
        report.add(Outcome(f"{number}.txt", "failed", "empty"))
    print_table(report, out)
    assert f"failed {KEPT + 5:,}" in " ".join(out.getvalue().split())
    assert out.getvalue().splitlines()[-1].strip() == f"… and {KEPT + 5 - 50:,} more: --format jsonl lists them all"


def test_a_round_of_a_watch(tmp_path: Path) -> None:
    feeds = tmp_path / "feeds.toml"
    feeds.write_text('[[feed]]\nurl = "http://127.0.0.1:9/feed"\n')
    result = run("watch", feeds, "--once")
    assert result.exit_code == 1
    first, second = result.stdout.splitlines()
    assert first.endswith(" 1 failed")
    assert second == "  http://127.0.0.1:9/feed: 127.0.0.1 is not on the public network"


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["watch", "none.toml"], 1, "error: none.toml: No such file or directory"),
        (["watch", "none.toml", "--every", "soon"], 2, "not a time such as 15m"),
        (["add"], 2, "Missing argument"),
        (["add", "--format", "xml", "-"], 2, "Invalid value"),
    ],
)
def test_what_cannot_be_done_is_said_at_once(arguments: list[str], code: int, message: str) -> None:
    result = run(*arguments)
    assert result.exit_code == code
    assert message in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("command", ["add", "watch"])
def test_help(command: str) -> None:
    assert run(command, "--help").exit_code == 0
