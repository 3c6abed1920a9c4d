"""Load a language's lexicon and compile it into one trie of folded words."""

import gc
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import TypeAdapter, ValidationError

from events.forms import (
    action_forms,
    actors_forms,
    countries_forms,
    folded_words,
    institutions_forms,
    nouns_forms,
    qualifiers_forms,
)
from events.readings import Node
from events.schema import ActionEntry, ActorEntry, CountryEntry, InstitutionEntry, NounEntry, Qualifiers
from geodata.folding import fold

LANGUAGES = Path(__file__).with_name("languages")
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""Reads every scalar as text, `no` and `010` too; pydantic makes booleans of the few that are meant so."""


class LexiconError(ValueError):
    """A lexicon file that does not read as the schema says; the message is one line naming file and entry."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The compiled lexicon: `trie` maps folded words to nodes, whose entry under None lists the readings.

    `exceptions` is a trie of words that are no trigger where they stand together; `words` are the grammar's
    closed lists, folded; `lists` says for a folded word, perhaps with و before it, which of them it is in.
    """

    language: str
    trie: Node
    exceptions: Node
    countries: dict[str, CountryEntry]
    words: dict[str, frozenset[str]]
    country_names: frozenset[str]
    lists: dict[str, frozenset[str]]

    def begins(self, category: str, folded: str) -> bool:
        """Tell whether a folded word begins like one of a list of beginnings."""
        return any(folded.startswith(start) for start in self.words[category])


def insert(trie: Node, words: Iterable[str], payload: Any) -> None:
    """Add a reading at a path of folded words."""
    node = trie
    for word in words:
        node = node.setdefault(word, {})
    readings = node.setdefault(None, [])
    if payload not in readings:
        readings.append(payload)


def load_yaml(path: Path, schema: Any) -> Any:
    """Read a YAML file as `schema`; raises LexiconError naming file and entry."""
    try:
        data = yaml.load(path.read_text("utf-8"), Loader=_LOADER)
        return TypeAdapter(schema).validate_python(data)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise LexiconError(f"{path.name}: entry {where}: {first['msg']}") from error
    except (yaml.YAMLError, UnicodeDecodeError, OSError) as error:
        raise LexiconError(f"{path.name}: {' '.join(str(error).split())}") from error


@cache
def load_lexicon(language: str = "ar", folder: Path = LANGUAGES) -> Lexicon:
    """Load and compile the lexicon of a language (ISO 639-1); raises LexiconError."""
    collecting = gc.isenabled()
    gc.disable()  # a hundred thousand objects that all stay: nothing to collect, and looking for it doubles the time
    try:
        lexicon = _compile(language, folder)
        gc.freeze()  # nor later
        return lexicon
    finally:
        if collecting:
            gc.enable()


def _compile(language: str, folder: Path) -> Lexicon:
    home = folder / language
    countries = load_yaml(home / "countries.yml", tuple[CountryEntry, ...])
    peoples = load_yaml(home / "peoples.yml", tuple[CountryEntry, ...])
    trie: Node = {}
    exceptions: Node = {}
    for entry in load_yaml(home / "actions.yml", tuple[ActionEntry, ...]):
        for term in entry.terms:
            for words, sense in action_forms(entry.code, term):
                insert(trie, words, sense)
        for words in entry.exceptions:
            insert(exceptions, folded_words(words), entry.code)
    qualifiers = load_yaml(home / "qualifiers.yml", Qualifiers)
    for words, payload in (
        *qualifiers_forms(qualifiers),
        *countries_forms((*countries, *peoples)),
        *actors_forms(load_yaml(home / "actors.yml", tuple[ActorEntry, ...])),
        *institutions_forms(load_yaml(home / "institutions.yml", tuple[InstitutionEntry, ...])),
        *nouns_forms(load_yaml(home / "nouns.yml", tuple[NounEntry, ...])),
    ):
        insert(trie, words, payload)
    names = frozenset(" ".join(folded_words(name)) for country in countries for name in country.names)
    lists = {**qualifiers.words, **{f"kind:{kind}": listed for kind, listed in qualifiers.kinds.items()}}
    closed = {name: frozenset(fold(word) for word in listed) for name, listed in lists.items()}
    by_code = {country.code: country for country in countries}
    return Lexicon(language, trie, exceptions, by_code, closed, names, _lists_of(closed))


def _lists_of(closed: dict[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    lists: defaultdict[str, set[str]] = defaultdict(set)
    for name, words in closed.items():
        for word in words:
            lists[word].add(name)
            lists["و" + word].add(name)
    return {word: frozenset(names) for word, names in lists.items()}
