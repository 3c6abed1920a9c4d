"""Show every stage of the reading of a sentence: words, chunks, scopes of speech, events, places."""

from collections.abc import Iterator
from datetime import date

from events.chunks import Chunk
from events.extract import default_extractor
from events.line import Line
from events.locate import locate
from events.model import Article, LocatedEvent
from events.speech import Stance, stances
from geodata.model import Match


def explain(text: str, published: date | None = None) -> str:
    """Return a plain-text account of how `text` is read; nothing is stored."""
    article = Article("explain", text, published=published)
    extractor = default_extractor()
    lines: list[str] = []
    for number, (line, chunks) in enumerate(extractor.lines(article), 1):
        lines.append(f"sentence {number}: {line.slice(0, len(line.words))}")
        lines += [f"  {_chunk(line, chunk)}" for chunk in chunks]
        lines += [f"  scope: {_scope(line, chunks, scope)}" for scope in stances(chunks)]
    for event in locate(extractor.extract(article)):
        lines += _event(event)
    return "\n".join(lines)


def _chunk(line: Line, chunk: Chunk) -> str:
    return f"[{line.slice(chunk.first, chunk.last)}] " + (", ".join(_readings(chunk)) or "-")


def _readings(chunk: Chunk) -> Iterator[str]:
    yield from (f"act {sense.code} ({sense.form}, {sense.term.gloss})" for sense in chunk.senses)
    yield from (f"word of speech: {operator.kind} ({operator.entry.gloss})" for operator in chunk.operators)
    if chunk.who:
        who = chunk.who
        yield f"party {who.actor.name if who.actor else who.noun}" + (
            f" × {who.number}" if who.number is not None else ""
        )
    yield from (
        f"place «{place.text}»" + (f" in {', '.join(place.within)}" if place.within else "") for place in chunk.places
    )
    if chunk.time:
        yield f"time {chunk.time.when.start or chunk.time.kind}"
    if chunk.number is not None:
        yield f"number {chunk.number}"
    yield from sorted(chunk.functions)


def _scope(line: Line, chunks: list[Chunk], scope: Stance) -> str:
    words = line.slice(chunks[scope.first].first, chunks[scope.last - 1].last) if scope.first < scope.last else ""
    speaker = "the speaker before" if scope.carried else "nobody"
    if scope.speaker:
        speaker = line.slice(scope.speaker.first, scope.speaker.last)
    return f"{scope.kind} by {speaker}: «{words}»"


def _event(located: LocatedEvent) -> Iterator[str]:
    event, match = located.event, located.match
    yield f"event: {event.action} · {event.modality} · confidence {event.confidence}"
    yield f"  quote: {event.quote}"
    yield f"  actor: {event.actor.name} «{event.actor.text}» · target: {event.target.name} «{event.target.text}»"
    yield f"  date: {event.when.start} «{event.when.text}» · counts: {event.counts}"
    yield f"  says: {event.claim_source or 'the outlet'}"
    if event.place is None:
        yield f"  place: none ({located.reason})"
    elif match is None:
        yield f"  place: «{event.place.text}» {located.reason}"
    else:
        yield from _place(event.place.text, match)
    yield from (f"  because: {step}" for step in event.trail)


def _place(text: str, match: Match) -> Iterator[str]:
    place = match.place
    yield f"  place: {place.name} «{text}» {place.latitude}, {place.longitude} score {match.score:.2f}"
    yield from (f"    or {other.place.name}, {other.place.country} {other.score:.2f}" for other in match.others[:4])
