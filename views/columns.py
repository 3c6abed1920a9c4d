"""All rows as the browser holds them, to count and draw them without asking the server; see `columns.js`.

Numbers only: where, when, which family, how sure. What a visitor filters for is decided here, in one place, and
reaches the browser as one bit a row.
"""

import base64
import gzip
import secrets
import zlib
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from views.facets import Mask
from views.families import families
from views.rows import NO_PIN, codes

UNDATED = 65_535
"""Stands for no day; also no row is later than the day before it, some 179 years after the first."""

LEVELS = ("exact", "neighbourhood", "city", "district", "governorate", "country")
"""What coordinates stand for, by their number in the browser."""

_BY_CODE = {
    **dict.fromkeys(("PPLX", "CMP", "AREA"), "neighbourhood"),
    "PPL": "city",
    **dict.fromkeys(("ADM2", "ADM3", "ADM4", "LK", "MT"), "district"),
    **dict.fromkeys(("ADM1", "RGN", "STRT", "GULF", "STM"), "governorate"),
    **dict.fromkeys(("PCL", "SEA", "DSRT"), "country"),
}
"""Beginnings of GeoNames feature codes, the longer one first; all others name a spot."""

_BY_PRECISION = ("exact", "exact", "city", "governorate")
_MOST_EDGES = 2_000
_BARE = 4_000  # bytes of bits up to which they are sent as they are: read at once, and hardly longer
_EPOCH = np.datetime64("1970-01-01", "D")


@dataclass(frozen=True, eq=False)
class Columns:
    """The browser's rows: `blob` is one array after another as `columns.js` reads them, in gzip.

    `layout`: what it needs to read them; `order`: the position in `views.rows` of each of the browser's rows. Alike
    rows stand together, so that which ones a filter leaves packs well. `key`: for an address that nobody guesses.
    """

    blob: bytes
    layout: dict[str, int]
    order: npt.NDArray[np.int32]
    key: str = field(default_factory=lambda: secrets.token_urlsafe(24))

    def packed(self, mask: Mask) -> str:
        """Return which rows a mask holds true, in base 64; empty if it holds all.

        `r` and where runs of them begin and end, since that is read at once; with many runs `b` and bits, or `z` and
        deflated ones if they are many.
        """
        if mask.all():
            return ""
        kept = mask[self.order]
        edges = np.flatnonzero(np.diff(kept, prepend=False, append=False))
        if len(edges) <= _MOST_EDGES:
            return f"r{base64.b64encode(edges.astype('<u4').tobytes()).decode()}"
        bits = np.packbits(kept).tobytes()
        kind, body = ("b", bits) if len(bits) <= _BARE else ("z", zlib.compress(bits, 1))
        return f"{kind}{base64.b64encode(body).decode()}"


def columns_of(rows: pd.DataFrame, first: date | None) -> Columns:
    """Return the browser's columns of all rows (of `prepare`); days count from `first`."""
    order = _alike_together(rows)
    place, pins = pd.factorize(rows["pin"].to_numpy()[order], sort=True)  # many times as fast as numpy's unique
    start = np.datetime64(first, "D") if first else _EPOCH
    days, until = _days(rows["first_day"], start)[order], _days(rows["last_day"], start)[order]
    kind = (rows["family"].to_numpy(np.int64) * 2 + ~rows["firm"].to_numpy(bool))[order]
    sure = np.rint(rows["confidence"].fillna(1.0).to_numpy(float) * 255)[order]
    level = np.zeros(len(pins), np.uint8)
    np.maximum.at(level, place, _levels(rows)[order])  # a place is never shown as finer than its vaguest row
    wide = len(pins) > 65_535
    arrays = [
        (pins, "<f8"), (place, "<u4" if wide else "<u2"), (days, "<u2"), (until, "<u2"),
        (kind, "u1"), (sure, "u1"), (level, "u1"),
    ]  # fmt: skip
    layout = {
        "rows": len(rows),
        "places": len(pins),
        "wide": int(wide),
        "families": len(families()),
        "day": int((start - _EPOCH).astype(int)),
        "nowhere": int(len(pins) > 0 and pins[0] == NO_PIN),
    }
    blob = b"".join(array.astype(kind).tobytes() for array, kind in arrays)
    return Columns(gzip.compress(blob, 1), layout, order.astype(np.int32))


def _alike_together(rows: pd.DataFrame) -> npt.NDArray[np.int64]:
    """Return an order in which what few values tell apart, and filters often leave much of, stands in long runs."""
    key = np.zeros(len(rows), np.int64)
    for name in ("modality", "country", "action", "admin1"):
        key = key * (len(rows[name].cat.categories) + 1) + codes(rows[name]).astype(np.int64) + 1
    sure = np.floor(rows["confidence"].fillna(1.0).to_numpy(float) * 20 + 1e-6)
    return np.argsort(key * 21 + sure.astype(np.int64), kind="stable")


def _days(days: "pd.Series[Any]", start: np.datetime64) -> npt.NDArray[np.int64]:
    held = days.to_numpy("datetime64[D]")
    known = ~np.isnat(held)
    number = np.where(known, held, start) - start
    return np.where(known, np.clip(number.astype(np.int64), 0, UNDATED - 1), UNDATED)


def _levels(rows: pd.DataFrame) -> npt.NDArray[np.uint8]:
    named = rows["feature_code"]
    by_code = np.array([*map(_level, named.cat.categories), LEVELS.index("exact")], np.uint8)
    vague = rows["geo_precision"].fillna(1).to_numpy(np.int64)
    at_least = np.array([LEVELS.index(level) for level in _BY_PRECISION], np.uint8)
    found: npt.NDArray[np.uint8] = np.maximum(by_code[codes(named)], at_least[np.clip(vague, 0, 3)])
    return found


def _level(feature_code: str) -> int:
    """Return what a point of that GeoNames feature code stands for, as a number of `LEVELS`."""
    found = next((level for start, level in _BY_CODE.items() if feature_code.startswith(start)), "exact")
    return LEVELS.index(found)
