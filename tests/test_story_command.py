"""`python -m events stories` and `split`: what they print, and what they say when something is wrong."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from events.__main__ import app
from events.stories.evidence import Kind
from events.stories.telling import SAID
from tests.sample_events import article, filled, located

TEXT = "قصف على الحي أوقع 7 قتلى، ونفت القوات ذلك."


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """The command line over a store of three articles: a shelling, its denial on the next day, and a protest."""
    told, denied, other = (
        article(TEXT, id=key, publisher=f"وكالة {key}", published=date(2026, 1, day))
        for key, day in (("a", 10), ("b", 11), ("c", 20))
    )
    act = {"action": "attack", "date": "2026-01-10", "actor": "SDF"}
    filled(
        tmp_path / "events.db",
        (told, [located(told, "قصف على الحي أوقع 7 قتلى", id="a-1", counts={"killed": 7}, **act)]),
        (denied, [located(denied, "ونفت القوات ذلك", id="b-1", modality="denied", claim_source="SDF", **act)]),
        (other, [located(other, id="c-1", action="protest", date="2026-01-20")]),
    ).close()
    monkeypatch.setenv("EVENTS_DB", f"sqlite:///{tmp_path}/events.db")
    return lambda *words: CliRunner().invoke(app, words)


def test_a_story_is_told_with_its_claims_by_speaker_and_why(run: Callable[..., Result]) -> None:
    lines = run("stories", "--several").stdout.splitlines()
    assert lines[0].split(" · ")[1:] == ["attack", "Ashrafieh", "2026-01-10", "2 rows from 2 publishers"]
    assert lines[1:5] == [
        "    2026-01-10: وكالة a (own voice) asserts: killed 7",
        "        «قصف على الحي أوقع 7 قتلى»",
        "    2026-01-11: SDF denies",
        "        «ونفت القوات ذلك»",
    ]
    assert lines[5] == "    why: same act (attack); same day; same place (ashrafieh); same actor"


@pytest.mark.parametrize(
    ("options", "actions"),
    [
        ((), ["attack", "protest"]),
        (("--from", "2026-01-11"), ["protest"]),
        (("--to", "2026-01-10"), ["attack"]),
        (("--from", "2026-02-01"), []),
        (("--several",), ["attack"]),
        (("--anew",), ["attack", "protest"]),
    ],
)
def test_stories_of_some_days_as_json_lines(
    run: Callable[..., Result], options: tuple[str, ...], actions: list[str]
) -> None:
    records = [json.loads(line) for line in run("stories", "--format", "jsonl", *options).stdout.splitlines()]
    assert [record["actions"] for record in records] == [[action] for action in actions]


def test_a_record_has_rows_claims_and_reasons(run: Callable[..., Result]) -> None:
    record = json.loads(run("stories", "--format", "jsonl", "--several").stdout)
    assert [row["event_id"] for row in record["rows"]] == ["a-1", "b-1"]
    assert record["claims"]["ranges"]["killed"]["low"] == 7
    assert [claim["speaker"] for claim in record["claims"]["denying"]] == ["SDF"]
    assert {ground["kind"] for ground in record["why"][0]["evidence"]} >= {"same_place", "same_actor"}


def test_rows_are_taken_out_of_a_story_and_put_back(run: Callable[..., Result]) -> None:
    run("stories")
    assert run("split", "b-1").stdout == "split 1\n"
    assert run("stories", "--several").stdout == ""
    assert run("split").stdout.split()[2:] == ["b-1", "|", "a-1"]
    assert run("split", "--undo", "1").exit_code == 0
    assert run("stories", "--several").stdout


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("split", "nobody"), "must be of one story"),
        (("split", "c-1"), "leave at least one row"),
        (("split", "--undo", "9"), "there is no split 9"),
        (("stories", "--from", "tomorrow"), "does not match the format"),
    ],
)
def test_what_is_wrong_is_said(run: Callable[..., Result], words: tuple[str, ...], message: str) -> None:
    run("stories")
    result = run(*words)
    assert result.exit_code == 2
    assert message in " ".join(result.stderr.replace("│", " ").split())


def test_every_ground_has_its_words() -> None:
    assert set(SAID) == set(Kind.__args__)  # type: ignore[attr-defined]
