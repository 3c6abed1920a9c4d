"""The dashboard: `streamlit run dashboard.py`. Load, filter, draw; what is drawn is in `views/`."""

from functools import partial

import streamlit as st

from views import controls, event_map, page, state
from views.about import about
from views.chips import chips
from views.event_table import table
from views.filter_panel import filter_panel
from views.filters import all_of, masks, select
from views.labels import Words
from views.legend import legend
from views.loading import full_rows, load, problems, searched
from views.panel import panel
from views.time_bar import time_bar
from views.trees import actions_of, place_tree


def main() -> None:
    """Draw the page."""
    page.set_up()
    state.restore()
    words = state.words()
    page.dress(words)
    view = controls.head(words)
    if view == "about":
        about(words)
        state.remember()
        return
    with page.guarded(words):
        store, held = load(words)
        page.problems(problems(), words)
        if held.rows.empty:
            page.empty_store(words)
            return
        rows, span = held.rows, held.span
        trees = {"action": actions_of(rows, words), "place_id": place_tree(rows)[0]}
        wanted = state.wanted(span, trees)
        found = masks(rows, wanted, searched(store, rows, wanted.words))
        shown, loose = select(rows, all_of(found)), select(rows, all_of(found, but="modality"))
        texts = partial(full_rows, store)
        # First what the map and the histogram wait for.
        time_bar(held.columns, held.columns.packed(all_of(found, but="period")), span, words)
        controls.summary(shown, found, words)
        chips(trees, span, words)
        if view == "table":
            table(shown, store, words)
        else:
            left, right = st.columns([3, 2], gap="medium")
            with left:
                map_area(words)
                legend(words)
            with right:  # what comes and goes stands here: above the map it would make the browser build it anew
                if shown.empty:
                    page.empty_filter(found, words)
                panel(shown, loose, store, words)
        with st.sidebar:
            filter_panel(rows, found, trees, texts, words)
        state.remember()


@st.fragment
def map_area(words: Words) -> None:
    """Draw the map; moving it runs this part alone, choosing a place on it runs the page."""
    if state.chose_place():
        st.rerun()
    event_map.show(event_map.layer(**state.map_view(), dark=page.dark(), arabic=words.rtl), on_change=state.follow)
    state.remember()


main()
