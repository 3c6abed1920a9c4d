"""Steps from each version of the store's tables to the next; run by `events.store_opening`, with Alembic."""
