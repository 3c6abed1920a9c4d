"""The Arabic action and noun lexicons prove themselves: breadth, uniqueness, an example for every term."""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
import yaml

from events.clitics import cuts
from events.forms import action_forms, folded_words
from events.lexicon import load_yaml
from events.schema import ActionEntry, ActionTerm, NounEntry

ROOT = Path(__file__).resolve().parents[1]
ARABIC = ROOT / "events" / "languages" / "ar"
MARK = re.compile(r"\[(.+?)\]")
FREQUENT = {
    "clash", "attack", "explosion_mine", "arrest", "deploy", "take_control", "withdraw", "evacuate", "protest",
    "humanitarian_aid", "close_road", "reopen_road", "casualties", "agreement", "statement", "other",
}  # fmt: skip
Words = tuple[str, ...]
Conditions = tuple[frozenset[str], frozenset[str], frozenset[Words]]
NONE: Conditions = (frozenset(), frozenset(), frozenset())


@cache
def actions() -> dict[str, ActionEntry]:
    """Return the action entries by class code, in file order."""
    return {entry.code: entry for entry in load_yaml(ARABIC / "actions.yml", tuple[ActionEntry, ...])}


@cache
def nouns() -> tuple[NounEntry, ...]:
    """Return the noun entries in file order."""
    entries: tuple[NounEntry, ...] = load_yaml(ARABIC / "nouns.yml", tuple[NounEntry, ...])
    return entries


@cache
def modes() -> dict[str, set[Any]]:
    """Return the PLOVER modes that the ontology knows, by class code."""
    classes = yaml.safe_load((ROOT / "events" / "ontology.yml").read_text(encoding="utf-8"))["classes"]
    return {c["id"]: {c["plover"].get("mode"), *c["plover"].get("other_modes", ())} for c in classes}


@cache
def table(code: str) -> dict[Words, tuple[ActionTerm, ...]]:
    """Return the written forms of a class with the terms that they stand for."""
    index: dict[Words, dict[int, ActionTerm]] = defaultdict(dict)
    for term in actions()[code].terms:
        for form, sense in action_forms(code, term):
            index[(*form, *sense.rest)][id(term)] = term
    return {form: tuple(terms.values()) for form, terms in index.items()}


def words(text: str) -> Words:
    """Return the folded words of a text without its marks."""
    return folded_words(text.replace("[", "").replace("]", ""))


@cache
def bare(word: str) -> frozenset[str]:
    """Return the readings of a folded word without the clitics and pronouns around it."""
    return frozenset(cut.stem for cut in cuts(word)) | {word}


def terms_for(code: str, run: Words) -> set[ActionTerm]:
    """Return the terms of a class that a run of words is a form of; clitics only stand at its first word."""
    return {term for head in bare(run[0]) for term in table(code).get((head, *run[1:]), ())}


def conditions(term: ActionTerm) -> Conditions:
    """Return what tells apart two terms with one surface form."""
    return frozenset(term.subject), frozenset(term.object), frozenset(folded_words(w) for w in term.with_words)


def telling(term: ActionTerm, sentence: Words) -> set[str]:
    """Return the words of the sentence that satisfy the term's `with_words`."""
    wanted = {word for phrase in conditions(term)[2] for word in phrase}
    return {word for word in sentence if wanted & bare(word)}


def applying(code: str, mark: str, sentence: Words) -> set[ActionTerm]:
    """Return the terms that a mark proves in its sentence."""
    return {t for t in terms_for(code, words(mark)) if not t.with_words or telling(t, sentence)}


def label(term: ActionTerm) -> str:
    """Return a term's head with its conditions, for messages."""
    return f"{term.verb or term.noun or term.phrase} {term.subject} {term.object} {term.with_words}"


def marks(code: str) -> Iterator[tuple[str, set[ActionTerm], str]]:
    """Yield the marks of a class with the terms they prove and their example."""
    for example in actions()[code].examples:
        for mark in MARK.findall(example):
            yield mark, applying(code, mark, words(example)), example


def unmarked(code: str, example: str) -> Iterator[Words]:
    """Yield the words outside the marks that are an unconditioned term of the class and no other term uses up."""
    sentence = words(example)
    found = {term for mark in MARK.findall(example) for term in applying(code, mark, sentence)}
    used = {word for term in found for word in telling(term, sentence)}
    for gap in MARK.split(example)[::2]:
        tokens = words(gap)
        for run in (tokens[i : i + size] for size in (1, 2, 3) for i in range(len(tokens) - size + 1)):
            if any(conditions(term) == NONE for term in terms_for(code, run)) and not used & set(run):
                yield run


