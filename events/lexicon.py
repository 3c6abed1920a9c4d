"""Load a language's lexicon and compile it into one trie of folded words."""

import gc
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import TypeAdapter, ValidationError

from events import morphology
from events.schema import (
    ActionEntry,
    ActionTerm,
    ActorEntry,
    CountryEntry,
    InstitutionEntry,
    NounEntry,
    OperatorEntry,
    Qualifiers,
)
from events.words import split_words
from geodata.folding import fold

LANGUAGES = Path(__file__).with_name("languages")
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""Reads every scalar as text: `no` and `010` stay what they are; pydantic makes booleans of the few that are meant so."""
DEMONYM, COUNTRY, PLACE = "{demonym}", "{country}", "{place}"


class LexiconError(ValueError):
    """A lexicon file that does not read as the schema says; the message is one line naming file and entry."""


@dataclass(frozen=True, slots=True)
class Sense:
    """One reading of trigger words: an entry of `actions.yml` in a certain form.

    `tense` is past, present or empty; `rest` are fixed words that may stand apart from the verb (`القبض على`).
    """

    code: str
    term: ActionTerm
    form: str
    tense: str = ""
    passive: bool = False
    plural: bool = False
    rest: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Operator:
    """One reading of a word of speech or modality; `form` is verb, masdar, participle or phrase."""

    kind: str
    form: str
    entry: OperatorEntry
    tense: str = ""


@dataclass(frozen=True, slots=True)
class Actor:
    """A named actor; `pattern` has a slot that the words of the text fill; `weak` names need their country."""

    name: str
    sector: str
    tags: tuple[str, ...]
    countries: tuple[str, ...] = ()
    weak: bool = False
    pattern: InstitutionEntry | None = None


@dataclass(frozen=True, slots=True)
class Demonym:
    """An adjective of a country: `سوري`."""

    country: CountryEntry


@dataclass(frozen=True, slots=True)
class Noun:
    """A common noun in one of its forms; `number` is 1, 2 (dual) or None where the form does not say."""

    entry: NounEntry
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Function:
    """A small word and its category, such as `negation`, `break`, `prep:scene` or `kind:camp`."""

    category: str


Payload = Sense | Operator | Actor | Demonym | Noun | Function
Node = dict[Any, Any]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The compiled lexicon: `trie` maps folded words to nodes, whose entry under None lists the readings.

    `exceptions` is a trie of words that are no trigger where they stand together; `words` are the grammar's
    closed lists, folded.
    """

    language: str
    trie: Node
    exceptions: Node
    countries: dict[str, CountryEntry]
    words: dict[str, frozenset[str]]

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
        return _compile(language, folder)
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
        *_qualifiers(qualifiers),
        *_countries((*countries, *peoples)),
        *_actors(load_yaml(home / "actors.yml", tuple[ActorEntry, ...])),
        *_institutions(load_yaml(home / "institutions.yml", tuple[InstitutionEntry, ...])),
        *_nouns(load_yaml(home / "nouns.yml", tuple[NounEntry, ...])),
    ):
        insert(trie, words, payload)
    closed = {name: frozenset(fold(word) for word in listed) for name, listed in qualifiers.words.items()}
    return Lexicon(language, trie, exceptions, {country.code: country for country in countries}, closed)


def folded_words(text: str) -> tuple[str, ...]:
    """Return the folded words of a term, a `{slot}` being one word."""
    return tuple(piece if piece.startswith("{") else word for piece in text.split() for word in _split(piece))


def _split(piece: str) -> list[str]:
    return [piece] if piece.startswith("{") else [word.folded for word in split_words(piece)]


def action_forms(code: str, term: ActionTerm) -> Iterator[tuple[tuple[str, ...], Sense]]:
    """Yield the folded words of every written form of a term, with the reading they give."""
    for written in _phrase_forms(term.phrase) if term.phrase else ():
        yield folded_words(written), Sense(code, term, "phrase")
    if term.noun:
        yield from _noun_forms(code, term, term.noun, term.plural, "noun")
    if term.verb:
        yield from _verb_forms(code, term, term.verb, term.present or "")
    for masdar in term.masdar:
        yield from _noun_forms(code, term, masdar, ("+ات",), "masdar")
    for participle in term.participle:
        head, *rest = participle.split()
        for form in morphology.decline(head, ("+ون",), feminine=True):
            yield folded_words(" ".join((form, *rest))), Sense(code, term, "participle")


def _phrase_forms(phrase: str) -> Iterator[str]:
    """Yield a phrase and, for two words without article, its definite forms (`عملية أمنية` → `العملية الأمنية`)."""
    yield phrase
    words = phrase.split()
    if len(words) == 2 and not any(word.startswith(("ال", "لل", "بال")) or len(word) < 3 for word in words):
        yield f"ال{words[0]} ال{words[1]}"
        yield f"{words[0]} ال{words[1]}"


def _noun_forms(
    code: str, term: ActionTerm, noun: str, plurals: tuple[str, ...], form: str
) -> Iterator[tuple[tuple[str, ...], Sense]]:
    head, *rest = noun.split()
    singular = set(morphology.decline(head))
    for written in morphology.decline(head, plurals):
        yield folded_words(" ".join((written, *rest))), Sense(code, term, form, plural=written not in singular)


