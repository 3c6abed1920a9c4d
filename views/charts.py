"""Charts of what is filtered: over time, who acts on whom, where; a click on one narrows the page."""

import json
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Literal

import numpy as np
import pandas as pd
import streamlit as st

from views import names
from views.families import families
from views.filters import Selection
from views.labels import Words
from views.page import dark
from views.trees import Tree

MOST_PARTIES, MOST_PLACES = 14, 20
_STEPS = {"D": 92, "W-SUN": 730, "M": 100_000}
"""How long a bar is, by the days that the chart covers at most."""

_EPOCH = date(1970, 1, 1).toordinal()
_WEEK = 7
_MOST_LABELS = 9


def charts(shown: Selection, places: Tree, words: Words) -> None:
    """Draw the charts of the filtered rows; what is clicked becomes a filter."""
    st.caption(words("chart.hint"))
    days = over_time(shown)
    _draw("time", time_chart(days, words), _narrow_to_day, words)
    left, right = st.columns([3, 2], gap="large")
    with left:
        _draw("pairs", _pair_chart(pairs(shown), words), _narrow_to_pair, words)
    with right:
        _draw("places", _place_chart(ranked(shown, places), places, words), _narrow_to_place, words)


def over_time(shown: Selection) -> pd.DataFrame:
    """Return the events of each family by day, week or month: columns start, end (exclusive), family (id), n.

    Start and end are day numbers since 1970-01-01.
    """
    day, family = shown.column("first_day"), shown.column("family")
    dated = day.notna()
    day, family = day[dated], family[dated]
    if day.empty:
        return pd.DataFrame({"start": [], "end": [], "family": [], "n": []})
    long = (day.max() - day.min()).days
    step = next(step for step, most in _STEPS.items() if long <= most)
    bars = day.dt.to_period(step)
    tally = pd.DataFrame({"bar": bars, "family": family}).groupby(["bar", "family"], observed=True).size().rename("n")
    found = tally.reset_index()
    ends = {"start": found["bar"].dt.start_time, "end": (found["bar"] + 1).dt.start_time}
    return pd.DataFrame({name: (edge - pd.Timestamp(0)).dt.days for name, edge in ends.items()}).assign(
        family=[families()[number].id for number in found["family"]], n=found["n"]
    )


