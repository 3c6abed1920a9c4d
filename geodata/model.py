"""The values of the gazetteer; coordinates are degrees WGS 84, distances metres."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """One place, in GeoNames' terms.

    `names` holds every spelling in every language; `precision` is what the coordinates stand for:
    `neighbourhood`, `landmark`, `village`, `town`, `city`, `road`, `district`, `governorate`, `region` or `country`.
    `latitude` and `longitude` are None where no source gives them; `population` is 0 where unknown.
    """

    id: str
    name: str
    name_ar: str | None
    names: tuple[str, ...]
    feature_code: str
    precision: str
    latitude: float | None
    longitude: float | None
    country: str | None
    admin1: str | None
    parent: str | None
    population: int
    source: str
    licence: str
    confidence: str | None = None
    spread_m: int | None = None

    def __hash__(self) -> int:
        """Hash by the id alone: contexts that hold places are keys of caches."""
        return hash(self.id)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a name may mean, with a score from 0 to 1 and the reasons for it."""

    place: Place
    score: float
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """The place a name was resolved to.

    `geo_precision` follows ACLED: 1 the place itself, 2 part of a region or the nearest town, 3 a larger region;
    `score` is from 0 to 1; `others` are the other candidates, best first.
    """

    place: Place
    geo_precision: int
    score: float
    others: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class Unresolved:
    """Why a name was not placed: `not in gazetteer`, `ambiguous: …` or `only a region`."""

    reason: str
    others: tuple[Candidate, ...] = ()
