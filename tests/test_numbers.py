"""Numbers of Arabic news, case by case: tests/cases/numbers.yml."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from events.numbers import Number, NumberGrammar
from events.words import split_words

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "numbers.yml").read_text(encoding="utf-8"))
ARABIC = Path(__file__).parents[1] / "events" / "languages" / "ar"
GRAMMAR = NumberGrammar.load(ARABIC)


def _marked(text: str, numbers: list[Number]) -> str:
    words = split_words(text)
    for number in reversed(numbers):
        start, end = words[number.first].start, words[number.last - 1].end
        text = f"{text[:start]}[{text[start:end]}]{text[end:]}"
    return text


def _shown(number: Number) -> str:
    return " ".join(filter(None, [str(number.value), number.qualifier, "measure" if number.measure else None]))


@pytest.mark.parametrize("case", CASES, ids=[case["title"] for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    text = case["text"].replace("[", "").replace("]", "")
    numbers = GRAMMAR.find(split_words(text))
    assert _marked(text, numbers) == case["text"]
    assert "; ".join(map(_shown, numbers)) == str(case.get("want", ""))


def test_digits_and_words_are_told_apart() -> None:
    assert [n.exact_words for n in GRAMMAR.find(split_words("قُتل ثلاثة وأصيب 5"))] == [True, False]


_WORDS = sorted(GRAMMAR.number_words.words)[::7]


@given(
    st.lists(
        st.one_of(
            st.sampled_from([*_WORDS, "بين", "من", "-", "و", "3", "1,000", "2.5", "ما", "نحو"]), st.text(max_size=5)
        )
    )
)
def test_any_words_give_ordered_spans_and_no_exception(parts: list[str]) -> None:
    words = split_words(" ".join(parts))
    end = 0
    for number in GRAMMAR.find(words):
        assert end <= number.first < number.last <= len(words)
        assert number.value >= 0
        end = number.last
