"""Articles and located events for tests of the store's readers: a real store, filled with what a test names."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from events.model import Article, Event, LocatedEvent, Party, PlaceMention, Span, When
from events.store import Store, open_store
from geodata.model import Match, Place

SHEIKH_MAQSOUD = (36.2366, 37.1529)
ASHRAFIEH = (36.2279, 37.1470)

HOSTILE = (
    '<script>window.hacked=1</script><img src=x onerror="window.hacked=1"> {{ 7*191 }} {% set x = 7*193 %}{{ x }} '
    "${window.hacked=1} ![pixel](https://evil.invalid/t.png) [click](javascript:alert(1)) \u202egnp.exe\u202c `'\"&"
)
"""Everything that could run, or be fetched, if it were taken for more than text."""


def article(text: str = "انسحبت القوات من حي الأشرفية.", **fields: Any) -> Article:
    """Return an article published on 11 January 2026."""
    return Article(**{"id": "a1", "text": text, "title": "عنوان", "published": date(2026, 1, 11)} | fields)


def located(source: Article, quote: str | None = None, **fields: Any) -> LocatedEvent:
    """Return an event of an article; `at` are coordinates (None: no place), the other fields are the row's.

    `quote` is the whole text unless it is given.
    """
    wanted = {
        "action": "withdraw",
        "modality": "asserted",
        "at": ASHRAFIEH,
        "place": "Ashrafieh",
        "precision": 1,
    } | fields
    quote = source.text if quote is None else quote
    start = source.text.index(quote)
    event = Event(
        id=wanted.get("id") or str(abs(hash((source.id, quote, *map(str, wanted.items()))))),
        article_id=source.id,
        action=wanted["action"],
        modality=wanted["modality"],
        span=Span(start, start + len(quote)),
        quote=quote,
        confidence=wanted.get("confidence", 0.9),
        extractor="test",
        actor=Party(wanted.get("actor"), None, wanted.get("actor_text")),
        target=Party(wanted.get("target"), None, wanted.get("target_text")),
        claim_source=wanted.get("claim_source"),
        place=PlaceMention(Span(0, 1), wanted["place_text"]) if wanted.get("place_text") else None,
        when=When(wanted.get("date"), wanted.get("until"), 1 if wanted.get("date") else None),
        counts=wanted.get("counts", {}),
    )
    return LocatedEvent(event, _match(wanted) if wanted["at"] else None, None if wanted["at"] else "not in gazetteer")


def _match(wanted: dict[str, Any]) -> Match:
    latitude, longitude = wanted["at"]
    name = wanted["place"]
    place = Place(
        name, name, None, (name,), "PPLX", "neighbourhood", latitude, longitude, "SY", None, None, 0, "t", "t"
    )
    return Match(place, wanted["precision"], 0.9)


def filled(path: Path, *articles: tuple[Article, Iterable[LocatedEvent]]) -> Store:
    """Return a store in a new file with some articles and their events."""
    store = open_store(f"sqlite:///{path}")
    for source, events in articles:
        store.save(source, list(events))
    return store


def rows_of(path: Path, *events: LocatedEvent, source: Article | None = None) -> pd.DataFrame:
    """Return the rows of events of one article, as the store gives them."""
    return filled(path / "rows.db", (source or article(), events)).rows()
