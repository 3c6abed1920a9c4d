"""Cut proclitics, the article and attached pronouns off a word."""

from collections.abc import Iterator
from typing import NamedTuple

from events.morphology import PRONOUNS
from events.readings import Actor, Demonym, Function, Noun, Operator, Payload, Sense

BARE = ("", "و", "ف")
"""Proclitics that leave a word's case open: none, or a conjunction."""
_SHORT = frozenset(("حي", "سد"))  # kind words of places
_PREFIXES = (*BARE, "ب", "ل", "ك", "وب", "ول", "وك", "فب", "فل")


class Analysis(NamedTuple):
    """One way to cut a word: proclitics, article, stem, attached pronoun."""

    pre: str
    definite: bool
    stem: str
    suf: str


def cuts(folded: str) -> list[Analysis]:
    """Return the ways to cut a folded word, whole word first."""
    found = []
    for pre in _PREFIXES:
        if not folded.startswith(pre) or not _long_enough(folded[len(pre) :], pre):
            continue
        for base in _bases(folded[len(pre) :], pre):
            found.append(Analysis(pre, False, base, ""))
            if base.startswith("ال") and len(base) > 4:
                found.append(Analysis(pre, True, base[2:], ""))
            found.extend(_without_pronoun(base, pre))
    return found


def _long_enough(stem: str, pre: str) -> bool:
    """Whether what a proclitic leaves may be a word: three letters behind a preposition, but `بحي المزة`."""
    return len(stem) >= (2 if pre in BARE or stem in _SHORT else 3)


def _bases(rest: str, pre: str) -> tuple[str, ...]:
    """`للجيش` is ل and الجيش, `للجنة` ل and اللجنة."""
    return (rest, "ال" + rest[1:], "ال" + rest) if pre.endswith("ل") and rest.startswith("ل") else (rest,)


def _without_pronoun(base: str, pre: str) -> Iterator[Analysis]:
    for pronoun in PRONOUNS:
        stem = base[: -len(pronoun)]
        if base.endswith(pronoun) and len(stem) >= (3 if len(pronoun) > 2 else 2):
            yield Analysis(pre, False, stem, pronoun)
            if stem.endswith("ت"):
                yield Analysis(pre, False, stem[:-1] + "ه", pronoun)
            elif stem.endswith("و"):
                yield Analysis(pre, False, stem + "ا", pronoun)
            elif stem.endswith("ا"):
                yield Analysis(pre, False, stem[:-1] + "ي", pronoun)
            elif stem.endswith("ي"):
                yield Analysis(pre, False, stem[:-1] + "ء", pronoun)


def place_cuts(folded: str) -> Iterator[Analysis]:
    """Yield the ways to cut a word that may begin a place name: proclitics only, no ف (فاطمة is no أطمة) and no ك."""
    for pre in ("", "و", "ب", "ل", "وب", "ول"):
        if folded.startswith(pre) and len(folded) - len(pre) >= (2 if pre in BARE else 3):
            for base in _bases(folded[len(pre) :], pre):
                yield Analysis(pre, False, base, "")


_IN_A = frozenset("قوي قتلي جرحي اسري مرضي موتي صرعي مستشفي مشفي مبني مقهي منفي مرسي".split())
"""Folded nouns in ى, which is ا before a pronoun."""


def fits(reading: Payload, cut: Analysis) -> bool:
    """Clitics that a kind of word cannot carry: no preposition or article on a finite verb, no pronoun on a name."""
    if cut.suf and len(cut.stem) < 3:
        return isinstance(reading, Function) and reading.category in ("support", "undertake")  # شنّه, but not شبه
    if isinstance(reading, Sense):
        verbal = reading.form in ("masdar", "participle")  # none has ا behind its article: والدهما is no الدهم
        verb = reading.form == "verb" and (cut.pre not in (*BARE, "ل", "ول") or cut.definite)
        return not (verb or (verbal and cut.definite and cut.stem.endswith("ا")))
    if isinstance(reading, Actor):
        return not cut.suf and not cut.definite
    if isinstance(reading, Function):
        small = not reading.category.startswith(("kind:", "head", "support", "undertake"))
        return not (small and (cut.definite or cut.suf)) and (cut.pre in BARE or not small)
    if isinstance(reading, Operator) and reading.form in ("verb", "phrase"):
        return not cut.definite and not (cut.suf and reading.form == "phrase")  # خطرة is no "its danger"
    if isinstance(reading, Demonym):
        return not cut.suf
    if isinstance(reading, Noun) and (cut.pre.endswith("ك") or (cut.suf and cut.stem in _IN_A)):
        return False  # كبير is no "like a well", قوية no "his forces" (قواه)
    return not (cut.definite and cut.suf)
