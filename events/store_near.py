"""Find articles of nearly the same text by hashes that most of their texts share."""

from collections.abc import Collection, Iterable

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from events.model import Article
from events.store_alike import to_article
from events.tables import ARTICLES, BANDS

_AT_ONCE = 5_000  # values in one query


def sharing(connection: sa.Connection, bands: Collection[int]) -> dict[int, list[str]]:
    """Return the ids of the articles that have each of these hashes; hashes that none has are left out."""
    found: dict[int, list[str]] = {}
    wanted = sorted(bands)
    for start in range(0, len(wanted), _AT_ONCE):
        query = sa.select(BANDS.c.band, BANDS.c.article_id).where(BANDS.c.band.in_(wanted[start : start + _AT_ONCE]))
        for band, article_id in connection.execute(query.order_by(BANDS.c.band, BANDS.c.article_id)):
            found.setdefault(band, []).append(article_id)
    return found


def keep_bands(connection: sa.Connection, come: Iterable[tuple[int, str]], gone: Iterable[tuple[int, str]]) -> None:
    """Keep hashes, each with the id of its article, and let go of others."""
    old = [{"old_band": band, "old_id": article_id} for band, article_id in gone]
    if old:
        same = BANDS.c.band == sa.bindparam("old_band"), BANDS.c.article_id == sa.bindparam("old_id")
        connection.execute(BANDS.delete().where(*same), old)
    new = [{"band": band, "article_id": article_id} for band, article_id in come]
    if new:
        insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
        connection.execute(insert(BANDS).on_conflict_do_nothing(), new)


def articles(connection: sa.Connection, ids: Collection[str]) -> dict[str, Article]:
    """Return articles by their ids; those the store does not have are left out."""
    found = connection.execute(sa.select(ARTICLES).where(ARTICLES.c.id.in_(ids))) if ids else ()
    return {row.id: to_article(row) for row in found}
