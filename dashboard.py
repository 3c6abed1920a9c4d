"""The dashboard: `streamlit run dashboard.py`. Load, filter, draw; what is drawn is in `views/`."""

import streamlit as st

from views import controls, event_map, page, state
from views.about import about
from views.chips import chips
from views.event_table import table
from views.filter_panel import filter_panel
from views.filters import all_of, masks
from views.loading import load, problems
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
        found = masks(rows, state.wanted(span, trees))
        shown, loose = rows.loc[all_of(found)], rows.loc[all_of(found, but="modality")]
        with st.sidebar:
            filter_panel(rows, found, trees, lambda some: store.rows(some["number"]), words)
        controls.summary(rows, shown, found, words)
        chips(trees, span, words)
        controls.time(rows, found, span, words)
        if view == "table":
            table(shown, store.article, words)
        else:
            left, right = st.columns([3, 2], gap="medium")
            with left:
                drawn = event_map.pins(shown)
                group = event_map.layer(drawn, **state.map_view(shown, rows), dark=page.dark(), arabic=words.rtl)
                event_map.show(group, on_change=state.follow)
                event_map.under(drawn, state.focus(None), words)
                page.legend(words)
            with right:  # what comes and goes stands here: above the map it would make the browser build it anew
                if shown.empty:
                    page.empty_filter(found, words)
                panel(shown, loose, store.article, words)
        state.remember(span)


main()
