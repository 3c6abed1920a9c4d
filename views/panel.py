"""What stands beside the map: the evidence of a place or of all, events without a place, events without a date."""

from collections.abc import Callable

import pandas as pd
import streamlit as st

from events.model import Article
from events.store import StoreError
from views import state
from views.evidence import Card, both_names, card_html, cards, marks_html
from views.filters import Selection
from views.labels import Words
from views.rows import NO_PIN
from views.source_text import article_html
from views.trigger import trigger_of

PANELS = ("evidence", "unplaced", "undated")
_PAGE = 6
_SAMPLE = 100  # rows read to tell how a place is written

Fetch = Callable[[str], Article]
Texts = Callable[[pd.DataFrame], pd.DataFrame]
"""From narrow rows to full ones."""


def panel(shown: Selection, loose: Selection, texts: Texts, fetch: Fetch, words: Words) -> None:
    """Draw the panel; `shown` are the filtered rows, `loose` the same whatever their modality.

    What is not on the map is listed whether it is said to have happened or not: it would otherwise be nowhere.
    """
    groups = {
        "evidence": shown.only("pin", lambda pin: pin != NO_PIN),
        "unplaced": loose.only("pin", lambda pin: pin == NO_PIN),
        "undated": loose.only("first_day", lambda day: day.isna()),
    }
    st.segmented_control(
        words("panel.label"), PANELS, key="panel", required=True, label_visibility="collapsed", width="stretch",
        format_func=lambda name: f"{words(f'panel.{name}')} ({words.number(len(groups[name]))})",
    )  # fmt: skip
    chosen = st.session_state["panel"]
    rows = _evidence(groups[chosen], texts, words) if chosen == "evidence" else _listed(groups[chosen], chosen, words)
    show_cards(rows.part(0, _most() * 3), texts, fetch, words, more=len(rows) > _most() * 3)


def _evidence(rows: Selection, texts: Texts, words: Words) -> Selection:
    here = rows.only("pin", lambda pin: pin == st.session_state["pin"]) if st.session_state["pin"] is not None else rows
    if here.empty or st.session_state["pin"] is None:
        st.caption(words("panel.all") if len(rows) else words("empty.map"))
        return rows
    with st.container(key="here", horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        _place_name(here, texts, words)
        st.button(
            words("panel.close"), key="close", on_click=state.put(pin=None), type="tertiary", icon=":material/close:"
        )
    return here


def _place_name(selection: Selection, texts: Texts, words: Words) -> None:
    here = texts(selection.part(0, _SAMPLE))
    written = here["place_text"].mode()
    name = both_names(here["place"].iloc[0], written.iloc[0] if len(written) else None, words)
    st.html(f"<h2>{name}</h2><p>{words('result.events', n=len(selection))}</p>", width="content")


def _listed(rows: Selection, chosen: str, words: Words) -> Selection:
    st.caption(words(f"panel.{chosen}_hint") if len(rows) else words("panel.nothing"))
    return rows


def _most() -> int:
    return st.session_state.get("cards") or _PAGE


def show_cards(rows: pd.DataFrame, texts: Texts, fetch: Fetch, words: Words, *, more: bool = False) -> None:
    """Draw narrow rows as cards, each with a button that opens its article; more of them on demand.

    A card holds all places of an event; `more`: there are more rows than these.
    """
    limit = _most()
    found = cards(texts(rows))
    if found:
        st.html(marks_html(words))
    with st.container(key="cards", gap="small"):
        for number, card in enumerate(found[:limit]):
            _card(card, number, fetch, words)
    if more or len(found) > limit:
        st.button(words("panel.more"), key="more", on_click=state.put(cards=limit + _PAGE), width="stretch")


def _card(card: Card, number: int, fetch: Fetch, words: Words) -> None:
    row = card[0]
    with st.container(key=f"card_{number}", gap=None):
        st.html(card_html(card, words, trigger_of(row["quote"], row["action"], row["language"])))
        if st.button(words("evidence.article"), key=f"read_{number}", type="tertiary", icon=":material/article:"):
            _open(card, fetch, words)


def _open(card: Card, fetch: Fetch, words: Words) -> None:
    row = card[0]

    @st.dialog(words("evidence.article"), width="large")
    def read() -> None:
        try:
            article = fetch(row["article_id"])
        except (KeyError, StoreError):
            st.warning(words("evidence.gone"))
            return
        st.html(article_html(article, row["quote_start"], row["quote_end"]))

    read()
