"""Rows without a point that GeoNames lists: the one place of the same name near their parent is theirs."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from geodata.geometry import distance_km
from geodata.licences import licence_of
from geodata.model import Place
from geodata.names import key

_NEAR_KM = {"city": 120.0, "town": 120.0, "village": 120.0, "neighbourhood": 15.0}
"""How far from its parent the place may be that a row of this precision is; a quarter lies in its town."""

Settlements = dict[tuple[str | None, ...], Place]


def all_names(first: tuple[str, ...], then: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names of both, without repeats."""
    return tuple(dict.fromkeys((*first, *then)))


def united(row: Place, place: Place) -> Place:
    """Return the row with the names and population that `place` adds, and with its point if the row has none."""
    population = max(row.population, place.population)
    more = replace(row, names=all_names(row.names, place.names), population=population)
    if row.latitude is not None or place.latitude is None:
        return more
    source = f"{row.source}; point: {place.source}" if row.source else place.source
    return replace(
        more, latitude=place.latitude, longitude=place.longitude, source=source, licence=licence_of(source),
        confidence="medium" if row.confidence == "none" else row.confidence,
    )  # fmt: skip


def settlements(places: Iterable[Place]) -> Settlements:
    """Return the largest located settlement, else quarter, of each name, by country and by governorate and country."""
    found: Settlements = {}
    for place in sorted(places, key=lambda p: (p.feature_code != "PPLX", p.population)):
        if place.feature_code in ("PPL", "PPLA", "PPLX") and place.latitude is not None:
            found[place.name, place.country] = found[place.name, place.admin1, place.country] = place
    return found


def parent_of(place: Place, among: Settlements) -> Place | None:
    """Return the settlement that a place names as its parent, in its governorate if there is one of the name."""
    if not place.parent:
        return None
    return among.get((place.parent, place.admin1, place.country)) or among.get((place.parent, place.country))


def identified(places: list[Place]) -> Iterator[Place]:
    """Yield every place once: a row without a point has that of the one GeoNames place that bears its name nearby."""
    named: dict[tuple[str | None, str], list[Place]] = defaultdict(list)
    for place in places:
        if place.id.startswith("gn:"):
            for name in {key(name) for name in (place.name, place.name_ar) if name}:
                named[place.country, name].append(place)
    parents = settlements(places)
    own: dict[str, Place] = {}
    for row in places:
        if row.latitude is None and (twin := _twin(row, parent_of(row, parents), named)):
            own.setdefault(twin.id, row)
    rows = {row.id: twin for twin, row in own.items()}
    known = {place.id: place for place in places}
    for place in places:
        if place.id in rows:
            yield united(place, known[rows[place.id]])
        elif place.id not in own:
            yield place


def _twin(row: Place, parent: Place | None, named: dict[tuple[str | None, str], list[Place]]) -> Place | None:
    reach = _NEAR_KM.get(row.precision)
    if parent is None or reach is None:
        return None
    alike = {
        place.id: place
        for name in row.names
        for place in named.get((row.country, key(name)), ())
        if place.id != parent.id and distance_km(place, parent) <= reach
        if row.admin1 in (None, place.admin1) or place.admin1 is None
    }
    return next(iter(alike.values())) if len(alike) == 1 else None
