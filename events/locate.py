"""Events to located events: every place resolved in the light of the article's other places."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from events.model import Event, LocatedEvent, PlaceMention
from geodata.gazetteer import default_gazetteer
from geodata.geometry import great_circle_km
from geodata.kinds import BUILT, accepts, kind_of
from geodata.model import Match, Place, Unresolved
from geodata.names import key
from geodata.resolution import Context, Resolver

_SURE = 0.75
_NEAR = 6
_FAR_KM = {"city": 40, "town": 25, "village": 15, "neighbourhood": 15, "district": 80, "governorate": 250}
"""How far from a larger place's point a place in it may lie, by the larger place's precision; countries below."""
_FAR_ACROSS_KM = 600  # more than any country of the region is wide from its middle
_KNOWN_ABROAD = 100_000  # inhabitants from which a city is named without its country
_KNOWN_ALONE = 10_000  # the same where no other place bears the name: `قصفت إسرائيل بعلبك`
_ACROSS_BORDER_KM = 120
_LOCAL = frozenset(("BDG", "ST", "SQR", "RDCR", "PPLX", "MKT"))
_LOCAL_KM = 150  # no quarter, bridge or square is named without its town so far from the text's other places
_SMALL = frozenset(("neighbourhood", "village", "town", "city", "landmark"))
_LARGE = frozenset(("governorate", "region", "district", "compass", "country"))
_SETTLED = frozenset(("neighbourhood", "village", "town", "city", "district"))
_NAMED_AFTER = frozenset(
    ("crossing", "airport", "dam", "roundabout", "street", "camp", "mountain", "region", "river", "shore", "landmark")
)


@cache
def default_resolver() -> Resolver:
    """Return the resolver over the gazetteer, loaded once."""
    return Resolver(default_gazetteer())


def locate(events: Sequence[Event], resolver: Resolver | None = None) -> tuple[LocatedEvent, ...]:
    """Return an article's events with the place each name means; the surest names help with the others."""
    resolver = resolver or default_resolver()
    mentions = list(dict.fromkeys(event.place for event in events if event.place))
    near, countries = _surroundings(mentions, resolver)
    found = {mention: _resolve(_said_before(mention, mentions), resolver, near, countries) for mention in mentions}
    return tuple(_located(event, found) for event in events)


def _said_before(mention: PlaceMention, mentions: Sequence[PlaceMention]) -> PlaceMention:
    """`حي الرياض` and later `الرياض`: a name said bare is the quarter of that name; `حلب` is not `محافظة حلب`."""
    if mention.kind or mention.within:
        return mention
    before = mentions[: mentions.index(mention)]
    told = (one for one in before if one.text == mention.text and (one.kind or one.within))
    return next((one for one in told if one.kind not in _LARGE), mention)


def _surroundings(mentions: Sequence[PlaceMention], resolver: Resolver) -> tuple[tuple[Place, ...], tuple[str, ...]]:
    sure: list[Place] = []
    votes: Counter[str] = Counter()
    for mention in mentions:
        match = resolver.resolve(mention.text, _context(mention, (), ()))
        if isinstance(match, Match) and match.score >= _SURE:
            sure.append(match.place)
            votes[match.place.country or ""] += 1
        for larger in mention.within:
            outer = resolver.resolve(larger, Context(countries=mention.countries))
            if isinstance(outer, Match) and outer.score >= _SURE:
                sure.append(outer.place)
    return tuple(dict.fromkeys(sure))[:_NEAR], tuple(code for code, _ in votes.most_common() if code)


def _resolve(
    mention: PlaceMention, resolver: Resolver, near: tuple[Place, ...], countries: tuple[str, ...]
) -> Match | Unresolved:
    """Resolve a name; what no gazetteer holds stands at the town it is named after or lies in, and says so."""
    result = resolver.resolve(mention.text, _context(mention, near, countries))
    if isinstance(result, Match):
        outer = _contradicted(mention, result, resolver, countries)
        if outer is None:
            checked = _checked(mention, result, near)
            if isinstance(checked, Match) or mention.kind not in BUILT:
                return checked
            result = checked  # a street or hospital of another town: this one's town may be named
        else:
            result = Unresolved(f"ambiguous: {result.place.name} is not in {outer.name}", result.others)
    elif result.reason != "not in gazetteer":
        return result
    _, _, bare = mention.text.partition(" ")
    around = [(bare, mention.within)] if bare and mention.kind in _NAMED_AFTER else []
    around += [(larger, mention.within[n + 1 :]) for n, larger in enumerate(mention.within)]
    for name, within in around:
        town = resolver.resolve(name, Context(None, within, near, _ordered(mention, countries)))
        if isinstance(town, Match) and town.place.precision in _SETTLED and _near_by(town.place, near, mention):
            return _as_written(mention, town)
    return result


