"""The one way through: files → articles → events → located events → rows and store."""

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from events.ingest.document import Problem
from events.ingest.read import read
from events.model import Article, LocatedEvent
from events.row import Row, to_row

if TYPE_CHECKING:
    from events.store import Store

SEEDS = Path(__file__).parents[1] / "seeds"
"""The articles that come with the project."""

Progress = Callable[[int, str], None]
"""Called after each article with the number of articles so far and the title or id of this one."""

Coded = tuple[Article, tuple[LocatedEvent, ...]]

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class BuildReport:
    """How many articles were added, unchanged and updated, and what could not be read or coded."""

    added: int
    unchanged: int
    updated: int
    problems: tuple[Problem, ...]


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


def build_store(store: "Store", paths: Iterable[Path], progress: Progress | None = None) -> BuildReport:
    """Read, code and save the articles of files and folders; raises StoreError if the store cannot be written."""
    from events.store import RowsError
    from events.stories.keeping import regroup

    fates = {"added": 0, "unchanged": 0, "updated": 0}
    problems: list[Problem] = []
    for item in code_all(paths):
        if isinstance(item, Problem):
            problems.append(item)
            continue
        article, located = item
        try:
            fates[store.save(article, located)] += 1
        except RowsError as error:
            problems.append(Problem(article.id, str(error)))
        if progress:
            progress(sum(fates.values()), article.title or article.id)
    regroup(store)
    store.refresh()
    return BuildReport(**fates, problems=tuple(problems))
