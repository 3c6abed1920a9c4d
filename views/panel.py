"""What stands beside the map: the evidence of a place or of all, events without a place, events without a date."""

from collections.abc import Callable

import pandas as pd
import streamlit as st

from events.model import Article
from events.store import StoreError
from views import state
from views.evidence import Card, both_names, card_html, cards, marks_html
from views.labels import Words
from views.rows import NO_PIN
from views.source_text import article_html
from views.trigger import trigger_of

PANELS = ("evidence", "unplaced", "undated")
_PAGE = 6

Fetch = Callable[[str], Article]


def panel(shown: pd.DataFrame, loose: pd.DataFrame, fetch: Fetch, words: Words) -> None:
    """Draw the panel; `shown` are the filtered rows, `loose` the same whatever their modality.

    What is not on the map is listed whether it is said to have happened or not: it would otherwise be nowhere.
    """
    groups = {
        "evidence": shown.loc[shown["pin"] != NO_PIN],
        "unplaced": loose.loc[loose["pin"] == NO_PIN],
        "undated": loose.loc[loose["first_day"].isna()],
    }
    st.segmented_control(
        words("panel.label"), PANELS, key="panel", required=True, label_visibility="collapsed", width="stretch",
        format_func=lambda name: f"{words(f'panel.{name}')} ({words.number(len(groups[name]))})",
    )  # fmt: skip
    chosen = st.session_state["panel"]
    rows = _evidence(groups[chosen], words) if chosen == "evidence" else _listed(groups[chosen], chosen, words)
    show_cards(rows, fetch, words)


def _evidence(rows: pd.DataFrame, words: Words) -> pd.DataFrame:
    here = rows.loc[rows["pin"] == st.session_state["pin"]] if st.session_state["pin"] is not None else rows
    if here.empty or st.session_state["pin"] is None:
        st.caption(words("panel.all") if len(rows) else words("empty.map"))
        return rows
    with st.container(key="here", horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        _place_name(here, words)
        st.button(
            words("panel.close"), key="close", on_click=state.put(pin=None), type="tertiary", icon=":material/close:"
        )
    return here


def _place_name(here: pd.DataFrame, words: Words) -> None:
    written = here["place_text"].mode()
    name = both_names(here["place"].iloc[0], written.iloc[0] if len(written) else None, words)
    st.html(f"<h2>{name}</h2><p>{words('result.events', n=len(here))}</p>", width="content")


def _listed(rows: pd.DataFrame, chosen: str, words: Words) -> pd.DataFrame:
    st.caption(words(f"panel.{chosen}_hint") if len(rows) else words("panel.nothing"))
    return rows


def show_cards(rows: pd.DataFrame, fetch: Fetch, words: Words) -> None:
    """Draw rows as cards, each with a button that opens its article; more of them on demand."""
    limit = st.session_state.get("cards") or _PAGE
    found = cards(rows.head(limit * 3))  # a card holds all places of an event
    if found:
        st.html(marks_html(words))
    with st.container(key="cards", gap="small"):
        for number, card in enumerate(found[:limit]):
            _card(card, number, fetch, words)
    if len(found) > limit:
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
