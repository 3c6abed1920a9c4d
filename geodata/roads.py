"""Roads named after the two towns they join (`طريق دير حافر - مسكنة`), which no gazetteer lists."""

import re

from geodata.geometry import distance_km
from geodata.model import Place

_LONGEST_KM = 100.0
"""Between towns farther apart, a point half-way would say nothing."""
_DASH = r"\s*[-–—]\s*"
_ARABIC = re.compile(rf"(?:ال)?(?:طريق|أوتوستراد|اوتوستراد|محور)\s+(?P<one>[^-–—]+?){_DASH}(?P<other>[^-–—]+)")
_LATIN = re.compile(rf"(?:the )?(?P<one>\w[\w ']+?){_DASH}(?P<other>\w[\w ']+?)\s+(?:road|highway)", re.IGNORECASE)
_BARE = re.compile(r"(?P<one>[^-–—]+?)\s*[-–—]\s+(?P<other>[^-–—]+)")


def ends_of(name: str, kind: str | None = None) -> tuple[str, str] | None:
    """Return the two towns that a road is named after, None if it is no such road; `kind` is the kind word beside."""
    patterns = (_ARABIC, _LATIN, _BARE) if kind == "road" else (_ARABIC, _LATIN)
    found = next((match for pattern in patterns if (match := pattern.fullmatch(name.strip()))), None)
    return (found["one"], found["other"]) if found else None


def between(one: Place, other: Place) -> Place | None:
    """Return the road between two places, at the point half-way; None if they are too far apart or have no points."""
    if distance_km(one, other) > _LONGEST_KM or one.id == other.id:
        return None
    name = f"{one.name}–{other.name} road"
    return Place(
        id=f"road:{one.id}+{other.id}", name=name, name_ar=None, names=(name,), feature_code="RD", precision="road",
        latitude=_half(one.latitude, other.latitude), longitude=_half(one.longitude, other.longitude),
        country=one.country if one.country == other.country else None,
        admin1=one.admin1 if one.admin1 == other.admin1 else None, parent=None, population=0,
        source=f"half-way between {one.name} and {other.name}", licence=one.licence, confidence="low",
    )  # fmt: skip


def _half(one: float | None, other: float | None) -> float | None:
    return None if one is None or other is None else round((one + other) / 2, 5)
