"""The dashboard: `streamlit run dashboard.py`. Load, filter, draw; what is drawn is in `views/`."""

from functools import partial

import streamlit as st

from views import controls, event_map, page, state
from views.about import about
from views.chips import chips
from views.event_table import table
from views.filter_panel import filter_panel
from views.filters import all_of, masks, select
from views.loading import full_rows, load, problems, searched
from views.panel import panel
from views.timeline import span_of
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
        state.remember(None)
        return
    with page.guarded(words):
        store, rows = load(words)
        page.problems(problems(), words)
        if rows.empty:
            page.empty_store(words)
            return
        span = span_of(rows)
        trees = {"action": actions_of(rows, words), "place_id": place_tree(rows)[0]}
        wanted = state.wanted(span, trees)
        found = masks(rows, wanted, searched(store, rows, wanted.words))
        shown, loose = select(rows, all_of(found)), select(rows, all_of(found, but="modality"))
        texts = partial(full_rows, store)
        with st.sidebar:
            filter_panel(rows, found, trees, texts, words)
        controls.summary(shown, found, words)
        chips(trees, span, words)
        controls.time(rows, found, span, words)
        if view == "table":
            table(shown, store, words)
        else:
            left, right = st.columns([3, 2], gap="medium")
            with left:
                drawn = event_map.pins(shown.part())
                group = event_map.layer(drawn, **state.map_view(shown.part(), rows), dark=page.dark(), arabic=words.rtl)
                event_map.show(group, on_change=state.follow)
                event_map.under(drawn, state.focus(None), words)
                page.legend(words)
            with right:  # what comes and goes stands here: above the map it would make the browser build it anew
                if shown.empty:
                    page.empty_filter(found, words)
                panel(shown, loose, store, words)
        state.remember(span)


main()
