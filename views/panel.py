"""What stands beside the map: the evidence of a place or of all, events without a place, events without a date."""

import pandas as pd
import streamlit as st

from events.store import Store
from views import names, state
from views.card_list import NAMED, READ_AHEAD, most, show_cards
from views.evidence import both_names
from views.filters import Found, Selection, select
from views.labels import Words
from views.loading import Loaded

PANELS = ("evidence", "unplaced", "undated")
_SAMPLE = 100  # rows read to tell how a place is written


def panel(held: Loaded, found: Found, store: Store, words: Words) -> None:
    """Draw the panel of the rows that `found` leaves.

    The first two groups add up to what is shown; the third is what the timeline counts as without a date.
    """
    facets, rows = held.facets, held.rows
    groups = {
        "evidence": select(rows, found.all() & facets.placed),
        "unplaced": select(rows, found.all() & ~facets.placed),
        "undated": select(rows, found.all(but="period") & ~facets.dated),
    }
    st.segmented_control(
        words("panel.label"), PANELS, key="panel", required=True, label_visibility="collapsed", width="stretch",
        format_func=lambda name: f"{words(f'panel.{name}')} ({words.number(len(groups[name]))})",
    )  # fmt: skip
    chosen = st.session_state["panel"]
    listed = _evidence(groups[chosen], store, words) if chosen == "evidence" else _listed(groups[chosen], chosen, words)
    ahead = most() * READ_AHEAD
    show_cards(listed.first(ahead, *NAMED), held, store, words, more=len(listed) > ahead)


def _evidence(rows: Selection, store: Store, words: Words) -> Selection:
    here = rows.only("pin", lambda pin: pin == st.session_state["pin"]) if st.session_state["pin"] is not None else rows
    if here.empty or st.session_state["pin"] is None:
        st.caption(words("panel.all") if len(rows) else words("empty.map"))
        return rows
    with st.container(key="here", horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        _place_name(here, store, words)
        st.button(
            words("panel.close"), key="close", on_click=state.put(pin=None), type="tertiary", icon=":material/close:"
        )
    return here


def _place_name(selection: Selection, store: Store, words: Words) -> None:
    here = store.rows(selection.first(_SAMPLE, "number")["number"].to_numpy())
    first, written = here.iloc[0], here["place_text"].mode()
    known = None if pd.isna(first["place_id"]) else first["place_id"]
    name = both_names(names.place(known, first["place"], words), written.iloc[0] if len(written) else None, words)
    st.html(f"<h2>{name}</h2><p>{words('result.events', n=len(selection))}</p>", width="content")


def _listed(rows: Selection, chosen: str, words: Words) -> Selection:
    st.caption(words(f"panel.{chosen}_hint") if len(rows) else words("panel.nothing"))
    return rows
