"""The visitor's choices: kept in the session under the names of `Address`, and mirrored in the page's address."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypedDict

import pandas as pd
import streamlit as st

from views.address import Address, read_address, write_address
from views.event_map import KEY, Box, clicked, extent
from views.filters import SETS, Filter
from views.labels import Words
from views.timeline import Span
from views.trees import Tree

PERIOD = "period"
"""Key of the time slider, a pair of days; it is not in the address, `since` and `until` are."""

TICKET, FOCUS = "ticket", "focus"
"""Keys of the map's moves: how many there were, and to which place the last one went (None: to all)."""

FILTERS = (*SETS, "modality", "undated", "confidence", "words", "since", "until")
"""The fields of `Address` that narrow what is shown."""

_LAST, _CLICK, _KEPT, _UNDO = "last_address", "last_click", "kept", "cleared"


class MapView(TypedDict):
    """What `event_map.layer` needs to know of the visitor."""

    chosen: int | None
    box: Box | None
    view: int


def restore() -> None:
    """Take over the address if it is new (first visit, a link, the back button); keep choices of hidden controls."""
    values = {name: st.query_params.get_all(name) for name in st.query_params}
    kept = st.session_state.get(_KEPT, {})
    # After a choice the browser may still report the address from before it; that is no new address.
    chose = any(st.session_state.get(name, value) != value for name, value in kept.items())
    if values != st.session_state.get(_LAST) and not chose:
        for name, value in read_address(values):
            st.session_state[name] = list(value) if isinstance(value, tuple) else value
        st.session_state.pop(PERIOD, None)
        st.session_state[FOCUS] = st.session_state["pin"]
        return
    # Streamlit forgets what was not drawn. Only that is put back: setting what is drawn would undo fast key presses.
    for name, value in kept.items():
        if name not in st.session_state:
            st.session_state[name] = value


def remember(span: Span | None) -> None:
    """Write the choices into the address; without a `span` (a view without time) the period stays as it was."""
    if span:
        st.session_state["since"], st.session_state["until"] = _narrowed(span) or (None, None)
    state = Address.model_validate({name: st.session_state[name] for name in Address.model_fields})
    values = write_address(state)
    kept = (name for name in (*Address.model_fields, PERIOD) if name in st.session_state)
    st.session_state[_KEPT] = {name: st.session_state[name] for name in kept}
    if values != st.session_state.get(_LAST):
        st.session_state[_LAST] = values
        st.query_params.from_dict(values)


def words() -> Words:
    """Return the words of the chosen language; at first of the browser's, English if the page does not speak that."""
    if st.session_state["lang"] is None:
        st.session_state["lang"] = "ar" if (st.context.locale or "").startswith("ar") else "en"
    return Words(st.session_state["lang"])


def wanted(span: Span | None, trees: Mapping[str, Tree]) -> Filter:
    """Return what to show, the chosen levels of `trees` as all their values.

    The slider at both ends means the whole time.
    """
    if span and PERIOD not in st.session_state:
        since = min(max(st.session_state["since"] or span.first, span.first), span.last)
        until = min(st.session_state["until"] or span.last, span.last)
        st.session_state[PERIOD] = (since, max(since, until))
    state = st.session_state
    return Filter(
        chosen={name: trees[name].values(state[name]) if name in trees else tuple(state[name]) for name in SETS},
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
    """Drop every filter; language, view and panel stay. `undo` brings them back."""
    st.session_state[_UNDO] = {name: st.session_state[name] for name in FILTERS} | {
        PERIOD: st.session_state.get(PERIOD)
    }
    drop(*FILTERS)()
    st.session_state["pin"] = None


def undo() -> None:
    """Bring back the filters that `clear` dropped last."""
    kept = st.session_state.pop(_UNDO, None) or {}
    st.session_state.update({name: value for name, value in kept.items() if value is not None or name != PERIOD})


def can_undo(span: Span | None) -> bool:
    """Whether filters were cleared and no other has been chosen since."""
    if changed(span):
        st.session_state.pop(_UNDO, None)
    return bool(st.session_state.get(_UNDO))


def drop(*filters: str) -> Callable[[], None]:
    """Return a callback that leaves some filters as they are on a page that nobody has touched."""

    def go() -> None:
        untouched = Address()
        for name in filters:
            value = getattr(untouched, name)
            st.session_state[name] = list(value) if isinstance(value, tuple) else value
        if "since" in filters:
            st.session_state.pop(PERIOD, None)

    return go


def drop_value(name: str, value: str) -> Callable[[], None]:
    """Return a callback that takes one value out of a filter."""
    return lambda: st.session_state.update({name: [kept for kept in st.session_state[name] if kept != value]})


def changed(span: Span | None) -> tuple[str, ...]:
    """Return the filters that are not as on an untouched page; the period goes by `since`."""
    untouched = Address().model_dump()
    plain = (name for name in FILTERS if name not in ("since", "until"))
    found = [name for name in plain if _compared(st.session_state[name]) != _compared(untouched[name])]
    return (*found, "since") if _narrowed(span) else tuple(found)


def _compared(value: Any) -> Any:
    return frozenset(value) if isinstance(value, list | tuple) else value
