"""Events to located events: every place resolved in the light of the article's other places."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from events.model import Article, Event, LocatedEvent, PlaceMention
from geodata.gazetteer import Gazetteer
from geodata.model import Match, Place, Unresolved
from geodata.resolution import Context, Resolver

_SURE = 0.75
_NEAR = 6
_NAMED_AFTER = frozenset(("crossing", "airport", "dam", "roundabout", "street", "camp", "mountain", "region", "river"))


@cache
def default_resolver() -> Resolver:
    """Return the resolver over the gazetteer, loaded once."""
    return Resolver(Gazetteer.load())


def locate(events: Sequence[Event], article: Article, resolver: Resolver | None = None) -> tuple[LocatedEvent, ...]:
    """Return the events with the place each name means; the surest names are settled first and help with the others."""
    resolver = resolver or default_resolver()
    mentions = list(dict.fromkeys(event.place for event in events if event.place))
    near, countries = _surroundings(mentions, resolver)
    found = {mention: _resolve(mention, resolver, near, countries) for mention in mentions}
    return tuple(_located(event, found) for event in events)


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
    """Resolve a name; a landmark that no gazetteer holds is looked for at the town it is named after, and says so."""
    result = resolver.resolve(mention.text, _context(mention, near, countries))
    _, _, bare = mention.text.partition(" ")
    if isinstance(result, Match) or mention.kind not in _NAMED_AFTER or not bare:
        return result
    town = resolver.resolve(bare, _context(replace(mention, kind=None), near, countries))
    return replace(town, geo_precision=max(2, town.geo_precision)) if isinstance(town, Match) else result


def _context(mention: PlaceMention, near: tuple[Place, ...], countries: tuple[str, ...]) -> Context:
    ordered = tuple(dict.fromkeys((*mention.countries[:2], *countries, *mention.countries[2:])))
    return Context(mention.kind, mention.within, near, ordered)


def _located(event: Event, found: dict[PlaceMention, Match | Unresolved]) -> LocatedEvent:
    if event.place is None:
        return LocatedEvent(event, None, "no place named")
    result = found[event.place]
    if isinstance(result, Match):
        return LocatedEvent(
            replace(event, trail=(*event.trail, f"place «{event.place.text}» = {result.place.name}")), result, None
        )
    return LocatedEvent(event, None, result.reason)
