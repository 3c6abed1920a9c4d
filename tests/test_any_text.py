"""Any string at all gives rows or none, never an exception, and every quote stands in the text."""

from datetime import date
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events.extract import default_extractor
from events.model import Article
from events.pipeline import code
from events.row import to_row

MARKS = (
    "«»\"“”'()[]‹›„*.,،؛;:!?؟…—–-/|•▪●🔴\n\t\r _#@٣3٫½²"
    "\u0640\u064e\u064f\u0651\u200f\u202b\u202c\u2066\ufeff\0\ud83d\udc00"
)


@cache
def _lexicon_words() -> list[str]:
    lexicon = default_extractor()._lexicon
    starts = [word for word in lexicon.trie if isinstance(word, str)]
    return sorted({*starts[::9], *(word for words in lexicon.words.values() for word in words)})


def _news_words() -> st.SearchStrategy[str]:
    number = st.integers(0, 10**30).map(str)
    place = st.sampled_from(
        ["حلب", "دمشق", "غزة", "ريف إدلب الشمالي", "حي الميدان", "طريق دمشق - السويداء", "أمس", "2025/13/45"]
    )
    mark = st.sampled_from(list(MARKS))
    word = st.deferred(lambda: st.sampled_from(_lexicon_words()))
    clitic = st.tuples(st.sampled_from(["و", "ف", "ب", "ل", "ال", "بال", "لل", "س"]), word).map("".join)
    return st.one_of(word, clitic, place, number, mark)


def _rows(text: str) -> None:
    article = Article(id="any", text=text, published=date(2025, 3, 1))
    for event in code(article):
        row = to_row(event, article)
        assert text[row["quote_start"] : row["quote_end"]] == row["quote"]
        assert row["quote"]


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(st.characters(exclude_categories=())) | st.text(MARKS + "ابتحدرسقلمنهويABz"))
def test_any_characters_half_surrogates_and_nulls_included(text: str) -> None:
    _rows(text)


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(_news_words(), max_size=40), st.sampled_from([" ", "", "\n"]))
def test_words_of_the_lexicon_in_any_order(words: list[str], between: str) -> None:
    _rows(between.join(words))


def test_a_toll_goes_on_about_an_act_that_stands_far_back_in_a_longer_sentence() -> None:
    told = "وقالت مصادر محلية في اتصال مع مراسلنا صباح أمس إن جهة مجهولة نفذت بعد منتصف الليل الهجوم بمسيّرة."
    _rows(f"{told}\nإن الحصيلة ارتفعت إلى خمسة قتلى.")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param(" \n\t", id="white space"),
        pytest.param("ا" * 1_000_000, id="one word of a million letters"),
        pytest.param("1" * 1_000_000, id="one number of a million digits"),
        pytest.param("ـ" * 100_000, id="tatweel alone"),
        pytest.param("\u064b" * 100_000, id="vowel marks alone"),
        pytest.param("." * 200_000 + "a", id="dots without end"),
        pytest.param("." * 50_000 + ")" * 50_000 + "a", id="dots and brackets without end"),
        pytest.param("«" * 5_000 + "»" * 5_000, id="quotation marks nested five thousand deep"),
        pytest.param("123 " * 5_000, id="a line of numbers"),
        pytest.param("قال " * 5_000, id="a line of verbs of speech"),
        pytest.param("قتل ثلاثة في حلب و " * 2_000, id="one line of acts without a sentence mark"),
        pytest.param("قتل ثلاثة. " * 1_000, id="more acts than an article tells"),
        pytest.param("\u202eقصف abc\u202c \u2066حلب\u2069 " * 500, id="mixed directions"),
        pytest.param("قصف\0حلب\ud83d\ud83d", id="null bytes and halves of surrogates"),
        pytest.param("جاء في بيان لوزارة الدفاع:\nـــ\nـــ", id="lines without words under a statement"),
    ],
)
def test_what_is_no_text(text: str) -> None:
    _rows(text)
