"""The map: one constant folium map; what it shows is counted and drawn in the browser (`pins.js`).

folium compiles any text it is given as a template and runs it on the server. So no text goes in: the layer carries the
number of a place and our own colours and signs; the page looks the words up by that number.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache
from types import FunctionType
from typing import Any

import folium
import streamlit as st
import streamlit_folium
from branca.element import MacroElement
from jinja2 import Template
from streamlit.runtime import get_instance
from streamlit_folium import st_folium

from views.families import families

KEY = "map"
HEIGHT = 560

_STATIC = "../../app/static"  # from the component's frame; holds under any baseUrlPath

View = tuple[float, float, int]
"""Latitude and longitude of the map's centre, and its zoom."""


class OfflineMap(folium.Map):
    """A folium map whose Leaflet comes from this server; jQuery, Bootstrap and icon fonts are not needed."""

    default_js = [  # noqa: RUF012 - folium keeps these lists on the class
        ("leaflet", f"{_STATIC}/leaflet/leaflet.js"),
        *((name, f"{_STATIC}/{name}.js") for name in ("basemap", "regions", "signs", "map_view", "pins")),
    ]
    default_css = [("leaflet", f"{_STATIC}/leaflet/leaflet.css")]  # noqa: RUF012


class BaseMap(MacroElement):
    """Starts the base map: outlines, names, scale, and streets where a tile server answers."""

    _template = Template("{% macro script(this, kwargs) %}eventMap.start({{ this._parent.get_name() }});{% endmacro %}")


class Pins(MacroElement):
    """What the page asks of the map; `data` holds numbers and our own colours and signs only (see `pins.js`)."""

    # streamlit-folium keeps every layer it ever replaced; emptying its list keeps the browser's memory flat.
    _template = Template(
        "{% macro script(this, kwargs) %}window.feature_group = [];"
        "eventMap.draw(map_div, {{ this._parent.get_name() }}, {{ this.data | tojson }});{% endmacro %}"
    )

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Pins"
        self.data = data


def register() -> None:
    """Make the map's component known to the server, which else learns of it only if a script imports it first."""
    get_instance().component_registry.register_component(streamlit_folium._component_func)


def base_map() -> folium.Map:
    """Return the map without pins: always the same script, so the browser keeps it and its view."""
    drawn = OfflineMap(location=[35.2, 38.5], zoom_start=6, tiles=None, max_zoom=18, min_zoom=2)
    drawn.add_child(BaseMap())  # type: ignore[no-untyped-call]
    return drawn


def layer(
    *, chosen: int | None, focus: int | None, at: View | None, ticket: int, dark: bool, arabic: bool
) -> folium.FeatureGroup:
    """Return what the map is asked to show: the `chosen` place and where to look.

    A new `ticket` moves the map, to the place `focus`, else to the view `at`, else to all that is shown; the same one
    leaves it where the visitor has it.
    """
    group = folium.FeatureGroup(name="pins", control=False)
    looks = {"colours": [f.colour for f in families()], "icons": [f.icon for f in families()]}
    asked = {"chosen": chosen, "focus": focus, "at": at, "ticket": ticket, "dark": dark, "arabic": arabic}
    group.add_child(Pins(asked | looks))
    return group


def show(on_change: Callable[[], None], **asked: Any) -> None:
    """Draw the map in the page, asked what `layer` takes; what `pins.js` reports of it is in the session under `KEY`.

    That is `pin`, `clicks` and `at`. `on_change` is called before the script runs again, so that a click shows at once.
    """
    sent = _rendered(**asked)

    def take() -> None:
        st.session_state[KEY] = st.session_state.get(sent["key"], {})
        on_change()

    streamlit_folium._component_func(**sent, on_change=take)


@lru_cache(maxsize=512)
def _rendered(**asked: Any) -> dict[str, Any]:
    """Return what st_folium sends to the browser; a filter changes nothing of it, and folium takes long to render."""
    sent: dict[str, Any] = _record(
        base_map(),
        key=KEY,
        height=HEIGHT,
        use_container_width=True,
        returned_objects=[],  # streamlit-folium reports nothing by itself
        feature_group_to_add=layer(**asked),
    )
    return {name: value for name, value in sent.items() if name != "on_change"}


# st_folium itself, but that it returns what it would send.
_record = FunctionType(
    st_folium.__code__,
    {**vars(streamlit_folium), "_component_func": lambda **sent: sent},
    argdefs=st_folium.__defaults__,
)


def clicked(report: Mapping[str, Any]) -> tuple[int, int] | None:
    """Return the number of the place that was clicked last and how many clicks there were; None before the first."""
    pin, clicks = report.get("pin"), report.get("clicks")
    if not isinstance(pin, int | float) or not isinstance(clicks, int | float):
        return None
    return int(pin), int(clicks)
