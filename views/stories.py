"""Stories: what several reports tell of one event, who asserts and who denies it, and with which numbers."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from events.store import Store
from events.stories.grouping import why
from events.stories.keeping import decisions, split, splits, undo_split
from views import names, state
from views.adding import may_add
from views.filters import Selection
from views.labels import Words
from views.story_html import link_html, records, story_html, text

_PAGE = 6
_LEAST = 2  # reports that make a story worth a place of its own
_SNIPPET = 90
_MOST = 200  # reports of one story that are shown
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
    at = np.flatnonzero(every["story_id"].to_numpy() == code)[:_MOST]
    return store.rows(every["number"].to_numpy()[at])


def open_story(every: pd.DataFrame, code: int, store: Store, words: Words) -> None:
    """Open a story over the page."""

    @st.dialog(words("story.dialog"), width="large")
    def tell() -> None:
        st.html(story_html(rows_of_story(every, code, store), words, cover=st.session_state["cover"]))

    tell()


def _story(rows: pd.DataFrame, number: int, store: Store, words: Words) -> None:
    told = records(rows)
    with st.container(key=f"story_{number}", border=True):
        st.html(story_html(rows, words, cover=st.session_state["cover"]))
        with st.container(key=f"story_tools_{number}", horizontal=True, gap="xsmall"):
            if len(told) > 1 and st.button(
                words("story.why"), key=f"merged_{number}", type="tertiary", icon=":material/merge:"
            ):
                _tell_why(rows, store, words)
            if len(told) > 1 and may_add():
                with st.popover(words("story.split"), icon=":material/call_split:", key=f"split_{number}"):
                    _split(told, number, store, words)


def _tell_why(rows: pd.DataFrame, store: Store, words: Words) -> None:
    @st.dialog(words("story.why"), width="large")
    def tell() -> None:
        quotes = dict(zip(rows["event_id"], rows["quote"], strict=True))
        for link in why(records(rows), decisions=decisions(store)):
            st.html(link_html(link, quotes, words))

    tell()


def _split(told: Sequence[Mapping[str, Any]], number: int, store: Store, words: Words) -> None:
    by_id = {row["event_id"]: row for row in told}
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
    who = next((value for value in (text(row["claim_source"]), text(row["publisher"])) if value), None)
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
