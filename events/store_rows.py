"""Read full rows as data frames: all, by number, or those that an article had before."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from events.tables import ARTICLES, FULL_ROWS, IN_ORDER, ROW_COLUMNS, ROWS, ROWS_HISTORY

if TYPE_CHECKING:
    import pandas as pd

_PANDAS_TYPES: dict[type, Any] = {str: "str", int: "Int64", float: "float64", list: "str"}
_CHUNK = 10_000  # rows held as Python objects at a time


def chunks(connection: sa.Connection, numbers: Sequence[int] | None) -> "Iterator[pd.DataFrame]":
    """Yield the rows of these numbers, in this order; None: all but copies, by article and place in the text."""
    if numbers is None:
        query = FULL_ROWS.where(ROWS.c.copy_of.is_(None)).order_by(*IN_ORDER)
        result = connection.execution_options(yield_per=_CHUNK).execute(query)
        yield from (frame(chunk) for chunk in result.partitions())
        return
    for start in range(0, len(numbers), _CHUNK):
        yield frame(_fetched(connection, numbers[start : start + _CHUNK]))


def _fetched(connection: sa.Connection, numbers: Sequence[int]) -> list[sa.Row[Any]]:
    found = {row.number: row for row in connection.execute(FULL_ROWS.where(ROWS.c.number.in_(numbers)))}
    return [found[number] for number in numbers if number in found]


def history(connection: sa.Connection, article_id: str) -> "pd.DataFrame":
    """Return the rows that an article had before, the last superseded first."""
    columns = {column.name: column.type.python_type for column in ROWS_HISTORY.c}
    query = sa.select(ROWS_HISTORY).where(ROWS_HISTORY.c.article_id == article_id)
    latest = query.order_by(ROWS_HISTORY.c.revision.desc(), ROWS_HISTORY.c.number)
    return frame(connection.execute(latest).all(), columns)


def publishers(connection: sa.Connection, numbers: Sequence[int]) -> dict[int, list[str]]:
    """Return for each row the publishers of it and of its copies, by name."""
    found: dict[int, set[str]] = {number: set() for number in numbers}
    named = sa.select(ROWS.c.number, ROWS.c.copy_of, ARTICLES.c.publisher).join_from(ROWS, ARTICLES)
    either = sa.or_(ROWS.c.number.in_(numbers), ROWS.c.copy_of.in_(numbers))
    for row in connection.execute(named.where(either, ARTICLES.c.publisher.is_not(None))):
        for number in {row.number, row.copy_of} & found.keys():
            found[number].add(row.publisher)
    return {number: sorted(names) for number, names in found.items()}


def frame(chunk: Sequence[Sequence[Any]], kinds: Mapping[str, type] = ROW_COLUMNS) -> "pd.DataFrame":
    """Return rows as a data frame whose column types do not depend on what is in it."""
    import pandas as pd

    columns = zip(*chunk, strict=True) if chunk else ((),) * len(kinds)
    series = zip(kinds.items(), columns, strict=True)
    return pd.DataFrame({name: pd.array(list(values), dtype=_PANDAS_TYPES[kind]) for (name, kind), values in series})
