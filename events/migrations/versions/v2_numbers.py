"""Rows get a number; what is replaced is kept; fates, near copies and free-text search get their tables."""

import hashlib
import secrets

import sqlalchemy as sa
from alembic import op

from events.migrations.versions.v1_first import MEASURES, NUMBERS, TEXTS, article_columns, row_columns
from events.store_search import SEARCHED, WORDS, make_index, words_of

revision = "2"
down_revision = "1"

_CHUNK = 5_000


def upgrade() -> None:
    """Keep every article and row, number the rows in the order of their articles, and make the new tables."""
    _articles()
    _rows()
    _history()
    op.create_table(
        "fates",
        sa.Column("source", sa.Text(), primary_key=True),
        sa.Column("fate", sa.String(30), nullable=False),
        *(sa.Column(name, sa.Text()) for name in ("reason", "article_id")),
        sa.Column("recorded", sa.String(32), nullable=False),
    )
    op.create_index("ix_fates_fate", "fates", ["fate"])
    make_index(op.get_bind())
    _fill_words()
    meta = sa.table("meta", sa.column("name"), sa.column("value"))
    rows = op.get_bind().scalar(sa.select(sa.func.count()).select_from(sa.table("rows")))
    start = {"identity": secrets.randbelow(2**31), "numbers": rows}
    op.bulk_insert(meta, [{"name": name, "value": value} for name, value in start.items()])
    op.execute("UPDATE meta SET value = 2 WHERE name = 'schema'")


def _articles() -> None:
    op.add_column("articles", sa.Column("text_hash", sa.String(64)))
    op.add_column("articles", sa.Column("extractor", sa.Text()))
    op.execute("ALTER TABLE articles ADD COLUMN canonical_id TEXT REFERENCES articles (id)")
    for name in ("text_hash", "canonical_id", "url"):
        op.create_index(f"ix_articles_{name}", "articles", [name])
    op.execute("UPDATE articles SET extractor = (SELECT max(extractor) FROM rows WHERE article_id = articles.id)")
    articles = sa.table("articles", *map(sa.column, ("id", "text", "text_hash")))
    texts = op.get_bind().execute(sa.select(articles.c.id, articles.c.text))
    change = articles.update().where(articles.c.id == sa.bindparam("key")).values(text_hash=sa.bindparam("hash"))
    for chunk in texts.partitions(_CHUNK):
        op.get_bind().execute(change, [{"key": key, "hash": _hash(text)} for key, text in chunk])


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _rows() -> None:
    op.drop_index("ix_rows_article_id", "rows")
    op.rename_table("rows", "rows_1")
    op.create_table(
        "rows",
        sa.Column("number", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("event_id", sa.Text(), nullable=False, unique=True),
        sa.Column("article_id", sa.Text(), sa.ForeignKey("articles.id", ondelete="CASCADE"), nullable=False),
        *row_columns(),
        sa.Column("copy_of", sa.Integer()),
        sa.Column("revision", sa.Integer(), nullable=False),
    )
    names = ", ".join(("event_id", "article_id", *TEXTS, *NUMBERS, *MEASURES))
    op.execute(
        f"INSERT INTO rows (number, revision, {names}) "  # noqa: S608 - names are ours
        f"SELECT row_number() OVER (ORDER BY article_id, quote_start, event_id), 0, {names} FROM rows_1"
    )
    op.drop_table("rows_1")
    for name in ("article_id", "copy_of", "revision"):
        op.create_index(f"ix_rows_{name}", "rows", [name])


def _history() -> None:
    op.create_table(
        "articles_history",
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("id", sa.Text(), nullable=False),
        *article_columns(),
        sa.Column("superseded", sa.String(32), nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_articles_history_id", "articles_history", ["id"])
    op.create_table(
        "rows_history",
        sa.Column("number", sa.Integer(), primary_key=True, autoincrement=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("event_id", "article_id")),
        *row_columns(),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("superseded", sa.String(32), nullable=False),
    )
    for name in ("event_id", "article_id", "revision"):
        op.create_index(f"ix_rows_history_{name}", "rows_history", [name])


def _fill_words() -> None:
    rows = sa.table("rows", sa.column("number"), *map(sa.column, SEARCHED))
    found = op.get_bind().execute(sa.select(rows)).mappings()
    for chunk in found.partitions(_CHUNK):
        op.get_bind().execute(WORDS.insert(), [{"rowid": row["number"], "words": words_of(dict(row))} for row in chunk])
