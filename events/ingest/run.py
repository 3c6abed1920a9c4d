"""Take in sources: read, code and keep every item, batch by batch; the one function behind page and command line."""

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from dataclasses import replace

from events.ingest.document import Document, Item, Known, Problem
from events.ingest.fetch import Fetcher
from events.ingest.identity import decide
from events.ingest.keep import Ready, keep
from events.ingest.report import KEPT, Report, Step
from events.ingest.sources import Piece, Source, read_sources
from events.ingest.web import WebReader
from events.ingest.work import code_found, load, read
from events.store import Store

Progress = Callable[[Step], None]


BATCH_ITEMS = 100
BATCH_SECONDS = 1.0
"""An interrupted run loses at most so much work; what is kept is kept."""


def ingest(
    store: Store, sources: Iterable[Source], progress: Progress | None = None, *, fetcher: Fetcher | None = None
) -> Report:
    """Read, code and keep all that is in `sources`; return what became of each item.

    A source is a path, an address, "-" for standard input, an `Upload` (name and bytes), a `Pasted` text or a `Feed`
    (see `events.ingest.sources`). Items are kept in batches, in the order of the sources, each with its fate (see
    `events.store.Fate`); `progress` is called after each item that is kept. One bad item never stops the others.
    A second run over the same sources leaves alone what is known and goes on with what is not: that is how an
    interrupted run is finished. `fetcher` fetches from the web
    (None: a new one).

        report = ingest(store, [Upload("today.csv", data), Pasted(text, day)], lambda step: bar.progress(step.share))
        report.counts["added"], report.rows, [(outcome.source, outcome.reason) for outcome in report.failures]

    Raises StoreError if the store cannot be written, and what the lexicon and the gazetteer raise when they do not
    load.
    """
    load()
    with Fetcher() if fetcher is None else nullcontext(fetcher) as ours:
        web = WebReader(ours, store)
        report = Ingestion(store, progress).run(read_sources(sources, web))
        web.keep_marks({outcome.source for outcome in report.failures}, all_known=len(report.failures) < KEPT)
    return report


class Ingestion:
    """One run: items come in order, wait for their batch, and are kept with it."""

    def __init__(self, store: Store, progress: Progress | None) -> None:
        self._store, self._progress, self._report = store, progress, Report()
        self._share: float | None = None

    def run(self, documents: Iterable[Piece]) -> Report:
        """Take in documents; see `ingest`."""
        waiting: list[Ready] = []
        started = time.monotonic()
        for item in self._ready(documents):
            waiting.append(item)
            if len(waiting) >= BATCH_ITEMS or time.monotonic() - started > BATCH_SECONDS:
                self._keep(waiting)
                waiting, started = [], time.monotonic()
        self._keep(waiting)
        return self._report

    def _ready(self, documents: Iterable[Piece]) -> Iterator[Ready]:
        for document in documents:
            if not isinstance(document, Document):
                yield document
                continue
            self._share = document.progress
            for item in read(document):
                yield self._ready_item(item)

    def _ready_item(self, item: Item) -> Ready:
        if isinstance(item, Problem):
            return item
        decision = decide(item.article, self._store.alike(item.article))
        if decision.unchanged:
            return Known(item.where, decision.article.id, decision.article.title)
        return code_found(replace(item, article=decision.article))

    def _keep(self, items: list[Ready]) -> None:
        if not items:
            return
        with self._store.batch() as batch:
            outcomes = [keep(batch, item) for item in items]
        for outcome in outcomes:
            self._report.add(outcome)
            if self._progress:
                self._progress(Step(outcome, dict(self._report.counts), self._share))
