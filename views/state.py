"""The visitor's choices: kept in the session under the names of `Address`, and mirrored in the page's address."""

from collections.abc import Callable
from datetime import date
from typing import Any, TypedDict

import pandas as pd
import streamlit as st

from views.address import Address, read_address, write_address
from views.event_map import KEY, Box, clicked, extent
from views.filters import SETS, Filter
from views.labels import Words
from views.timeline import Span

PERIOD = "period"
"""Key of the time slider, a pair of days; it is not in the address, `since` and `until` are."""

TICKET, FOCUS = "ticket", "focus"
"""Keys of the map's moves: how many there were, and to which place the last one went (None: to all)."""

_LAST, _CLICK = "last_address", "last_click"


class MapView(TypedDict):
    """What `event_map.layer` needs to know of the visitor."""

    chosen: int | None
    box: Box | None
    view: int


def restore() -> None:
    """Take over the address if it is new (first visit, a link, the back button); keep choices of hidden controls."""
    values = {name: st.query_params.get_all(name) for name in st.query_params}
    if values != st.session_state.get(_LAST):
        for name, value in read_address(values):
            st.session_state[name] = list(value) if isinstance(value, tuple) else value
        st.session_state.pop(PERIOD, None)
        st.session_state[FOCUS] = st.session_state["pin"]
    for name in (*Address.model_fields, PERIOD):
        if name in st.session_state:
            st.session_state[name] = st.session_state[name]  # Streamlit forgets what is not drawn in a run


def remember(span: Span | None) -> None:
    """Write the choices into the address."""
    since, until = _narrowed(span) or (None, None)
    fields = {name: st.session_state[name] for name in Address.model_fields} | {"since": since, "until": until}
    values = write_address(Address.model_validate(fields))
    if values != st.session_state.get(_LAST):
        st.session_state[_LAST] = values
        st.query_params.from_dict(values)


def words() -> Words:
    """Return the words of the chosen language; at first of the browser's, English if the page does not speak that."""
    if st.session_state["lang"] is None:
        st.session_state["lang"] = "ar" if (st.context.locale or "").startswith("ar") else "en"
    return Words(st.session_state["lang"])


def wanted(span: Span | None) -> Filter:
    """Return what to show; the slider at both ends means the whole time."""
    if span and PERIOD not in st.session_state:
        since = min(max(st.session_state["since"] or span.first, span.first), span.last)
        until = min(st.session_state["until"] or span.last, span.last)
        st.session_state[PERIOD] = (since, max(since, until))
    state = st.session_state
    return Filter(
        chosen={name: tuple(state[name]) for name in SETS},
        modality=tuple(state["modality"]),
        period=_narrowed(span),
        undated=state["undated"],
        confidence=state["confidence"],
        words=state["words"] or "",
    )


def _narrowed(span: Span | None) -> tuple[date, date] | None:
    period: tuple[date, date] | None = st.session_state.get(PERIOD)
    if span is None or period is None or len(period) != 2 or period == (span.first, span.last):
        return None
    return period


def follow() -> None:
    """Take over a click on the map; panning and zooming change nothing here."""
    click = clicked(st.session_state.get(KEY) or {})
    if click and click != st.session_state.get(_CLICK):
        st.session_state.update({_CLICK: click, "pin": click[0], "panel": "evidence", "cards": None})


def focus(pin: int | None) -> Callable[[], None]:
    """Return a callback that moves the map: to one place, or to all that is shown if `pin` is None."""
    return lambda: st.session_state.update({FOCUS: pin, TICKET: st.session_state.get(TICKET, 0) + 1})


def map_view(shown: pd.DataFrame, rows: pd.DataFrame) -> MapView:
    """Return where the map is to look and which place is chosen; without a result it looks at all rows."""
    pin = st.session_state.get(FOCUS)
    target = rows.loc[rows["pin"] == pin] if pin is not None else shown
    box = extent(target) or extent(rows)
    return {"chosen": st.session_state["pin"], "box": box, "view": st.session_state.get(TICKET, 0)}


def visit(pin: int) -> Callable[[], None]:
    """Return a callback that opens a place on the map with its evidence."""

    def go() -> None:
        st.session_state.update({"view": "map", "panel": "evidence", "pin": pin, "cards": None})
        focus(pin)()

    return go


def put(**values: Any) -> Callable[[], None]:
    """Return a callback that sets choices by name, for a button's `on_click`."""
    return lambda: st.session_state.update(values)


def clear() -> None:
    """Drop every filter; language, view and panel stay."""
    untouched = Address()
    for name in (*SETS, "modality", "undated", "confidence", "words", "since", "until", "pin"):
        value = getattr(untouched, name)
        st.session_state[name] = list(value) if isinstance(value, tuple) else value
    st.session_state.pop(PERIOD, None)