def ambiguous(one: ActionTerm, other: ActionTerm) -> bool:
    """Tell whether a clause can satisfy both terms by the same tags and the same word."""
    a, b = conditions(one), conditions(other)
    return a[:2] == b[:2] and (a[2] == b[2] or bool(a[2] & b[2]))


def test_every_class_of_the_ontology_has_one_entry() -> None:
    raw = yaml.safe_load((ARABIC / "actions.yml").read_text(encoding="utf-8"))
    assert [entry["code"] for entry in raw] == list(modes())


@pytest.mark.parametrize("code", modes())
def test_class_is_broad_enough(code: str) -> None:
    assert len(actions()[code].terms) >= (20 if code in FREQUENT else 8)


def test_the_lexicon_is_broad_enough() -> None:
    terms = [term for entry in actions().values() for term in entry.terms]
    assert len({folded_words(head) for t in terms for head in (t.verb, t.noun, t.phrase) if head}) >= 700


@pytest.mark.parametrize("code", modes())
def test_modes_are_those_of_the_ontology(code: str) -> None:
    assert {term.mode for term in actions()[code].terms if term.mode} <= modes()[code]


@pytest.mark.parametrize("code", modes())
def test_every_mark_is_a_term_of_its_class(code: str) -> None:
    assert not [(mark, example) for mark, terms, example in marks(code) if not terms]


@pytest.mark.parametrize("code", modes())
def test_every_term_is_proven_by_a_mark(code: str) -> None:
    proven = {term for _, terms, _ in marks(code) for term in terms}
    assert not [label(term) for term in actions()[code].terms if term not in proven]


@pytest.mark.parametrize("code", modes())
def test_no_trigger_of_the_class_is_left_unmarked(code: str) -> None:
    assert not [(run, example) for example in actions()[code].examples for run in unmarked(code, example)]


def test_no_surface_form_has_two_meanings_under_the_same_conditions() -> None:
    owners: dict[Words, list[tuple[str, ActionTerm]]] = defaultdict(list)
    for code in actions():
        for form, terms in table(code).items():
            owners[form] += [(code, term) for term in terms]
    pairs = (pair for meanings in owners.values() for pair in combinations(meanings, 2))
    assert not {(a, label(s), b, label(t)) for (a, s), (b, t) in pairs if a != b and ambiguous(s, t)}


@pytest.mark.parametrize("code", modes())
def test_no_term_stands_twice(code: str) -> None:
    keys = [(t.verb, t.noun, t.phrase, conditions(t)) for t in actions()[code].terms]
    assert not [key for key in keys if keys.count(key) > 1]


def test_examples_and_exceptions_are_all_different() -> None:
    examples = [words(example) for entry in actions().values() for example in entry.examples]
    assert len(examples) == len(set(examples))
    for code, entry in actions().items():
        assert len({words(phrase) for phrase in entry.exceptions}) == len(entry.exceptions), code


@pytest.mark.parametrize("code", modes())
def test_no_exception_hides_a_trigger(code: str) -> None:
    """Exceptions hold for all classes: none may be a term, nor stand in any class's examples."""
    hidden = {words(phrase) for phrase in actions()[code].exceptions}
    assert not {phrase for phrase in hidden for other in actions() if len(phrase) > 1 and phrase in table(other)}
    for example in (example for entry in actions().values() for example in entry.examples):
        sentence = words(example)
        runs = {sentence[i : i + n] for n in (1, 2, 3) for i in range(len(sentence) - n + 1)}
        assert not hidden & runs, example


def test_nouns_are_many_and_unique() -> None:
    heads = [folded_words(noun.noun) for noun in nouns()]
    assert len(heads) >= 350
    assert not {head for head in heads if heads.count(head) > 1}


def test_no_noun_form_belongs_to_two_parties() -> None:
    owners: dict[Words, set[tuple[str | None, Words]]] = defaultdict(set)
    for noun in nouns():
        head, *rest = noun.noun.split()
        for form in (head, *(plural for plural in noun.plural if not plural.startswith("+"))):
            owners[folded_words(" ".join((form, *rest)))].add((noun.name, noun.tags))
    assert not {form: parties for form, parties in owners.items() if len(parties) > 1}
