"""Free-text search of rows: folded words, without the small words Arabic writes in front; SQLite and PostgreSQL."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from geodata.folding import fold

SEARCHED = ("quote", "actor", "actor_text", "target", "target_text", "place", "place_text", "claim_source")
"""The columns whose words are found."""

WORDS = sa.Table(
    "row_words", sa.MetaData(), sa.Column("rowid", sa.Integer, primary_key=True), sa.Column("words", sa.Text)
)
"""The folded words of each row, by its number."""

_MAKE = {
    # Rows never ask for phrases: without positions the index is a third of the size.
    "sqlite": (
        "CREATE VIRTUAL TABLE row_words USING fts5(words, detail=none, tokenize='unicode61 remove_diacritics 0')",
    ),
    "postgresql": (
        "CREATE TABLE row_words (rowid INTEGER PRIMARY KEY, words TEXT NOT NULL)",
        "CREATE INDEX ix_row_words ON row_words USING gin (array_to_tsvector(string_to_array(words, ' ')))",
    ),
}
_FIND = {
    "sqlite": "SELECT rowid FROM row_words WHERE row_words MATCH :wanted",
    "postgresql": "SELECT rowid FROM row_words"
    " WHERE array_to_tsvector(string_to_array(words, ' ')) @@ CAST(:wanted AS tsquery)",
}
_SYNTAX = {"sqlite": ('"{}"*', " OR ", " AND "), "postgresql": ("'{}':*", " | ", " & ")}

_WORD = re.compile(r"[^\W_]+")
_IN_FRONT = ("ال", "بال", "كال", "لل", "ب", "ل", "ك")
_SHORTEST = 3  # letters that must be left of a word


def make_index(connection: sa.Connection) -> None:
    """Make the table of words in a store that has none."""
    for statement in _MAKE[connection.dialect.name]:
        connection.exec_driver_sql(statement)


def words_of(row: Mapping[str, Any]) -> str:
    """Return the words by which a row is found, each once: folded, and again without what is written in front."""
    text = "\n".join(row[name] for name in SEARCHED if row[name])
    return " ".join(dict.fromkeys(form for word in _WORD.findall(fold(text)) for form in _forms(word)))


@lru_cache(maxsize=200_000)
def _forms(word: str) -> tuple[str, ...]:
    bare = word[1:] if word[0] in "وف" and len(word) > _SHORTEST else word
    return (word, bare, *_without(bare, _IN_FRONT))


def _without(word: str, prefixes: Iterable[str]) -> Iterator[str]:
    for prefix in prefixes:
        if word.startswith(prefix) and len(word) - len(prefix) >= _SHORTEST:
            yield word.removeprefix(prefix)


def find(connection: sa.Connection, text: str) -> list[int] | None:
    """Return the numbers of rows that hold every word of `text`, or a word that begins with it; None if it has none."""
    words = _WORD.findall(fold(text))
    if not words:
        return None
    word, either, every = _SYNTAX[connection.dialect.name]
    wanted = (either.join(word.format(form) for form in (asked, *_without(asked, ("ال",)))) for asked in words)
    query = every.join(f"({forms})" for forms in wanted)
    return list(connection.execute(sa.text(_FIND[connection.dialect.name]), {"wanted": query}).scalars())
