"""Find runs of words by their first word: one look-up per word of the text."""

from collections.abc import Iterable, Sequence
from typing import Generic, NamedTuple, TypeVar

from events.words import Word, split_words

T = TypeVar("T")

CLITICS = ("", "و", "ف", "ب", "ل", "وب", "ول")
"""What may be glued to the first word of a phrase, folded."""
DETACHED = frozenset({"و", "ف", "ب", "ل", "ك", "ال", "وال", "بال", "فال", "لل", "وب", "ول", "ولل"})
"""Clitics that `split_words` cuts off a number in digits, folded."""


class Hit(NamedTuple, Generic[T]):
    """A phrase that ends before word `end`; `joined` tells that و is glued to its first word."""

    end: int
    value: T
    joined: bool


class _Start(Generic[T]):
    """What a word can start: a phrase of its own (`alone`), and longer ones by their remaining words."""

    __slots__ = ("alone", "longer", "seconds")

    def __init__(self) -> None:
        self.alone: Hit[T] | None = None  # its `end` is that of a text of one word
        self.longer: list[tuple[tuple[str, ...], T, bool]] = []
        self.seconds: set[str] = set()

    def add(self, rest: tuple[str, ...], value: T, joined: bool) -> None:
        if rest:
            self.longer.append((rest, value, joined))
            self.longer.sort(key=lambda entry: -len(entry[0]))
            self.seconds.add(rest[0])
        elif self.alone is None:
            self.alone = Hit(1, value, joined)


class Phrases(Generic[T]):
    """Runs of folded words with a value each; the longest wins, of two alike the first given."""

    def __init__(self, phrases: Iterable[tuple[str, T]]) -> None:
        """Take (phrase as written, value) pairs."""
        self._starts: dict[str, _Start[T]] = {}
        for phrase, value in phrases:
            first, *rest = (word.folded for word in split_words(phrase))
            for form, joined in with_clitics(first):
                self._starts.setdefault(form, _Start()).add(tuple(rest), value, joined)
        self.firsts = self._starts.keys()
        """The folded words that can start a phrase."""

    def single(self, first: str) -> T | None:
        """Return the value of a word that starts no longer phrase and has no و glued on, else None."""
        start = self._starts.get(first)
        if start is None or start.longer or start.alone is None or start.alone.joined:
            return None
        return start.alone.value

    def at(self, words: Sequence[Word], index: int) -> Hit[T] | None:
        """Return the phrase that starts at word `index`, None if there is none."""
        start = self._starts.get(words[index].folded) if index < len(words) else None
        if start is None:
            return None
        if start.longer and index + 1 < len(words) and words[index + 1].folded in start.seconds:
            for rest, value, joined in start.longer:
                end = index + 1 + len(rest)
                if tuple([word.folded for word in words[index + 1 : end]]) == rest:
                    return Hit(end, value, joined)
        return start.alone._replace(end=index + 1) if start.alone else None


def with_clitics(first: str) -> list[tuple[str, bool]]:
    """Return a folded word with each clitic that may be glued to it, and whether that is و."""
    if not first.isalpha() or first.isascii():
        return [(first, False)]
    forms = [(clitic + first, clitic.startswith("و")) for clitic in CLITICS]
    if not first.startswith("ال"):
        return forms
    to = first[1:] if first.startswith("الل") else "ل" + first[1:]  # لليلة, لليوم
    return [*forms, (to, False), ("و" + to, True)]


def glued(words: Sequence[Word], index: int) -> bool:
    """Tell whether word `index` follows the word before it without a space."""
    return 0 < index < len(words) and words[index - 1].end == words[index].start
