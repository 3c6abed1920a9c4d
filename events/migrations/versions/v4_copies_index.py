"""Only rows that are copies are listed in the index of copies: a search for all others must not use it."""

import sqlalchemy as sa
from alembic import op

revision = "4"
down_revision = "3"


def upgrade() -> None:
    """Make the index anew."""
    some = sa.text("copy_of IS NOT NULL")
    op.drop_index("ix_rows_copy_of", "rows")
    op.create_index("ix_rows_copy_of", "rows", ["copy_of"], sqlite_where=some, postgresql_where=some)
    op.execute("UPDATE meta SET value = 4 WHERE name = 'schema'")
