"""The head of the page and the line that says how much is shown."""

from collections.abc import Mapping

import streamlit as st

from views import state
from views.filter_panel import MODALITIES
from views.filters import Mask, Selection, all_of
from views.labels import LANGUAGES, Words
from views.rows import NO_PIN

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


def summary(shown: Selection, found: Mapping[str, Mask], words: Words) -> None:
    """Draw how many events are shown, and how many are hidden because they are not said to have happened."""
    rows, pins = shown.rows, shown.column("pin").unique()
    places = int((pins != NO_PIN).sum())
    few, at = len(shown) < len(rows), words("result.places", n=places)
    events = words("result.some", shown=len(shown), n=len(rows)) if few else words("result.events", n=len(rows))
    hidden = int((all_of(found, but="modality") & ~found["modality"] & ~rows["firm"].to_numpy(bool)).sum())
    with st.container(key="summary", horizontal=True, vertical_alignment="center", width="content"):
        st.html(f'<p class="summary" role="status"><b>{events}</b> {at}</p>', width="content")
        if hidden:
            st.html(f'<p class="summary soft">{words("result.hidden", n=hidden)}</p>', width="content")
            everything = state.put(modality=list(MODALITIES))
            st.button(words("result.show_hidden"), key="show_hidden", on_click=everything, type="tertiary")


def options(words: Words) -> None:
    """Draw the choices of how quotes and points are shown."""
    with st.popover(words("options.open"), icon=":material/visibility:", key="options"):
        st.toggle(words("options.cover"), key="cover", help=words("options.cover_hint"))
        if state.blur_is_fixed():
            st.caption(words("options.blur_fixed", metres=int(state.blur_m() or 0)))
        else:
            st.toggle(words("options.blur"), key="blur", help=words("options.blur_hint", metres=int(state.BLUR_M)))
