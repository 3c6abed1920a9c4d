"""Find articles of nearly the same text by hashes that most of their texts share."""

from collections.abc import Collection

import sqlalchemy as sa

from events.model import Article
from events.store_alike import to_article
from events.tables import ARTICLES, BANDS

_MOST = 5  # candidates, those that share most


def sharing(connection: sa.Connection, article_id: str, bands: Collection[int]) -> list[Article]:
    """Return the other articles that share any of these hashes, those that share most first."""
    shared = sa.func.count().label("shared")
    found = (
        sa.select(BANDS.c.article_id, shared)
        .where(BANDS.c.band.in_(bands), BANDS.c.article_id != article_id)
        .group_by(BANDS.c.article_id)
        .order_by(shared.desc(), BANDS.c.article_id)
        .limit(_MOST)
    ).subquery()
    query = sa.select(ARTICLES).join(found, ARTICLES.c.id == found.c.article_id)
    return [to_article(row) for row in connection.execute(query.order_by(found.c.shared.desc(), ARTICLES.c.id))]


def keep_bands(connection: sa.Connection, article_id: str, new: Collection[int], old: Collection[int]) -> None:
    """Keep the hashes of an article in place of those of its old text."""
    gone, come = set(old) - set(new), set(new) - set(old)
    if gone:
        connection.execute(BANDS.delete().where(BANDS.c.article_id == article_id, BANDS.c.band.in_(gone)))
    if come:
        connection.execute(BANDS.insert(), [{"band": band, "article_id": article_id} for band in sorted(come)])
