"""Names of actors in Arabic, and what an Arabic name of one means: the lexicon's terms, the other way round."""

import logging
import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from pathlib import Path

from events.lexicon import LANGUAGES, LexiconError, load_yaml
from events.schema import ActorEntry, CountryEntry, InstitutionEntry, NounEntry
from geodata.folding import fold
from geodata.gazetteer import default_gazetteer

PARTIES = "; "
"""What stands between several parties in one cell."""

_AR = LANGUAGES / "ar"
_CHOSEN = Path(__file__).with_name("actor_names.yml")
_FEMININE = ("ة", "ات", "قوى", "وسائل")
"""Ends of nouns after which Arabic puts an adjective in the feminine: singulars and plurals of things."""

_BROKEN_ARTICLE = re.compile(r"\bلال")
_log = logging.getLogger(__name__)


def arabic(name: str) -> str | None:
    """Return the Arabic name of one party by its canonical one; None if none is known."""
    return _arabic().get(name) or _at_a_place(name)


def named(text: str) -> frozenset[str]:
    """Return the canonical names of the parties that a name in any spelling of either language means, often none."""
    return _meant().get(fold(text).strip(), frozenset())


@cache
def _meant() -> dict[str, frozenset[str]]:
    spelt = [(name, english) for english, name in _arabic().items()]
    spelt += [(english, english) for english in _arabic()]
    for entry in load_yaml(_AR / "actors.yml", tuple[ActorEntry, ...]):
        spelt += [(term, entry.name) for term in (*entry.terms, *entry.latin)]
    found: dict[str, set[str]] = {}
    for name, english in spelt:
        found.setdefault(fold(name), set()).add(english)
    return {name: frozenset(meant) for name, meant in found.items()}


@cache
def _arabic() -> dict[str, str]:
    """Return an Arabic name for each canonical one: chosen by hand, else the lexicon's first term."""
    names: dict[str, str] = {}
    try:
        for english, arabic in _terms():
            names.setdefault(english, arabic)
    except LexiconError as error:  # names are a comfort: without the lists the page shows the canonical ones
        _log.warning("%s", error)
    return names


def _terms() -> Iterator[tuple[str, str]]:
    chosen: dict[str, str] = load_yaml(_CHOSEN, dict[str, str])
    countries: tuple[CountryEntry, ...] = load_yaml(_AR / "countries.yml", tuple[CountryEntry, ...])
    yield from ((english, arabic) for english, arabic in chosen.items() if "{" not in english)
    yield from ((state.name, state.names[0]) for state in countries)
    for entry in load_yaml(_AR / "institutions.yml", tuple[InstitutionEntry, ...]):
        if pattern := chosen.get(entry.name) or _shortest(entry):
            yield from _of_countries(entry, pattern, countries)
            yield from _of_no_country(entry, pattern)
    for named in load_yaml(_AR / "actors.yml", tuple[ActorEntry, ...]):
        # An office at a place is called by the office, not by who holds it.
        if "person" not in named.tags or not _place_term(named.name):
            yield named.name, (*named.terms, *named.weak)[0]
    for noun in load_yaml(_AR / "nouns.yml", tuple[NounEntry, ...]):
        if noun.name:
            yield noun.name, _several(noun)


def _shortest(entry: InstitutionEntry) -> str | None:
    """Return the term that is most likely the body itself and not a part of it."""
    slotted = [term for term in entry.terms if "{demonym}" in term or "{country}" in term]
    fixed = [term for term in entry.terms if "{" not in term] if "{" not in entry.name else []
    return min(slotted or fixed, key=lambda term: (len(term.split()), "{demonym}" not in term), default=None)


def _of_countries(
    entry: InstitutionEntry, pattern: str, countries: Iterable[CountryEntry]
) -> Iterator[tuple[str, str]]:
    if "{place}" in entry.name + pattern:
        return
    for state in countries:
        if not entry.only or state.code in entry.only:
            english = entry.but.get(state.code) or entry.name.format(demonym=state.demonym, country=state.name)
            yield english, pattern.format(demonym=_adjective(pattern, state), country=state.names[0])


def _of_no_country(entry: InstitutionEntry, pattern: str) -> Iterator[tuple[str, str]]:
    """Yield the name of a body whose country the text leaves open: `army`."""
    english, adjective = entry.name.removeprefix("{demonym} "), " {demonym}"
    if english != entry.name and adjective in pattern and "{" not in english + pattern.replace(adjective, ""):
        yield english, pattern.replace(adjective, "")


def _adjective(pattern: str, state: CountryEntry) -> str:
    head = pattern.split(maxsplit=1)[0]
    bare = state.adjectives[0] if state.adjectives else state.names[0]
    return f"ال{bare}{'ة' if head.endswith(_FEMININE) else ''}"


def _several(noun: NounEntry) -> str:
    plural = noun.plural[0] if noun.plural else ""
    head, *rest = noun.noun.split()
    if not plural:
        return noun.noun
    stem = head.removesuffix("ة") if plural == "+ات" else head
    return " ".join((stem + plural[1:] if plural.startswith("+") else plural, *rest))


@cache
def _place_patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    found = []
    for entry in load_yaml(_AR / "institutions.yml", tuple[InstitutionEntry, ...]):
        term = next((term for term in entry.terms if "{place}" in term), None)
        if term and "{place}" in entry.name:
            english = re.escape(entry.name).replace(re.escape("{place}"), "(.+)")
            found.append((re.compile(english), term))
    return tuple(found)


@lru_cache(maxsize=2_000)
def _at_a_place(name: str) -> str | None:
    """Return the Arabic name of a body that is called by its place: `Aleppo governor`."""
    found = _place_term(name) if _arabic() else None
    where = _arabic_place(found[1]) if found else None
    return _BROKEN_ARTICLE.sub("لل", found[0].replace("{place}", where)) if found and where else None


def _place_term(name: str) -> tuple[str, str] | None:
    """Return the Arabic pattern of a body called by its place, and that place in English; None if it is none."""
    for english, term in _place_patterns():
        if found := english.fullmatch(name):
            return term, found[1]
    return None


def _arabic_place(name: str) -> str | None:
    named = [found for found, whole in default_gazetteer().find(name) if found.name_ar and whole]
    named.sort(key=lambda found: -found.population)
    return named[0].name_ar if named else None
