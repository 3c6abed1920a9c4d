"""What each visitor's page runs, from top to bottom, after every choice: load, filter, draw."""

from functools import partial

import streamlit as st

from events.store import Store
from views import controls, event_map, page, state
from views.about import about
from views.adding import adding, may_add
from views.articles import articles
from views.charts import charts
from views.chips import chips, said
from views.copy_link import copy_link
from views.event_table import chosen_row, table
from views.exporting import export, picture_button
from views.filter_panel import filter_panel
from views.filters import Found, select
from views.labels import Words
from views.legend import legend
from views.loading import Loaded, at_hand, full_rows, load, problems, searched, settle
from views.panel import panel
from views.picture import picture
from views.stories import stories
from views.time_bar import tell, time_bar
from views.trees import Tree, actions_of


def main() -> None:
    """Draw the page."""
    page.set_up()
    state.restore()
    words = state.words()
    ready = at_hand(state.blur_m())
    if ready:  # what the map and the histogram wait for, before anything is drawn
        answered(ready[1], words)
    page.dress(words)
    view = controls.head(words)
    page.content_notice(words)
    with page.guarded(words):
        if view == "about":
            about(words)
        else:
            store, held = ready or load(words, state.blur_m())
            page.problems(problems(), words)
            if view == "articles":
                articles(store, words)
            elif held.rows.empty:
                page.empty_store(words)
                if may_add():
                    adding(store, words)
            else:
                with page.turn:
                    events(view, store, held, words)
        state.remember()
    settle()


def answered(held: Loaded, words: Words) -> Found:
    """Return what passes the filters, and tell the browser."""
    answer = held.answers.to(state.wanted(held.span, trees_of(held, words)), partial(searched, held))
    tell(held.columns, answer.packed)
    return answer.found


def trees_of(held: Loaded, words: Words) -> dict[str, Tree]:
    """Return what can be chosen in levels, by column."""
    return {"action": actions_of(held.facets["action"].values, words), "place_id": held.places}


def events(view: str, store: Store, held: Loaded, words: Words) -> None:
    """Draw the filters and what they leave, in the view that was chosen."""
    span, trees, found = held.span, trees_of(held, words), answered(held, words)
    time_bar(held.columns, span, words)
    shown = select(held.rows, found.all())
    with st.container(key="top", horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        controls.summary(shown, found, words)
        with st.container(key="tools", horizontal=True, width="content", gap="xsmall"):
            export(shown, store, words, blur_m=state.blur_m())
            picture_button(lambda: picture(shown, span, said(trees, span, words), words), words)
            copy_link(words)
            controls.options(words)
    chips(trees, span, words)
    if view == "charts":
        charts(shown, trees["place_id"], words)
    elif view == "stories":
        stories(shown, store, words)
    else:
        if view == "table":
            table(shown, store, words)
        left, right = st.columns([3, 2], gap="medium")
        with left, st.container(key="map_side"):
            map_area(words)
            legend(words)
        with (
            right,
            st.container(key="beside"),
        ):  # what comes and goes stands here: above the map it would make the browser build it anew
            if shown.empty:
                page.empty_filter(found, words)
            elif view == "table":
                chosen_row(shown, held, store, words)
            else:
                panel(held, found, store, words)
    with st.sidebar:
        filter_panel(shown, found, trees, partial(full_rows, store), words)


@st.fragment
def map_area(words: Words) -> None:
    """Draw the map; moving it runs this part alone, choosing a place on it runs the page."""
    if state.chose_place():
        st.rerun()
    event_map.show(state.follow, **state.map_view(), dark=page.dark(), arabic=words.rtl)
    state.remember()
