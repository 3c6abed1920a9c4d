"""Show every stage of the reading of a text: words, chunks, scopes of speech, events, places."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from events.chunks import Chunk, Who
from events.extract import default_extractor
from events.lexicon import load_lexicon
from events.line import Line
from events.locate import locate
from events.model import Article, LocatedEvent, Party
from events.speech import Stance, stances
from geodata.model import Match

Kind = Literal["act", "speech", "party", "place", "time", "number", "grammar"]
_SLOT = re.compile(r"\{(\w+)\}")


class Meaning(NamedTuple):
    """What words mean to the reader: a class, a kind of speech, a canonical name, a place as written, a day.

    `more` is the gloss of the term, the number of persons, what the place lies in; empty if there is nothing more.
    """

    kind: Kind
    name: str
    more: str = ""


class Reading(NamedTuple):
    """Some words of a sentence, and what they mean; nothing to the reader if there is no meaning."""

    words: str
    meanings: tuple[Meaning, ...]


class Scope(NamedTuple):
    """How words are told: `kind` of speech (None: plainly), by whom (None: nobody), `carried` from the text before."""

    kind: str | None
    speaker: str | None
    carried: bool
    words: str


@dataclass(frozen=True, slots=True)
class Account:
    """How a text is read: each sentence with its readings and scopes, then the events."""

    sentences: tuple[tuple[str, tuple[Reading, ...], tuple[Scope, ...]], ...]
    events: tuple[LocatedEvent, ...]


def account(text: str, published: date | None = None) -> Account:
    """Return how `text` is read; nothing is stored."""
    article = Article("explain", text, published=published)
    extractor = default_extractor()
    sentences = tuple(
        (
            line.slice(0, len(line.words)),
            tuple(Reading(line.slice(chunk.first, chunk.last), tuple(_meanings(chunk))) for chunk in chunks),
            tuple(_scope(line, chunks, scope) for scope in stances(chunks)),
        )
        for line, chunks in extractor.lines(article)
    )
    return Account(sentences, tuple(locate(extractor.extract(article))))


def explain(text: str, published: date | None = None) -> str:
    """Return a plain-text account of how `text` is read; nothing is stored."""
    told = account(text, published)
    lines: list[str] = []
    for number, (sentence, readings, scopes) in enumerate(told.sentences, 1):
        lines.append(f"sentence {number}: {sentence}")
        lines += [f"  [{words}] {', '.join(map(_meaning, meanings)) or '-'}" for words, meanings in readings]
        lines += [f"  scope: {_told(scope)}" for scope in scopes]
    for event in told.events:
        lines += _event(event)
    return "\n".join(lines)


def _meanings(chunk: Chunk) -> Iterator[Meaning]:
    yield from (Meaning("act", sense.code, f"{sense.form}, {sense.term.gloss}") for sense in chunk.senses)
    yield from (Meaning("speech", operator.kind, operator.entry.gloss) for operator in chunk.operators)
    if chunk.who:
        yield Meaning("party", _party_name(chunk.who), "" if chunk.who.number is None else str(chunk.who.number))
    yield from (Meaning("place", place.text, ", ".join(place.within)) for place in chunk.places)
    if chunk.time:
        yield Meaning("time", chunk.time.when.start or chunk.time.kind)
    if chunk.number is not None:
        yield Meaning("number", str(chunk.number))
    yield from (Meaning("grammar", name) for name in sorted(chunk.functions))


def _party_name(who: Who) -> str:
    """Return a party's name; a slot in it holds its country or place, nothing if none is named."""
    name = (who.actor.name if who.actor else who.noun) or who.head
    country = load_lexicon().countries.get(who.slot or "") or who.people
    known = {"place": who.slot} | ({"demonym": country.demonym, "country": country.name} if country else {})
    return " ".join(_SLOT.sub(lambda slot: known.get(slot[1]) or "", name).split())


def _meaning(meaning: Meaning) -> str:
    kind, name, more = meaning
    match kind:
        case "act" | "speech":
            return f"{'word of speech:' if kind == 'speech' else kind} {name} ({more})"
        case "party":
            return f"party {name}" + (f" × {more}" if more else "")
        case "place":
            return f"place «{name}»" + (f" in {more}" if more else "")
    return name if kind == "grammar" else f"{kind} {name}"


def _scope(line: Line, chunks: list[Chunk], scope: Stance) -> Scope:
    words = line.slice(chunks[scope.first].first, chunks[scope.last - 1].last) if scope.first < scope.last else ""
    speaker = line.slice(scope.speaker.first, scope.speaker.last) if scope.speaker else None
    return Scope(scope.kind, speaker, scope.carried, words)


def _told(scope: Scope) -> str:
    speaker = scope.speaker or ("the speaker before" if scope.carried else "nobody")
    return f"{scope.kind or 'told plainly'} by {speaker}: «{scope.words}»"


def _event(located: LocatedEvent) -> Iterator[str]:
    event, match = located.event, located.match
    counts = ", ".join(f"{name} {number}" for name, number in event.counts.items())
    yield f"event: {event.action} · {event.modality} · confidence {event.confidence}"
    yield f"  quote: {event.quote}"
    yield f"  actor: {_party(event.actor)} · target: {_party(event.target)}"
    yield f"  date: {_both(event.when.start, event.when.text)} · counts: {counts or 'none'}"
    yield f"  says: {event.claim_source or 'the outlet'}"
    if event.place is None:
        yield f"  place: none ({located.reason})"
    elif match is None:
        yield f"  place: «{event.place.text}» {located.reason}"
    else:
        yield from _place(event.place.text, match)
    yield from (f"  because: {step}" for step in event.trail)


def _party(party: Party) -> str:
    return _both(party.name, party.text)


def _both(name: str | None, text: str | None) -> str:
    return " ".join([*filter(None, [name]), *(f"«{written}»" for written in [text] if written)]) or "none"


def _place(text: str, match: Match) -> Iterator[str]:
    place = match.place
    yield f"  place: {place.name} «{text}» {place.latitude}, {place.longitude} score {match.score:.2f}"
    yield from (f"    or {other.place.name}, {other.place.country} {other.score:.2f}" for other in match.others[:4])
