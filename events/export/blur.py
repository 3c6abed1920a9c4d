"""Points made coarse before they are shared: every format gets its rows from here when blurring is asked for.

A point moves to the middle of its cell in a fixed grid. Chance shifts would be averaged away over many rows, and a
shift made from the place's name be undone by whoever has the gazetteer; a cell says no more than that it was inside.
Names and quotes still tell the place in words: this is against false precision and against aiming by coordinates.
"""

import math
from collections.abc import Iterator
from typing import Any

from events.row import Row

_METRES_PER_DEGREE = 111_195  # of latitude, on a sphere of 6,371 km
_NEAR = 2
"""ACLED's geo_precision for a point that stands near the place."""


def blurred(rows: Iterator[Row], metres: float) -> Iterator[Row]:
    """Yield the rows with all coordinates in the middle of cells of `metres`; `geo_precision` is 2 at best.

    No point moves farther than 0.71 times `metres` (half the cell's diagonal).
    """
    for row in rows:
        others = row["geo_others"] and [other | _point(other, metres) for other in row["geo_others"]]
        yield row | _point(row, metres) | _precision(row) | {"geo_others": others}


def _precision(row: Row) -> Row:
    known = row["geo_precision"]
    return {"geo_precision": max(known, _NEAR) if known else known}


def _point(at: dict[str, Any], metres: float) -> dict[str, float]:
    if at["latitude"] is None or at["longitude"] is None:
        return {}
    latitude, longitude = cell_middle(at["latitude"], at["longitude"], metres)
    return {"latitude": latitude, "longitude": longitude}


def cell_middle(latitude: float, longitude: float, metres: float) -> tuple[float, float]:
    """Return the middle of the cell that holds a point, in degrees to 5 places (about a metre).

    Cells are rows of equal height; each row is divided by the length of its own parallel.
    """
    step = metres / _METRES_PER_DEGREE
    north = min((math.floor(latitude / step) + 0.5) * step, 90.0)
    along = min(step / max(math.cos(math.radians(north)), 1e-9), 360.0)
    east = (math.floor(longitude / along) + 0.5) * along
    return round(max(north, -90.0), 5), round(min(max(east, -180.0), 180.0), 5)
