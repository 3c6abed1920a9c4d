"""Watch feeds: read them all, wait, read them again."""

import itertools
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from events.ingest.fetch import Fetcher
from events.ingest.report import Outcome, Report
from events.ingest.run import Progress, ingest
from events.ingest.subscriptions import SubscriptionError, load
from events.store import Store, StoreError

EVERY = 15 * 60.0
"""Seconds from the start of one round to the start of the next, if neither the file nor the caller says."""


def watch(
    store: Store,
    path: Path,
    every: float | None = None,
    progress: Progress | None = None,
    *,
    fetcher: Fetcher | None = None,
    sleep: Callable[[float], None] = time.sleep,
) -> Iterator[Report]:
    """Read the feeds of a list for ever, `every` so many seconds; yield the report of each round.

    The list is read anew each round, so that feeds may be added meanwhile. A feed that has not changed is not read
    (conditional GET), an article that was read is not fetched again, and what failed is tried in the next round.
    Raises SubscriptionError if the list cannot be read, StoreError if the store cannot be written: in the first round.
    Later, such an error is the outcome of its round.
    """
    pause = every or load(path).every or EVERY
    with fetcher or Fetcher() as ours:
        for number in itertools.count():
            started = time.monotonic()
            try:
                subscriptions = load(path)
                pause = every or subscriptions.every or EVERY
                report = ingest(store, subscriptions.feeds, progress, fetcher=ours)
            except (SubscriptionError, StoreError) as error:
                if number == 0:
                    raise
                report = Report()
                report.add(Outcome(str(path), "failed", str(error)))
            yield report
            sleep(max(0.0, started + pause - time.monotonic()))