def _verb_forms(code: str, term: ActionTerm, past: str, present: str) -> Iterator[tuple[tuple[str, ...], Sense]]:
    head, *rest = past.split()
    fixed = tuple(word for piece in rest for word in folded_words(piece))
    for form in morphology.past_forms(head):
        yield (fold(form),), Sense(code, term, "verb", "past", plural=form.endswith(("وا", "نا")), rest=fixed)
    for form in morphology.present_forms(present.split(maxsplit=1)[0]) if present else ():
        plural = form.endswith(("ون", "وا")) or form.startswith("ن")
        yield (fold(form),), Sense(code, term, "verb", "present", plural=plural, rest=fixed)
    for form in morphology.future_forms(present.split(maxsplit=1)[0]) if present else ():
        yield (fold(form),), Sense(code, term, "verb", "future", plural=form.endswith("ون"), rest=fixed)
    for passive in term.passive:
        head, *_ = passive.split()
        future = head[0] in "يت"
        forms = morphology.present_forms(head) if future else morphology.past_forms(head)
        for form in forms:
            yield (fold(form),), Sense(code, term, "verb", "present" if future else "past", passive=True, rest=fixed)
        for form in morphology.future_forms(head) if future else ():
            yield (fold(form),), Sense(code, term, "verb", "future", passive=True, rest=fixed)


def _qualifiers(qualifiers: Qualifiers) -> Iterator[tuple[tuple[str, ...], Payload]]:
    for entry in qualifiers.operators:
        yield from _operator_forms(entry)
    for phrase in qualifiers.attribution:
        yield folded_words(phrase), Function("attribution")
    for head in qualifiers.speaker_heads:
        yield folded_words(head), Function("head")
    for prefix, table in (("", qualifiers.functions), ("kind:", qualifiers.kinds), ("prep:", qualifiers.prepositions)):
        for category, words in table.items():
            for word in words if category != "support" else ():
                yield folded_words(word), Function(prefix + category)
    for past, present in (pair.split() for pair in qualifiers.functions["support"]):
        for form in morphology.conjugate(past, present):
            yield folded_words(form), Function("support")
        for form in morphology.future_forms(present):
            yield folded_words(form), Function("future")


def _operator_forms(entry: OperatorEntry) -> Iterator[tuple[tuple[str, ...], Payload]]:
    if entry.phrase:
        yield folded_words(entry.phrase), Operator(entry.kind, "phrase", entry)
    if entry.verb:
        head, *rest = entry.verb.split()
        for form in morphology.past_forms(head):
            yield folded_words(" ".join((form, *rest))), Operator(entry.kind, "verb", entry, "past")
    if entry.present:
        head, *rest = entry.present.split()
        for form in morphology.present_forms(head):
            yield folded_words(" ".join((form, *rest))), Operator(entry.kind, "verb", entry, "present")
        for form in morphology.future_forms(head):
            yield folded_words(" ".join((form, *rest))), Operator(entry.kind, "verb", entry, "future")
    for masdar in entry.masdar:
        yield folded_words(masdar), Operator(entry.kind, "masdar", entry)
    for participle in entry.participle:
        for form in (
            participle,
            participle + "ا",
            participle + "ة",
            participle + "ين",
            participle + "ون",
            participle + "يا",
            participle + "ية",
        ):
            yield folded_words(form), Operator(entry.kind, "participle", entry)


def _countries(countries: Iterable[CountryEntry]) -> Iterator[tuple[tuple[str, ...], Payload]]:
    for country in countries:
        state = Actor(country.government, "GOV", ("state",), (country.code,))
        for name in (*country.names, *country.capital):
            yield folded_words(name), state
        for adjective in country.adjectives:
            for form in morphology.decline(adjective, ("+ون",), feminine=True):
                yield folded_words(form), Demonym(country)
        for plural in country.plurals:
            yield folded_words(plural), Demonym(country)


def _actors(entries: Iterable[ActorEntry]) -> Iterator[tuple[tuple[str, ...], Payload]]:
    for entry in entries:
        strong = Actor(entry.name, entry.sector, entry.tags, entry.countries)
        weak = Actor(entry.name, entry.sector, entry.tags, entry.countries, weak=True)
        for term in (*entry.terms, *entry.latin):
            yield folded_words(term), strong
        for term in entry.weak:
            yield folded_words(term), weak


def _institutions(entries: Iterable[InstitutionEntry]) -> Iterator[tuple[tuple[str, ...], Payload]]:
    for entry in entries:
        for term in (*entry.terms, *entry.bare):
            yield folded_words(term), Actor(entry.name, entry.sector, entry.tags, entry.only, "{" not in term, entry)


def _nouns(entries: Iterable[NounEntry]) -> Iterator[tuple[tuple[str, ...], Payload]]:
    for entry in entries:
        head, *rest = entry.noun.split()
        singular = set(morphology.decline(head, feminine=entry.feminine))
        for form in morphology.decline(head, entry.plural, feminine=entry.feminine):
            words = folded_words(" ".join((form, *rest)))
            yield words, Noun(entry, _number(form, head, entry) if form in singular else None)


def _number(form: str, singular: str, entry: NounEntry) -> int | None:
    """Return 1 for a singular, 2 for a dual form; ين is a dual only where the plural is not written so too."""
    if form == singular or form in (singular + "ا", singular + "ة"):
        return 1
    if form.endswith("ين") and "+ون" in entry.plural and not form.endswith("تين"):
        return None
    return 2 if form.endswith(("ان", "ين")) else None
