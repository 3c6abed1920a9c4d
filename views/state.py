"""The visitor's choices: kept in the session under the names of `Address`, and mirrored in the page's address."""

import os
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, TypedDict

import streamlit as st

from views.address import Address, read_address, write_address
from views.event_map import KEY, View, clicked
from views.facets import SETS
from views.filters import Filter
from views.labels import Words
from views.rows import NO_PIN
from views.timeline import Span
from views.trees import Tree

TICKET, FOCUS = "ticket", "focus"
"""Keys of the map's moves: how many there were, and to which place the last one went (None: to all)."""

BLUR_M = 1000.0
"""Metres of the cells in which a visitor may have points shown for sharing."""

FILTERS = (*SETS, "modality", "undated", "confidence", "words", "since", "until")
"""The fields of `Address` that narrow what is shown."""

_LAST, _CLICK, _CHOSE, _KEPT, _UNDO = "last_address", "last_click", "chose_place", "kept", "cleared"


class MapView(TypedDict):
    """What `event_map.layer` needs to know of the visitor."""

    chosen: int | None
    focus: int | None
    at: View | None
    ticket: int


def restore() -> None:
    """Take over the address if it is new (first visit, a link, the back button); keep choices of hidden controls."""
    values = {name: st.query_params.get_all(name) for name in st.query_params}
    kept = st.session_state.get(_KEPT, {})
    # After a choice the browser may still report the address from before it; that is no new address.
    chose = any(st.session_state.get(name, value) != value for name, value in kept.items())
    if _but_view(values) != _but_view(st.session_state.get(_LAST)) and not chose:
        for name, value in read_address(values):
            st.session_state[name] = list(value) if isinstance(value, tuple) else value
        focus(None if st.session_state["at"] else st.session_state["pin"])()
        return
    # Streamlit forgets what was not drawn. Only that is put back: setting what is drawn would undo fast key presses.
    for name, value in kept.items():
        if name not in st.session_state:
            st.session_state[name] = value


def _but_view(values: Mapping[str, Sequence[str]] | None) -> Mapping[str, Sequence[str]] | None:
    """Return an address without the map's view, which the map itself keeps up to date."""
    return values and {name: value for name, value in values.items() if name != "at"}


def remember() -> None:
    """Write the choices into the address."""
    kept = {name: st.session_state[name] for name in Address.model_fields}
    if kept == st.session_state.get(_KEPT) and _LAST in st.session_state:
        return
    st.session_state[_KEPT] = kept
    values = write_address(Address.model_validate(kept))
    if values != st.session_state.get(_LAST):
        st.session_state[_LAST] = values
        st.query_params.from_dict(values)


def words() -> Words:
    """Return the words of the chosen language; at first of the browser's, English if the page does not speak that."""
    if st.session_state["lang"] is None:
        st.session_state["lang"] = "ar" if (st.context.locale or "").startswith("ar") else "en"
    return Words(st.session_state["lang"])


def wanted(span: Span | None, trees: Mapping[str, Tree]) -> Filter:
    """Return what to show, the chosen levels of `trees` as all their values."""
    state = st.session_state
    return Filter(
        chosen={name: trees[name].values(state[name]) if name in trees else tuple(state[name]) for name in SETS},
        modality=tuple(state["modality"]),
        period=period(span),
        undated=state["undated"],
        confidence=state["confidence"],
        words=state["words"] or "",
    )


def period(span: Span | None) -> tuple[date, date] | None:
    """Return the chosen days within the time of all rows; None for the whole of it."""
    return span.within(st.session_state["since"], st.session_state["until"]) if span else None


def follow() -> None:
    """Take over where the map looks and a click on it."""
    report = st.session_state.get(KEY) or {}
    at = read_address({"at": [str(report.get("at"))]}).at
    if at and at != st.session_state["at"]:
        st.session_state.update({"at": at, FOCUS: None})
    click = clicked(report)
    if click and click != st.session_state.get(_CLICK):
        st.session_state.update({_CLICK: click, "pin": click[0], "panel": "evidence", "cards": None, _CHOSE: True})


def chose_place() -> bool:
    """Whether a click on the map has chosen a place since this was last asked."""
    return bool(st.session_state.pop(_CHOSE, False))


def focus(pin: int | None) -> Callable[[], None]:
    """Return a callback that moves the map: to one place, or if None to its view in the address, else to all."""
    return lambda: st.session_state.update({FOCUS: pin, TICKET: st.session_state.get(TICKET, 0) + 1})


def map_view() -> MapView:
    """Return which place is chosen and where the map is to look."""
    at = st.session_state["at"]
    latitude, longitude, zoom = at.split("_") if at else ("", "", "")
    return {
        "chosen": st.session_state["pin"],
        "focus": st.session_state.get(FOCUS),
        "at": (float(latitude), float(longitude), int(zoom)) if at else None,
        "ticket": st.session_state.get(TICKET, 0),
    }


def visit(pin: int) -> Callable[[], None]:
    """Return a callback that opens a place on the map with its evidence."""

    def go() -> None:
        st.session_state.update({"view": "map", "panel": "evidence", "pin": pin, "cards": None})
        focus(pin)()

    return go


def choose_row(number: int | None, pin: int | None) -> None:
    """Take over a row that was chosen in the table (None: no row any more), and move the map to its place."""
    st.session_state.update({"row": number, "cards": None})
    if pin is not None and pin != NO_PIN:
        st.session_state["pin"] = pin
        focus(pin)()


def blur_m() -> float | None:
    """Return the metres of the cells that points are shown in; None leaves them as they are.

    EVENTS_BLUR_M sets it for every visitor; without it each visitor may ask for `BLUR_M`.
    """
    if blur_is_fixed():
        return max(float(os.environ["EVENTS_BLUR_M"]), 1.0)
    return BLUR_M if st.session_state["blur"] else None


def blur_is_fixed() -> bool:
    """Whether the page's configuration (EVENTS_BLUR_M, metres) decides on the blur."""
    return os.environ.get("EVENTS_BLUR_M", "").replace(".", "", 1).isdigit()


def put(**values: Any) -> Callable[[], None]:
    """Return a callback that sets choices by name, for a button's `on_click`."""
    return lambda: st.session_state.update(values)


def clear() -> None:
    """Drop every filter; language, view and panel stay. `undo` brings them back."""
    st.session_state[_UNDO] = {name: st.session_state[name] for name in FILTERS}
    drop(*FILTERS)()
    st.session_state["pin"] = None


def undo() -> None:
    """Bring back the filters that `clear` dropped last."""
    kept = st.session_state.pop(_UNDO, None) or {}
    st.session_state.update(kept)


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

    return go


def drop_value(name: str, value: str) -> Callable[[], None]:
    """Return a callback that takes one value out of a filter."""
    return lambda: st.session_state.update({name: [kept for kept in st.session_state[name] if kept != value]})


def changed(span: Span | None) -> tuple[str, ...]:
    """Return the filters that are not as on an untouched page; the period goes by `since`."""
    untouched = Address().model_dump()
    plain = (name for name in FILTERS if name not in ("since", "until"))
    found = [name for name in plain if _compared(st.session_state[name]) != _compared(untouched[name])]
    return (*found, "since") if period(span) else tuple(found)


def _compared(value: Any) -> Any:
    return frozenset(value) if isinstance(value, list | tuple) else value
