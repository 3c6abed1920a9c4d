"""The words of a text, by which the reader finds its quotes: what must hold for any text at all."""

from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st

from events.words import split_words
from geodata.folding import fold

ARABIC = st.text(alphabet="ابتحدرسعقلمنهويىةئؤء \u064e\u0651\u0652\u0670ـ\u200f٠١٢0,.«»،\n")
ANY = st.one_of(ARABIC, st.text())


@given(ANY)
@example("حيَّي الأشرفية والشيخ مقصود، و59 جريحاً")
def test_each_word_is_verbatim_at_its_span_and_folded(text: str) -> None:
    for word in split_words(text):
        assert text[word.start : word.end] == word.text
        dash = not word.text.strip("ـ")
        assert word.folded == ("-" if dash else fold(word.text)) != ""


@given(ANY)
def test_words_stand_in_order_and_apart(text: str) -> None:
    words = split_words(text)
    assert all(one.start < one.end <= two.start for one, two in pairwise(words))


@given(ARABIC)
def test_what_no_word_covers_folds_to_nothing(text: str) -> None:
    at = 0
    for word in split_words(text):
        assert not fold(text[at : word.start]).strip()
        at = word.end
    assert not fold(text[at:]).strip()


@given(ANY, st.data())
def test_a_part_of_a_text_gives_spans_of_the_whole(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    for word in split_words(text, start, end):
        assert start <= word.start < word.end <= end
        assert text[word.start : word.end] == word.text
