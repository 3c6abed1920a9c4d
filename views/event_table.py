"""The table of events: sorted and paged here, since a browser cannot hold a million rows; a row moves the map."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from events.store import Store
from views import names, state
from views.card_list import show_cards
from views.evidence import modality_name
from views.filters import Selection
from views.labels import Words
from views.loading import Loaded

SORTED = ("event_date", "action", "modality", "actor", "target", "place", "claim_source", "publisher", "confidence")
"""Columns that the table can be sorted by: those of the narrow rows."""

COLUMNS = (
    *("event_date", "action", "modality", "actor", "target", "place", "claim_source", "quote", "publisher"),
    *("confidence", "killed", "injured", "detained", "evacuated", "displaced", "published", "country", "admin1"),
)
"""Columns to choose from, in their order."""

FIRST = ("event_date", "action", "modality", "actor", "target", "place", "quote", "claim_source")
"""Columns of a table that nobody has changed."""

_WIDTHS = {"event_date": 88, "modality": 82, "quote": 260, "target": 105, "place": 105}
"""Pixels of columns that are not 120 wide: the first ones fit a page without scrolling."""

PAGE = 50
_PICKED = "table_numbers"


@dataclass(frozen=True, slots=True)
class Order:
    """How a table is sorted, and the page of it, from 0, that is looked at."""

    column: str = "event_date"
    rising: bool = False
    page: int = 0


def table(shown: Selection, store: Store, words: Words) -> None:
    """Draw a page of the filtered rows; choosing one makes it the map's place."""
    order, columns = _toolbar(len(shown), words)
    page = in_order(shown, order)
    full = store.rows(page["number"].to_numpy())
    st.session_state[_PICKED] = full["number"].tolist()
    # The grid is drawn on a canvas that knows no direction: in Arabic the columns are laid out from the right.
    laid_out = list(reversed(columns)) if words.rtl else list(columns)
    key = f"grid_{order.column}_{order.rising}_{order.page}"
    st.dataframe(
        in_words(full, columns, words)[laid_out], hide_index=True, key=key, selection_mode="single-row", height=430,
        on_select=_choose(key, dict(zip(page["number"], page["pin"], strict=True))),
        column_config={name: _config(name, words) for name in columns},
    )  # fmt: skip


def chosen_row(shown: Selection, held: Loaded, store: Store, words: Words) -> None:
    """Draw the row that is chosen in the table as a card, or say how to choose one."""
    number = st.session_state.get("row")
    rows = shown.only("number", lambda numbers: numbers == number).part() if number is not None else None
    if rows is None or rows.empty:
        st.caption(words("table.hint"))
        return
    show_cards(rows, held, store, words)


def in_order(shown: Selection, order: Order) -> pd.DataFrame:
    """Return a page of narrow rows; equal values stay newest first, unknown ones come last."""
    if order == Order(page=order.page):
        at = shown.at  # as they are held: newest first
    else:
        values = _sortable(shown, order.column)
        last = np.isnan(values)
        ranked = np.lexsort((values if order.rising else -values, last))
        at = shown.at[ranked]
    return shown.rows.iloc[at[order.page * PAGE : (order.page + 1) * PAGE]]


def _sortable(shown: Selection, column: str) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    if column == "event_date":
        days = shown.column("first_day").to_numpy("datetime64[s]")
        return np.where(np.isnat(days), np.nan, days.astype("int64").astype(float))
    if column == "confidence":
        return shown.column(column).to_numpy(float)
    codes = shown.column(column).cat.codes.to_numpy(float)
    return np.where(codes < 0, np.nan, codes)


def in_words(full: pd.DataFrame, columns: tuple[str, ...], words: Words) -> pd.DataFrame:
    """Return columns of full rows with names in the visitor's language."""
    spelt: dict[str, Callable[[str], str]] = {
        "action": words.action,
        "modality": lambda modality: modality_name(modality, words),
        **{name: lambda party: names.actor(party, words) for name in ("actor", "target", "claim_source")},
        "country": lambda code: names.country(code, words),
    }
    held = full[list(columns)]
    named = {name: full[name].map(spelt[name], na_action="ignore") for name in columns if name in spelt}
    if "place" in columns:
        pairs = zip(full["place_id"], full["place"], strict=True)
        named["place"] = pd.Series([_place(*pair, words) for pair in pairs], index=full.index, dtype="object")
    ready = held.assign(**named)
    texts = [name for name in columns if name != "confidence" and not pd.api.types.is_numeric_dtype(ready[name])]
    return ready.assign(**{name: ready[name].astype("object").fillna("") for name in texts})


def _place(place_id: object, name: object, words: Words) -> object:
    return names.place(str(place_id), str(name), words) if isinstance(place_id, str) else name


def _toolbar(total: int, words: Words) -> tuple[Order, tuple[str, ...]]:
    with st.container(key="table_tools", horizontal=True, vertical_alignment="bottom"):
        column = st.selectbox(
            words("table.sort"), SORTED, key="sort", format_func=lambda name: words(f"column.{name}"), width=180
        )
        rising = st.toggle(words("table.rising"), key="rising")
        with st.popover(words("table.columns"), icon=":material/view_column:"):
            columns = _columns(words)
        pages = max(-(-total // PAGE), 1)
        if (st.session_state.get("page") or 1) > pages:
            st.session_state["page"] = pages
        page = st.number_input(words("table.page", n=pages), 1, pages, key="page", width=130)
    return Order(column, rising, int(page) - 1), columns


def _columns(words: Words) -> tuple[str, ...]:
    chosen = st.pills(
        words("table.columns"), COLUMNS, key="columns", selection_mode="multi", default=FIRST,
        format_func=lambda name: words(f"column.{name}"), label_visibility="collapsed",
    )  # fmt: skip
    return tuple(name for name in COLUMNS if name in chosen) or FIRST


def _config(name: str, words: Words) -> Any:
    title = words(f"column.{name}")
    if name == "confidence":
        return st.column_config.NumberColumn(title, format="percent")
    return st.column_config.Column(title, width=_WIDTHS.get(name, 120))


def _choose(key: str, pins: dict[int, int]) -> Callable[[], None]:
    """Return a callback that takes over the row chosen in the grid, and moves the map to its place."""

    def go() -> None:
        rows = st.session_state[key]["selection"]["rows"]
        number = st.session_state[_PICKED][rows[0]] if rows else None
        state.choose_row(number, pins.get(number) if number is not None else None)

    return go
