"""A picture of the map and the time for a report: one SVG from numbers and names, made a PNG by the browser."""

import base64
import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape

import numpy as np
import pandas as pd

from views import names
from views.assets import STATIC
from views.families import families
from views.filters import Selection
from views.labels import Words
from views.rows import NO_PIN
from views.timeline import Span

WIDTH, HEIGHT = 1600, 1200
_MAP = (40, 130, 1520, 780)
"""Left, top, width and height of the map, in pixels; below likewise those of the time."""

_TIME = (40, 960, 1520, 110)
_MOST_PINS, _NAMED = 400, 25
_LEAST = 0.02  # degrees of longitude and latitude that the map shows at least

Point = tuple[float, float]
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the map looks: the Mercator point at its middle, and pixels to a degree of longitude."""

    x: float
    y: float
    scale: float

    def at(self, longitude: float, latitude: float) -> Point:
        """Return a point's place in the picture, in pixels."""
        left, top, width, height = _MAP
        return (
            left + width / 2 + (longitude - self.x) * self.scale,
            top + height / 2 - (_mercator(latitude) - self.y) * self.scale,
        )


def picture(shown: Selection, span: Span | None, said: Sequence[str], words: Words) -> str:
    """Return the picture of the filtered rows as SVG; `said` are lines that tell what was filtered."""
    places = _places(shown)
    frame = _frame(places)
    parts = [
        _style(),
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fbfaf7"/>',
        *_heading(shown, said, words),
        f'<g clip-path="url(#map)">{_land(frame)}{"".join(_pins(places, frame, words))}</g>',
        *_time(shown, span),
        *_legend(words),
    ]
    direction = "rtl" if words.rtl else "ltr"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" direction="{direction}" '
        f'role="img" aria-label="{escape(words("picture.label"))}">{"".join(parts)}</svg>'
    )


def _mercator(latitude: float) -> float:
    bounded = max(min(latitude, 85.0), -85.0)
    return math.degrees(math.log(math.tan(math.pi / 4 + math.radians(bounded) / 2)))


def _places(shown: Selection) -> pd.DataFrame:
    """Return the fullest places: latitude, longitude, place_id, place, vague, n, and the count of each family."""
    held = shown.only("pin", lambda pin: pin != NO_PIN)
    columns = ("pin", "latitude", "longitude", "place_id", "place", "geo_precision", "family")
    rows = pd.DataFrame({name: held.column(name).to_numpy() for name in columns})
    if rows.empty:
        return rows.assign(n=[], parts=[])
    grouped = rows.groupby("pin", sort=False)
    places = grouped.agg(dict.fromkeys(columns[1:6], "first")).assign(n=grouped.size())
    tally = rows.groupby(["pin", "family"]).size()
    parts: dict[object, object] = {pin: found.droplevel(0).to_dict() for pin, found in tally.groupby(level=0)}
    best = places.sort_values("n", ascending=False, kind="stable").head(_MOST_PINS)
    return best.assign(parts=pd.Series([parts[pin] for pin in best.index], index=best.index, dtype="object"))


def _frame(places: pd.DataFrame) -> Frame:
    _, _, width, height = _MAP
    if places.empty:
        return Frame(38.5, _mercator(35.2), width / 16)
    west, east = places["longitude"].min(), places["longitude"].max()
    south, north = (_mercator(edge) for edge in (places["latitude"].min(), places["latitude"].max()))
    wide, high = max(east - west, _LEAST), max(north - south, _LEAST)
    scale = min(0.82 * width / wide, 0.8 * height / high)
    return Frame((west + east) / 2, (south + north) / 2, scale)


@cache
def _countries() -> list[list[list[list[float]]]]:
    return [polygon for country in json.loads((STATIC / "countries.json").read_text("utf-8"))
            for polygon in country["rings"]]  # fmt: skip


def _land(frame: Frame) -> str:
    left, top, width, height = _MAP
    sea = f'<rect x="{left}" y="{top}" width="{width}" height="{height}" fill="#dfe8ea"/>'
    paths = (_path(rings, frame) for rings in _countries())
    return f'{sea}<path d="{"".join(filter(None, paths))}" fill="#f7f4ec" stroke="#b9b2a2" fill-rule="evenodd"/>'


def _path(rings: list[list[list[float]]], frame: Frame) -> str:
    """Return the outline of a country as a path; nothing if it lies outside the map."""
    left, top, width, height = _MAP
    drawn = [[frame.at(longitude, latitude) for longitude, latitude in ring] for ring in rings]
    xs, ys = [x for x, _ in drawn[0]], [y for _, y in drawn[0]]
    if max(xs) < left or min(xs) > left + width or max(ys) < top or min(ys) > top + height:
        return ""
    return "".join("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in ring) + "Z" for ring in drawn)


def _pins(places: pd.DataFrame, frame: Frame, words: Words) -> Iterator[str]:
    records = places.to_dict("records")
    for place in reversed(records):  # the fullest are drawn last, on top
        x, y = frame.at(place["longitude"], place["latitude"])
        yield _pin(x, y, place)
    taken: list[Box] = []
    for place in records[:_NAMED]:
        x, y = frame.at(place["longitude"], place["latitude"])
        known = place["place_id"] if isinstance(place["place_id"], str) else None
        name, below = names.place(known, str(place["place"]), words), y + _radius(place["n"]) + 18
        box = (x - 4.6 * len(name), below - 16, x + 4.6 * len(name), below + 5)
        if not any(box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]
                   for other in taken):  # fmt: skip
            taken.append(box)
            yield f'<text class="name" x="{x:.1f}" y="{below:.1f}">{escape(name)}</text>'


