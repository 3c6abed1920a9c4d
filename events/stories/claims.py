"""A story's claims by speaker: who asserts, who denies, who gives which number. Nothing is averaged or added up."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Any, Literal

from events.digits import digits_value
from events.row import COUNTS
from events.stories.plain import plain
from events.words import split_words

Stance = Literal["asserts", "denies", "plans", "demands", "supposes"]
"""What a speaker does with the event; a distanced telling (`claimed`) asserts, and says so by `Claim.distanced`."""

STANCES: Mapping[str, Stance] = {
    "asserted": "asserts",
    "claimed": "asserts",
    "denied": "denies",
    "planned": "plans",
    "demanded": "demands",
    "hypothetical": "supposes",
}
FAMILIES = frozenset(name for name in COUNTS if name.endswith("_families"))
"""Counts of families; all others are of persons. The two are never compared or added."""

_READ = ("event_id", "modality", "claim_source", "publisher", "published", "actor", "quote", *COUNTS)
_SHOWN_PARTS = 4


@dataclass(frozen=True, slots=True)
class Figure:
    """One number that one row gives for one count (`evacuated`, `displaced_families` …).

    `parts` are the numbers of the quote that make up `number` (360 and 59 for 419), empty where the quote has the
    number itself; `speaker` is who gives it, `published` the day (ISO 8601) or None where the article has none.
    """

    count: str
    number: int
    parts: tuple[int, ...]
    speaker: str | None
    published: str | None
    event_id: str


@dataclass(frozen=True, slots=True)
class Claim:
    """What one speaker does with the event: all rows of one speaker and one stance.

    `speaker` is the claim source's canonical name, else the publisher in its own voice (`outlet` is then True), None
    where neither is known. `distanced`: every row tells it with distance ("claims that") or against another's word.
    `figures` are this speaker's numbers, earliest first. `actors` are whom this speaker names as acting: two names
    in the claims of one story are rival blame. `first`, `last` are the first and last day published.
    """

    speaker: str | None
    outlet: bool
    stance: Stance
    distanced: bool
    actors: tuple[str, ...]
    figures: tuple[Figure, ...]
    event_ids: tuple[str, ...]
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class Range:
    """The lowest and highest number given for one count, and every figure; `unit` says what is counted.

    Figures of those who deny the event are not among them. `low` equals `high` where all agree.
    """

    count: str
    unit: Literal["persons", "families"]
    low: int
    high: int
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One speaker who gives another number, or takes another stance, than on an earlier day.

    `what` is a count, or `stance`; `before` and `after` are numbers or stances as text; `published` is the later day.
    """

    speaker: str | None
    what: str
    before: str
    after: str
    published: str


@dataclass(frozen=True, slots=True)
class Claims:
    """All that is claimed in a story: `asserting` and `denying` are the two columns, `others` plans and the like.

    Within each, claims go by their first day and then by speaker. `ranges` is by count in the order of the row's
    columns; `changes` by day.
    """

    asserting: tuple[Claim, ...]
    denying: tuple[Claim, ...]
    others: tuple[Claim, ...]
    ranges: Mapping[str, Range]
    changes: tuple[Change, ...]


def claims(rows: Iterable[Mapping[str, Any]]) -> Claims:
    """Return what the rows of one story claim; rows are mappings with the contract's names (missing: None, NaN or NA).

    The order of the rows does not matter. No rows give an empty `Claims`.
    """
    told = sorted((plain(row, _READ) for row in rows), key=lambda row: (row.get("published") or "", row["event_id"]))
    groups: dict[tuple[str | None, bool, Stance], list[dict[str, Any]]] = {}
    for row in told:
        groups.setdefault((*_speaker(row), STANCES.get(row.get("modality") or "", "asserts")), []).append(row)
    found = sorted((_claim(key, rows_of) for key, rows_of in groups.items()), key=_order)
    stated = [figure for claim in found if claim.stance != "denies" for figure in claim.figures]
    return Claims(
        asserting=tuple(claim for claim in found if claim.stance == "asserts"),
        denying=tuple(claim for claim in found if claim.stance == "denies"),
        others=tuple(claim for claim in found if claim.stance not in ("asserts", "denies")),
        ranges=_ranges(stated),
        changes=tuple(
            sorted((*_revisions(found), *_turns(found)), key=lambda c: (c.published, c.what, str(c.speaker)))
        ),
    )


