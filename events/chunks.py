"""The units that the grammar works on: parties, places, acts, words of speech, small words."""

from collections.abc import Iterator, Sequence

from events.model import PlaceMention
from events.readings import Actor, Operator, Sense
from events.schema import CountryEntry
from events.times import Time
from events.values import dataclass, field


@dataclass(frozen=True, slots=True)
class Who:
    """A party as the sentence names it, before it is resolved against the article.

    `actor` is the named actor it is or belongs to; `noun` the English name of its common noun (`fighters`);
    `people` the adjective's country or people; `number` how many persons; `first`, `last` its words, half-open;
    `pronoun`: its head carries one (`قواته`); `single`: one indefinite person or thing; `rivals`: other actors
    of the same name; `back`: a definite head that stands for a body named before (`مسلحو التنظيم`);
    `adjective`: its head may be an adjective of the noun before (`هجوم مسلح`); `acting`, `speaking`: the English name
    of its noun when it acts or speaks, where that is another one (civilians, but `doctors` and `medical sources`);
    `accusative`: its head is written as an object (`قيادياً`).
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
    adjective: bool = False
    acting: str | None = None
    speaking: str | None = None
    accusative: bool = False


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

    def is_mark(self, marks: str) -> bool:
        """Tell whether this is one of some punctuation marks."""
        return self.mark and self.folded in marks

    @property
    def governed(self) -> bool:
        """Whether the first word carries a preposition (ب ل ك)."""
        return self.pre.endswith(("ب", "ل", "ك"))

    @property
    def joined(self) -> bool:
        """Whether the first word carries the conjunction و or ف."""
        return self.pre[:1] in ("و", "ف")

    @property
    def named(self) -> bool:
        """Whether this is a party or a place."""
        return bool(self.who or self.places)

    @property
    def finite(self) -> bool:
        """Whether this may be a finite verb of an act."""
        return bool(self.senses) and any(sense.form == "verb" for sense in self.senses)

    @property
    def speaks(self) -> bool:
        """Whether this may be a finite verb of speech."""
        return bool(self.operators) and any(operator.form == "verb" for operator in self.operators)


def leftward(chunks: Sequence[Chunk], at: int, reach: int | None = None) -> Iterator[tuple[int, Chunk]]:
    """Yield the chunks before `at` with their index, the nearest first, no more than `reach`."""
    first = 0 if reach is None else max(0, at - reach)
    return zip(range(at - 1, first - 1, -1), reversed(chunks[first:at]), strict=True)


def rightward(chunks: Sequence[Chunk], at: int, reach: int | None = None) -> Iterator[tuple[int, Chunk]]:
    """Yield the chunks behind `at` with their index, the nearest first, no more than `reach`."""
    last = None if reach is None else at + 1 + reach
    return enumerate(chunks[at + 1 : last], at + 1)
