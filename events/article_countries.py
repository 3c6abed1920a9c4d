"""The countries an article is about, by the places, parties and peoples it names."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from events.chunks import Chunk
from events.dateline import filed_from
from events.line import Line
from geodata.folding import fold


def countries_of(
    lines: Iterable[tuple[Line, Sequence[Chunk]]], place_country: Callable[[str], str | None]
) -> tuple[str, ...]:
    """Return the ISO codes of the countries an article is about, most likely first.

    One place name alone makes no country the article's, unless it is the only one: it may be another's homonym.
    """
    votes: Counter[str] = Counter()
    sources: dict[str, set[str]] = {}
    for line, chunks in lines:
        filed = chunks[0].places[0].text if chunks and filed_from(chunks) else None
        votes.update(code for code in (place_country(filed),) if code) if filed else None
        for chunk in chunks:
            if not (chunk.places or chunk.who or chunk.people):
                continue
            named = dict.fromkeys(name for place in chunk.places for name in (place.text, *place.within))
            for name in named:
                if code := place_country(name):
                    votes[code] += 2
                    sources.setdefault(code, set()).add(name)
                    if fold(name) in line.lexicon.country_names:
                        sources[code].add("the country itself")
            for code in _countries_of_party(chunk):
                votes[code] += 1
                sources.setdefault(code, set()).update(("a party", "its country"))
    ranked = [code for code, _ in votes.most_common()]
    return tuple(code for code in ranked if len(sources[code]) > 1 or code == ranked[0])


def _countries_of_party(chunk: Chunk) -> set[str]:
    """The countries of a named actor and of the adjective of a people."""
    who, codes = chunk.who, set()
    if who and who.actor and not who.actor.weak:
        codes |= {who.slot} if who.slot and len(who.slot) == 2 else set(who.actor.countries[:1])
    people = chunk.people or (who.people if who else None)
    return codes | ({people.code} if people and len(people.code) == 2 else set())
