"""One sentence under the grammar: its words, its items, its times and numbers."""

from collections.abc import Sequence

from events.items import Item, PlaceName
from events.lexicon import Lexicon
from events.numbers import Number
from events.readings import Actor, Demonym, Noun
from events.times import Time
from events.values import dataclass
from events.words import QUOTES, Word

STOPS = frozenset("،,؛;:.!?؟…—–-|/•▪●🔴\n")


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence: `text` is the whole article; `times` and `numbers` are keyed by their first word."""

    text: str
    words: Sequence[Word]
    items: Sequence[Item]
    times: dict[int, Time]
    numbers: dict[int, Number]
    lexicon: Lexicon

    def is_word(self, index: int, category: str) -> bool:
        """Tell whether an item, without a conjunction before it, is of one of the grammar's closed lists."""
        folded = self.folded(index)
        listed = self.lexicon.words[category]
        return folded in listed or folded.removeprefix("و") in listed

    def folded(self, index: int) -> str:
        """Return the folded first word of an item, empty behind the end."""
        return self.words[self.items[index].first].folded if 0 <= index < len(self.items) else ""

    def mark(self, index: int) -> str:
        """Return the punctuation mark an item is, empty if it is a word; tatweel by itself is a dash."""
        if not 0 <= index < len(self.items):
            return ""
        text = self.words[self.items[index].first].text
        dash = not text.strip("ـ")
        return "-" if dash else text if text in QUOTES or text in STOPS else ""

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