def pairs(shown: Selection) -> pd.DataFrame:
    """Return how often the most frequent actors act on the most frequent targets: columns actor, target, n."""
    actor, target = shown.column("actor").cat, shown.column("target").cat
    both = (actor.codes.to_numpy() >= 0) & (target.codes.to_numpy() >= 0)
    one, two = actor.codes.to_numpy()[both].astype(int), target.codes.to_numpy()[both].astype(int)
    kept = np.isin(one, _fullest(one, len(actor.categories))) & np.isin(two, _fullest(two, len(target.categories)))
    width = max(len(target.categories), 1)
    cells, n = np.unique(one[kept] * width + two[kept], return_counts=True)
    return pd.DataFrame(
        {"actor": actor.categories[cells // width], "target": target.categories[cells % width], "n": n}
    ).astype({"actor": "object", "target": "object"})


def _fullest(codes: "np.ndarray[Any, Any]", size: int) -> "np.ndarray[Any, Any]":
    tally = np.bincount(codes, minlength=size)
    best = np.argsort(-tally, kind="stable")[:MOST_PARTIES]
    return best[tally[best] > 0]


def ranked(shown: Selection, places: Tree) -> pd.DataFrame:
    """Return the places with most events: columns key (of the tree), n."""
    held = shown.column("place_id").cat
    codes = held.codes.to_numpy()
    tally = np.bincount(codes[codes >= 0].astype(int), minlength=len(held.categories))
    found: dict[str, int] = {}
    for code in np.flatnonzero(tally).tolist():
        key = places.leaf[held.categories[code]]
        found[key] = found.get(key, 0) + int(tally[code])
    best = sorted(found.items(), key=lambda item: -item[1])[:MOST_PLACES]
    return pd.DataFrame(best, columns=["key", "n"])


def _draw(name: str, chart: Any, narrow: Callable[[Mapping[str, Any]], None], words: Words) -> None:
    st.html(f"<h2>{words(f'chart.{name}')}</h2>")
    if chart is None:
        st.caption(words("chart.nothing"))
        return
    key = f"chart_{name}"

    def picked() -> None:
        points = (st.session_state[key].get("selection") or {}).get("pick") or []
        if points:
            narrow(points[0])

    with st.container(key=f"box_{name}"):
        st.altair_chart(chart, key=key, on_select=picked, selection_mode="pick", width="stretch")


def _narrow_to_day(point: Mapping[str, Any]) -> None:
    if family := point.get("family"):
        st.session_state["action"] = [family]


def _narrow_to_pair(point: Mapping[str, Any]) -> None:
    st.session_state.update({role: [point[role]] for role in ("actor", "target") if point.get(role)})


def _narrow_to_place(point: Mapping[str, Any]) -> None:
    if key := point.get("key"):
        st.session_state["place_id"] = [key]


def time_chart(found: pd.DataFrame, words: Words) -> Any:
    """Return the chart of `over_time`, time running as the language is read; None of no events."""
    if found.empty:
        return None
    import altair as alt

    ids = [family.id for family in families() if family.id in set(found["family"])]
    titles = {family.id: words(f"family.{family.id}") for family in families()}
    colours = {family.id: family.colour for family in families()}
    gap = (found["end"] - found["start"]) * 0.06
    data = found.assign(what=found["family"].map(titles), left=found["start"] + gap, right=found["end"] - gap,
                        when=[told(*bar, words) for bar in zip(found["start"], found["end"], strict=True)])  # fmt: skip
    labels = _labels(found, words)
    time_scale = alt.Scale(domain=_domain(found), nice=False, zero=False, reverse=words.rtl)
    axis = alt.Axis(values=[float(at) for at in labels], labelExpr=f"({json.dumps(labels)})[datum.value]",
                    labelOverlap=True, grid=False)  # fmt: skip
    scale = alt.Scale(domain=[titles[name] for name in ids], range=[colours[name] for name in ids])
    pick = alt.selection_point(name="pick", fields=["family"])
    chart = alt.Chart(data, height=260).mark_bar(cursor="pointer", orient="vertical").encode(
        x=alt.X("left:Q", title=None, scale=time_scale, axis=axis),
        x2="right:Q",
        y=alt.Y("n:Q", title=words("chart.events"), stack="zero",
                axis=alt.Axis(format="d", tickMinStep=1, orient=_side(words))),
        color=alt.Color("what:N", scale=scale, title=None, legend=alt.Legend(orient="bottom", columns=4)),
        tooltip=[alt.Tooltip("when:N", title=words("column.event_date")),
                 alt.Tooltip("what:N", title=words("column.action")), alt.Tooltip("n:Q", title=words("chart.events"))],
    )  # fmt: skip
    return _styled(chart.add_params(pick))


def told(start: int, end: int, words: Words) -> str:
    """Return the days of a bar (numbers since 1970-01-01, the end exclusive) in words: a day, a month, or both ends."""
    first, last = (date.fromordinal(_EPOCH + int(day)) for day in (start, end - 1))
    if first == last:
        return words.day(first)
    return words.iso(f"{first:%Y-%m}") if last.day - first.day > _WEEK else f"{words.day(first)} – {words.day(last)}"


def _labels(found: pd.DataFrame, words: Words) -> dict[str, str]:
    """Return what stands under bars, by the middle of the bar as JavaScript writes it: each day once, none too near."""
    bars = found[["start", "end"]].drop_duplicates().sort_values("start")
    room, labels, past = (bars["end"].max() - bars["start"].min()) / _MOST_LABELS, {}, float("-inf")
    for start, end in bars.itertuples(index=False, name=None):
        if start >= past:
            text = told(start, end, words).partition(" – ")[0]
            labels[f"{(start + end) / 2:.1f}".removesuffix(".0")] = f"\u2067{text}\u2069" if words.rtl else text
            past = start + room
    return labels


def _domain(found: pd.DataFrame) -> list[float]:
    """Return the ends of the time axis: at least seven bars' room, so that a single bar is no wall."""
    start, end, bar = found["start"].min(), found["end"].max(), (found["end"] - found["start"]).max()
    spare = max(7 * bar - (end - start), 0) / 2
    return [float(start - spare), float(end + spare)]


def _side(words: Words) -> Literal["left", "right"]:
    """Return where an axis of amounts stands: where reading begins."""
    return "right" if words.rtl else "left"


def _pair_chart(found: pd.DataFrame, words: Words) -> Any:
    if found.empty:
        return None
    import altair as alt

    data = found.assign(who=[names.actor(name, words) for name in found["actor"]],
                        whom=[names.actor(name, words) for name in found["target"]])  # fmt: skip
    pick = alt.selection_point(name="pick", fields=["actor", "target"])
    fullest = alt.EncodingSortField(field="n", op="sum", order="descending")
    base = alt.Chart(data, height=30 * data["who"].nunique() + 140).encode(
        x=alt.X(
            "whom:N",
            sort=fullest,
            scale=alt.Scale(reverse=words.rtl),
            title=words("column.target"),
            axis=alt.Axis(labelAngle=-40, labelLimit=140, labelOverlap=False),
        ),
        y=alt.Y(
            "who:N",
            sort=fullest,
            title=words("column.actor"),
            axis=alt.Axis(labelLimit=190, labelOverlap=False, orient=_side(words)),
        ),
    )
    cells = base.mark_rect(cursor="pointer", cornerRadius=3).encode(
        color=alt.Color("n:Q", scale=alt.Scale(scheme="tealblues"), legend=None),
        tooltip=[alt.Tooltip("who:N", title=words("column.actor")), alt.Tooltip("whom:N", title=words("column.target")),
                 alt.Tooltip("n:Q", title=words("chart.events"))],
    )  # fmt: skip
    figures = base.mark_text(size=11, clip=True).encode(
        text="n:Q",
        color=alt.condition(alt.datum.n > data["n"].max() / 2, alt.value("#ffffff"), alt.value("#1d232e")),
    )
    return _styled((cells.add_params(pick) + figures).resolve_scale(color="independent"))


def _place_chart(found: pd.DataFrame, places: Tree, words: Words) -> Any:
    if found.empty:
        return None
    import altair as alt

    data = found.assign(place=[_title(places, key, words) for key in found["key"]])
    pick = alt.selection_point(name="pick", fields=["key"])
    bars = alt.Chart(data, height=28 * len(data) + 50).mark_bar(cursor="pointer", color="#0b6b74", cornerRadius=2)
    chart = bars.encode(
        x=alt.X("n:Q", title=words("chart.events"), scale=alt.Scale(reverse=words.rtl),
                axis=alt.Axis(format="d", tickMinStep=1)),
        y=alt.Y("place:N", sort=alt.SortField("n", order="descending"), title=None,
                axis=alt.Axis(labelLimit=200, labelOverlap=False, orient=_side(words))),
        tooltip=[alt.Tooltip("place:N", title=words("column.place")), alt.Tooltip("n:Q", title=words("chart.events"))],
    )  # fmt: skip
    return _styled(chart.add_params(pick))


def _title(places: Tree, key: str, words: Words) -> str:
    """Return a place's name with the one it belongs to: there are many of a name."""
    node = places.nodes[key]
    above = places.nodes[node.path[-1]].named(words) if node.path else None
    return f"{node.named(words)}, {above}".replace(",", "،" if words.rtl else ",") if above else node.named(words)


def _styled(chart: Any) -> Any:
    ink = "#a5adb9" if dark() else "#5b6371"
    axis = {"labelColor": ink, "titleColor": ink, "labelFontSize": 12, "gridOpacity": 0.25}
    font = "Plex Arabic, system-ui, sans-serif"
    return chart.configure(font=font, background="transparent", axis=axis, legend={"labelColor": ink})
