"""The map: one constant folium map, and one layer of pins made of numbers alone.

folium compiles any text it is given as a template and runs it on the server. So no text goes in: pins carry
coordinates, counts and a number that stands for the place; the page looks the words up by that number.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import folium
import numpy as np
import pandas as pd
import streamlit as st
from branca.element import MacroElement
from jinja2 import Template
from streamlit_folium import st_folium

from views.families import families
from views.labels import Words
from views.rows import NO_PIN

KEY = "map"
HEIGHT = 560
RETURNED = ("last_active_drawing", "last_object_clicked_count", "bounds", "zoom")
MOST_PINS = 1000

_STATIC = "../../app/static"  # from the component's frame; holds under any baseUrlPath

Pin = list[Any]
"""Latitude, longitude, number of the place, geo_precision, pairs of slot (2 × family, + 1 if not firm) and count."""


Box = list[list[float]]
"""South-west and north-east corner, each latitude and longitude."""


class OfflineMap(folium.Map):
    """A folium map whose Leaflet comes from this server; jQuery, Bootstrap and icon fonts are not needed."""

    default_js = [("leaflet", f"{_STATIC}/leaflet/leaflet.js"), ("pins", f"{_STATIC}/pins.js")]  # noqa: RUF012 - folium keeps these lists on the class
    default_css = [("leaflet", f"{_STATIC}/leaflet/leaflet.css")]  # noqa: RUF012


class BaseMap(MacroElement):
    """Starts the base map: outlines, names, scale, and streets where a tile server answers."""

    _template = Template("{% macro script(this, kwargs) %}eventMap.start({{ this._parent.get_name() }});{% endmacro %}")


class Pins(MacroElement):
    """All pins of one drawing; `data` holds numbers and our own colours only (see `pins.js`)."""

    # streamlit-folium keeps every layer it ever replaced; emptying its list keeps the browser's memory flat.
    _template = Template(
        "{% macro script(this, kwargs) %}window.feature_group = [];"
        "eventMap.draw(map_div, {{ this._parent.get_name() }}, {{ this.data | tojson }});{% endmacro %}"
    )

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Pins"
        self.data = data


def base_map() -> folium.Map:
    """Return the map without pins: always the same script, so the browser keeps it and its view."""
    drawn = OfflineMap(location=[35.2, 38.5], zoom_start=6, tiles=None, max_zoom=18, min_zoom=2)
    drawn.add_child(BaseMap())  # type: ignore[no-untyped-call]
    return drawn


def pins(rows: pd.DataFrame) -> list[Pin]:
    """Return one pin per place of `rows` (of `views.rows.prepare`), the fullest first, at most `MOST_PINS`."""
    placed = rows.loc[rows["pin"] != NO_PIN, ["pin", "latitude", "longitude", "geo_precision"]]
    slots = rows["family"].loc[placed.index].astype("int64") * 2 + ~rows["firm"].loc[placed.index]
    places = placed.groupby("pin", sort=False).agg(
        latitude=("latitude", "first"),
        longitude=("longitude", "first"),
        precision=("geo_precision", "min"),
        n=("pin", "size"),
    )
    fullest = places.sort_values("n", ascending=False, kind="stable").head(MOST_PINS)
    tally = placed.assign(slot=slots).groupby(["pin", "slot"]).size()
    parts: dict[int, list[list[int]]] = {}
    for pin, slot, number in zip(*(tally.index.get_level_values(i) for i in (0, 1)), tally, strict=True):
        parts.setdefault(int(pin), []).append([int(slot), int(number)])
    columns = (fullest["latitude"], fullest["longitude"], fullest.index, fullest["precision"].fillna(1))
    return [
        [round(float(lat), 5), round(float(lon), 5), int(pin), int(precision), parts[int(pin)]]
        for lat, lon, pin, precision in zip(*columns, strict=True)
    ]


def extent(rows: pd.DataFrame) -> Box | None:
    """Return the south-west and north-east corner around the places of `rows`; None if none has a place."""
    placed = rows.loc[rows["pin"] != NO_PIN, ["latitude", "longitude"]]
    if placed.empty:
        return None
    return [np.round(placed.min().to_numpy(float), 4).tolist(), np.round(placed.max().to_numpy(float), 4).tolist()]


def layer(
    drawn: Sequence[Pin], *, chosen: int | None, box: Box | None, view: int, dark: bool, arabic: bool
) -> folium.FeatureGroup:
    """Return the layer of pins; a new `view` number moves the map to `box`, the same one leaves it where it is."""
    group = folium.FeatureGroup(name="pins", control=False)
    colours = [family.colour for family in families()]
    data = {
        "pins": drawn,
        "colours": colours,
        "chosen": chosen,
        "box": box,
        "view": view,
        "dark": dark,
        "arabic": arabic,
    }
    group.add_child(Pins(data))
    return group


def under(drawn: Sequence[Pin], on_fit: Callable[[], None], words: Words) -> None:
    """Draw what belongs under the map: a button that brings all results into sight, and what was left out."""
    st.button(words("map.fit"), key="fit", on_click=on_fit, type="tertiary", icon=":material/fit_screen:")
    if len(drawn) == MOST_PINS:
        st.caption(words("map.more_pins", n=MOST_PINS))


def show(group: folium.FeatureGroup, on_change: Callable[[], None]) -> None:
    """Draw the map in the page; what the browser reports of it (`RETURNED`) is in the session under `KEY`.

    `on_change` is called before the script runs again, so that a click shows at once.
    """
    st_folium(
        base_map(),
        key=KEY,
        height=HEIGHT,
        use_container_width=True,
        returned_objects=list(RETURNED),
        feature_group_to_add=group,
        on_change=on_change,
    )


def clicked(report: Mapping[str, Any]) -> tuple[int, int] | None:
    """Return the number of the place that was clicked last and how many clicks there were; None before the first."""
    drawing = report.get("last_active_drawing") or {}
    number = (drawing.get("properties") or {}).get("id")
    return (int(number), int(report.get("last_object_clicked_count") or 0)) if isinstance(number, int | float) else None
