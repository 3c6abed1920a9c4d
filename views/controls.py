"""The head of the page and the line that says how much is shown."""

import streamlit as st

from views import state
from views.filter_panel import MODALITIES
from views.filters import Found, Selection
from views.labels import LANGUAGES, Words
from views.rows import FIRM

VIEWS = ("map", "table", "charts", "stories", "articles", "about")


def head(words: Words) -> str:
    """Draw the page's title, the choice of view and of language; return the view."""
    with st.container(key="head", horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.html(f"<h1>{words('app.title')}</h1><p>{words('app.subtitle')}</p>", width="content")
        with st.container(key="choices", horizontal=True, width="content"):
            st.segmented_control(
                words("view.label"), VIEWS, key="view", required=True,
                format_func=lambda view: words(f"view.{view}"), label_visibility="collapsed",
            )  # fmt: skip
            st.segmented_control(
                words("language.label"), list(LANGUAGES), key="lang", required=True,
                format_func=lambda code: LANGUAGES[code], label_visibility="collapsed",
            )  # fmt: skip
    return str(st.session_state["view"])


def summary(shown: Selection, found: Found, words: Words) -> None:
    """Draw how many events are shown, and how many are hidden because they are not said to have happened."""
    some, every, at = len(shown), len(found.facets), words("result.places", n=found.places())
    events = words("result.some", shown=some, n=every) if some < every else words("result.events", n=every)
    hidden = _hidden(found)
    with st.container(key="summary", horizontal=True, vertical_alignment="center", width="content"):
        st.html(f'<p class="summary" role="status"><b>{events}</b> {at}</p>', width="content")
        if hidden:
            st.html(f'<p class="summary soft">{words("result.hidden", n=hidden)}</p>', width="content")
            everything = state.put(modality=list(MODALITIES))
            st.button(words("result.show_hidden"), key="show_hidden", on_click=everything, type="tertiary")


def _hidden(found: Found) -> int:
    """Return how many rows only their modality keeps away, of those that are not said to have happened."""
    if "modality" not in found.met:
        return 0
    tally = zip(found.facets["modality"].values, found.counts("modality").tolist(), strict=True)
    return sum(number for modality, number in tally if modality not in {*FIRM, *st.session_state["modality"]})


def options(words: Words) -> None:
    """Draw the choices of how quotes and points are shown."""
    with st.popover(words("options.open"), icon=":material/visibility:", key="options", on_change="rerun") as opened:
        if not opened.open:
            return
        st.toggle(words("options.cover"), key="cover", help=words("options.cover_hint"))
        if state.blur_is_fixed():
            st.caption(words("options.blur_fixed", metres=int(state.blur_m() or 0)))
        else:
            st.toggle(words("options.blur"), key="blur", help=words("options.blur_hint", metres=int(state.BLUR_M)))
