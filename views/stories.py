"""Stories: what several reports tell of one event, who asserts and who denies it, and with which numbers."""

from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from events.store import Store
from events.stories.claims import Change, Claim, Claims, Figure, Range, claims
from events.stories.evidence import Link
from events.stories.grouping import why
from events.stories.keeping import decisions, split, splits, undo_split
from views import names, state
from views.adding import may_add
from views.evidence import cards, quote_of
from views.filters import Selection
from views.labels import Words

_PAGE = 6
_LEAST = 2  # reports that make a story worth a place of its own
_SNIPPET = 90
_SPREAD = 6  # reports up to which every quote is open at once
SHOWN = ("shared", "rival", "all")


def stories(shown: Selection, store: Store, words: Words) -> None:
    """Draw the stories that the filtered rows belong to, the newest first."""
    which = st.segmented_control(
        words("story.which"), SHOWN, key="which", default="shared", required=True, label_visibility="collapsed",
        format_func=lambda name: words(f"story.{name}"),
    )  # fmt: skip
    st.caption(words("story.hint"))
    limit = st.session_state.get("more_stories") or _PAGE
    found = story_codes(shown, least=1 if which == "all" else _LEAST, rival=which == "rival")
    if not found:
        st.caption(words("story.none"))
    for number, code in enumerate(found[:limit]):
        _story(rows_of_story(shown.rows, code, store), number, store, words)
    if len(found) > limit:
        st.button(
            words("panel.more"), key="stories_more", on_click=state.put(more_stories=limit + _PAGE), width="stretch"
        )
    if may_add():
        _splits(store, words)


def story_codes(shown: Selection, *, least: int, rival: bool = False) -> list[int]:
    """Return the stories of the filtered rows with `least` reports among all rows, the newest first.

    `rival`: only those that somebody denies.
    """
    held = shown.column("story_id").to_numpy(np.int64)
    codes, first = np.unique(held, return_index=True)
    codes = codes[np.argsort(first)]
    everywhere = shown.rows["story_id"].to_numpy(np.int64)
    sizes = np.bincount(everywhere + 1)
    codes = codes[(codes >= 0) & (sizes[codes + 1] >= least)]
    if rival:
        denied = (shown.rows["modality"] == "denied").to_numpy()
        codes = codes[np.isin(codes, everywhere[denied])]
    return [int(code) for code in codes]


def rows_of_story(every: pd.DataFrame, code: int, store: Store) -> pd.DataFrame:
    """Return the full rows of a story, those that the filters leave out too: a claim without its denial misleads."""
    at = np.flatnonzero(every["story_id"].to_numpy() == code)
    return store.rows(every["number"].to_numpy()[at])


def open_story(every: pd.DataFrame, code: int, store: Store, words: Words) -> None:
    """Open a story over the page."""

    @st.dialog(words("story.dialog"), width="large")
    def tell() -> None:
        st.html(story_html(rows_of_story(every, code, store), words))

    tell()


def _story(rows: pd.DataFrame, number: int, store: Store, words: Words) -> None:
    records = _records(rows)
    with st.container(key=f"story_{number}", border=True):
        st.html(story_html(rows, words))
        with st.container(key=f"story_tools_{number}", horizontal=True, gap="xsmall"):
            if len(records) > 1 and st.button(
                words("story.why"), key=f"merged_{number}", type="tertiary", icon=":material/merge:"
            ):
                _tell_why(rows, store, words)
            if len(records) > 1 and may_add():
                with st.popover(words("story.split"), icon=":material/call_split:", key=f"split_{number}"):
                    _split(records, number, store, words)


def story_html(rows: pd.DataFrame, words: Words) -> str:
    """Return a story as HTML: what and where, the range of each number, the claims in two columns, what changed."""
    found = claims(_records(rows))
    quotes = {row["event_id"]: quote_of(card) for card in cards(rows) for row in card}
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
    places = _records(rows[["place_id", "place"]].drop_duplicates().dropna(subset=["place"]))
    where = ", ".join(names.place(_text(row["place_id"]), row["place"], words) for row in places)
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


def _side(name: str, told: Sequence[Claim], quotes: Mapping[str, str], words: Words, spread: bool) -> str:
    title = escape(words(f"story.{name}"))
    held = (
        "".join(_claim(claim, quotes, words, spread) for claim in told)
        or f'<p class="nobody">{escape(words("story.nobody"))}</p>'
    )
    return f'<section class="{name}"><h4>{title}</h4>{held}</section>'


def _claim(claim: Claim, quotes: Mapping[str, str], words: Words, spread: bool) -> str:
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
    return (
        f'<div class="claim {claim.stance}"><p class="speaker"><b><bdi>{escape(who)}</bdi></b> '
        f"<span>{escape(' · '.join(filter(None, facts)))}</span></p>{actors}"
        + (f'<ul class="figures">{figures}</ul>' if figures else "")
        + f"<details{' open' if spread else ''}><summary>{escape(words('story.quotes', n=len(claim.event_ids)))}</summary>{said}</details></div>"
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


def _tell_why(rows: pd.DataFrame, store: Store, words: Words) -> None:
    @st.dialog(words("story.why"), width="large")
    def tell() -> None:
        quotes = dict(zip(rows["event_id"], rows["quote"], strict=True))
        for link in why(_records(rows), decisions=decisions(store)):
            st.html(link_html(link, quotes, words))

    tell()


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


def _split(records: Sequence[Mapping[str, Any]], number: int, store: Store, words: Words) -> None:
    by_id = {row["event_id"]: row for row in records}
    key = f"parted_{number}"
    st.multiselect(
        words("story.split_hint"), list(by_id), key=key, format_func=lambda event_id: _told(by_id[event_id], words)
    )
    whole = len(st.session_state[key]) >= len(by_id)

    def part() -> None:
        split(store, st.session_state[key])

    st.button(
        words("story.split_do"), key=f"part_{number}", on_click=part, disabled=whole or not st.session_state[key],
        type="primary",
    )  # fmt: skip


def _told(row: Mapping[str, Any], words: Words) -> str:
    who = next((value for value in (_text(row["claim_source"]), _text(row["publisher"])) if value), None)
    quote = " ".join(str(row["quote"]).split())
    shown = quote if len(quote) <= _SNIPPET else f"{quote[:_SNIPPET]}…"
    return f"{names.actor(who, words)}: {shown}" if who else shown


def _splits(store: Store, words: Words) -> None:
    made = splits(store)
    if not made:
        return
    with st.expander(words("story.splits", n=len(made)), icon=":material/call_split:"):
        for one in reversed(made):
            with st.container(key=f"split_row_{one.number}", horizontal=True, vertical_alignment="center"):
                st.text(f"{words.iso(one.made[:10])}: {words('story.parted', n=len(one.parted))}", width="content")
                st.button(
                    words("story.undo"), key=f"undo_split_{one.number}", icon=":material/undo:", type="tertiary",
                    on_click=_undone(store, one.number),
                )  # fmt: skip


def _undone(store: Store, number: int) -> Callable[[], None]:
    return lambda: undo_split(store, number)


def _records(rows: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(name): value for name, value in record.items()} for record in rows.to_dict("records")]


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None
