"""Which words of a quote name its action, its speaker and its numbers, found by the reader's own lexicon."""

import logging
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from itertools import combinations

from events.find import Finder
from events.lexicon import LANGUAGES, LexiconError, load_lexicon
from events.numbers import NumberGrammar
from events.readings import Actor, Sense
from events.words import split_words
from views.source_text import Mark

_MOST_PARTS = 4  # numbers of a quote that are tried as parts of a sum: 360 and 59 for 419
_log = logging.getLogger(__name__)


class _NoNames:
    """A gazetteer without names: only the words of actions and actors matter here."""

    def __init__(self) -> None:
        self.spans: dict[str, int] = {}
        self.seconds: dict[str, frozenset[str]] = {}

    def salience(self, folded_name: str) -> None:
        """Know no name."""


@lru_cache(maxsize=4096)
def trigger_of(quote: str, action: str, language: str | None) -> str | None:
    """Return the first words of a quote that name the action, verbatim; None if its language's lexicon has none."""
    return _first(quote, language, lambda reading: isinstance(reading, Sense) and reading.code == action)


@lru_cache(maxsize=4096)
def speaker_in(quote: str, name: str | None, language: str | None) -> str | None:
    """Return the first words of a quote that name the actor `name`, verbatim; None if it does not name it."""
    if name is None:
        return None
    return _first(quote, language, lambda reading: isinstance(reading, Actor) and reading.name == name)


def number_marks(quote: str, numbers: Iterable[int], language: str | None) -> list[Mark]:
    """Return where a quote has `numbers`, in digits or words, or the parts of one that it has only as a sum."""
    grammar = _numbers(language or "ar")
    wanted = set(numbers)
    if grammar is None or not wanted:
        return []
    words = split_words(quote)
    told = [number for number in grammar.find(words) if not number.measure]
    values = [number.value for number in told]
    parts = {part for number in wanted - set(values) for part in _parts(number, values)}
    return [
        Mark(words[number.first].start, words[number.last - 1].end, "number")
        for number in told
        if number.value in wanted | parts
    ]


def _parts(number: int, told: list[int]) -> tuple[int, ...]:
    sums = (some for size in range(2, _MOST_PARTS + 1) for some in combinations(told[:12], size) if sum(some) == number)
    return next(sums, ())


def _first(quote: str, language: str | None, wanted: Callable[[object], bool]) -> str | None:
    finder = _finder(language or "ar")
    words = split_words(quote)
    for item in finder.find(words) if finder else ():
        if any(wanted(reading) for reading in item.readings):
            return quote[words[item.first].start : words[item.last - 1].end]
    return None


@cache
def _finder(language: str) -> Finder | None:
    if not (LANGUAGES / language / "actions.yml").is_file():
        return None
    try:
        return Finder(load_lexicon(language), _NoNames())
    except LexiconError as error:  # rows that were read before still show, only without this mark
        _log.warning("%s", error)
        return None


@cache
def _numbers(language: str) -> NumberGrammar | None:
    home = LANGUAGES / language
    return NumberGrammar.load(home) if (home / "numbers.yml").is_file() else None
