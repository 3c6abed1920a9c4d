"""Time expressions of Arabic news, case by case: tests/cases/times.yml."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from events.times import Time, TimeGrammar
from events.words import split_words

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "times.yml").read_text(encoding="utf-8"))
ARABIC = Path(__file__).parents[1] / "events" / "languages" / "ar"
GRAMMAR = TimeGrammar.load(ARABIC)
WEDNESDAY = date(2026, 1, 14)


def _marked(text: str, times: list[Time]) -> str:
    words = split_words(text)
    for time in reversed(times):
        start, end = words[time.first].start, words[time.last - 1].end
        text = f"{text[:start]}[{text[start:end]}]{text[end:]}"
    return text


def _shown(time: Time) -> str:
    dates = f"{time.when.start or ''}..{time.when.end}" if time.when.end else time.when.start
    flags = ("since" if time.since else None, "weekday" if time.weekday else None)
    return " ".join(filter(None, [time.kind, dates, *flags]))


@pytest.mark.parametrize("case", CASES, ids=[case["title"] for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    text = case["text"].replace("[", "").replace("]", "")
    times = GRAMMAR.find(split_words(text), case.get("published", WEDNESDAY), future=case.get("future", False))
    assert _marked(text, times) == case["text"]
    assert "; ".join(map(_shown, times)) == case.get("want", "")


@pytest.mark.parametrize("case", CASES, ids=[case["title"] for case in CASES])
def test_unknown_publication_day_leaves_relative_times_open(case: dict[str, Any]) -> None:
    for time in GRAMMAR.find(split_words(case["text"]), None):
        assert time.anchor == "none" or time.when.start is None


_CLASSES = yaml.safe_load((ARABIC / "times.yml").read_text(encoding="utf-8"))["classes"].values()
_GROUPS = [group for terms in _CLASSES for group in (terms.values() if isinstance(terms, dict) else [terms])]
_TERMS = [term for group in _GROUPS for term in group]


@given(
    st.lists(st.one_of(st.sampled_from(_TERMS), st.integers(0, 3000).map(str), st.text(max_size=4)), max_size=12),
    st.one_of(st.none(), st.dates()),
    st.booleans(),
)
def test_any_words_on_any_day_give_ordered_spans(parts: list[str], day: date | None, future: bool) -> None:
    words = split_words(" ".join(parts))
    end = 0
    for time in GRAMMAR.find(words, day, future=future):
        assert end <= time.first < time.last <= len(words)
        assert time.kind != "date" or time.when.start
        end = time.last
