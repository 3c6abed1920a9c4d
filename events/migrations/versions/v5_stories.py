"""Rows are put into stories: what finds a story's rows and the rows of some days, and the user's splits."""

import sqlalchemy as sa
from alembic import op

revision = "5"
down_revision = "4"


def upgrade() -> None:
    """Make the indexes and the table; rows are put into stories when the next writer ends."""
    op.create_index("ix_rows_story_id", "rows", ["story_id"])
    op.create_index("ix_rows_action_event_date", "rows", ["action", "event_date"])
    op.create_index("ix_articles_published", "articles", ["published"])
    op.create_table(
        "story_splits",
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("parted", sa.Text(), nullable=False),
        sa.Column("stayed", sa.Text(), nullable=False),
        sa.Column("made", sa.String(32), nullable=False),
        sa.Column("undone", sa.String(32)),
        sqlite_autoincrement=True,
    )
    op.execute("UPDATE meta SET value = 5 WHERE name = 'schema'")
