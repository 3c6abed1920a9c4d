"""The gazetteer with geopy's face, for use with geopy's tools."""

from collections.abc import Sequence
from typing import Any

from geopy.distance import geodesic
from geopy.geocoders.base import Geocoder
from geopy.location import Location
from geopy.point import Point

from geodata.gazetteer import Gazetteer
from geodata.geometry import distance_km
from geodata.model import Candidate, Match, Place
from geodata.resolution import Context, Resolver, label

_DEGREES = (0.02, 0.1, 0.5, 2.0)
"""Ever wider boxes in which `reverse` looks for the nearest place."""


class GazetteerGeocoder(Geocoder):  # type: ignore[misc, unused-ignore]  # geopy ships no types
    """An offline geocoder over the gazetteer.

    `Location.raw` holds `place_id`, `precision`, `geo_precision`, `score`, `country` and, for a match, `others`.
    """

    def __init__(self, gazetteer: Gazetteer | None = None) -> None:
        super().__init__(scheme="https", timeout=1, user_agent="geodata")
        self._gazetteer = gazetteer or Gazetteer.load()
        self._resolver = Resolver(self._gazetteer)

    def geocode(
        self,
        query: str,
        *,
        exactly_one: bool = True,
        near: Any = None,
        country_codes: str | Sequence[str] | None = None,
        timeout: object = None,  # noqa: ARG002  # geopy's tools pass it; nothing is asked over a network
    ) -> Location | list[Location] | None:
        """Return the place that `query` names, or with `exactly_one=False` all candidates, best first.

        `near` is anything geopy takes as a point; `country_codes` are ISO codes, most likely first. None: not in the
        gazetteer, or ambiguous as long as `exactly_one` is wanted.
        """
        codes = [country_codes] if isinstance(country_codes, str) else list(country_codes or ())
        point = (_here(near),) if near is not None else ()
        found = self._resolver.resolve(query, Context(near=point, countries=tuple(c.upper() for c in codes)))
        if isinstance(found, Match):
            best = _location(found.place, found.score, geo_precision=found.geo_precision, others=found.others)
            return best if exactly_one else [best, *(_location(c.place, c.score) for c in found.others)]
        candidates = [_location(c.place, c.score) for c in found.others if c.place.latitude is not None]
        return None if exactly_one or not candidates else candidates

    def reverse(
        self,
        query: Any,
        *,
        exactly_one: bool = True,
        timeout: object = None,  # noqa: ARG002
    ) -> Location | list[Location] | None:
        """Return the settlement or quarter nearest to a point, or the nearest ten; None if there is none for 200 km."""
        here = _here(query)
        for degrees in _DEGREES:
            found = self._gazetteer.around(here.latitude or 0.0, here.longitude or 0.0, degrees)
            near = sorted((p for p in found if _has_its_own_point(p)), key=lambda p: (distance_km(here, p), p.id))
            if near:
                places = [_location(place, metres=_metres(here, place)) for place in near[:10]]
                return places[0] if exactly_one else places
        return None


def _has_its_own_point(place: Place) -> bool:
    return place.precision in ("neighbourhood", "village", "town", "city") and place.confidence != "none"


def _here(point: Any) -> Place:
    at = Point(point)
    return Place("here", "here", None, (), "PPL", "landmark", at.latitude, at.longitude, None, None, None, 0, "", "")


def _metres(here: Place, place: Place) -> int:
    return round(float(geodesic((here.latitude, here.longitude), (place.latitude, place.longitude)).meters))


def _location(place: Place, score: float = 1.0, **more: Any) -> Location:
    raw: dict[str, Any] = {
        "place_id": place.id, "name": place.name, "precision": place.precision, "country": place.country,
        "score": score, "source": place.source, "licence": place.licence, **more,
    }  # fmt: skip
    raw["others"] = [_other(candidate) for candidate in more.get("others", ())]
    return Location(label(place), (place.latitude, place.longitude, 0.0), raw)


def _other(candidate: Candidate) -> dict[str, Any]:
    return {"place_id": candidate.place.id, "label": label(candidate.place), "score": candidate.score}
