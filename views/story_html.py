"""A story as HTML: who asserts and who denies it, with which numbers, what changed, why it was put together."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import pandas as pd

from events.stories.claims import Change, Claim, Claims, Figure, Range, claims
from events.stories.evidence import Link
from views import names
from views.evidence import cards, quote_of
from views.labels import Words

_SPREAD = 6  # reports up to which every quote is open at once

Quotes = Mapping[str, str]
"""The quotes of a story as HTML, by event id."""


def story_html(rows: pd.DataFrame, words: Words, *, cover: bool = False) -> str:
    """Return a story as HTML: what and where, the range of each number, the claims in two columns, what changed.

    `cover` hides graphic quotes until they are asked for.
    """
    found = claims(records(rows))
    quotes = {row["event_id"]: quote_of(card, words, cover=cover) for card in cards(rows) for row in card}
    sides = [("asserting", found.asserting), ("denying", found.denying)]
    spread = len(rows) <= _SPREAD
    columns = "".join(_side(name, told, quotes, words, spread) for name, told in sides)
    others = _side("others", found.others, quotes, words, spread) if found.others else ""
    return (
        f'<article class="story">{_head(rows, words)}{_ranges(found, words)}'
        f'<div class="sides">{columns}</div>{others}{_changes(found.changes, words)}</article>'
    )


def _head(rows: pd.DataFrame, words: Words) -> str:
    what = " · ".join(words.action(action) for action in rows["action"].unique())
    places = records(rows[["place_id", "place"]].drop_duplicates().dropna(subset=["place"]))
    where = ", ".join(names.place(text(row["place_id"]), row["place"], words) for row in places)
    days = rows["event_date"].dropna()
    when = " – ".join(dict.fromkeys(words.iso(day) for day in (days.min(), days.max()))) if len(days) else ""
    outlets = rows["publisher"].nunique()
    counted = words("story.reports", n=len(rows)) + (f" · {words('story.outlets', n=outlets)}" if outlets > 1 else "")
    facts = " · ".join(filter(None, (where, when, counted)))
    return f"<header><h3>{escape(what)}</h3><p><bdi>{escape(facts)}</bdi></p></header>"


def _ranges(found: Claims, words: Words) -> str:
    told = "".join(f"<li>{escape(_range(one, words))}</li>" for one in found.ranges.values())
    return f'<ul class="ranges">{told}</ul>' if told else ""


def _range(one: Range, words: Words) -> str:
    if one.low == one.high:
        return words(f"count.{one.count}", n=one.low)
    between = f"{words.number(one.low)}–{words.number(one.high)}"
    return words("story.range", what=words(f"column.{one.count}"), between=between)


def _side(name: str, told: Sequence[Claim], quotes: Quotes, words: Words, spread: bool) -> str:
    title = escape(words(f"story.{name}"))
    held = (
        "".join(_claim(claim, quotes, words, spread) for claim in told)
        or f'<p class="nobody">{escape(words("story.nobody"))}</p>'
    )
    return f'<section class="{name}"><h4>{title}</h4>{held}</section>'


def _claim(claim: Claim, quotes: Quotes, words: Words, spread: bool) -> str:
    who = names.actor(claim.speaker, words) if claim.speaker else words("evidence.no_publisher")
    facts = [words("evidence.own_voice")] if claim.outlet else []
    facts += [words("modality.claimed")] if claim.distanced else []
    facts += [words(f"stance.{claim.stance}")] if claim.stance not in ("asserts", "denies") else []
    facts += [" – ".join(dict.fromkeys(words.iso(day) for day in (claim.first, claim.last) if day))]
    said = "".join(dict.fromkeys(quotes[event_id] for event_id in claim.event_ids if event_id in quotes))
    blamed = ", ".join(names.actor(actor, words) for actor in claim.actors)
    actors = (
        f'<p class="who"><span class="actor">{escape(words("evidence.actor"))}: {escape(blamed)}</span></p>'
        if blamed
        else ""
    )
    figures = "".join(f"<li>{escape(_figure(figure, words))}</li>" for figure in claim.figures)
    listed = f'<ul class="figures">{figures}</ul>' if figures else ""
    title = escape(words("story.quotes", n=len(claim.event_ids)))
    return (
        f'<div class="claim {claim.stance}"><p class="speaker"><b><bdi>{escape(who)}</bdi></b> '
        f"<span>{escape(' · '.join(filter(None, facts)))}</span></p>{actors}{listed}"
        f"<details{' open' if spread else ''}><summary>{title}</summary>{said}</details></div>"
    )


def _figure(figure: Figure, words: Words) -> str:
    told = words(f"count.{figure.count}", n=figure.number)
    return f"{told} ({' + '.join(words.number(part) for part in figure.parts)})" if figure.parts else told


def _changes(changes: Sequence[Change], words: Words) -> str:
    told = "".join(f"<li>{escape(_change(change, words))}</li>" for change in changes)
    return f'<div class="changes"><h4>{escape(words("story.changes"))}</h4><ul>{told}</ul></div>' if told else ""


def _change(change: Change, words: Words) -> str:
    stance = change.what == "stance"
    before, after = (
        words(f"stance.{value}") if stance else words.number(int(value)) for value in (change.before, change.after)
    )
    what = words("story.stance") if stance else words(f"column.{change.what}")
    who = names.actor(change.speaker, words) if change.speaker else words("evidence.no_publisher")
    return words("story.change", who=who, what=what, before=before, after=after, day=words.iso(change.published))


def link_html(link: Link, quotes: Mapping[str, str], words: Words) -> str:
    """Return why two rows were put together: both quotes, and the grounds with their weights."""
    grounds = "".join(
        f"<li><b>{one.weight:+.1f}</b> {escape(words(f'ground.{one.kind}'))}"
        f"{f' (<bdi>{escape(one.detail)}</bdi>)' if one.detail else ''}</li>"
        for one in link.evidence
    )
    told = "".join(
        f'<blockquote dir="auto">{escape(quotes.get(one, one))}</blockquote>' for one in (link.one, link.two)
    )
    return f'<div class="link">{told}<ul>{grounds}</ul></div>'


def records(rows: pd.DataFrame) -> list[dict[str, Any]]:
    """Return rows as mappings."""
    return [{str(name): value for name, value in record.items()} for record in rows.to_dict("records")]


def text(value: Any) -> str | None:
    """Return a cell's text; None if it is empty."""
    return value if isinstance(value, str) else None
