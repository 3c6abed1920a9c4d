"""The first tables: articles, their rows, and a number that grows."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "1"
down_revision = None

TEXTS = (
    *("event_date", "event_date_end", "action", "plover_event", "plover_mode", "acled_event_type"),
    *("acled_sub_event_type", "actor", "actor_sector", "actor_text", "target", "target_sector", "target_text"),
    *("place", "place_text", "place_id", "feature_code", "admin1", "country", "geo_others", "claim_source"),
    *("modality", "quote", "story_id", "extractor", "reason"),
)
NUMBERS = (
    *("time_precision", "geo_precision", "killed", "injured", "detained", "evacuated", "displaced", "released"),
    *("quote_start", "quote_end", "abducted", "returned", "surrendered", "missing"),
    *("evacuated_families", "displaced_families", "returned_families"),
)
MEASURES = ("latitude", "longitude", "geo_score", "confidence")


def row_columns() -> list[sa.Column[Any]]:
    """Return the columns of a row that are neither its key nor its article's."""
    kinds = ((TEXTS, sa.Text), (NUMBERS, sa.Integer), (MEASURES, sa.Double))
    return [sa.Column(name, kind()) for names, kind in kinds for name in names]


def article_columns() -> list[sa.Column[Any]]:
    """Return the columns of an article but its id."""
    texts = ("title", "language", "published", "publisher", "url")
    return [
        *(sa.Column(name, sa.Text()) for name in texts),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
    ]


def upgrade() -> None:
    """Make the tables in an empty database."""
    meta = op.create_table(
        "meta",
        sa.Column("name", sa.String(20), primary_key=True),
        sa.Column("value", sa.Integer(), nullable=False),
    )
    op.create_table("articles", sa.Column("id", sa.Text(), primary_key=True), *article_columns())
    op.create_table(
        "rows",
        sa.Column("event_id", sa.Text(), primary_key=True),
        sa.Column("article_id", sa.Text(), sa.ForeignKey("articles.id", ondelete="CASCADE"), nullable=False),
        *row_columns(),
    )
    op.create_index("ix_rows_article_id", "rows", ["article_id"])
    op.bulk_insert(meta, [{"name": "schema", "value": 1}, {"name": "revision", "value": 0}])
