"""The head of the page and the time slider above the map."""

from collections.abc import Mapping
from datetime import timedelta

import pandas as pd
import streamlit as st

from views import state
from views.filter_panel import MODALITIES
from views.filters import Mask, Selection, all_of
from views.labels import LANGUAGES, Words
from views.rows import NO_PIN
from views.timeline import Span, histogram

VIEWS = ("map", "table", "about")
_PRESETS = {"day": (1, 24), "week": (7, 7), "month": (30, 30)}
"""Quick choices: how many days back from the last one, and the number in their name."""


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


def time(rows: pd.DataFrame, found: Mapping[str, Mask], span: Span | None, words: Words) -> None:
    """Draw the histogram, the slider under it, quick choices and the count of undated events."""
    apart = rows.loc[all_of(found, but="period")]
    undated = int(apart["first_day"].isna().sum())
    if span is None:
        st.caption(words("time.none"))
        return
    first, last = st.session_state[state.PERIOD]
    st.html(histogram(apart, span, Span(first, last), words))
    st.slider(
        words("time.label"), span.first, span.last, key=state.PERIOD, format="YYYY-MM-DD", label_visibility="collapsed"
    )
    with st.container(key="time", horizontal=True, vertical_alignment="center"):
        _presets(span, words)
        if undated:
            _undated(undated, whole=(first, last) == (span.first, span.last), words=words)


def _undated(number: int, *, whole: bool, words: Words) -> None:
    label = words("time.undated", n=number)
    if whole:  # the whole time includes them; only a narrowed one asks
        st.html(f'<p class="summary soft">{label}</p>', width="content")
    else:
        st.checkbox(f"{label}: {words('time.keep_undated')}", key="undated")


def _presets(span: Span, words: Words) -> None:
    with st.container(key="presets", horizontal=True, width="content", gap="xsmall"):
        for name, (days, number) in _PRESETS.items():
            since = max(span.last - timedelta(days=days - 1), span.first)
            on_click = state.put(**{state.PERIOD: (since, span.last)})
            st.button(words(f"time.{name}", n=number), key=f"preset_{name}", on_click=on_click, type="tertiary")
        whole = state.put(**{state.PERIOD: (span.first, span.last)})
        st.button(words("time.all"), key="preset_all", on_click=whole, type="tertiary")


def summary(shown: Selection, found: Mapping[str, Mask], words: Words) -> None:
    """Draw how many events are shown, and how many are hidden because they are not said to have happened."""
    rows, pins = shown.rows, shown.column("pin").unique()
    places = int((pins != NO_PIN).sum())
    few, at = len(shown) < len(rows), words("result.places", n=places)
    events = words("result.some", shown=len(shown), total=len(rows)) if few else words("result.events", n=len(rows))
    hidden = int((all_of(found, but="modality") & ~found["modality"] & ~rows["firm"].to_numpy(bool)).sum())
    with st.container(key="summary", horizontal=True, vertical_alignment="center"):
        st.html(f'<p class="summary" role="status"><b>{events}</b> {at}</p>', width="content")
        if hidden:
            st.html(f'<p class="summary soft">{words("result.hidden", n=hidden)}</p>', width="content")
            everything = state.put(modality=list(MODALITIES))
            st.button(words("result.show_hidden"), key="show_hidden", on_click=everything, type="tertiary")
