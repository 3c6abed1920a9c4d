"""The Arabic action and noun lexicons prove themselves: shape, uniqueness, coverage, an example for every term."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
import yaml

from events.morphology import PRONOUNS, conjugate, decline, with_object
from events.schema import ActionEntry, ActionTerm, NounEntry
from geodata.folding import fold

ROOT = Path(__file__).resolve().parents[1]
ARABIC = ROOT / "events" / "languages" / "ar"
CLITICS = tuple(c + p + a for c in ("", "و", "ف") for p in ("", "ب", "ل", "ك") for a in ("", "ال") if (p, a) != ("ل", "ال"))
MARK = re.compile(r"\[(.+?)\]")
FREQUENT = {
    "clash", "attack", "explosion_mine", "arrest", "deploy", "take_control", "withdraw", "evacuate", "protest",
    "humanitarian_aid", "close_road", "reopen_road", "casualties", "agreement", "statement", "other",
}  # fmt: skip
Words = tuple[str, ...]


def _load(name: str) -> Any:
    return yaml.safe_load((ARABIC / name).read_text(encoding="utf-8"))


@cache
def actions() -> dict[str, ActionEntry]:
    """Return the action entries by class code."""
    return {entry.code: entry for entry in (ActionEntry.model_validate(raw) for raw in _load("actions.yml"))}


@cache
def nouns() -> tuple[NounEntry, ...]:
    """Return the noun entries in file order."""
    return tuple(NounEntry.model_validate(raw) for raw in _load("nouns.yml"))


@cache
def ontology() -> dict[str, set[str]]:
    """Return the modes that the ontology knows, by class code."""
    classes = yaml.safe_load((ROOT / "events" / "ontology.yml").read_text(encoding="utf-8"))["classes"]
    return {c["id"]: {c["plover"].get("mode"), *c["plover"].get("other_modes", ())} for c in classes}


def words(text: str) -> Words:
    """Return the folded words of `text`."""
    return tuple(re.findall(r"\w+", fold(text)))


@cache
def bare(word: str) -> frozenset[str]:
    """Return the readings of a folded word with and without the clitics before it."""
    readings = {word[len(c) :] for c in CLITICS if word.startswith(c) and len(word) - len(c) > 1}
    readings |= {word[len(c) + 2 :] for c in ("", "و", "ف") if word.startswith(c + "لل") and len(word) > 4}
    return frozenset(readings | {word})


def _verb_forms(term: ActionTerm) -> Iterator[Words]:
    assert term.verb
    head, *rest = term.verb.split()
    forms = list(conjugate(head, (term.present or "").split(" ")[0]))
    for passive in term.passive:
        present = passive.startswith("ي")
        forms += list(conjugate("" if present else passive, passive if present else ""))
    for form in filter(None, forms):
        yield from (words(" ".join((spoken, *rest))) for spoken in (form, *with_object(form)))


def _noun_forms(noun: str, plural: Words = (), *, feminine: bool = False) -> Iterator[Words]:
    head, *rest = noun.split()
    for form in decline(head, tuple(p for p in plural if " " not in p), feminine=feminine):
        yield words(" ".join((form, *rest)))
        if not rest:
            yield from (words(form + pronoun) for pronoun in (*PRONOUNS, "ي"))
    yield from (words(p) for p in plural if " " in p)


def forms(term: ActionTerm) -> set[Words]:
    """Return the folded written forms of a term, each as a tuple of words."""
    found: set[Words] = set()
    if term.phrase:
        found.add(words(term.phrase))
    if term.verb:
        found |= set(_verb_forms(term))
    if term.noun:
        found |= set(_noun_forms(term.noun, term.plural))
    for masdar in term.masdar:
        found |= set(_noun_forms(masdar))
    for participle in term.participle:
        found |= set(_noun_forms(participle, ("+ون", "+ات"), feminine=True))
    return found


@cache
def table(code: str) -> dict[Words, list[ActionTerm]]:
    """Return the forms of a class with the terms that they stand for."""
    index: dict[Words, list[ActionTerm]] = defaultdict(list)
    for term in actions()[code].terms:
        for form in forms(term):
            index[form].append(term)
    return index


def readings(text: Words) -> Iterator[Words]:
    """Yield the words of a short run in every reading of their clitics."""
    if not text:
        yield ()
        return
    for rest in readings(text[1:]):
        yield from ((head, *rest) for head in bare(text[0]))


def terms_for(code: str, run: Words) -> list[ActionTerm]:
    """Return the terms of a class that `run` is a form of."""
    return [term for reading in readings(run) for term in table(code).get(reading, ())]


def contains(text: Words, needle: Words) -> bool:
    """Tell whether `needle` stands in `text`, behind clitics or not."""
    spans = (text[i : i + len(needle)] for i in range(len(text) - len(needle) + 1))
    return any(all(n in bare(w) for n, w in zip(needle, span, strict=True)) for span in spans)


def applies(term: ActionTerm, sentence: Words) -> bool:
    """Tell whether one of the term's `with_words` stands in the sentence, if it has any."""
    return not term.with_words or any(contains(sentence, words(word)) for word in term.with_words)


