"""Read numbers, in digits and in words, with their qualifiers, from the words of a text."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

from pydantic import Field

from events.digits import is_model
from events.number_words import NumberTables, NumberWords
from events.phrases import DETACHED, Phrases, glued
from events.schema import read_yaml
from events.values import dataclass
from events.words import Word
from geodata.folding import fold

_BEFORE = 4  # words before "from 3 to 5" among which "rose" is looked for
_AFTER = 4  # words after a number among which "at least" is looked for


class NumbersFile(NumberTables):
    """The shape of `numbers.yml`: number words, and the words that stand around numbers."""

    before: dict[str, tuple[str, ...]]
    after: dict[str, tuple[str, ...]]
    between: tuple[str, ...]
    from_: tuple[str, ...] = Field(alias="from")
    to: tuple[str, ...]
    rises: tuple[str, ...]
    not_numbers: tuple[str, ...]
    measures: tuple[tuple[str, ...], ...]
    labels: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Number:
    """A number at words `first` to `last` (half-open; a qualifier before it is inside, one after it is not).

    `qualifier` is about, at least, more than, less than, up to, between (`value` is the lower bound) or None;
    `exact_words` tells that the number is written in words; `measure` that it counts no persons or things:
    an age, a year, a clock time, a distance, a calibre, a sum of money, a name such as "Brigade 47".
    """

    first: int
    last: int
    value: int
    qualifier: str | None
    exact_words: bool
    measure: bool


def _flat(lists: Iterable[Iterable[str]]) -> Iterator[tuple[str, str]]:
    return ((word, word) for words in lists for word in words)


class NumberGrammar:
    """The numbers of one language; `find` reads a sequence of words."""

    def __init__(self, file: NumbersFile) -> None:
        """Compile the lists into tables of folded words."""
        self.number_words = NumberWords(file)
        """Which words make numbers (also for the time expressions)."""
        self._before = Phrases((phrase, name) for name, phrases in file.before.items() for phrase in phrases)
        self._after = Phrases((phrase, name) for name, phrases in file.after.items() for phrase in phrases)
        self._range = Phrases([*((p, "between") for p in file.between), *((p, "from") for p in file.from_)])
        self._to = frozenset({*map(fold, file.to), "و" + fold(file.to[-1])})
        self._not = Phrases(_flat([file.not_numbers]))
        self._rising = Phrases(_flat([file.rises]))
        self._measures = Phrases(_flat(file.measures))
        self._labels = Phrases(_flat(file.labels))
        self._starts = self.number_words.words | self._before.firsts | self._range.firsts | self._not.firsts

    @classmethod
    @cache  # the time grammar needs it as well
    def load(cls, folder: Path) -> "NumberGrammar":
        """Read `numbers.yml` of a language's folder; raise pydantic.ValidationError if its shape is wrong."""
        return cls(NumbersFile.model_validate(read_yaml(folder / "numbers.yml")))

    def find(self, words: Sequence[Word]) -> list[Number]:
        """Return the numbers of `words` in order; "dozens" and "thousands" have no value and are left out."""
        found: list[Number] = []
        done, starts, last = 0, self._starts, self._last(words)
        for at, word in enumerate(words[:last]):
            folded = word.folded
            if (folded not in starts and folded[0] > "9") or at < done:
                continue
            if (skipped := self._not.at(words, at)) is not None:
                done = skipped.end
            elif (number := self._number(words, at)) is not None:
                found.append(number)
                done = number.last
        return found

    def _last(self, words: Sequence[Word]) -> int:
        """The word behind the last one that may be of a number."""
        numeric = self.number_words.words
        return next((n for n in range(len(words), 0, -1) if (w := words[n - 1].folded) in numeric or w[0] <= "9"), 0)

    def _number(self, words: Sequence[Word], at: int) -> Number | None:
        start, qualifier = at, None
        for _ in range(2):  # نحو أكثر من
            if (phrase := self._before.at(words, start)) is not None:
                start, qualifier = phrase.end, phrase.value
        opener = self._range.at(words, start)
        start = opener.end if opener else start
        start += start < len(words) and words[start].folded in DETACHED and glued(words, start + 1)
        low = self.number_words.read(words, start)
        if low is None or is_model(words, start) or self.number_words.is_ordinal(words, start):
            return None
        high = self._high(words, low[0], opener.value if opener else "")
        if opener and not high:
            return self._number(words, opener.end)
        end, value = low
        if high and opener and opener.value == "from" and self._rises(words, at):
            end, value = high
        elif high:
            end, qualifier = high[0], "between"
        qualifier = qualifier or self._after_number(words, end)
        in_words = not words[start].folded[0].isdigit()
        return Number(at, end, value, qualifier, in_words, self._is_measure(words, start, end))

    def _rises(self, words: Sequence[Word], at: int) -> bool:
        """`the toll rose from 3 to 5`: the later figure holds."""
        return any(word.folded in self._rising.firsts for word in words[max(0, at - _BEFORE) : at])

    def _high(self, words: Sequence[Word], at: int, opener: str) -> tuple[int, int] | None:
        """End and value of the second number in `3 and 5` after `between`, `3 to 5` after `from`, and `3-5`."""
        place = self.number_words.joined(words, at) if opener == "between" else None
        if place is None and at + 1 < len(words):
            word = words[at].folded
            digits_around = words[at - 1].folded[0].isdigit() and words[at + 1].folded[0].isdigit()
            if (opener and word in self._to) or (word == "-" and digits_around):
                place = at + 1
        return self.number_words.read(words, place) if place is not None else None

    def _after_number(self, words: Sequence[Word], end: int) -> str | None:
        for at in range(end, min(end + _AFTER, len(words))):
            folded = words[at].folded
            if not folded[0].isalpha() or folded in self.number_words.words:
                return None
            if folded in self._after.firsts and (phrase := self._after.at(words, at)) is not None:
                return phrase.value
        return None

    def _is_measure(self, words: Sequence[Word], start: int, end: int) -> bool:
        before, after = words[start - 1] if start else None, words[end] if end < len(words) else None
        if before is not None and before.folded in self._labels.firsts:
            return True
        if before is not None and before.folded in "/:" and glued(words, start):
            return True
        if after is not None and after.folded in "/:-" and glued(words, end) and glued(words, end + 1):
            return True
        return self._measures.at(words, end) is not None