def _radius(n: int) -> float:
    return min(12 + 2.6 * math.sqrt(n), 34)


def _pin(x: float, y: float, place: dict[str, object]) -> str:
    n, r = int(str(place["n"])), _radius(int(str(place["n"])))
    vague = place["geo_precision"] is not pd.NA and int(str(place["geo_precision"])) > 1
    halo = f'<circle r="{r + 10:.1f}" fill="#5b6371" fill-opacity=".16"/>' if vague else ""
    rings, turned, around = [], 0.0, 2 * math.pi * r
    parts: dict[int, int] = place["parts"]  # type: ignore[assignment]
    for family, number in parts.items():
        part = around * number / n
        rings.append(
            f'<circle r="{r:.1f}" fill="none" stroke="{families()[family].colour}" stroke-width="6.5" '
            f'stroke-dasharray="{part:.2f} {around - part:.2f}" stroke-dashoffset="{-turned:.2f}" '
            'transform="rotate(-90)"/>'
        )
        turned += part
    ground = f'<circle r="{r:.1f}" fill="#fff" stroke="#fff" stroke-width="8"/>'
    return (
        f'<g transform="translate({x:.1f} {y:.1f})">{halo}{ground}{"".join(rings)}<text class="n" y="5">{n}</text></g>'
    )


def _heading(shown: Selection, said: Sequence[str], words: Words) -> Iterator[str]:
    x = WIDTH - 40 if words.rtl else 40
    placed = int((shown.column("pin") != NO_PIN).sum())
    counted = f"{words('result.events', n=len(shown))} · {words('picture.placed', n=placed)}"
    yield f'<text class="title" x="{x}" y="60">{escape(words("app.title"))}</text>'
    yield f'<text class="line" x="{x}" y="95">{escape(" · ".join([counted, *said]))}</text>'


def _time(shown: Selection, span: Span | None) -> Iterator[str]:
    if span is None:
        return
    left, top, width, height = _TIME
    day, family = shown.column("first_day"), shown.column("family")
    dated = day.notna().to_numpy()
    bars = min(span.days, 160)
    slot = (day[dated] - pd.Timestamp(span.first)).dt.days.to_numpy() * bars // span.days
    tally = np.zeros((bars, len(families())), int)
    np.add.at(tally, (slot.astype(int), family[dated].to_numpy(int)), 1)
    highest = max(int(tally.sum(axis=1).max(initial=0)), 1)
    for bar, numbers in enumerate(tally):
        y = float(top + height)
        for number, n in enumerate(numbers):
            if n:
                high = height * n / highest
                y -= high
                x, wide, colour = left + bar * width / bars, max(width / bars - 1.5, 1), families()[number].colour
                yield f'<rect x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{high:.1f}" fill="{colour}"/>'
    yield f'<path d="M{left} {top + height}h{width}" stroke="#dcd7cb"/>'
    for x, one, anchor in ((left, span.first, "start"), (left + width, span.last, "end")):
        # The axis runs from left to right in both languages, so its ends do too.
        yield f'<text class="line" x="{x}" y="{top + height + 24}" direction="ltr" text-anchor="{anchor}">{one}</text>'


def _legend(words: Words) -> Iterator[str]:
    for number, family in enumerate(families()):
        x = 40 + number * 217
        x, step = (WIDTH - x, -14) if words.rtl else (x, 14)
        yield f'<circle cx="{x + step / 2}" cy="1128" r="7" fill="{family.colour}"/>'
        yield f'<text class="line" x="{x + 1.5 * step}" y="1134">{escape(words(f"family.{family.id}"))}</text>'
    x = WIDTH - 40 if words.rtl else 40
    yield f'<text class="note" x="{x}" y="1172">{escape(words("picture.note"))}</text>'


def _style() -> str:
    left, top, width, height = _MAP
    font = base64.b64encode((STATIC / "fonts" / "IBMPlexSansArabic-Regular.ttf").read_bytes()).decode()
    return (
        f'<defs><clipPath id="map"><rect x="{left}" y="{top}" width="{width}" height="{height}" rx="10"/></clipPath>'
        "</defs><style>@font-face{font-family:'Plex Arabic';src:url(data:font/ttf;base64," + font + ")}"
        "text{font-family:'Plex Arabic',system-ui,sans-serif;fill:#1d232e;unicode-bidi:plaintext}"
        ".title{font-size:38px;font-weight:700}.line{font-size:21px;fill:#5b6371}.note{font-size:17px;fill:#5b6371}"
        ".n{font-size:14px;font-weight:700;text-anchor:middle}"
        ".name{font-size:17px;text-anchor:middle;paint-order:stroke;stroke:#f7f4ec;stroke-width:4px}</style>"
    )
