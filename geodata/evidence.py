"""The evidence for one candidate: points for and against, with the reasons in words."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from geodata.geometry import distance_km
from geodata.kinds import accepts, kind_of
from geodata.model import Place
from geodata.world import REGION

_PRIOR = {
    "country": 4.0, "city": 3.0, "governorate": 1.6, "town": 2.0, "region": 2.5, "neighbourhood": 1.2, "village": 0.6,
    "sea": 5.0, "strait": 5.0, "gulf": 5.0, "road": 0.4, "street": 0.4, "district": 0.2, "subdistrict": 0.0,
}  # fmt: skip
_PRIOR_WITHOUT_SEAT = 4.2
_BESIDE_KM = 40.0
_ABROAD, _SMALL_ABROAD, _CONTESTED = -3.0, -5.0, -1.0
_ACROSS_LINES = {
    "IL": ("PS", "SY"), "PS": ("IL",), "MA": ("EH",), "EH": ("MA",), "AM": ("AZ",), "AZ": ("AM",), "RU": ("UA",),
}  # fmt: skip
"""Countries whose places news of another names as its own: occupied and contested land."""
_KNOWN_ABROAD = 100_000
"""Inhabitants from which news names a city of a country that the article is not about."""
_SEAT = 10_000
"""Inhabitants from which a town in a governorate that shares one of its names is its seat, however each is written."""
_REACH_KM = {"city": 15.0, "town": 12.0, "village": 6.0, "district": 40.0, "region": 90.0, "neighbourhood": 3.0}


@dataclass(frozen=True, slots=True)
class Frame:
    """The context as places: the kind said, each larger place's candidates, the article's places and its countries."""

    kind: str | None
    within: tuple[tuple[Place, ...], ...]
    near: tuple[Place, ...]
    countries: tuple[str, ...]
    seats: frozenset[tuple[str | None, str | None]] = frozenset()


def seats(places: Iterable[Place]) -> frozenset[tuple[str | None, str | None]]:
    """Return the governorates, by name and country, whose seat is among the places that share the name."""
    towns = (place for place in places if kind_of(place) in ("city", "town"))
    return frozenset((p.admin1, p.country) for p in towns if p.name == p.admin1 or p.population >= _SEAT)


def weigh(place: Place, whole: bool, frame: Frame) -> tuple[float, tuple[str, ...]]:
    """Return the evidence for `place`, in natural logarithms of odds, with its reasons; `whole`: with its article."""
    parts = [
        (_prominence(place, frame), "prominence"),
        (0.0 if whole else -1.5, "name without its article"),
        _kind(place, frame.kind),
        *(_within(place, areas) for areas in frame.within if areas),
        _near(place, frame.near),
        _country(place, frame.countries),
    ]
    return sum(points for points, _ in parts), tuple(f"{why} {points:+.1f}" for points, why in parts if points)


def _prominence(place: Place, frame: Frame) -> float:
    kind = kind_of(place)
    if kind == "governorate" and (place.name, place.country) not in frame.seats:
        return _PRIOR_WITHOUT_SEAT  # al-Anbar can only be the governorate; Daraa is the city unless the text says more
    return _PRIOR.get(kind, 0.8) + math.log10(place.population + 1) * 0.45


def _kind(place: Place, kind: str | None) -> tuple[float, str]:
    if kind is None:
        return 0.0, ""
    if accepts(kind, kind_of(place)):
        return 3.0, f"is a {kind}"
    if kind == "neighbourhood" and place.parent and kind_of(place) not in ("city", "town", "village"):
        return -0.5, "part of a town"  # the quarter around a university, market or gate bears its name
    if kind == "neighbourhood" and kind_of(place) in ("village", "town"):
        return -1.0, "may have become a quarter"  # GeoNames lists many quarters as places of their own
    if _named_after_seat(kind, kind_of(place)):
        return -0.5, "the town that names it"  # قضاء سنجار: around Sinjar; حي المنصورة: a district of Aden
    return -3.5, f"is no {kind}"


def _named_after_seat(said: str, kind: str) -> bool:
    """Tell whether a district may stand at its seat, and a quarter of a city at the city's district."""
    return (said in ("district", "subdistrict") and kind in ("city", "town", "village")) or (
        said == "neighbourhood" and kind in ("district", "subdistrict")
    )


def _within(place: Place, areas: tuple[Place, ...]) -> tuple[float, str]:
    inside = [area for area in areas if lies_in(place, area)]
    if inside:
        return 4.0, f"in {inside[0].name}"
    beside = [area for area in areas if distance_km(place, area) <= _BESIDE_KM and kind_of(area) in _REACH_KM]
    return (1.0, f"not far from {beside[0].name}") if beside else (-4.0, f"not in {areas[0].name}")


def lies_in(place: Place, area: Place) -> bool:
    """Tell whether `place` lies in `area`, by country, governorate, parent, or distance from the area's centre."""
    if place.id == area.id:
        return False
    if area.precision == "country":
        return place.country == area.country
    if place.country != area.country and area.country and area.precision != "region":
        return False
    if area.precision == "governorate":
        return place.admin1 == area.name
    return place.parent == area.name or distance_km(place, area) <= _REACH_KM.get(kind_of(area), 3.0)


def _near(place: Place, near: tuple[Place, ...]) -> tuple[float, str]:
    """Evidence from the article's places: the first counts most, distance fades over tens of kilometres."""
    best, why = 0.0, ""
    for rank, other in enumerate(near[:8]):
        if other.id == place.id:
            points = 3.0 / (1 + 0.15 * rank)
        else:
            points = 3.0 * math.exp(-distance_km(place, other) / 40.0) / (1 + 0.15 * rank)
            points = max(points, 0.8 if place.admin1 and place.admin1 == other.admin1 else 0.0)
        if points > best:
            best, why = points, f"near {other.name}"
    return best, why


def _country(place: Place, countries: tuple[str, ...]) -> tuple[float, str]:
    if not countries and place.country not in REGION and not known_abroad(place):
        return _ABROAD, "small and far away"
    if not countries or place.country is None or place.precision == "country":
        return 0.0, ""
    if place.country == countries[0]:
        return 2.0, f"in the article's country {place.country}"
    if place.country in countries:
        return 1.0, f"in one of the article's countries, {place.country}"
    if contested(place, countries):
        return _CONTESTED, "across a contested line"
    if kind_of(place) == "crossing":
        return 0.0, ""  # a border crossing belongs to two countries
    return _ABROAD if known_abroad(place) else _SMALL_ABROAD, "outside the article's countries"


def contested(place: Place, countries: tuple[str, ...]) -> bool:
    """Tell whether news of the article's first country names the place as its own, though the gazetteer does not."""
    return place.country in _ACROSS_LINES.get(countries[0] if countries else "", ())


def known_abroad(place: Place) -> bool:
    """Tell whether news of another country names the place without saying where it is: a quarter or village is not."""
    if kind_of(place) in ("city", "town", "village", "neighbourhood", "camp"):
        return place.population >= _KNOWN_ABROAD
    return kind_of(place) not in ("street", "square", "roundabout", "hospital", "market")