def label(term: ActionTerm) -> str:
    """Return a term's head with its conditions, for messages."""
    return f"{term.verb or term.noun or term.phrase} {term.subject} {term.object} {term.with_words}"


def conditions(term: ActionTerm) -> tuple[frozenset[str], frozenset[str], frozenset[Words]]:
    """Return what makes two terms with one surface form tell apart."""
    return frozenset(term.subject), frozenset(term.object), frozenset(words(w) for w in term.with_words)


def same_conditions(one: ActionTerm, other: ActionTerm) -> bool:
    """Tell whether a clause can satisfy both terms by the same tags and the same word."""
    a, b = conditions(one), conditions(other)
    return a[:2] == b[:2] and (a[2] == b[2] or bool(a[2] & b[2]))


def test_every_class_of_the_ontology_has_one_entry() -> None:
    assert list(actions()) == list(ontology())
    assert len(_load("actions.yml")) == len(actions())


@pytest.mark.parametrize("code", ontology())
def test_class_is_broad_enough(code: str) -> None:
    assert len(actions()[code].terms) >= (20 if code in FREQUENT else 8)


def test_the_lexicon_is_broad_enough() -> None:
    heads = {words(h) for e in actions().values() for t in e.terms for h in (t.verb, t.noun, t.phrase, *t.masdar) if h}
    assert len(heads) >= 700


@pytest.mark.parametrize("code", ontology())
def test_modes_are_those_of_the_ontology(code: str) -> None:
    assert {term.mode for term in actions()[code].terms if term.mode} <= ontology()[code]


@pytest.mark.parametrize("code", ontology())
def test_every_mark_is_a_term_of_its_class(code: str) -> None:
    wrong = []
    for example in actions()[code].examples:
        sentence = words(example.replace("[", "").replace("]", ""))
        for mark in MARK.findall(example):
            if not any(applies(term, sentence) for term in terms_for(code, words(mark))):
                wrong.append((mark, example))
    assert not wrong


@pytest.mark.parametrize("code", ontology())
def test_every_term_is_proven_by_a_mark(code: str) -> None:
    proven = set()
    for example in actions()[code].examples:
        sentence = words(example.replace("[", "").replace("]", ""))
        for mark in MARK.findall(example):
            proven |= {label(t) for t in terms_for(code, words(mark)) if applies(t, sentence)}
    assert not [label(t) for t in actions()[code].terms if label(t) not in proven]


def _unmarked(code: str, example: str) -> Iterable[Words]:
    """Yield the runs outside the marks that an unconditioned term of the class would match."""
    for gap in MARK.split(example)[::2]:
        tokens = words(gap)
        runs = (tokens[i : i + n] for n in (1, 2, 3) for i in range(len(tokens) - n + 1))
        yield from (run for run in runs if any(conditions(t) == ((),) * 3 or not any(conditions(t)) for t in terms_for(code, run)))


@pytest.mark.parametrize("code", ontology())
def test_no_trigger_of_the_class_is_left_unmarked(code: str) -> None:
    assert not [(run, e) for e in actions()[code].examples for run in _unmarked(code, e)]


def test_no_surface_form_has_two_meanings_under_the_same_conditions() -> None:
    owners: dict[Words, list[tuple[str, ActionTerm]]] = defaultdict(list)
    for code in actions():
        for form, terms in table(code).items():
            owners[form] += [(code, term) for term in terms]
    clashes = {
        (a, label(s), b, label(t))
        for pairs in owners.values()
        for (a, s), (b, t) in combinations(pairs, 2)
        if s is not t and same_conditions(s, t) and (a != b or (s.verb, s.noun, s.phrase) == (t.verb, t.noun, t.phrase))
    }
    assert not clashes


def test_examples_and_exceptions_are_all_different() -> None:
    examples = [words(e) for entry in actions().values() for e in entry.examples]
    assert len(examples) == len(set(examples))
    for code, entry in actions().items():
        assert len({words(e) for e in entry.exceptions}) == len(entry.exceptions), code


def test_nouns_are_many_and_unique() -> None:
    heads = [words(noun.noun) for noun in nouns()]
    assert len(heads) >= 350
    assert not {head for head in heads if heads.count(head) > 1}


def test_no_noun_form_belongs_to_two_parties() -> None:
    owners: dict[Words, set[tuple[str | None, tuple[str, ...]]]] = defaultdict(set)
    for noun in nouns():
        head, *rest = noun.noun.split()
        for form in (head, *(plural for plural in noun.plural if not plural.startswith("+"))):
            owners[words(" ".join((form, *rest)))].add((noun.name, noun.tags))
    assert not {form: parties for form, parties in owners.items() if len(parties) > 1}
