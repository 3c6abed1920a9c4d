"""The one way through: files → articles → events → located events → rows."""

import logging
from collections.abc import Iterable, Iterator
from pathlib import Path

from events.ingest.document import Problem
from events.ingest.read import read
from events.model import Article, LocatedEvent
from events.row import Row, to_row

SEEDS = Path(__file__).parents[1] / "seeds"
"""The articles that come with the project."""

Coded = tuple[Article, tuple[LocatedEvent, ...]]

_log = logging.getLogger(__name__)


def code(article: Article) -> tuple[LocatedEvent, ...]:
    """Return the located events of one article."""
    from events.extract import extract
    from events.locate import locate

    located = {one.event.id: one for one in locate(extract(article))}  # a place named twice in one act is one row
    return tuple(located.values())


def code_all(paths: Iterable[Path]) -> Iterator[Coded | Problem]:
    """Yield each article once, with its located events as they come, and a problem for each thing that is amiss.

    One bad item never stops the others. Raises what the lexicon and the gazetteer raise when they do not load.
    """
    code(Article(id="", text=""))  # a lexicon or gazetteer that does not load is no fault of the articles
    seen: dict[str, int] = {}
    for item in read(paths):
        if isinstance(item, Problem):
            yield item
        elif item.id not in seen:
            seen[item.id] = hash(item.text)
            yield coded(item)
        elif seen[item.id] != hash(item.text):
            yield Problem(item.id, "another text of this id was read before; give each article an id of its own")


def coded(article: Article) -> Coded | Problem:
    """Return an article with its located events, or why there are none; never raises."""
    try:
        return article, code(article)
    except Exception as error:  # noqa: BLE001 - whatever one article stumbles over, the others go through
        _log.debug("article %s", article.id, exc_info=True)
        return Problem(article.id, f"could not be coded: {type(error).__name__}: {error}")


def extract_rows(paths: Iterable[Path]) -> Iterator[Row | Problem]:
    """Yield the rows of files and folders, and a problem for each thing that is amiss; the store is not touched."""
    for item in code_all(paths):
        if isinstance(item, Problem):
            yield item
        else:
            article, located = item
            yield from (to_row(event, article) for event in located)
