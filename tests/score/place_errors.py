"""How far the points of rows lie from those of a gold set: of each gold place that some row names in the same words."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from geopy.distance import distance

from events.model import Article
from events.pipeline import code
from geodata.model import Match
from geodata.names import key
from tests.score.run import arabic

Error = tuple[str, str, int, float]
"""The text's id, the place's words in it, the row's geo_precision, and metres between gold and row."""


def place_errors(gold: Path, kind: str) -> list[Error]:
    """Return an error for each place of this kind in each text of a gold file, as far as rows have a point for it."""
    return [error for doc in arabic(gold) for error in _errors(doc, kind)]


def _errors(doc: dict[str, Any], kind: str) -> Iterator[Error]:
    article = Article(doc["id"], doc["text"], doc["title"], doc["lang"], date.fromisoformat(doc["published"]))
    points: dict[str, Match] = {
        key(event.event.place.text): event.match for event in code(article) if event.event.place and event.match
    }
    wanted = {
        key(place["text"]): (place["lat"], place["lon"])
        for event in doc["events"]
        for place in event["places"]
        if place["kind"] == kind and place["lat"] is not None
    }
    for name in sorted(wanted.keys() & points.keys()):
        place = points[name].place
        metres = distance(wanted[name], (place.latitude, place.longitude)).m
        yield doc["id"], name, points[name].geo_precision, metres
