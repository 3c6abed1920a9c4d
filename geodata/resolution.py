"""Which place a name means in its context, or why none can be said.

Candidates are found by exact key, then without clitic or kind word, then (long names only) by one slip of the pen.
Each gets a sum of evidence: how prominent it is, whether it is of the kind that the text says, whether it lies in the
larger places that the sentence names, how far it is from the article's other places, and in which country. The best
wins if it is clearly ahead, or if the next best stands at the same spot; otherwise the name is ambiguous.
"""

from dataclasses import dataclass, field, replace
from functools import lru_cache

from geodata import candidates, roads
from geodata.candidates import Found
from geodata.evidence import Frame, seats, weigh
from geodata.gazetteer import Gazetteer
from geodata.geometry import distance_km, share
from geodata.kinds import accepts, kind_of
from geodata.model import Candidate, Match, Place, Unresolved

_CLEAR = 0.60
_SAME_SPOT_KM = 3.0
_SHOWN = 5
_AREAS = frozenset({"governorate", "region", "country"})
_SETTLED = frozenset({"city", "town", "village"})
_QUARTERS = frozenset({"PPLX", "CMPRF", "AREA"})
"""Feature codes of quarters, whose point in a quarter is their own."""


@dataclass(frozen=True, slots=True)
class Context:
    """What the article says beside a name.

    kind       canonical kind of the kind word beside the name (`neighbourhood`, `town`, `camp` …), if any
    within     larger places the sentence puts it in, as written, nearest first (`حلب`, `ريف القنيطرة`)
    near       the article's other places resolved so far, most relevant first
    countries  ISO codes the article is about, most likely first
    preposition  the preposition before the name, if any
    """

    kind: str | None = None
    within: tuple[str, ...] = ()
    near: tuple[Place, ...] = field(default=())
    countries: tuple[str, ...] = ()
    preposition: str | None = None


NO_CONTEXT = Context()


class Resolver:
    """Resolves names against one gazetteer; the same name in the same context always gives the same answer."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._cached = lru_cache(maxsize=20_000)(self._resolve)

    def resolve(self, name: str, context: Context = NO_CONTEXT) -> Match | Unresolved:
        """Return the place that `name` means in `context`, or why none can be said."""
        return self._cached(name, context)

    def _resolve(self, name: str, context: Context) -> Match | Unresolved:
        if ends := roads.ends_of(name, context.kind):
            return self._road(ends, context)
        found = candidates.find(self._gazetteer, name, kind=context.kind, countries=context.countries)
        if not found.places:
            return Unresolved("not in gazetteer")
        ranked = _ranked(found, self._frame(context, found))
        if ranked[0].score < _CLEAR and not _one_spot(ranked):
            return Unresolved(_reason(ranked), ranked[:_SHOWN])
        return _match(ranked, found, context.kind)

    def _road(self, ends: tuple[str, str], context: Context) -> Match | Unresolved:
        found = [self.resolve(end, replace(context, kind=None)) for end in ends]
        if all(isinstance(end, Match) for end in found):
            one, other = (end for end in found if isinstance(end, Match))
            if road := roads.between(one.place, other.place):
                return Match(road, 2, round(min(one.score, other.score), 3))
        return Unresolved("only a region" if all(isinstance(end, Match) for end in found) else "not in gazetteer")

    def _frame(self, context: Context, found: Found) -> Frame:
        within = tuple(self._areas(written) for written in context.within)
        kind = found.kind or context.kind
        if found.listed and kind and not any(accepts(kind, kind_of(place)) for place, _ in found.places):
            kind = None  # جبل عمان is a quarter, جبل a part of its name
        return Frame(kind, within, context.near, context.countries, seats(place for place, _ in found.places))

    def _areas(self, written: str) -> tuple[Place, ...]:
        return tuple(place for place, _ in candidates.find(self._gazetteer, written).places)


def label(place: Place) -> str:
    """Return a place's name with what it lies in (`Ashrafieh, Aleppo, SY`)."""
    around = dict.fromkeys(part for part in (place.name, place.parent, place.admin1, place.country) if part)
    return ", ".join(around)


def _ranked(found: Found, frame: Frame) -> tuple[Candidate, ...]:
    weighed = [(place, *weigh(place, whole, frame)) for place, whole in found.places]
    shares = share([points for _, points, _ in weighed])
    ranked = [
        Candidate(place, round(portion * found.quality, 3), why)
        for (place, _, why), portion in zip(weighed, shares, strict=True)
    ]
    return tuple(sorted(ranked, key=lambda c: (-c.score, -c.place.population, c.place.id)))


def _reason(ranked: tuple[Candidate, ...]) -> str:
    """Say why no candidate won: several may be meant, or what bears the name lies elsewhere than the text says."""
    if sum(candidate.score for candidate in ranked) < _CLEAR:
        return "not in gazetteer"
    return "ambiguous: " + "; ".join(label(candidate.place) for candidate in ranked[:_SHOWN])


def _one_spot(ranked: tuple[Candidate, ...]) -> bool:
    """Tell whether all serious candidates stand at one spot, so that either is right on the map."""
    best = ranked[0].place
    serious = [c.place for c in ranked[1:] if c.score > 0.2 * ranked[0].score]
    together = sum(c.score for c in ranked[: len(serious) + 1])
    return together >= _CLEAR and all(_same_spot(best, other) for other in serious)


def _same_spot(one: Place, other: Place) -> bool:
    if one.precision in _AREAS and other.precision in _AREAS:
        return one.country == other.country  # the Bekaa as a region and as a governorate
    return distance_km(one, other) <= _SAME_SPOT_KM


def _match(ranked: tuple[Candidate, ...], found: Found, kind: str | None) -> Match | Unresolved:
    best, others = ranked[0], ranked[1 : _SHOWN + 1]
    if best.place.latitude is None:
        return Unresolved("only a region", (best, *others))
    place = candidates.as_countryside(best.place, found.countryside) if found.countryside else best.place
    around = found.around or (found.kind or kind) in ("district", "subdistrict")  # قضاء سنجار: the land around Sinjar
    coarse = around and best.place.precision in _SETTLED
    return Match(place, 2 if coarse else precision_of(place, best.place), best.score, others)


def precision_of(place: Place, named: Place) -> int:
    """Return ACLED's precision: 1 the place itself, 2 the nearest town or a district, 3 a larger region."""
    if place.precision in _AREAS:
        return 3
    lent = place.precision in _SETTLED and named.feature_code not in ("PPL", "PPLA")
    inside = place.precision == "neighbourhood" and named.feature_code not in _QUARTERS
    return 2 if place.precision == "district" or lent or inside else 1
