"""The offset map of folded text: what it must hold for any text at all."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from events.normalize import fold_with_offsets
from geodata.folding import fold

ARABIC = st.text(
    alphabet="اأإآبتثجحخدذرزسشصضطظعغفقكلمنهويىةئؤءگپچ ـ\u064b\u064c\u064e\u0651\u0652\u0670\u200f٠١٢«»،.لا"
)
MIXED = st.one_of(ARABIC, st.text(), st.text(alphabet="ﷺﻻﬁİßéÅ½①Aa \u0301\u0651"))
MARKS = st.text(alphabet="\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0670ـ\u200f", max_size=4)
LETTERS = st.text(alphabet="بتجحدرسقكلمنو", min_size=1, max_size=6)


@given(MIXED)
@example("ﷺ")  # one code point that folds to several words
@example("\u0651")  # a mark alone folds to nothing
def test_text_is_that_of_fold(text: str) -> None:
    assert fold_with_offsets(text).text == fold(text)


@given(MIXED)
def test_one_offset_for_each_folded_letter_and_one_for_the_end(text: str) -> None:
    folded = fold_with_offsets(text)
    assert len(folded.offsets) == len(folded.text) + 1
    assert folded.offsets[-1] == len(text)
    assert list(folded.offsets) == sorted(folded.offsets)


@given(MIXED, st.data())
def test_spans_lie_in_the_text_and_fold_back_to_what_was_found(text: str, data: st.DataObject) -> None:
    folded = fold_with_offsets(text)
    start = data.draw(st.integers(0, len(folded.text)))
    end = data.draw(st.integers(start, len(folded.text)))
    span = folded.span(start, end)
    assert 0 <= span.start <= span.end <= len(text)
    assert folded.text[start:end] in fold(text[span.start : span.end])


@given(MIXED, st.data())
def test_spans_are_monotone(text: str, data: st.DataObject) -> None:
    folded = fold_with_offsets(text)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(folded.text)), min_size=3, max_size=3)))
    inner, outer = folded.span(cuts[0], cuts[1]), folded.span(cuts[0], cuts[2])
    assert inner.start == outer.start
    assert inner.end <= outer.end


@given(LETTERS, MARKS, LETTERS)
def test_marks_behind_the_last_letter_belong_to_the_span(word: str, marks: str, rest: str) -> None:
    text = f"{word}{marks} {rest}"
    folded = fold_with_offsets(text)
    found = folded.text.index(fold(word))
    assert text[slice(*folded.span(found, found + len(fold(word))))] == word + marks


@given(LETTERS, MARKS)
def test_marks_at_the_end_of_the_text_belong_to_the_span(word: str, marks: str) -> None:
    folded = fold_with_offsets(word + marks)
    assert folded.span(0, len(folded.text)) == (0, len(word + marks))


@given(st.one_of(ARABIC, st.text(alphabet=st.characters(max_codepoint=0x36F))))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("حيَّي الأشرفية", "حيي الاشرفيه"),
        ("جريحاً", "جريحا"),
        ("مســـتشفى", "مستشفي"),
        ("كوبانێ", "كوباني"),
        ("١٢ و۱۲ و12", "12 و12 و12"),
        ("مسؤول رئيس", "مسوول رييس"),
    ],
)
def test_what_news_writes_in_several_ways_folds_to_one(written: str, folded: str) -> None:
    assert fold(written) == folded
    assert unicodedata.is_normalized("NFC", folded)
