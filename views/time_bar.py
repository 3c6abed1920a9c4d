"""The time above the map: hands the browser its columns and the timeline, and takes over the window chosen on it."""

import json
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

import streamlit as st

from views import state
from views.columns import LEVELS, Columns
from views.families import families
from views.labels import Words
from views.serving import line, served
from views.timeline import Span

KEY = "timeline"
PRESETS = {1: ("time.day", 24), 7: ("time.week", 7), 30: ("time.month", 30), 0: ("time.all", 0)}
"""Quick choices by their number of days back from the last event (0: the whole time), and the number in their name."""

_UNITS = {1: "time.axis", 7: "time.axis_week", 30: "time.axis_month", 365: "time.axis_year"}
_WORDS = {
    "label": "time.label", "window": "time.window", "first": "time.first", "last": "time.last", "back": "time.back",
    "on": "time.on", "play": "time.play", "pause": "time.pause", "speed": "time.speed", "enlarge": "time.enlarge",
    "whole": "time.whole", "keep": "time.keep_undated", "undated": "time.undated", "dated": "time.dated",
    "anchor": "time.anchor", "none": "time.none",
}  # fmt: skip

MAP_WORDS = (
    "fit",
    "closer",
    "farther",
    "layers",
    "offline",
    "streets",
    "satellite",
    "areas",
    "borders",
    "no_tiles",
    "in_governorate",
    "in_country",
    "outside",
)

# The code comes from the served folder, where the browser keeps it, and not with every message.
_LOADER = """export default async (component) => {
  const page = document.baseURI, style = new URL("app/static/timeline.css", page).href;
  if (!document.querySelector(`link[href="${style}"]`)) {
    document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: style }));
  }
  (await import(new URL("app/static/timeline.js", page).href)).default(component);
}"""

_draw = st.components.v2.component(
    "event_timeline", html='<div class="time" role="group"></div>', js=_LOADER, isolate_styles=False
)


def tell(columns: Columns, packed: str) -> None:
    """Let the map and the histogram know which rows the filters leave (`packed`, see `Columns`), the time apart."""
    told = {"packed": packed, "ticket": st.session_state.get(state.TICKET, 0), "source": served(columns)}
    line().say(json.dumps(told))


def time_bar(columns: Columns, span: Span | None, words: Words) -> None:
    """Draw the timeline of the rows that the browser was told of.

    Without a `span` no row has a date, and there is no time to choose.
    """
    period = state.period(span)
    data = {
        "source": served(columns),
        "layout": columns.layout,
        "line": line().address,
        "days": span.days if span else 1,
        "range": [(day - span.first).days for day in period] if span and period else None,
        "undated": st.session_state["undated"],
        "heard": st.session_state.get(KEY, {}).get("range", {}).get("sent", 0) if KEY in st.session_state else 0,
        "colours": [family.colour for family in families()],
        "locale": words.tag,
        "rtl": words.rtl,
        "words": _words(words),
    }
    _draw(key=KEY, data=data, on_range_change=_take, height="content")


@lru_cache(maxsize=4)
def _words(words: Words) -> Mapping[str, Any]:
    of_map: dict[str, Any] = {name: words.forms(f"map.{name}") for name in MAP_WORDS}
    of_map |= {"events": words.forms("result.events"), "places": words.forms("result.places")}
    of_map["levels"] = [words(f"map.{level}") for level in LEVELS]
    of_map["families"] = [words(f"family.{family.id}") for family in families()]
    named = {name: words.forms(key) for name, key in _WORDS.items()}
    presets = {days: words(key, n=number) for days, (key, number) in PRESETS.items()}
    units = {days: words(key) for days, key in _UNITS.items()}
    return named | {"locale": words.tag, "presets": presets, "units": units, "map": of_map}


def _take() -> None:
    """Take over what the visitor chose; nonsense from a browser is as if nothing had been chosen."""
    chosen = st.session_state[KEY].get("range") or {}
    since, until = (_day(chosen.get(name)) for name in ("since", "until"))
    if since is None or until is None or since > until:
        since = until = None
    st.session_state.update({"since": since, "until": until, "undated": bool(chosen.get("undated"))})


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        return None
