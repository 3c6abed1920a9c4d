"""The tables of the store, made from the row's columns."""

from typing import Any

import sqlalchemy as sa

from events.row import ARTICLE_COLUMNS, COLUMNS

SCHEMA = 1
"""The version of the tables below; a store of another version is refused, not guessed at."""

_TYPES: dict[type, Any] = {str: sa.Text, int: sa.Integer, float: sa.Double, list: sa.Text}
_KEYS = ("event_id", "article_id")

METADATA = sa.MetaData()

META = sa.Table(
    "meta",
    METADATA,
    sa.Column("name", sa.String(20), primary_key=True),
    sa.Column("value", sa.Integer, nullable=False),
)
"""`schema`, the version of the tables, and `revision`, a number that grows with every change of the content."""

ARTICLES = sa.Table(
    "articles",
    METADATA,
    sa.Column("id", sa.Text, primary_key=True),
    *(sa.Column(name, sa.Text) for name in ("title", "language", "published", "publisher", "url")),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("fingerprint", sa.String(64), nullable=False),
)
"""Articles as read; `fingerprint` is a hash of the article and all its rows."""

ROWS = sa.Table(
    "rows",
    METADATA,
    sa.Column("event_id", sa.Text, primary_key=True),
    sa.Column("article_id", sa.ForeignKey(ARTICLES.c.id, ondelete="CASCADE"), nullable=False, index=True),
    *(sa.Column(n, _TYPES[kind]) for n, kind in COLUMNS.items() if n not in _KEYS and n not in ARTICLE_COLUMNS),
    sa.Column("reason", sa.Text),
)
"""Rows without what they have from their article; `reason` says why a row has no coordinates."""

_OF_ARTICLE = {
    "publisher": ARTICLES.c.publisher,
    "source_url": ARTICLES.c.url,
    "published": ARTICLES.c.published,
    "language": ARTICLES.c.language,
}

ALL_ROWS = (
    sa.select(
        *(_OF_ARTICLE[name].label(name) if name in _OF_ARTICLE else ROWS.c[name] for name in COLUMNS), ROWS.c.reason
    )
    .join_from(ROWS, ARTICLES)
    .order_by(ROWS.c.article_id, ROWS.c.quote_start, ROWS.c.event_id)
)
"""Every row with the contract's columns in order and the reason, by article and place in the text."""
