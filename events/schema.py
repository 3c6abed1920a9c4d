"""The shape of the lexicon files: strict, so that a slip in YAML names its file and entry."""

from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

Tag = Literal[
    "person", "civilian", "resident", "armed", "official", "displaced", "detainee", "abductee", "wounded", "dead",
    "crowd", "speaker", "group", "place", "road", "building", "weapon", "aircraft", "vehicle", "ship", "aid", "truce",
    "deal", "device", "fire", "infrastructure", "animal", "toll", "state", "thing", "post", "staff",
]  # fmt: skip
Frame = Literal["agent_patient", "agent", "patient", "parties", "happening"]
Count = Literal[
    "killed", "injured", "missing", "detained", "abducted", "evacuated", "displaced", "returned", "released",
    "surrendered",
]  # fmt: skip


_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(path: Path) -> Any:
    """Return what a YAML file holds, by the safe loader, in C where there is one; raises yaml.YAMLError, OSError."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)


class Strict(BaseModel):
    """A YAML mapping in which an unknown key or a wrong type (`no`, `010`) is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class ActionTerm(Strict):
    """One entry of `actions.yml`: exactly one of `verb`, `noun` and `phrase`, with its argument frame.

    verb        past, third person masculine singular; fixed words may follow (`ألقى القبض على`). `present` likewise.
    passive     forms of the passive that are written unlike the active (`أعيد`, `يقتاد`)
    masdar      verbal nouns as written without article; fixed words may follow (`إلقاء القبض على`)
    participle  participles that news uses as predicates (`محاصر`), masculine singular
    noun        an event noun (`غارة`) with its `plural`s (broken ones as written, `+ات`, `+ون`)
    phrase      fixed words that do not inflect
    frame       agent_patient  subject acts, object suffers; a masdar's genitive suffers unless it is a force or state
                agent          subject or genitive acts, no object (withdraw, protest, return)
                patient        subject or genitive suffers (die, be wounded); `count` says which number it is
                parties        both sides act: between A and B, A with B
                happening      no actor: explosion, fire, accident
    prep        prepositions that lead to the patient (`سيطر` على, `أفرج` عن)
    subject     tags of which the subject must have one, else the entry does not apply
    object      tags of which the object must have one, else the entry does not apply
    with_words  words of which one must stand in the same clause, else the entry does not apply
    """

    verb: str | None = None
    present: str | None = None
    passive: tuple[str, ...] = ()
    masdar: tuple[str, ...] = ()
    participle: tuple[str, ...] = ()
    noun: str | None = None
    plural: tuple[str, ...] = ()
    phrase: str | None = None
    frame: Frame
    prep: tuple[str, ...] = ()
    subject: tuple[Tag, ...] = ()
    object: tuple[Tag, ...] = ()
    with_words: tuple[str, ...] = ()
    count: Count | None = None
    mode: str | None = None
    gloss: str

    @model_validator(mode="after")
    def _one_head(self) -> "ActionTerm":
        if sum(head is not None for head in (self.verb, self.noun, self.phrase)) != 1:
            raise ValueError("exactly one of verb, noun, phrase")
        return self


class ActionEntry(Strict):
    """All terms of one action class; in each example the trigger words stand in [brackets]."""

    code: str
    terms: tuple[ActionTerm, ...]
    exceptions: tuple[str, ...] = Field(default=(), alias="except")
    examples: tuple[str, ...]


class ActorEntry(Strict):
    """One named actor of `actors.yml`.

    terms   names that mean this actor wherever they stand
    weak    names that mean it only in a text about one of its `countries` (or, where none is given, never alone)
    """

    name: str
    sector: str
    countries: tuple[str, ...] = ()
    tags: tuple[Tag, ...] = ()
    terms: tuple[str, ...]
    weak: tuple[str, ...] = ()
    latin: tuple[str, ...] = ()
    note: str | None = None


class InstitutionEntry(Strict):
    """A kind of body that many countries or places have; the English `name` and the `terms` hold one slot.

    {demonym}  adjective of the country, in any gender (`الجيش {demonym}` → `الجيش السوري`); in `name` the English one
    {country}  the country's name (`جيش {country}`, `President of {country}`)
    {place}    any place name (`محافظ {place}` → `Aleppo governor`)
    bare       names without the slot, whose country is that of the text (`الجيش`)
    only       ISO codes for which it holds (empty: all)
    """

    name: str
    sector: str
    tags: tuple[Tag, ...] = ()
    terms: tuple[str, ...]
    bare: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    but: dict[str, str] = {}  # ISO code → the name used instead of the pattern's


class CountryEntry(Strict):
    """Names and adjectives of a country; `capital` names it by metonymy when it acts or speaks."""

    code: str
    name: str
    demonym: str
    names: tuple[str, ...]
    adjectives: tuple[str, ...]  # masculine singular without article: سوري, لبناني
    plurals: tuple[str, ...] = ()  # broken plurals: أتراك, أكراد
    capital: tuple[str, ...] = ()
    government: str  # the canonical name of the state as an actor: `Syrian government`, `Israel`, `Turkey`
    army: str
    soldiers: str | None = None  # whose `الجيش`, `الجنود` without an adjective are there, if not those of `army`


class NounEntry(Strict):
    """A common noun that fills a slot: who or what acts, suffers, speaks or is counted.

    name      canonical English (`civilians`, `car`), None for nouns that name no party by themselves
    acting    the name when they act (`teachers` on strike), if it is another one
    speaking  the name when they speak (`medical sources`), if it is another one; else that of `acting`
    """

    noun: str
    plural: tuple[str, ...] = ()
    feminine: bool = False
    name: str | None = None
    acting: str | None = None
    speaking: str | None = None
    sector: str | None = None
    tags: tuple[Tag, ...]
    gloss: str


class OperatorEntry(Strict):
    """A verb or phrase whose content is an act, and what it makes of that act (see `qualifiers.yml`).

    prep        prepositions that lead to the content (`دعا` إلى); the content may follow without one
    with_words  words of which one must stand in the same clause, else the entry does not apply
    weak        also an everyday word: counts only with أن or a quotation behind it
    doer        who acts in the content if it names nobody: the `speaker` (threaten to), the `addressee` (ask of),
                or the `subject`, who then makes no claim (intend to)
    """

    verb: str | None = None
    present: str | None = None
    masdar: tuple[str, ...] = ()
    participle: tuple[str, ...] = ()
    phrase: str | None = None
    kind: Literal["say", "comment", "talk", "claim", "accuse", "deny", "demand", "plan", "fear"]
    prep: tuple[str, ...] = ()
    with_words: tuple[str, ...] = ()
    weak: bool = False
    doer: Literal["speaker", "addressee", "subject"] | None = None
    gloss: str


class Qualifiers(Strict):
    """The whole of `qualifiers.yml`."""

    operators: tuple[OperatorEntry, ...]
    attribution: tuple[str, ...]
    as_reported: tuple[str, ...]
    reports: tuple[str, ...]
    speaker_heads: tuple[str, ...]
    functions: dict[str, tuple[str, ...]]
    kinds: dict[str, tuple[str, ...]]
    prepositions: dict[str, tuple[str, ...]]
    words: dict[str, tuple[str, ...]]