def _near_by(town: Place, near: tuple[Place, ...], mention: PlaceMention) -> bool:
    """Whether a town that only lends its name (`شارع جمال`) lies in the text's countries."""
    about = {*mention.countries, *(other.country for other in near)}
    return not about or town.country in about


def _as_written(mention: PlaceMention, town: Match) -> Match:
    """Return the town's point under the name that the text has: the place is somewhere in or near the town."""
    place = replace(town.place, name=mention.text, name_ar=mention.text, parent=town.place.name)
    return replace(town, place=place, geo_precision=max(2, town.geo_precision))


def _contradicted(mention: PlaceMention, match: Match, resolver: Resolver, countries: tuple[str, ...]) -> Place | None:
    """Return the larger place that the text names and that the match lies too far from: `حي الرمل في صور`."""
    for larger in mention.within[:1]:
        outer = resolver.resolve(larger, Context(countries=_ordered(mention, countries)))
        reach = _reach_km(outer.place, match.place) if isinstance(outer, Match) else None
        if isinstance(outer, Match) and reach is not None and _apart_km(match.place, outer.place) > reach:
            return outer.place
    return None


def _reach_km(outer: Place, inner: Place) -> float:
    """Return how far `inner` may lie from `outer`; the seat of a governorate of its name speaks for all of it."""
    if outer.precision == "city" and inner.admin1 and (outer.name, outer.admin1) == (inner.admin1, inner.admin1):
        return _FAR_KM["governorate"] / 2
    return _FAR_KM.get(outer.precision, _FAR_ACROSS_KM)


def _checked(mention: PlaceMention, match: Match, near: tuple[Place, ...]) -> Match | Unresolved:
    """Abstain from a small place in a country that the text does not speak of; name a landmark as the text does."""
    place = match.place
    others = [other for other in near if other.id != place.id]
    about = {*mention.countries, *(other.country for other in others)}
    fits = mention.kind is None or accepts(mention.kind, kind_of(place))
    enough = _KNOWN_ABROAD if match.others else _KNOWN_ALONE
    famous = place.population >= enough and fits and key(mention.text) in map(key, place.names)
    beside = any(_apart_km(place, other) <= _ACROSS_BORDER_KM for other in others)
    if about and place.country not in about and place.precision in _SMALL and not (famous or beside):
        return Unresolved(f"ambiguous: {place.name}, {place.country}, lies in no country of the text", match.others)
    apart = min((_apart_km(place, other) for other in others), default=0.0)
    if place.feature_code in _LOCAL and not mention.within and apart > _LOCAL_KM:
        return Unresolved(f"ambiguous: {place.name}, far from the text's other places", match.others)
    landmark = match.geo_precision == 2 and mention.kind in _NAMED_AFTER and kind_of(place) in _SETTLED
    return _as_written(mention, match) if landmark and " " in mention.text else match


def _apart_km(one: Place, two: Place) -> float:
    return great_circle_km(one, two) or 0.0


def _ordered(mention: PlaceMention, countries: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*mention.countries[:2], *countries, *mention.countries[2:])))


def _context(mention: PlaceMention, near: tuple[Place, ...], countries: tuple[str, ...]) -> Context:
    return Context(mention.kind, mention.within, near, _ordered(mention, countries))


def _located(event: Event, found: dict[PlaceMention, Match | Unresolved]) -> LocatedEvent:
    if event.place is None:
        return LocatedEvent(event, None, "no place named")
    result = found[event.place]
    if isinstance(result, Match):
        return LocatedEvent(
            replace(event, trail=(*event.trail, f"place «{event.place.text}» = {result.place.name}")), result, None
        )
    return LocatedEvent(event, None, result.reason, result.others)
