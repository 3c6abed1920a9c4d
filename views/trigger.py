"""Which words of a quote name its action, found by the reader's own lexicon."""

import logging
from functools import cache, lru_cache

from events.find import Finder
from events.lexicon import LANGUAGES, LexiconError, load_lexicon
from events.readings import Sense
from events.words import split_words

_log = logging.getLogger(__name__)


class _NoNames:
    """A gazetteer without names: only the words of actions matter here."""

    def __init__(self) -> None:
        self.spans: dict[str, int] = {}
        self.seconds: dict[str, frozenset[str]] = {}

    def salience(self, folded_name: str) -> None:
        """Know no name."""


@lru_cache(maxsize=4096)
def trigger_of(quote: str, action: str, language: str | None) -> str | None:
    """Return the first words of a quote that name the action, verbatim; None if its language's lexicon has none."""
    finder = _finder(language or "ar")
    words = split_words(quote)
    for item in finder.find(words) if finder else ():
        if any(isinstance(reading, Sense) and reading.code == action for reading in item.readings):
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
