"""What the finder cuts a sentence into: words that belong together, with all that they may be."""

from typing import NamedTuple

from events.readings import Actor, Demonym, Function, Noun, Operator, Payload, Sense
from events.values import dataclass, field, replace


class PlaceName(NamedTuple):
    """A gazetteer name; `strong` names are places wherever they stand."""

    name: str
    strong: bool


@dataclass(frozen=True, slots=True)
class Kinds:
    """The readings of an item by kind, sorted once for all that ask: actors strong names first.

    `kind` is the kind of place that it says (`town`), `verb`: an act's verb; `nominal`: it may begin a party.
    """

    senses: tuple[Sense, ...] = ()
    operators: tuple[Operator, ...] = ()
    actors: tuple[Actor, ...] = ()
    noun: Noun | None = None
    demonym: Demonym | None = None
    place: PlaceName | None = None
    functions: frozenset[str] = frozenset()
    kind: str | None = None
    verb: bool = False
    nominal: bool = False


NO_KINDS = Kinds()
"""Of a word that nothing knows."""


@dataclass(frozen=True, slots=True)
class Item:
    """Words `first` to `last` (half-open) and all that they may be; `tail` are fixed words that stand apart."""

    first: int
    last: int
    pre: str = ""
    definite: bool = False
    suf: str = ""
    readings: tuple[Payload | PlaceName, ...] = ()
    tail: tuple[int, int] | None = None
    slot: str | None = None
    kinds: "Kinds" = field(default_factory=lambda: NO_KINDS)

    def at(self, first: int) -> "Item":
        """Return the item moved to begin at another word."""
        moved = first - self.first
        tail = (self.tail[0] + moved, self.tail[1] + moved) if self.tail else None
        return Item(
            first, self.last + moved, self.pre, self.definite, self.suf, self.readings, tail, self.slot, self.kinds
        )

    def merged(self, other: "Item") -> "Item":
        """Return the item with the readings of another one of the same words, as it is if they are cut otherwise."""
        if (self.pre, self.suf) != (other.pre, other.suf):
            return self
        return replace(
            self,
            definite=self.definite or other.definite,
            readings=self.readings + tuple(reading for reading in other.readings if reading not in self.readings),
            tail=self.tail or other.tail,
            slot=self.slot or other.slot,
        )

    def sorted(self) -> "Item":
        """Return the item with its readings sorted by kind."""
        return replace(self, kinds=kinds_of(self.readings)) if self.readings else self


def _certainty(actor: Actor) -> tuple[bool, bool]:
    """Strong names before weak ones, a name of its own before a pattern's (حلف قبائل حضرموت)."""
    return actor.weak, actor.pattern is not None


def kinds_of(readings: tuple[Payload | PlaceName, ...]) -> Kinds:
    """Sort readings by kind; a preposition is no noun (أمام is no imam)."""
    functions = frozenset(reading.category for reading in readings if isinstance(reading, Function))
    preposition = any(category.startswith("prep:") for category in functions)
    nouns = () if preposition else (reading for reading in readings if isinstance(reading, Noun))
    senses = tuple(reading for reading in readings if isinstance(reading, Sense))
    actors = tuple(sorted((reading for reading in readings if isinstance(reading, Actor)), key=_certainty))
    noun = next(iter(nouns), None)
    demonym = next((reading for reading in readings if isinstance(reading, Demonym)), None)
    return Kinds(
        senses,
        tuple(reading for reading in readings if isinstance(reading, Operator)),
        actors,
        noun,
        demonym,
        next((reading for reading in readings if isinstance(reading, PlaceName)), None),
        functions,
        min((category.removeprefix("kind:") for category in functions if category.startswith("kind:")), default=None),
        any(sense.form == "verb" for sense in senses),
        bool(actors or noun or demonym or "head" in functions),
    )
