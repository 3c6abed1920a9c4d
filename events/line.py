"""One sentence under the grammar: its words, its items, its times and numbers."""

from collections.abc import Sequence

from events.items import Item, PlaceName
from events.lexicon import Lexicon
from events.matching import bare_forms
from events.numbers import Number
from events.readings import Actor, Demonym, Noun
from events.times import Time
from events.values import dataclass
from events.words import QUOTES, Word

STOPS = frozenset("،,؛;:.!?؟…—–-|/•▪●🔴\n")
_MARKS = {mark: mark for mark in QUOTES | STOPS}
_NO_LISTS: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence: `text` is the whole article; `times` and `numbers` are keyed by their first word.

    `bare` holds its words in all forms without clitics.
    Of the first word of each item: `heads` folded, `marks` the mark it is if any, `lists` the closed lists it is in.
    """

    text: str
    words: Sequence[Word]
    items: Sequence[Item]
    times: dict[int, Time]
    numbers: dict[int, Number]
    lexicon: Lexicon
    heads: Sequence[str]
    marks: Sequence[str]
    lists: Sequence[frozenset[str]]
    bare: frozenset[str]

    @classmethod
    def of(
        cls,
        text: str,
        words: Sequence[Word],
        items: Sequence[Item],
        times: dict[int, Time],
        numbers: dict[int, Number],
        lexicon: Lexicon,
    ) -> "Line":
        """Return a sentence; what its items begin with is looked up once, for all rules that ask."""
        firsts = [words[item.first] for item in items]
        heads = [word.folded for word in firsts]
        marks = [_MARKS.get(word.text, "") if word.text[0] != "ـ" else _dash(word.text) for word in firsts]
        lists = [lexicon.lists.get(head, _NO_LISTS) for head in heads]
        bare = frozenset().union(*(bare_forms(word.folded) for word in words))
        return cls(text, words, items, times, numbers, lexicon, heads, marks, lists, bare)

    def holds(self, category: str) -> bool:
        """Tell whether a word of the sentence, without its clitics, is of a closed list; rules ask this first."""
        return not self.lexicon.words[category].isdisjoint(self.bare)

    def is_word(self, index: int, category: str) -> bool:
        """Tell whether an item, without a conjunction before it, is of one of the grammar's closed lists."""
        return 0 <= index < len(self.lists) and category in self.lists[index]

    def folded(self, index: int) -> str:
        """Return the folded first word of an item, empty behind the end."""
        return self.heads[index] if 0 <= index < len(self.heads) else ""

    def mark(self, index: int) -> str:
        """Return the punctuation mark an item is, empty if it is a word; tatweel by itself is a dash."""
        return self.marks[index] if 0 <= index < len(self.marks) else ""

    def actors(self, index: int) -> tuple[Actor, ...]:
        """Return the actors an item may name, strong names first."""
        return self.items[index].kinds.actors

    def actor(self, index: int) -> Actor | None:
        """Return the first actor an item may name."""
        actors = self.items[index].kinds.actors
        return actors[0] if actors else None

    def noun(self, index: int) -> Noun | None:
        """Return the common noun an item is."""
        return self.items[index].kinds.noun

    def demonym(self, index: int) -> Demonym | None:
        """Return the adjective of a country or people an item is."""
        return self.items[index].kinds.demonym

    def place(self, index: int) -> PlaceName | None:
        """Return the gazetteer name an item is."""
        return self.items[index].kinds.place

    def functions(self, index: int) -> frozenset[str]:
        """Return the categories of small word that an item has."""
        return self.items[index].kinds.functions

    def known(self, index: int) -> bool:
        """Tell whether anything is known of an item."""
        return bool(self.items[index].readings)

    def slice(self, first: int, last: int) -> str:
        """Return the article's text from word `first` to word `last`, half-open."""
        return self.text[self.words[first].start : self.words[last - 1].end]


def _dash(text: str) -> str:
    """`بيروت ـ قُتل`: tatweel by itself is a dash."""
    return "" if text.strip("ـ") else "-"


def without_prefix(word: Word, prefix: str) -> int:
    """Return the code point in the article where the word begins behind its proclitics."""
    position, left = 0, len(prefix)
    while left and position < len(word.text):
        position += 1
        left -= 1
        while (
            position < len(word.text) and "\u064b" <= word.text[position] <= "\u0670" and word.text[position] > "\u064a"
        ):
            position += 1
    return word.start + position
