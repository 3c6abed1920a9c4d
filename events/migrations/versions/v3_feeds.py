"""Feeds keep what their servers gave to be asked with next time; texts keep hashes by which near copies are found."""

import sqlalchemy as sa
from alembic import op

revision = "3"
down_revision = "2"


def upgrade() -> None:
    """Make the two tables; near copies among the articles that are there already stay unlinked."""
    op.create_table(
        "feeds",
        sa.Column("url", sa.Text(), primary_key=True),
        sa.Column("etag", sa.Text()),
        sa.Column("modified", sa.Text()),
        sa.Column("read", sa.String(32), nullable=False),
    )
    op.create_table(
        "bands",
        sa.Column("band", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("article_id", sa.Text(), primary_key=True),
        sqlite_with_rowid=False,
    )
    op.execute("UPDATE meta SET value = 3 WHERE name = 'schema'")
