"""The tables of the store, made from the row's columns; `events/migrations/` brings older stores to them."""

from typing import Any

import sqlalchemy as sa

from events.row import ARTICLE_COLUMNS, COLUMNS

SCHEMA = 5
"""The version of the tables below: the name of the last file in `events/migrations/versions/`."""

_TYPES: dict[type, Any] = {str: sa.Text, int: sa.Integer, float: sa.Double, list: sa.Text}
_OWN = {name: _TYPES[kind] for name, kind in COLUMNS.items() if name not in ("event_id", "article_id")}

METADATA = sa.MetaData()

META = sa.Table(
    "meta",
    METADATA,
    sa.Column("name", sa.String(20), primary_key=True),
    sa.Column("value", sa.Integer, nullable=False),
)
"""`schema`, the version of the tables; `revision`, a number that grows with every change of the content;
`identity`, a random number that tells this store from any other; `numbers`, the last number given to a row;
`stories`, the revision up to which rows are in stories."""


def _article_columns() -> tuple[sa.Column[Any], ...]:
    texts = (sa.Column(name, sa.Text) for name in ("title", "language", "published", "publisher", "url"))
    return *texts, sa.Column("text", sa.Text, nullable=False), sa.Column("fingerprint", sa.String(64), nullable=False)


ARTICLES = sa.Table(
    "articles",
    METADATA,
    sa.Column("id", sa.Text, primary_key=True),
    *_article_columns(),
    sa.Column("text_hash", sa.String(64), index=True),
    sa.Column("extractor", sa.Text),
    sa.Column("canonical_id", sa.ForeignKey("articles.id"), index=True),
    sa.Index("ix_articles_url", "url"),
    sa.Index("ix_articles_published", "published"),
)
"""Articles as read; `fingerprint` is a hash of the article and all its rows, `text_hash` one of the text alone.

`extractor` names the version that read it last; `canonical_id` is the article of which this one is a near copy.
"""

ARTICLES_HISTORY = sa.Table(
    "articles_history",
    METADATA,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("id", sa.Text, nullable=False, index=True),
    *_article_columns(),
    sa.Column("superseded", sa.String(32), nullable=False),
    sqlite_autoincrement=True,
)
"""Articles as they were before an update; `superseded` says when (ISO 8601, UTC)."""


def _row_columns() -> tuple[sa.Column[Any], ...]:
    columns = (sa.Column(name, kind) for name, kind in _OWN.items() if name not in ARTICLE_COLUMNS)
    return *columns, sa.Column("reason", sa.Text)


_COPIES = sa.text("copy_of IS NOT NULL")

ROWS = sa.Table(
    "rows",
    METADATA,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("event_id", sa.Text, nullable=False, unique=True),
    sa.Column("article_id", sa.ForeignKey(ARTICLES.c.id, ondelete="CASCADE"), nullable=False, index=True),
    *_row_columns(),
    sa.Column("copy_of", sa.Integer),
    sa.Column("revision", sa.Integer, nullable=False, index=True),
    sa.Index("ix_rows_copy_of", "copy_of", sqlite_where=_COPIES, postgresql_where=_COPIES),
    sa.Index("ix_rows_story_id", "story_id"),
    sa.Index("ix_rows_action_event_date", "action", "event_date"),
)
"""Rows without what they have from their article; `reason` says why a row has no coordinates.

`number` is never used twice; `revision` is the store's when the row came or changed what is seen of it;
`copy_of` is the number of the same row in the article of which this row's article is a near copy.
"""

ROWS_HISTORY = sa.Table(
    "rows_history",
    METADATA,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("event_id", sa.Text, nullable=False, index=True),
    sa.Column("article_id", sa.Text, nullable=False, index=True),
    *_row_columns(),
    sa.Column("revision", sa.Integer, nullable=False, index=True),
    sa.Column("superseded", sa.String(32), nullable=False),
)
"""Rows that are no longer: `revision` is the store's when they went, `superseded` the time (ISO 8601, UTC)."""

FATES = sa.Table(
    "fates",
    METADATA,
    sa.Column("source", sa.Text, primary_key=True),
    sa.Column("fate", sa.String(30), nullable=False, index=True),
    sa.Column("reason", sa.Text),
    sa.Column("article_id", sa.Text),
    sa.Column("recorded", sa.String(32), nullable=False),
)
"""What became of each source (a file, a line of one, a URL) when it was last read."""

FEEDS = sa.Table(
    "feeds",
    METADATA,
    sa.Column("url", sa.Text, primary_key=True),
    *(sa.Column(name, sa.Text) for name in ("etag", "modified")),
    sa.Column("read", sa.String(32), nullable=False),
)
"""What a feed's server gave when it was last read to its end (ISO 8601, UTC), to be asked with next time."""

BANDS = sa.Table(
    "bands",
    METADATA,
    sa.Column("band", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("article_id", sa.Text, primary_key=True),
    sqlite_with_rowid=False,
)
"""Hashes of parts of each text's MinHash signature: near copies share some (see `events.ingest.near`)."""

SPLITS = sa.Table(
    "story_splits",
    METADATA,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("parted", sa.Text, nullable=False),
    sa.Column("stayed", sa.Text, nullable=False),
    sa.Column("made", sa.String(32), nullable=False),
    sa.Column("undone", sa.String(32)),
    sqlite_autoincrement=True,
)
"""Rows that the user took out of a story, and those that stayed: event ids as JSON, times in UTC (ISO 8601)."""

_OF_ARTICLE = {
    "publisher": ARTICLES.c.publisher,
    "source_url": ARTICLES.c.url,
    "published": ARTICLES.c.published,
    "language": ARTICLES.c.language,
}


def columns(names: "tuple[str, ...]") -> list[sa.ColumnElement[Any]]:
    """Return columns of a row by their names, those of its article among them; for a select from ROWS_AND_ARTICLES."""
    return [_OF_ARTICLE[name].label(name) if name in _OF_ARTICLE else ROWS.c[name] for name in names]


ROWS_AND_ARTICLES = sa.join(ROWS, ARTICLES)

ROW_COLUMNS: dict[str, type] = {**COLUMNS, "reason": str, "number": int}
"""What `Store.rows` gives: the contract's columns in order, the reason, and the row's number."""

FULL_ROWS = sa.select(*columns(tuple(ROW_COLUMNS))).select_from(ROWS_AND_ARTICLES)
"""Every row as `ROW_COLUMNS`."""

IN_ORDER = (ROWS.c.article_id, ROWS.c.quote_start, ROWS.c.event_id)
"""By article and place in the text."""
