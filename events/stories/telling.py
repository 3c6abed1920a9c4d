"""A story as text and as JSON: what happened where, who claims what, and why its rows are together."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from events.stories.claims import Claim, Claims, Figure, claims
from events.stories.evidence import Evidence, Kind, Link
from events.stories.grouping import UNDECIDED, Decisions, why
from events.stories.plain import plain

SAID: Mapping[Kind, str] = {
    "same_action": "same act",
    "kin_action": "acts that may be told of one event",
    "same_place": "same place",
    "place_inside": "one place is in the other",
    "wide_place": "a place, and the region or country around it",
    "place_unknown": "it is not known how the places lie",
    "same_day": "same day",
    "dates_overlap": "days that overlap",
    "one_night": "one night, dated by the day before and after",
    "reported_then": "reported on the day or the day after",
    "reported_later": "reported some days later",
    "reported_together": "reported on one day",
    "reported_apart": "reported on different days",
    "same_actor": "same actor",
    "kin_actor": "actors of one body",
    "other_actor": "other actor",
    "rival_blame": "other actor, in a claim",
    "same_target": "same target",
    "kin_target": "targets of one body",
    "other_target": "other target",
    "same_number": "same number",
    "near_number": "numbers near each other",
    "far_number": "numbers far from each other",
    "shared_words": "words of the quotes are the same",
    "same_hours": "same part of the day",
    "further_act": "one is told as a further act",
    "told_apart": "told apart in one article",
    "kept_together": "left together by the user's split",
    "nothing_particular": "nothing but a large place, the day and the act",
}
"""What each ground of `events.stories.evidence` says, in English."""

_SHOWN = ("event_id", "article_id", "publisher", "source_url", "published", "event_date", "action", "actor", "target",
          "place", "claim_source", "modality", "quote")  # fmt: skip


def as_record(rows: Sequence[Mapping[str, Any]], decisions: Decisions = UNDECIDED) -> dict[str, Any]:
    """Return a story as values for JSON: its rows (ids, names, quotes), its claims, and why they are together."""
    told = _in_order(rows)
    return {
        "story_id": told[0]["story_id"],
        "actions": _names(told, "action"),
        "places": _names(told, "place"),
        "first": min((day for row in told if (day := _day(row))), default=None),
        "publishers": _names(told, "publisher"),
        "claims": asdict(claims(rows)),
        "why": [asdict(link) for link in why(rows, decisions=decisions)],
        "rows": [{name: row[name] for name in _SHOWN} for row in told],
    }


def as_text(rows: Sequence[Mapping[str, Any]], decisions: Decisions = UNDECIDED) -> str:
    """Return a story as lines of text, the first one not indented."""
    told = _in_order(rows)
    return "\n".join(_lines(told, claims(rows), why(rows, decisions=decisions)))


def _in_order(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    told = [plain(row, (*_SHOWN, "story_id")) for row in rows]
    return sorted(told, key=lambda row: (row["published"] or "", row["event_id"]))


def _lines(told: Sequence[Mapping[str, Any]], found: Claims, links: Sequence[Link]) -> Iterator[str]:
    publishers = _names(told, "publisher")
    head = (_names(told, "action"), _names(told, "place"), sorted({day for row in told if (day := _day(row))}))
    rows = "1 row" if len(told) == 1 else f"{len(told)} rows"
    counted = rows + (f" from {len(publishers)} publishers" if len(publishers) > 1 else "")
    yield " · ".join((told[0]["story_id"] or "no story", *(", ".join(names) for names in head if names), counted))
    quotes = {row["event_id"]: row["quote"] for row in told}
    for claim in (*found.asserting, *found.denying, *found.others):
        yield f"    {_said(claim)}"
        for quote in dict.fromkeys(quotes[event_id] for event_id in claim.event_ids):
            yield f"        «{' '.join(quote.split())}»"
    for count, known in found.ranges.items():
        if known.low != known.high:
            yield f"    {count}: from {known.low:,} to {known.high:,}"
    for change in found.changes:
        yield f"    {change.published}: {change.speaker or 'unknown'}: {change.what} {change.before} → {change.after}"
    for link in links:
        yield f"    why: {'; '.join(map(_ground, link.evidence))}"


def _said(claim: Claim) -> str:
    who = f"{claim.speaker or 'unknown'}{' (own voice)' if claim.outlet else ''}"
    stance = "claims" if claim.distanced else claim.stance
    figures = ", ".join(dict.fromkeys(map(_figure, claim.figures)))
    return f"{claim.first or 'no day'}: {who} {stance}{f': {figures}' if figures else ''}"


def _figure(figure: Figure) -> str:
    parts = f" ({' + '.join(map(str, figure.parts))})" if figure.parts else ""
    return f"{figure.count} {figure.number:,}{parts}"


def _ground(ground: Evidence) -> str:
    return SAID[ground.kind] + (f" ({ground.detail})" if ground.detail else "")


def _names(rows: Sequence[Mapping[str, Any]], column: str) -> list[str]:
    return list(dict.fromkeys(row[column] for row in rows if row[column]))


def _day(row: Mapping[str, Any]) -> str | None:
    day: str | None = row["event_date"] or row["published"]
    return day
