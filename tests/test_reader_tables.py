"""Tables of sentences, one field of the row each: how many, where, when, who says so, and no event at all."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from events.model import Article, LocatedEvent
from events.pipeline import code
from tests.score import score_events
from tests.score.run import aliases

CASES = Path(__file__).with_name("cases")
PUBLISHED = date(2026, 1, 11)
NAMES = score_events.Names(aliases())


def table(name: str) -> Any:
    """Return a table's content; a sentence with `known: true` is a known failure, held to strictly."""
    return yaml.safe_load((CASES / f"table_{name}.yml").read_text("utf-8"))


def marked(cases: list[dict[str, Any]]) -> list[Any]:
    """Return cases as parameters, known failures as strict xfails."""
    return [
        pytest.param(case, id=case["text"][:60], marks=[pytest.mark.xfail(strict=True)] if case.get("known") else [])
        for case in cases
    ]


def rows(text: str) -> list[LocatedEvent]:
    return list(code(Article("case", text, published=PUBLISHED)))


@pytest.mark.parametrize("case", marked(table("counts")))
def test_how_many(case: dict[str, Any]) -> None:
    found: dict[str, dict[str, int]] = {}
    for row in rows(case["text"]):
        found.setdefault(row.event.action, {}).update(row.event.counts)
    assert {action: found.get(action) for action in case["counts"]} == case["counts"]


@pytest.mark.parametrize("case", marked(table("places")["sentences"]))
def test_where(case: dict[str, Any]) -> None:
    opening = table("places")["openings"][case["after"]] + "\n"
    events = [row.event for row in rows(opening + case["text"]) if row.event.span.start >= len(opening)]
    found = {(event.action, event.place.text if event.place else None) for event in events}
    assert {(action, place) for action, places in case["places"].items() for place in places} <= found


@pytest.mark.parametrize("case", marked(table("dates")))
def test_when(case: dict[str, Any]) -> None:
    found = {row.event.action: row.event.when.start for row in rows(case["text"])}
    assert {action: found.get(action, "no row") for action in case["dates"]} == case["dates"]


@pytest.mark.parametrize("case", marked(table("claims")))
def test_who_says_so(case: dict[str, Any]) -> None:
    events = [row.event for row in rows(case["text"])]
    for action, source, modality in case["claims"]:
        told = [event for event in events if (event.action, event.modality) == (action, modality)]
        assert any(NAMES.same(source, event.claim_source) for event in told)


@pytest.mark.parametrize("case", marked(table("no_events")))
def test_no_event(case: dict[str, Any]) -> None:
    assert rows(case["text"]) == []


@pytest.mark.parametrize("case", marked(table("acts")))
def test_what_happened_where(case: dict[str, Any]) -> None:
    found = [row.event for row in rows(case["text"])]
    read = sorted((e.action, e.place.text if e.place else "", e.modality) for e in found)
    assert read == sorted((act[0], act[1] or "", act[2] if len(act) > 2 else "asserted") for act in case["acts"])


@pytest.mark.parametrize("case", marked(table("actors")))
def test_who_did_it_to_whom(case: dict[str, Any]) -> None:
    assert [parties for parties in case["parties"] if not told(case["text"], *parties)] == []


def told(text: str, action: str, actor: str | None, target: str | None) -> bool:
    """Whether a text's rows hold an act with these parties, in either order where the class has no order."""
    gold = {"action": action, "actor": actor, "target": target}
    for row in rows(text):
        read = {"action": row.event.action, "actor": row.event.actor.name, "target": row.event.target.name}
        read = score_events.oriented(gold, read, NAMES)
        if action == row.event.action and all(NAMES.same(gold[side], read[side]) for side in ("actor", "target")):
            return True
    return False
