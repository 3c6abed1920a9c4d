"""The row: the public contract of the store, of `extract` and of every export."""

import json
from typing import Any

from events.columns import columns
from events.model import Article, Event, LocatedEvent
from events.ontology import action_class
from geodata.model import Candidate, Match

COLUMNS: dict[str, type] = {column.name: column.kind for column in columns()}
"""The columns in their order, each with the type of its values; every value but ids, action and quote may be None.

Dates are ISO 8601 (`YYYY-MM-DD`, or `YYYY-MM` where only the month is known); coordinates degrees WGS 84;
`quote_start` and `quote_end` code points of the article's text, half-open; scores and confidence from 0 to 1.
"""

COUNTS = (
    *("killed", "injured", "missing", "detained", "abducted", "released", "surrendered"),
    *("evacuated", "displaced", "returned", "evacuated_families", "displaced_families", "returned_families"),
)
"""The columns that count persons, or families where the text counts those."""

MODALITIES = ("asserted", "claimed", "denied", "planned", "demanded", "hypothetical")
"""Whether an act is told as having happened: by the publisher, by a side; or denied, planned, demanded, imagined."""

FIRM = ("asserted", "claimed")
"""Modalities of what is reported to have happened; all others are said not, or not yet, to have."""

ARTICLE_COLUMNS = ("publisher", "source_url", "published", "language")
"""The columns that say something of the article and not of the event."""

Row = dict[str, Any]


def to_row(located: LocatedEvent, article: Article) -> Row:
    """Return the row of an event, its keys in the order of `COLUMNS`.

    `place` is the gazetteer's English name, or the words of the text where the gazetteer has none;
    `claim_source` None is the publisher's own voice; `geo_others` is a list of name, latitude, longitude, score.
    """
    values = {**_act(located.event), **_where(located), **_evidence(located.event), **_source(article)}
    return {name: values.get(name) for name in COLUMNS}


def cell(value: Any) -> Any:
    """Return a row's value as one scalar: lists become JSON text."""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list) else value


def _act(event: Event) -> Row:
    kind = action_class(event.action)
    return {
        "action": event.action,
        "plover_event": kind.plover.event,
        "plover_mode": event.mode or kind.plover.mode,
        "acled_event_type": kind.acled.event_type,
        "acled_sub_event_type": kind.acled.sub_event_type,
        "actor": event.actor.name,
        "actor_sector": event.actor.sector,
        "actor_text": event.actor.text,
        "target": event.target.name,
        "target_sector": event.target.sector,
        "target_text": event.target.text,
        "event_date": event.when.start,
        "event_date_end": event.when.end,
        "time_precision": event.when.precision,
        **{name: event.counts.get(name) for name in COUNTS},
    }


def _where(located: LocatedEvent) -> Row:
    written = located.event.place.text if located.event.place else None
    match = located.match
    others = [_other(candidate) for candidate in located.others]
    return {"place": written, "place_text": written, "geo_others": others} | (_match(match) if match else {})


def _match(match: Match) -> Row:
    place = match.place
    return {
        "place": place.name,
        "place_id": place.id,
        "feature_code": place.feature_code,
        "admin1": place.admin1,
        "country": place.country,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "geo_precision": match.geo_precision,
        "geo_score": match.score,
        "geo_others": [_other(candidate) for candidate in match.others],
    }


def _other(candidate: Candidate) -> Row:
    place = candidate.place
    return {"name": place.name, "latitude": place.latitude, "longitude": place.longitude, "score": candidate.score}


def _evidence(event: Event) -> Row:
    return {
        "event_id": event.id,
        "article_id": event.article_id,
        "claim_source": event.claim_source,
        "modality": event.modality,
        "quote": event.quote,
        "quote_start": event.span.start,
        "quote_end": event.span.end,
        "confidence": event.confidence,
        "extractor": event.extractor,
    }


def _source(article: Article) -> Row:
    return {
        "publisher": article.publisher,
        "source_url": article.url,
        "published": article.published.isoformat() if article.published else None,
        "language": article.language,
    }
