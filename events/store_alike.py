"""Find what the store has of an article: under its id, under its address, or word for word under another."""

import hashlib
from datetime import date
from typing import Any

import sqlalchemy as sa

from events.model import Article
from events.tables import ARTICLES


def text_hash(text: str) -> str:
    """Return the hash by which an article of the same text is found."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def to_article(found: sa.Row[Any]) -> Article:
    """Return the article of a row of its table."""
    return Article(
        id=found.id,
        text=found.text,
        title=found.title,
        language=found.language,
        published=date.fromisoformat(found.published) if found.published else None,
        publisher=found.publisher,
        url=found.url,
    )


def alike(connection: sa.Connection, article: Article) -> list[Article]:
    """Return the articles of the same id, the same address or exactly the same text, by id."""
    same = [ARTICLES.c.id == article.id, ARTICLES.c.text_hash == text_hash(article.text)]
    if article.url:
        same.append(ARTICLES.c.url == article.url)
    return [to_article(found) for found in connection.execute(sa.select(ARTICLES).where(sa.or_(*same)).order_by("id"))]
