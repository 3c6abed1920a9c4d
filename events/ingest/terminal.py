"""What the command line shows of an ingestion: a progress line while it runs, a table when it is done."""

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from typing import TextIO

from events.ingest.report import Outcome, Report, Step
from events.store import Fate

_SHOWN = 50  # failures that are listed
_WORDS: dict[Fate, str] = {
    "added": "added",
    "updated": "updated",
    "unchanged": "known, unchanged",
    "no_events": "no events in it",
    "unsupported_language": "language not read",
    "failed": "failed",
}


@contextmanager
def progress_line() -> Iterator[tuple[Callable[[Step], None], Callable[[int, int], None]]]:
    """Yield what shows in place how far items are read, and rows looked at; it shows nothing where no terminal is."""
    if not sys.stderr.isatty():
        yield lambda _step: None, lambda _done, _rows: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (BarColumn(), TextColumn("{task.description}", markup=False), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading …", total=None)

        def show(step: Step) -> None:
            bar.update(task, description=_counted(step.counts), total=step.share and 1.0, completed=step.share or 0)

        def show_grouping(done: int, rows: int) -> None:
            bar.update(task, description="finding stories", total=rows, completed=done)

        yield show, show_grouping


def json_line(outcome: Outcome) -> str:
    """Return an outcome as one JSON object."""
    return json.dumps(asdict(outcome), ensure_ascii=False)


def print_table(report: Report, out: TextIO) -> None:
    """Print what became of all items: counts by fate, rows, and the reason of each failure."""
    for fate, words in _WORDS.items():
        count = report.counts[fate]
        if count or fate == "added":
            rows = f"   {report.rows:,} row{'s' * (report.rows != 1)}" if fate == "added" else ""
            print(f"{words:<18} {count:>8,}{rows}", file=out)
    _print_failures(report, out)


def print_round(report: Report, out: TextIO) -> None:
    """Print a line with the time and what became of the items of one round, and a line for each failure."""
    print(f"{datetime.now():%Y-%m-%d %H:%M} {_counted(report.counts) or 'nothing new'}", file=out, flush=True)  # noqa: DTZ005
    _print_failures(report, out)


def _print_failures(report: Report, out: TextIO) -> None:
    for outcome in report.failures[:_SHOWN]:
        print(f"  {harmless(f'{outcome.source}: {outcome.reason}')}", file=out, flush=True)
    more = report.counts["failed"] - min(len(report.failures), _SHOWN)
    if more:
        print(f"  … and {more:,} more: --format jsonl lists them all", file=out, flush=True)


def harmless(text: str) -> str:
    """Return text as one line that cannot steer a terminal: names of files in an archive are anybody's."""
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in " ".join(text.split()))


def _counted(counts: Mapping[Fate, int]) -> str:
    return " · ".join(f"{counts[fate]:,} {words}" for fate, words in _WORDS.items() if counts.get(fate))
