"""What a row says, parsed once for comparing it with others."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

from events.matching import bare_forms
from events.row import COUNTS
from events.stories import spots
from events.stories.kinship import kinship
from events.stories.plain import plain
from events.stories.spots import Lookup, Spot, gazetteer_place, spot_of
from events.values import dataclass
from events.words import split_words
from geodata.folding import fold

_STEM = 5  # letters of a word that are compared
_SHORT = 2

READ = (
    *("event_id", "article_id", "action", "modality", "event_date", "event_date_end", "time_precision", "published"),
    *("actor", "actor_sector", "target", "target_sector", "claim_source", "quote"),
    *spots.COLUMNS,
    *COUNTS,
)
"""The columns of a row that are compared."""

LONGEST = 31
"""Days after the first that are looked at: what is longer is compared by its first month."""

WORLDS: Mapping[str, str] = {"planned": "planned", "demanded": "demanded", "hypothetical": "supposed"}
"""Modalities that are no event: told, planned, demanded and supposed acts never share a story."""


@dataclass(frozen=True, slots=True)
class Names:
    """The party of a row: canonical names, their telling words, the states they act for; `vague`: anybody."""

    names: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    state_of: frozenset[str] = frozenset()
    vague: bool = False


class Wording(NamedTuple):
    """Stems of a quote's words; the parts of the day it names, 0 dawn to 5 night; whether it tells a further act."""

    stems: frozenset[str]
    hours: frozenset[int]
    further: bool


@dataclass(frozen=True, slots=True)
class Report:
    """One row for comparing.

    `family` is the action's family and `world` what kind of telling it is (told, planned …). `first` and `last` are
    the days of the event (proleptic ordinals), None where the text leaves them open; `exact`: one day is named.
    `published` is the day of the article.
    """

    id: str
    article: str
    action: str
    family: str
    world: str
    spot: Spot
    country: str
    first: int | None
    last: int | None
    exact: bool
    published: int | None
    actor: Names
    target: Names
    counts: Mapping[str, int]
    speaker: str | None
    modality: str
    quote: str

    @property
    def wording(self) -> Wording:
        """What the quote's words say; read when it is first asked for."""
        return _wording(self.quote)

    @property
    def block(self) -> str:
        """What rows must agree in to be compared at all."""
        return f"{self.family}|{self.world}|{self.country}"

    @property
    def day(self) -> int | None:
        """The day by which it is found: the event's first, else the article's; None if neither is known."""
        return self.first if self.first is not None else self.published


def reports(
    rows: Iterable[Mapping[str, Any]], lookup: Lookup = gazetteer_place, countries: Mapping[str, str] | None = None
) -> list[Report]:
    """Return the reports of rows; a row that names no place is looked for in the country its article mostly tells of.

    `countries` gives this country for articles by id; None: all rows of an article are among `rows`.
    """
    told = [(row, spot_of(row, lookup)) for row in (plain(row, READ) for row in rows)]
    if countries is None:
        countries = main_countries((row["article_id"], spot.country) for row, spot in told)
    return [_report(row, spot, spot.country or countries.get(row["article_id"], "")) for row, spot in told]


def main_countries(told: Iterable[tuple[str, str | None]]) -> dict[str, str]:
    """Return for each article id the country that most of its rows are in; pairs are one for each row."""
    votes: dict[str, Counter[str]] = {}
    for article, country in told:
        if country:
            votes.setdefault(article, Counter())[country] += 1
    return {article: min(found, key=lambda code: (-found[code], code)) for article, found in votes.items()}


def _report(row: Mapping[str, Any], spot: Spot, country: str) -> Report:
    first, last, exact = days_of(row.get("event_date"), row.get("event_date_end"), row.get("time_precision"))
    tables = kinship()
    return Report(
        id=row["event_id"],
        article=row["article_id"],
        action=row["action"],
        family=tables.family.get(row["action"], row["action"]),
        world=WORLDS.get(row["modality"], "told"),
        spot=spot,
        country=country,
        first=first,
        last=last,
        exact=exact,
        published=_ordinal(row.get("published")),
        actor=names(row.get("actor"), row.get("actor_sector")),
        target=names(row.get("target"), row.get("target_sector")),
        counts={tables.same_count.get(name, name): int(row[name]) for name in COUNTS if row.get(name) is not None},
        speaker=row.get("claim_source"),
        modality=row["modality"],
        quote=row.get("quote") or "",
    )


@lru_cache(maxsize=10_000)
def names(name: str | None, sector: str | None) -> Names:
    """Return a party for comparing; `A; B` are two names."""
    if not name:
        return Names()
    tables = kinship()
    each = frozenset(part.strip() for part in name.split(";"))
    words = frozenset(word for part in each for word in fold(part).replace("-", " ").split())
    state = sector in tables.state_sectors
    countries = {tables.country_of_actor.get(part) for part in each} | {tables.country_of_word.get(w) for w in words}
    return Names(
        names=each,
        words=frozenset(word.rstrip("s") for word in words - tables.common_words if word not in tables.country_of_word),
        state_of=frozenset(code for code in countries if code) if state else frozenset(),
        vague=each <= tables.vague,
    )


@lru_cache(maxsize=20_000)
def days_of(start: str | None, end: str | None, precision: int | None) -> tuple[int | None, int | None, bool]:
    """Return the first and last day (ordinals) and whether one day is named, of a row's dates and time precision.

    A date that is good to a week is widened by three days on both sides; without a date all is None.
    """
    if not start:
        return None, None, False
    first, last = _span(start)
    if end:
        last = max(last, _span(end)[1])
    if precision == 2:
        first, last = first - 3, last + 3
    return first, min(last, first + LONGEST), first == last


@lru_cache(maxsize=10_000)
def _span(text: str) -> tuple[int, int]:
    year, month, *day = (int(part) for part in text[:10].split("-"))
    if day:
        first = last = date(year, month, day[0]).toordinal()
        return first, last
    following = date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, 1).toordinal(), following.toordinal() - 1


def _ordinal(text: str | None) -> int | None:
    return _span(text)[0] if text else None


@lru_cache(maxsize=50_000)
def _wording(quote: str) -> Wording:
    tables = kinship()
    folded = [word.folded for word in split_words(quote)]
    stems = frozenset(_stem(word) for word in folded if len(word) > _SHORT and word not in tables.stop)
    hours = {tables.hours[form] for word in folded for form in bare_forms(word) if form in tables.hours}
    hours |= {
        tables.hours_before_day[form]
        for word, following in pairwise(folded)
        if following in tables.days
        for form in bare_forms(word)
        if form in tables.hours_before_day
    }
    return Wording(stems, frozenset(hours), any(word in tables.further for word in folded))


@lru_cache(maxsize=100_000)
def _stem(word: str) -> str:
    shortest = min((form for form in bare_forms(word) if len(form) > _SHORT), key=len, default=word)
    return shortest[:_STEM]
