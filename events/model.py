"""The values that pass between the stages; spans count code points of `Article.text`, half-open."""

from datetime import date
from typing import NamedTuple

from events.values import dataclass, field
from geodata.model import Candidate, Match


class Span(NamedTuple):
    """A half-open run of code points."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Article:
    """One news text as published; `None` in a field means that the source does not say."""

    id: str
    text: str
    title: str | None = None
    language: str = "ar"
    published: date | None = None
    publisher: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A run of an article between sentence marks or line ends; `text` is verbatim."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place as an article names it: `text` without kind word and preposition, verbatim at `span`.

    `kind` is the kind word beside the name (neighbourhood, town, airport …), None if there is none;
    `within` are the larger places the sentence puts it in, nearest first; `countries` the ISO 3166-1 codes
    of the countries the article is about, most likely first; `inherited`: it was named in another sentence.
    """

    span: Span
    text: str
    kind: str | None = None
    within: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    inherited: bool = False


@dataclass(frozen=True, slots=True)
class When:
    """When an event happened: ISO dates (`YYYY-MM-DD` or `YYYY-MM`), None if the text leaves it open.

    `precision` follows ACLED's time_precision: 1 the day, 2 the week or so, 3 the month or vaguer.
    """

    start: str | None = None
    end: str | None = None
    precision: int | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Party:
    """Who acts, suffers or speaks: canonical English `name`, PLOVER `sector`, and `text` as written.

    `name` is None if only the words are known, `text` None if the party is carried over from earlier.
    """

    name: str | None = None
    sector: str | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One reported act with one claim at one place: `quote` is `article.text[start:end]` of `span`.

    `mode` is PLOVER's, None for the one its class stands for.
    """

    id: str
    article_id: str
    action: str
    modality: str
    span: Span
    quote: str
    confidence: float
    extractor: str
    actor: Party = Party()
    target: Party = Party()
    claim_source: str | None = None
    place: PlaceMention | None = None
    when: When = When()
    counts: dict[str, int] = field(default_factory=dict)
    mode: str | None = None
    trail: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LocatedEvent:
    """An event and the place it was resolved to; `reason` says why `match` is None, `others` what it may have been."""

    event: Event
    match: Match | None
    reason: str | None
    others: tuple[Candidate, ...] = ()
