"""Why a row says what it says: how the reader takes its sentence word by word, in the language of the page."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from html import escape
from typing import Any, NamedTuple

from events.explain import Account, Meaning, Reading, Scope, account
from events.model import Article, LocatedEvent, Party
from events.row import COUNTS
from geodata.model import Match
from views import names
from views.evidence import both_names, modality_name
from views.labels import Words
from views.reasons import reason_in_words

_LONGEST = 60_000
"""Code points of an article that is read anew as a whole; of a longer one only the quote is."""

SPEECH = ("say", "comment", "talk", "claim", "accuse", "deny", "demand", "plan", "fear")
"""Kinds of words of speech that have words of their own."""


class Why(NamedTuple):
    """What of the account concerns a row: its sentences, and the events of its quote."""

    sentences: Sequence[tuple[str, Sequence[Reading], Sequence[Scope]]]
    events: Sequence[LocatedEvent]


def why(article: Article, row: Mapping[str, Any]) -> Why:
    """Return how a row's sentences are read today; no events if the reader no longer finds the row."""
    quote = str(row["quote"])
    text = article.text if len(article.text) <= _LONGEST else quote
    told = _account(text, article.published)
    sentences = [sentence for sentence in told.sentences if _overlap(sentence[0], quote)]
    events = [
        located
        for located in told.events
        if located.event.action == row["action"] and _one_line(located.event.quote) == _one_line(quote)
    ]
    return Why(sentences, events)


@lru_cache(maxsize=16)
def _account(text: str, published: Any) -> Account:
    return account(text, published)


def _overlap(sentence: str, quote: str) -> bool:
    sentence, quote = _one_line(sentence), _one_line(quote)
    return bool(sentence) and (sentence in quote or quote in sentence)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def why_html(found: Why, words: Words) -> str:
    """Return the account as HTML: for each sentence what its words mean, for each event what became of it."""
    parts = [_sentence(*sentence, words) for sentence in found.sentences]
    parts += [_event(located, words) for located in found.events]
    return f'<div class="trail">{"".join(parts)}</div>'


def _sentence(sentence: str, readings: Sequence[Reading], scopes: Sequence[Scope], words: Words) -> str:
    rows = [(reading.words, said) for reading in readings if (said := " · ".join(_said(reading, words)))]
    rows += [(scope.words, _scope(scope, words)) for scope in scopes if scope.kind and scope.words]
    cells = "".join(f'<tr><th dir="auto">{escape(text)}</th><td>{escape(said)}</td></tr>' for text, said in rows)
    head = f'<h3>{escape(words("why.words"))}</h3><blockquote dir="auto">{escape(sentence)}</blockquote>'
    return f"{head}<table>{cells}</table>" if cells else head


def _said(reading: Reading, words: Words) -> Iterator[str]:
    for meaning in reading.meanings:
        if text := _meaning(meaning, words):
            yield text


def _meaning(meaning: Meaning, words: Words) -> str:
    """Return what words mean in the page's language; nothing of what only the grammar looks at."""
    kind, name, more = meaning
    match kind:
        case "act":
            return words("why.act", name=words.action(name))
        case "speech":
            return words("why.speech", name=words(f"why.{name}" if name in SPEECH else "why.other"))
        case "party":
            known = words("why.party", name=names.actor(name, words))
            return f"{known} ({words.number(int(more))})" if more else known
        case "place":
            return words("why.place_in", outer=more) if more else words("why.place")
        case "time":
            return words("why.time", day=words.iso(name)) if name[:1].isdigit() else words("why.time_open")
        case "number":
            return words("why.number", number=words.number(int(name)))
    return ""


def _scope(scope: Scope, words: Words) -> str:
    kind = words(f"why.{scope.kind}" if scope.kind in SPEECH else "why.other")
    speaker = scope.speaker or (words("why.speaker_before") if scope.carried else words("why.nobody"))
    return words("why.scope", kind=kind, speaker=speaker)


def _event(located: LocatedEvent, words: Words) -> str:
    facts = "".join(f"<tr><th>{escape(title)}</th><td>{told}</td></tr>" for title, told in _facts(located, words))
    return f"<h3>{escape(words('why.result'))}</h3><table>{facts}</table>"


def _facts(located: LocatedEvent, words: Words) -> Iterator[tuple[str, str]]:
    """Yield what was made of the words, title and HTML; what the text does not say is said to be open."""
    event, unsaid = located.event, escape(words("why.unsaid"))
    counts = [words(f"count.{name}", n=event.counts[name]) for name in COUNTS if event.counts.get(name) is not None]
    yield words("column.action"), escape(words.action(event.action))
    yield words("column.modality"), escape(modality_name(event.modality, words))
    yield words("column.actor"), _party(event.actor, words) or unsaid
    yield words("column.target"), _party(event.target, words) or unsaid
    yield (
        words("column.event_date"),
        _named(event.when.start and words.iso(event.when.start), event.when.text) or unsaid,
    )
    if counts:
        yield words("evidence.number"), escape(" · ".join(counts))
    speaker = names.actor(event.claim_source, words) if event.claim_source else words("evidence.own_voice")
    yield words("column.claim_source"), escape(speaker)
    yield words("column.place"), _place(located, words)
    yield words("column.confidence"), escape(words.percent(event.confidence))


def _party(party: Party, words: Words) -> str:
    return both_names(names.actor(party.name, words) if party.name else None, party.text, words)


def _named(name: str | None, written: str | None) -> str:
    beside = f' <bdi class="written">«{escape(written)}»</bdi>' if written else ""
    return f"<bdi>{escape(name)}</bdi>{beside}" if name else beside


def _place(located: LocatedEvent, words: Words) -> str:
    written = located.event.place.text if located.event.place else None
    if located.match is None:
        return f"{_named(None, written)} {escape(reason_in_words(located.reason or '', words))}".strip()
    return f"{_named(_name(located.match, words), written)} · {_candidates(located.match, words)}"


def _name(match: Match, words: Words) -> str:
    return names.place(match.place.id, match.place.name, words)


def _candidates(match: Match, words: Words) -> str:
    score = escape(words("evidence.score", score=words.percent(match.score)))
    others = [
        f"<bdi>{escape(names.place(other.place.id, other.place.name, words))}, "
        f"{escape(names.country(other.place.country or '', words))}</bdi> {words.percent(other.score)}"
        for other in match.others[:4]
    ]
    return f"{score}<br>{escape(words('evidence.others'))} {'; '.join(others)}" if others else score
