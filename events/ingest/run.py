"""Take in sources: read, code and keep every item, batch by batch; the one function behind page and command line."""

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from dataclasses import replace

from events.ingest.document import Found, Known, Problem
from events.ingest.fetch import Fetcher
from events.ingest.identity import decide, is_derived
from events.ingest.keep import keep
from events.ingest.report import KEPT, Report, Step
from events.ingest.sources import Piece, Source, is_address, read_sources
from events.ingest.web import WebReader
from events.ingest.work import (
    Looked,
    Ready,
    code,
    crashed_coding,
    crashed_reading,
    load,
    quick_to_code,
    quick_to_read,
    read,
)
from events.ingest.workers import Workers
from events.store import Store
from events.store_alike import Alike
from events.stories.keeping import regroup

Progress = Callable[[Step], None]

BATCH_ITEMS = 100
BATCH_SECONDS = 1.0
"""An interrupted run loses at most so much work; what is kept is kept."""
_AT_ONCE = 32  # articles that are looked up with one question


def ingest(
    store: Store,
    sources: Iterable[Source],
    progress: Progress | None = None,
    *,
    grouping: Callable[[int, int], None] | None = None,
    workers: int | None = None,
    fetcher: Fetcher | None = None,
) -> Report:
    """Read, code and keep all that is in `sources`; return what became of each item.

    A source is a path, an address, "-" for standard input, an `Upload` (name and bytes), a `Pasted` text or a `Feed`
    (see `events.ingest.sources`). Items are kept in batches, in the order of the sources, each with its fate (see
    `events.store.Fate`); `progress` is called after each item that is kept. One bad item never stops the others.
    A second run over the same sources leaves alone what is known and goes on with what is not: that is how an
    interrupted run is finished. When all is kept, rows are put into stories; `grouping` is called with how many of how
    many rows are looked at. `workers` is how many processes read and code at once (None: one for each processor, or
    none but this one if it is not the main thread that calls, as in a Streamlit page; a few items never start any).
    `fetcher` fetches from the web (None: a new one).

        report = ingest(store, [Upload("today.csv", data), Pasted(text, day)], lambda step: bar.progress(step.share))
        report.counts["added"], report.rows, [(outcome.source, outcome.reason) for outcome in report.failures]

    Raises StoreError if the store cannot be written, and what the lexicon and the gazetteer raise when they do not
    load.
    """
    load()
    with Fetcher() if fetcher is None else nullcontext(fetcher) as ours:
        web = WebReader(ours, store)
        with Workers(workers) as pool:
            report = Ingestion(store, progress, pool).run(read_sources(sources, web))
        regroup(store, grouping)
        store.refresh()
        web.keep_marks({outcome.source for outcome in report.failures}, all_known=len(report.failures) < KEPT)
    return report


class Ingestion:
    """One run: items are read and coded in order, wait for their batch, and are kept with it."""

    def __init__(self, store: Store, progress: Progress | None, workers: Workers) -> None:
        self._store, self._progress, self._workers = store, progress, workers
        self._report = Report()
        self._texts: dict[str, int] = {}

    def run(self, pieces: Iterable[Piece]) -> Report:
        """Take in documents; see `ingest`."""
        waiting: list[tuple[Ready, float | None]] = []
        started = time.monotonic()
        for item in self._ready(pieces):
            waiting.append(item)
            if len(waiting) >= BATCH_ITEMS or time.monotonic() - started > BATCH_SECONDS:
                self._keep(waiting)
                waiting, started = [], time.monotonic()
        self._keep(waiting)
        return self._report

    def _ready(self, pieces: Iterable[Piece]) -> Iterator[tuple[Ready, float | None]]:
        read_pieces = self._workers.map(read, pieces, crashed=crashed_reading, quick=quick_to_read)
        found = ((item, read_piece.share) for read_piece in read_pieces for item in read_piece.items)
        return self._workers.map(code, self._looked_up(found), crashed=crashed_coding, quick=quick_to_code)

    def _looked_up(self, items: Iterable[tuple[Looked, float | None]]) -> Iterator[tuple[Looked, float | None]]:
        """Spare what the store has as it is from being coded; what is kept in the end is decided in its batch."""
        for some in _together(items):
            alike = self._store.alike([item.article for item, _ in some if isinstance(item, Found)])
            for item, share in some:
                yield (self._checked(item, alike) if isinstance(item, Found) else item), share

    def _checked(self, found: Found, alike: Alike) -> Looked:
        """Refuse a second text under an id that the sources give: it is no new version but a mistake in them."""
        article = found.article
        if not is_derived(article) and self._texts.setdefault(article.id, hash(article.text)) != hash(article.text):
            return Problem(found.where, f"another text of this id was read before ({article.id}): give each its own")
        return _spared(found, alike)

    def _keep(self, items: list[tuple[Ready, float | None]]) -> None:
        if not items:
            return
        with self._store.batch() as batch:
            outcomes = keep(batch, [item for item, _ in items])
        for outcome, (_, share) in zip(outcomes, items, strict=True):
            self._report.add(outcome)
            if self._progress:
                self._progress(Step(outcome, dict(self._report.counts), share))


def _together(items: Iterable[tuple[Looked, float | None]]) -> Iterator[list[tuple[Looked, float | None]]]:
    """Yield items in lists to be looked up at once; what comes over the web is not held back."""
    some: list[tuple[Looked, float | None]] = []
    for item in items:
        some.append(item)
        if len(some) == _AT_ONCE or is_address(item[0].where):
            yield some
            some = []
    yield some


def _spared(found: Found, alike: Alike) -> Found | Known:
    decision = decide(found.article, alike.of(found.article))
    if decision.unchanged:
        return Known(found.where, decision.article.id, decision.article.title)
    return replace(found, article=decision.article)
