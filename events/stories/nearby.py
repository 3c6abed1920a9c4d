"""Find in a store the rows that are new or changed, and those that may tell of the same events."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any, TypeVar

import sqlalchemy as sa

from events.stories.evidence import UPDATES
from events.stories.index import SHORT
from events.stories.kinship import kinship
from events.stories.report import LONGEST, READ, WORLDS, Report, days_of, main_countries, reports
from events.tables import ARTICLES, ROWS, ROWS_AND_ARTICLES, ROWS_HISTORY, columns

MARGIN = UPDATES + SHORT + 1, UPDATES
"""Days before and after a row's days within which rows of its event have their first day, if they are not long."""

MANY = 500
"""Values in one question to the database."""

_LIGHT = ("event_id", "article_id", "action", "modality", "country", "event_date", "event_date_end", "time_precision",
          "published", "story_id")  # fmt: skip
_TABLE_COLUMNS = tuple(name for name in READ if name != "published")


T = TypeVar("T")


def pieces(values: Iterable[T], size: int) -> Iterator[tuple[T, ...]]:
    """Yield the values some at a time."""
    left = iter(values)
    while piece := tuple(islice(left, size)):
        yield piece


@dataclass(frozen=True, slots=True)
class Seed:
    """A row whose story is to be found: enough of it to load what may be of its story.

    `day` and `last` are ordinals, None where neither the row nor its article has a date.
    """

    event_id: str
    article: str
    action: str
    world: str
    country: str | None
    day: int | None
    last: int | None


def seeds(connection: sa.Connection, mark: int) -> list[Seed]:
    """Return the rows that are new or changed since revision `mark`, or that may leave or join a story by that."""
    own = ROWS.c.copy_of.is_(None)
    changed = _light(connection, own & (ROWS.c.revision > mark))
    found = {row.event_id: row for row in changed}
    if mark:
        gone = connection.execute(
            sa.select(ROWS_HISTORY.c.story_id, ROWS_HISTORY.c.article_id).where(ROWS_HISTORY.c.revision > mark)
        ).all()
        told = {row.story_id for row in (*changed, *gone) if row.story_id}
        articles = {row.article_id for row in (*changed, *gone)}
        found |= {row.event_id: row for row in _among(connection, ROWS.c.story_id, told, own)}
        unplaced = own & ROWS.c.country.is_(None)
        found |= {row.event_id: row for row in _among(connection, ROWS.c.article_id, articles, unplaced)}
    return [_seed(row) for row in found.values()]


def ghosts(connection: sa.Connection, mark: int) -> list[Report]:
    """Return the reports of rows that are no longer since revision `mark`."""
    if not mark:
        return []
    names = [ROWS_HISTORY.c[name] for name in _TABLE_COLUMNS]
    query = sa.select(*names, ARTICLES.c.published).join_from(
        ROWS_HISTORY, ARTICLES, ROWS_HISTORY.c.article_id == ARTICLES.c.id
    )
    found = [dict(row) for row in connection.execute(query.where(ROWS_HISTORY.c.revision > mark)).mappings()]
    return reports(found, countries=countries_of(connection, {row["article_id"] for row in found}))


def countries_of(connection: sa.Connection, articles: Collection[str]) -> dict[str, str]:
    """Return for articles the country that most of their rows are in."""
    found: list[tuple[str, str | None]] = []
    for some in pieces(sorted(articles), MANY):
        query = sa.select(ROWS.c.article_id, ROWS.c.country).where(ROWS.c.article_id.in_(some))
        found += [(row.article_id, row.country) for row in connection.execute(query)]
    return main_countries(found)


def between(
    connection: sa.Connection, family: str, world: str, countries: Collection[str], first: int, last: int
) -> list[Report]:
    """Return the reports of a family and world in some countries, from one day to another (ordinals).

    So are long ones that begin up to a month earlier, and all of no known day: one article may tell of both.
    """
    days = (_text(first), _text(last))
    vague = (ROWS.c.time_precision == 3) | ROWS.c.event_date_end.is_not(None) | (sa.func.length(ROWS.c.event_date) < 10)
    dated = ROWS.c.event_date.between(_month(first - LONGEST), days[1]) & ((ROWS.c.event_date >= days[0]) | vague)
    undated = ROWS.c.event_date.is_(None) & sa.or_(ARTICLES.c.published.between(*days), ARTICLES.c.published.is_(None))
    rows: list[dict[str, Any]] = []
    for days_fit in (dated, undated):
        query = sa.select(*columns(READ)).select_from(ROWS_AND_ARTICLES).where(*_alike(family, world, countries))
        rows += [dict(zip(READ, row, strict=True)) for row in connection.execute(query.where(days_fit)).all()]
    unplaced = {row["article_id"] for row in rows if row["country"] is None}
    return reports(rows, countries=countries_of(connection, unplaced))


def _alike(family: str, world: str, countries: Collection[str]) -> Iterator[sa.ColumnElement[bool]]:
    actions = [action for action, of in kinship().family.items() if of == family] or [family]
    odd = [modality for modality, of in WORLDS.items() if of == world]
    yield ROWS.c.copy_of.is_(None)
    yield ROWS.c.action.in_(actions)
    yield ROWS.c.modality.in_(odd) if odd else ROWS.c.modality.not_in(list(WORLDS))
    if len(countries) <= MANY:
        yield sa.or_(ROWS.c.country.in_(sorted(countries)), ROWS.c.country.is_(None))


def seed_of(report: Report) -> Seed:
    """Return the seed of a report."""
    last = report.last if report.last is not None else report.day
    return Seed(report.id, report.article, report.action, report.world, report.country or None, report.day, last)


def _light(connection: sa.Connection, which: sa.ColumnElement[bool]) -> Sequence[Any]:
    return connection.execute(sa.select(*columns(_LIGHT)).select_from(ROWS_AND_ARTICLES).where(which)).all()


def _among(
    connection: sa.Connection, column: sa.ColumnElement[str], values: Iterable[str], which: sa.ColumnElement[bool]
) -> Iterator[Any]:
    for some in pieces(sorted(values), MANY):
        yield from _light(connection, which & column.in_(some))


def _seed(row: Any) -> Seed:
    first, last, _ = days_of(row.event_date, row.event_date_end, row.time_precision)
    published, _, _ = days_of(row.published, None, None)
    day, until = (first, last) if first is not None else (published, published)
    return Seed(row.event_id, row.article_id, row.action, WORLDS.get(row.modality, "told"), row.country, day, until)


def _text(day: int) -> str:
    return date.fromordinal(max(day, 1)).isoformat()


def _month(day: int) -> str:
    return _text(day)[:7]  # `2026-01` comes before `2026-01-11`, and may be it
