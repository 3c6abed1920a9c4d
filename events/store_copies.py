"""Rows that say the same in an article and in a near copy of it: counted once, with all publishers listed."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from events.row import COUNTS
from events.tables import ARTICLES, ROWS
from geodata.folding import fold

_SAME = ("action", "actor", "target", "place", "place_id", "modality", "claim_source", "event_date", *COUNTS)
"""What a row and its copy agree in; the words around it may differ."""


def mark_copies(connection: sa.Connection, article_id: str, revision: int) -> bool:
    """Point each row of an article to the same row of the article it is a near copy of; return whether any changed."""
    root = connection.scalar(sa.select(ARTICLES.c.canonical_id).where(ARTICLES.c.id == article_id))
    originals = _by_content(connection, root) if root else {}
    changes = []
    for row in _rows(connection, article_id):
        same = _original(row, originals)
        if same != row["copy_of"]:
            changes.append({"key": row["number"], "same": same})
    if changes:
        change = ROWS.update().where(ROWS.c.number == sa.bindparam("key"))
        connection.execute(change.values(copy_of=sa.bindparam("same"), revision=revision), changes)
    return bool(changes)


def _rows(connection: sa.Connection, article_id: str) -> list[Mapping[str, Any]]:
    columns = (ROWS.c[name] for name in ("number", "copy_of", "quote", *_SAME))
    found = connection.execute(sa.select(*columns).where(ROWS.c.article_id == article_id).order_by(ROWS.c.number))
    return [dict(row) for row in found.mappings()]


def _by_content(connection: sa.Connection, article_id: str) -> dict[tuple[Any, ...], list[Mapping[str, Any]]]:
    found: dict[tuple[Any, ...], list[Mapping[str, Any]]] = {}
    for row in _rows(connection, article_id):
        found.setdefault(_content(row), []).append(row)
    return found


def _content(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(row[name] for name in _SAME)


def _original(row: Mapping[str, Any], originals: dict[tuple[Any, ...], list[Mapping[str, Any]]]) -> int | None:
    same = originals.get(_content(row))
    if not same:
        return None
    quote = fold(row["quote"])
    number: int = next((found for found in same if fold(found["quote"]) == quote), same[0])["number"]
    return number
