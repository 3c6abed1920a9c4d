"""Change a store: articles with their rows, links between near copies, fates of sources; in one transaction."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.exc import DataError, IntegrityError

from events.model import Article, LocatedEvent
from events.row import Row
from events.store_alike import Alike, alike, had
from events.store_copies import mark_copies
from events.store_feeds import Mark, keep_mark, record
from events.store_near import articles, keep_bands, sharing
from events.store_prepared import ARTICLE, Prepared, prepare
from events.store_search import WORDS, words_of
from events.tables import ARTICLES, ARTICLES_HISTORY, META, ROWS, ROWS_HISTORY

Saved = Literal["added", "updated", "unchanged"]
Fate = Literal["added", "updated", "unchanged", "no_events", "unsupported_language", "failed"]
"""What became of a source: its article is new, has changed or has not; or why there is nothing of it on the map."""


class RowsError(ValueError):
    """The rows of one article break a rule of the tables; other articles are not touched by it."""


class Batch:
    """Changes that become true together when the `with store.batch() as batch:` block ends, or not at all."""

    def __init__(self, connection: sa.Connection) -> None:
        # Whoever holds these two numbers is the only writer: PostgreSQL waits here, SQLite waited when it began.
        held = sa.select(META.c.name, META.c.value).where(META.c.name.in_(("revision", "numbers"))).with_for_update()
        self.connection = self._connection = connection
        self._found = {found.name: found.value for found in connection.execute(held)}
        self._revision: int = self._found["revision"] + 1
        self._number: int = self._found["numbers"]
        self._changed = False

    @property
    def before(self) -> int:
        """The store's revision when the batch began."""
        return self._revision - 1

    @property
    def after(self) -> int:
        """The store's revision when the batch ends, as far as it has come."""
        return self._revision if self._changed else self._revision - 1

    def save(self, article: Article, located_events: Sequence[LocatedEvent], *, extractor: str | None = None) -> Saved:
        """Put an article and its rows in place of what the store has of it; what was there goes to the history.

        The same article with the same rows changes nothing; of a changed article, rows that stay the same keep their
        number. `extractor` names the version that read it where there are no events to say so. Raises RowsError if
        the rows break a rule of the tables (an event id twice); the batch goes on without this article.
        """
        return self.put(prepare(article, located_events, extractor=extractor))

    def put(self, prepared: Prepared) -> Saved:
        """Put in what `prepare` has made of an article and its rows; see `save`."""
        with self._rules():
            fate = self._replace(prepared.article, prepared.rows)
        self._changed |= fate != "unchanged"
        return fate

    def alike(self, articles: Sequence[Article]) -> Alike:
        """Return what the store has of some articles, this batch included; see `Store.alike`."""
        return alike(self._connection, articles)

    def had(self, article: Article, source: str) -> bool:
        """Whether an article was before what it is here, and is told by another source than this one as well."""
        return had(self._connection, article, source)

    def add(self, articles: Iterable[tuple[Article, Sequence[LocatedEvent]]]) -> None:
        """Put in many articles that the store does not have: what `save` does, several times as fast.

        Raises RowsError if it has one of them, or one breaks a rule of the tables; then none of them is put in.
        """
        self.put_new([prepare(article, located) for article, located in articles])

    def put_new(self, prepared: Sequence[Prepared]) -> None:
        """Put in what `prepare` has made of many articles that the store does not have; see `add`."""
        with self._rules():
            self._add([one.article for one in prepared], [row for one in prepared for row in one.rows])
        self._changed |= bool(prepared)

    def articles(self, ids: Collection[str]) -> dict[str, Article]:
        """Return articles by their ids; those the store does not have are left out."""
        return articles(self._connection, ids)

    def sharing(self, bands: Collection[int]) -> dict[int, list[str]]:
        """Return the ids of the articles whose texts have these hashes, by hash (see `events.ingest.near`)."""
        return sharing(self._connection, bands)

    def keep_bands(self, come: Iterable[tuple[int, str]], gone: Iterable[tuple[int, str]] = ()) -> None:
        """Keep hashes of texts, each with the id of its article, and let go of others."""
        keep_bands(self._connection, come, gone)

    def keep_mark(self, url: str, mark: Mark) -> None:
        """Keep what a feed's server gave to be asked with next time."""
        keep_mark(self._connection, url, mark)

    def record(self, source: str, fate: Fate, reason: str | None = None, article_id: str | None = None) -> None:
        """Keep what became of a source (a file, an item of one, a URL), in place of what was known of it before."""
        self.record_all([(source, fate, reason, article_id)])

    def record_all(self, fates: Iterable[tuple[str, Fate, str | None, str | None]]) -> None:
        """Keep what became of many sources, the last word on each; see `record`."""
        record(self._connection, fates, _now())

    def link(self, article_id: str, canonical_id: str | None) -> None:
        """Say that an article is a near copy of another, which must be there (None: of none).

        Its rows that are the same there are then counted once (`Store.light`, `Store.rows` leave them out, and
        `Store.publishers` lists both); rows of its own stay. A copy of a copy is linked to the first.
        """
        first = self._connection.scalar(sa.select(ARTICLES.c.canonical_id).where(ARTICLES.c.id == canonical_id))
        root = first or canonical_id
        own_copies = ARTICLES.c.canonical_id == (article_id if root else None)
        members = sa.and_(sa.or_(ARTICLES.c.id == article_id, own_copies), ARTICLES.c.id != (root or ""))
        linked = self._connection.scalars(sa.select(ARTICLES.c.id).where(members)).all()
        self._connection.execute(ARTICLES.update().where(ARTICLES.c.id.in_(linked)).values(canonical_id=root))
        for member in linked:
            self._changed |= mark_copies(self._connection, member, self._revision)

    def set_stories(self, stories: Mapping[str, str | None]) -> int:
        """Put rows, by their event ids, into stories (None: into none); return how many rows were in another before.

        Re-extraction keeps the story of an event whose id stays.
        """
        change = ROWS.update().where(ROWS.c.event_id == sa.bindparam("key"))
        change = change.where(ROWS.c.story_id.is_distinct_from(sa.bindparam("story")))
        change = change.values(story_id=sa.bindparam("story"), revision=self._revision)
        wanted = [{"key": event_id, "story": story_id} for event_id, story_id in stories.items()]
        changed = self._connection.execute(change, wanted).rowcount if wanted else 0
        self._changed |= changed > 0
        return changed

    def finish(self) -> None:
        """Let readers see that something has changed; `Store.batch` calls this."""
        if self._changed:
            values = {"revision": self._revision, "numbers": self._number}
            for name, value in values.items():
                self._connection.execute(META.update().where(META.c.name == name).values(value=value))

    @contextmanager
    def _rules(self) -> Iterator[None]:
        """Undo what breaks a rule of the tables, and only that."""
        try:
            with self._connection.begin_nested():
                yield
        except (IntegrityError, DataError) as error:
            raise RowsError(" ".join(str(error.orig).split())) from error

    def _add(self, articles: list[dict[str, Any]], rows: list[Row]) -> None:
        if articles:
            self._connection.execute(ARTICLES.insert(), articles)
        self._insert(rows)

    def _replace(self, article: dict[str, Any], rows: list[Row]) -> Saved:
        known = self._connection.execute(sa.select(ARTICLES).where(ARTICLES.c.id == article["id"])).mappings().first()
        if known is None:
            self._add([article], rows)
            return "added"
        self._update(dict(known), article)
        if known["fingerprint"] == article["fingerprint"]:
            return "unchanged"
        self._exchange(article["id"], rows, touched=any(known[name] != article[name] for name in ARTICLE))
        self._mark(article["id"])
        return "updated"

    def _update(self, known: Mapping[str, Any], article: dict[str, Any]) -> None:
        if any(known[name] != article[name] for name in ARTICLE):
            old = {name: known[name] for name in (*ARTICLE, "fingerprint")}
            self._connection.execute(ARTICLES_HISTORY.insert().values(**old, superseded=_now()))
        if any(known[name] != value for name, value in article.items()):
            self._connection.execute(ARTICLES.update().where(ARTICLES.c.id == article["id"]), article)

    def _exchange(self, article_id: str, rows: list[Row], *, touched: bool) -> None:
        """Let go of rows that are not the same any more, and take in those that are new."""
        found = self._connection.execute(sa.select(ROWS).where(ROWS.c.article_id == article_id)).mappings()
        known = {row["event_id"]: dict(row) for row in found}
        fresh = [row for row in rows if not _same(known.get(row["event_id"]), row)]
        stays = {row["event_id"] for row in rows} - {row["event_id"] for row in fresh}
        self._supersede([row["number"] for event_id, row in known.items() if event_id not in stays])
        stories = {event_id: row["story_id"] for event_id, row in known.items()}
        self._insert([row | {"story_id": stories.get(row["event_id"])} for row in fresh])
        if touched:  # what is seen of a row is also its article's publisher, language and date
            change = ROWS.update().where(ROWS.c.article_id == article_id)
            self._connection.execute(change.values(revision=self._revision))

    def _insert(self, rows: list[Row]) -> None:
        if not rows:
            return
        numbered = [row | {"number": self._number + place} for place, row in enumerate(rows, 1)]
        self._connection.execute(ROWS.insert(), [row | {"revision": self._revision} for row in numbered])
        words = [{"rowid": row["number"], "words": words_of(row)} for row in numbered]
        self._connection.execute(WORDS.insert(), words)
        self._number += len(rows)

    def _supersede(self, numbers: list[int]) -> None:
        if not numbers:
            return
        kept = [column.name for column in ROWS_HISTORY.c if column.name not in ("revision", "superseded")]
        gone = sa.select(*(ROWS.c[name] for name in kept), sa.literal(self._revision), sa.literal(_now()))
        goes = ROWS.c.number.in_(numbers)
        history = ROWS_HISTORY.insert().from_select([*kept, "revision", "superseded"], gone.where(goes))
        self._connection.execute(history)
        self._connection.execute(ROWS.delete().where(goes))
        self._connection.execute(WORDS.delete().where(WORDS.c.rowid.in_(numbers)))

    def _mark(self, article_id: str) -> None:
        copies = sa.select(ARTICLES.c.id).where(
            sa.or_(ARTICLES.c.id == article_id, ARTICLES.c.canonical_id == article_id)
        )
        for member in self._connection.scalars(copies).all():
            mark_copies(self._connection, member, self._revision)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _same(known: Mapping[str, Any] | None, row: Row) -> bool:
    return known is not None and all(known[name] == value for name, value in row.items() if name != "story_id")
