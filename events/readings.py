"""What words of a text may be: the readings that the lexicon gives them."""

from typing import Any

from events.schema import ActionTerm, CountryEntry, InstitutionEntry, NounEntry, OperatorEntry
from events.values import dataclass

DEMONYM, COUNTRY, PLACE = "{demonym}", "{country}", "{place}"
"""Slots in the names of institutions, filled by words of the text."""


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
