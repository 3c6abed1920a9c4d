"""The table of events; a row opens as a card and leads to the map."""

import pandas as pd
import streamlit as st

from events.store import Store
from views import state
from views.evidence import modality_name
from views.filters import Selection
from views.labels import Words
from views.loading import full_rows
from views.panel import show_cards
from views.rows import NO_PIN

MOST = 1000
"""Rows that the table holds."""

COLUMNS = ("event_date", "action", "modality", "actor", "target", "place", "claim_source", "quote", "publisher")


def table(selection: Selection, store: Store, words: Words) -> None:
    """Draw the newest of the filtered rows; choosing one shows its card below."""
    shown = full_rows(store, selection.part(0, MOST))
    st.caption(words("table.hint"))
    # The grid is drawn on a canvas that knows no direction: in Arabic the columns are laid out from the right.
    order = tuple(reversed(COLUMNS)) if words.rtl else COLUMNS
    picked = st.dataframe(
        in_words(shown, words)[list(order)],
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        key="grid",
        column_config={name: st.column_config.TextColumn(words(f"column.{name}")) for name in COLUMNS}
        | {"quote": st.column_config.TextColumn(words("column.quote"), width="large")},
    )
    chosen = picked["selection"]["rows"]
    if chosen and chosen[0] < len(shown):
        row = shown.iloc[chosen]
        show_cards(row, store, words)
        if row["pin"].iloc[0] != NO_PIN:
            pin = int(row["pin"].iloc[0])
            st.button(words("table.on_map"), on_click=state.visit(pin), icon=":material/location_on:")


def in_words(shown: pd.DataFrame, words: Words) -> pd.DataFrame:
    """Return the table's columns with actions, modalities and days in the visitor's language."""
    named = {
        "action": shown["action"].map(words.action),
        "modality": shown["modality"].map(lambda modality: modality_name(modality, words)),
    }
    return shown[list(COLUMNS)].assign(**named)
