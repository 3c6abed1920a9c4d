"""Small geometry on places: distances in kilometres, shares of evidence."""

import math
from collections.abc import Sequence

from geodata.model import Place


def distance_km(one: Place, other: Place) -> float:
    """Return the kilometres between two places on a sphere, fast and good to 0.5 %; infinite where one has no point."""
    if one.latitude is None or other.latitude is None or one.longitude is None or other.longitude is None:
        return math.inf
    x = math.radians(other.longitude - one.longitude) * math.cos(math.radians((one.latitude + other.latitude) / 2))
    y = math.radians(other.latitude - one.latitude)
    return 6371.0 * math.hypot(x, y)


def great_circle_km(one: Place, other: Place) -> float | None:
    """Return the kilometres between two places on a sphere, near or far, by the haversine; None where one has no point.

    As geopy's `great_circle`, whose package takes a third of a second to load.
    """
    if one.latitude is None or other.latitude is None or one.longitude is None or other.longitude is None:
        return None
    north, south = math.radians(one.latitude), math.radians(other.latitude)
    across = math.sin(math.radians(other.longitude - one.longitude) / 2) ** 2
    half = math.sin((south - north) / 2) ** 2 + math.cos(north) * math.cos(south) * across
    return 2 * 6371.009 * math.asin(math.sqrt(half))


def share(points: Sequence[float]) -> list[float]:
    """Return each sum of evidence as a share of all (softmax), one more with none standing for "another place"."""
    top = max((*points, 0.0))
    weights = [math.exp(value - top) for value in points]
    whole = sum(weights) + math.exp(-top)
    return [weight / whole for weight in weights]
