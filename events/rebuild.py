"""Read every stored article anew, in several processes, and put the rows in place of the old ones."""

import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from itertools import islice
from typing import TYPE_CHECKING

from events.ingest.document import Problem
from events.model import Article
from events.pipeline import BuildReport, Coded, code, coded
from events.store_writing import Batch, RowsError
from events.stories.keeping import regroup

if TYPE_CHECKING:
    from events.store import Store

BATCH = 100
"""Articles a transaction: so many at most are read in vain when a rebuild is interrupted."""

_FEW = 50  # articles for which it does not pay to start processes
_AHEAD = 4 * BATCH  # articles that workers may be ahead of the writer


def rebuild(store: "Store", progress: Callable[[int], None] | None = None) -> BuildReport:
    """Code every article of the store again; rows that come out the same stay, others go to the history.

    An article that cannot be coded keeps the rows it has and is a problem of the report. What is interrupted can be
    started again; what was done stays done. `progress` is called with the number of articles since its last call.
    Raises StoreError if the store cannot be written, and what lexicon and gazetteer raise when they do not load.
    """
    code(Article(id="", text=""))  # a lexicon or gazetteer that does not load is no fault of the articles
    fates = {"added": 0, "unchanged": 0, "updated": 0}
    problems: list[Problem] = []
    anew = _coded_anew(store)
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
    return BuildReport(**fates, problems=tuple(problems))


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


def _coded_anew(store: "Store") -> Iterator[Coded | Problem]:
    if store.article_count() <= _FEW:
        yield from map(coded, store.articles())
        return
    # Spawned, not forked: a worker must not share the connections of this process.
    with ProcessPoolExecutor(os.cpu_count(), multiprocessing.get_context("spawn")) as workers:
        yield from _in_order(workers, store.articles())


def _in_order(workers: Executor, articles: Iterable[Article]) -> Iterator[Coded | Problem]:
    """Yield what workers make of articles, in their order, without reading all of them into memory."""
    left = iter(articles)
    waiting: deque[Future[Coded | Problem]] = deque(workers.submit(coded, article) for article in islice(left, _AHEAD))
    while waiting:
        yield waiting.popleft().result()
        waiting.extend(workers.submit(coded, article) for article in islice(left, 1))
