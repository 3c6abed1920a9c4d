"""The units that the grammar works on: parties, places, acts, words of speech, small words."""

from dataclasses import dataclass, field

from events.lexicon import Actor, Operator, Sense
from events.model import PlaceMention
from events.schema import CountryEntry
from events.times import Time


@dataclass(frozen=True, slots=True)
class Who:
    """A party as the sentence names it, before it is resolved against the article.

    `actor` is the named actor it is or belongs to; `noun` the English name of its common noun (`fighters`);
    `people` the adjective's country or people; `number` how many persons; `first`, `last` its words, half-open; `pronoun`: its head
    carries one (`قواته`); `single`: one indefinite person or thing; `rivals`: other actors
    of the same name; `back`: a definite head that stands for a body named before (`مسلحو التنظيم`).
    """

    first: int
    last: int
    tags: frozenset[str]
    actor: Actor | None = None
    rivals: tuple[Actor, ...] = ()
    slot: str | None = None
    noun: str | None = None
    sector: str | None = None
    people: CountryEntry | None = None
    number: int | None = None
    definite: bool = False
    head: str = ""
    pronoun: bool = False
    single: bool = False
    back: str = ""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Words `first` to `last`, half-open, and what they are; `pre` are the proclitics of the first word."""

    first: int
    last: int
    pre: str = ""
    suf: str = ""
    definite: bool = False
    folded: str = ""
    senses: tuple[Sense, ...] = ()
    operators: tuple[Operator, ...] = ()
    who: Who | None = None
    people: CountryEntry | None = None
    places: tuple[PlaceMention, ...] = ()
    time: Time | None = None
    number: int | None = None
    functions: frozenset[str] = field(default_factory=frozenset)
    tail: tuple[int, int] | None = None
    strong: bool = True
    mark: bool = False

    def prep(self, letter: str) -> bool:
        """Tell whether the first word carries the preposition `letter` (ب ل ك)."""
        return self.pre.endswith(letter)

    @property
    def joined(self) -> bool:
        """Whether the first word carries the conjunction و or ف."""
        return self.pre[:1] in ("و", "ف")
