"""Make articles and their rows ready for their tables: in any process, long before they are written."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from events.model import Article, LocatedEvent
from events.row import ARTICLE_COLUMNS, Row, cell, to_row

ARTICLE = ("id", "title", "language", "published", "publisher", "url", "text")
"""What an article says, as the table holds it."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """An article and its rows as their tables hold them, but for what is told when they are written."""

    article: dict[str, Any]
    rows: list[Row]


def prepare(article: Article, located_events: Sequence[LocatedEvent], *, extractor: str | None = None) -> Prepared:
    """Return an article and its rows as their tables hold them.

    `extractor` names the version that read it where there are no events to say so.
    """
    rows = [_stored(located, article) for located in located_events]
    values = _values(article)
    values["fingerprint"] = _fingerprint(values, rows)
    values["text_hash"] = text_hash(article.text)
    values["extractor"] = extractor or (rows[0]["extractor"] if rows else None)
    return Prepared(values, rows)


def text_hash(text: str) -> str:
    """Return the hash by which an article of the same text is found."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _stored(located: LocatedEvent, article: Article) -> Row:
    row = {name: cell(value) for name, value in to_row(located, article).items() if name not in ARTICLE_COLUMNS}
    return row | {"reason": located.reason}


def _values(article: Article) -> dict[str, Any]:
    values = {name: getattr(article, name) for name in ARTICLE}
    return values | {"published": article.published.isoformat() if article.published else None}


def _fingerprint(article: dict[str, Any], rows: list[Row]) -> str:
    return hashlib.sha256(json.dumps([article, rows], sort_keys=True).encode()).hexdigest()