def _speaker(row: Mapping[str, Any]) -> tuple[str | None, bool]:
    source = row.get("claim_source")
    return (source, False) if source else (row.get("publisher"), True)


def _claim(key: tuple[str | None, bool, Stance], rows: list[dict[str, Any]]) -> Claim:
    speaker, outlet, stance = key
    days = [row["published"] for row in rows if row.get("published")]
    return Claim(
        speaker=speaker,
        outlet=outlet,
        stance=stance,
        distanced=all(row.get("modality") == "claimed" for row in rows),
        actors=tuple(sorted({row["actor"] for row in rows if row.get("actor")})),
        figures=tuple(figure for row in rows for figure in _figures(row)),
        event_ids=tuple(row["event_id"] for row in rows),
        first=min(days, default=None),
        last=max(days, default=None),
    )


def _order(claim: Claim) -> tuple[str, str, str]:
    return claim.first or "9999", claim.speaker or "", claim.stance


def _when(change: Change) -> tuple[str, str, str]:
    return change.published, change.what, change.speaker or ""


def _figures(row: Mapping[str, Any]) -> Iterable[Figure]:
    speaker, _ = _speaker(row)
    for count in COUNTS:
        if (number := row.get(count)) is not None:
            parts = _parts(int(number), row.get("quote") or "")
            yield Figure(count, int(number), parts, speaker, row.get("published"), row["event_id"])


def _parts(number: int, quote: str) -> tuple[int, ...]:
    """The numbers in a quote that add up to one it does not have, in their order; none if no or several sums do."""
    told = [int(value) for word in split_words(quote) if (value := digits_value(word.folded)) and value >= 1]
    if number in told:
        return ()
    sums = [some for size in range(2, _SHOWN_PARTS + 1) for some in combinations(told, size) if sum(some) == number]
    return sums[0] if len(sums) == 1 else ()


def _ranges(figures: Iterable[Figure]) -> dict[str, Range]:
    by_count: dict[str, list[Figure]] = {}
    for figure in sorted(figures, key=lambda f: (f.published or "", f.event_id)):
        by_count.setdefault(figure.count, []).append(figure)
    return {count: _range(count, by_count[count]) for count in COUNTS if count in by_count}


def _range(count: str, figures: list[Figure]) -> Range:
    numbers = [figure.number for figure in figures]
    unit: Literal["persons", "families"] = "families" if count in FAMILIES else "persons"
    return Range(count, unit, min(numbers), max(numbers), tuple(figures))


def _revisions(found: Iterable[Claim]) -> Iterable[Change]:
    """Numbers of one speaker that differ from those of an earlier day."""
    for claim in found:
        for count in COUNTS:
            dated = [figure for figure in claim.figures if figure.count == count and figure.published]
            for old, new in pairwise(dated):
                if old.number != new.number and str(old.published) < str(new.published):
                    yield Change(claim.speaker, count, str(old.number), str(new.number), str(new.published))


def _turns(found: Iterable[Claim]) -> Iterable[Change]:
    """Speakers who assert what they denied before, deny what they asserted, or do what they planned."""
    by_speaker: dict[str | None, list[Claim]] = {}
    for claim in found:
        by_speaker.setdefault(claim.speaker, []).append(claim)
    for speaker, own in by_speaker.items():
        dated = sorted((claim for claim in own if claim.first), key=_order)
        for old, new in pairwise(dated):
            if str(old.first) < str(new.first):
                yield Change(speaker, "stance", old.stance, new.stance, str(new.first))
