"""Find what the store has of an article: under its id, under its address, or word for word under another."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from events.model import Article
from events.store_prepared import text_hash
from events.tables import ARTICLES, ARTICLES_HISTORY, FATES


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


class Alike:
    """Articles that are found by their id, their address and their text."""

    def __init__(self, articles: Iterable[Article] = ()) -> None:
        self._articles: dict[str, Article] = {}
        self._by_address: dict[str, set[str]] = {}
        self._by_text: dict[str, set[str]] = {}
        for article in articles:
            self.put(article)

    def put(self, article: Article) -> None:
        """Put in an article, in place of what there is under its id."""
        self._articles[article.id] = article
        self._by_text.setdefault(article.text, set()).add(article.id)
        if article.url:
            self._by_address.setdefault(article.url, set()).add(article.id)

    def of(self, article: Article) -> list[Article]:
        """Return the articles that have the id of this one, its address, or exactly its text, by id."""
        ids = {article.id} | self._by_text.get(article.text, set()) | self._by_address.get(article.url or "", set())
        found = (self._articles[key] for key in sorted(ids) if key in self._articles)
        return [other for other in found if _same(article, other)]


def alike(connection: sa.Connection, articles: Sequence[Article]) -> Alike:
    """Return the articles of the same id, the same address or exactly the same text as any of some (a few hundred)."""
    same = (
        ARTICLES.c.id.in_({article.id for article in articles}),
        ARTICLES.c.text_hash.in_({text_hash(article.text) for article in articles}),
        ARTICLES.c.url.in_({article.url for article in articles if article.url}),
    )
    return Alike(map(to_article, connection.execute(sa.select(ARTICLES).where(sa.or_(*same)))))


def had(connection: sa.Connection, article: Article, source: str) -> bool:
    """Whether an article was, before it was as it is, what it is here; and came from another source than `source`."""
    history = ARTICLES_HISTORY.c
    values = {name: getattr(article, name) for name in ("text", "title", "publisher", "url", "language")}
    values["published"] = article.published.isoformat() if article.published else None
    same = (history[name].is_not_distinct_from(value) for name, value in values.items())
    before = sa.select(history.number).where(history.id == article.id, *same)
    others = sa.select(FATES.c.source).where(FATES.c.article_id == article.id, FATES.c.source != source)
    return connection.scalar(before.limit(1)) is not None and connection.scalar(others.limit(1)) is not None


def _same(article: Article, other: Article) -> bool:
    same_address = article.url is not None and article.url == other.url
    return article.id == other.id or same_address or article.text == other.text
