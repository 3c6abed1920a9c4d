"""Read every stored article anew, in several processes, and put the rows in place of the old ones."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from events.ingest.document import Problem
from events.ingest.workers import Workers
from events.model import Article
from events.pipeline import Coded, code, coded
from events.store_writing import Batch, RowsError
from events.stories.keeping import regroup

if TYPE_CHECKING:
    from events.store import Store

BATCH = 100
"""Articles a transaction: so many at most are read in vain when a rebuild is interrupted."""


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """How many articles were unchanged and updated, and which could not be coded."""

    unchanged: int
    updated: int
    problems: tuple[Problem, ...]


def rebuild(store: "Store", progress: Callable[[int], None] | None = None) -> Rebuilt:
    """Code every article of the store again; rows that come out the same stay, others go to the history.

    An article that cannot be coded keeps the rows it has and is a problem of the report. What is interrupted can be
    started again; what was done stays done. `progress` is called with the number of articles since its last call.
    Raises StoreError if the store cannot be written, and what lexicon and gazetteer raise when they do not load.
    """
    code(Article(id="", text=""))  # a lexicon or gazetteer that does not load is no fault of the articles
    fates = {"unchanged": 0, "updated": 0}
    problems: list[Problem] = []
    with Workers() as workers:
        anew = workers.map(coded, store.articles(), crashed=_crashed)
        while some := list(islice(anew, BATCH)):
            with store.batch() as batch:
                for outcome in (_kept(batch, item) for item in some):
                    if isinstance(outcome, Problem):
                        problems.append(outcome)
                    else:
                        fates[outcome] += 1
            if progress:
                progress(len(some))
    regroup(store)
    store.refresh()
    return Rebuilt(**fates, problems=tuple(problems))


def _kept(batch: Batch, item: Coded | Problem) -> str | Problem:
    if isinstance(item, Problem):
        return item
    article, located = item
    if article not in batch.alike([article]).of(article):
        return "unchanged"  # meanwhile another process has put a newer text in its place
    try:
        return batch.save(article, located)
    except RowsError as error:
        return Problem(article.id, str(error))


def _crashed(article: Article) -> Coded | Problem:
    return Problem(article.id, "could not be coded: it ended the process that read it")
