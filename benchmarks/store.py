"""How fast a store of many rows is, beside a plain sqlite3 scan: `python -m benchmarks.store [FILE] [--rows 1000000]`.

FILE is an SQLite store that `benchmarks.make_events` made; without one, a store of so many rows is made first. The
plain scan fetches seven columns of every row with sqlite3 and keeps nothing: what reading all rows costs at least.
Read the ratios; the machine's own speed cancels out in them. Times are medians, those of changes are single.
"""

import argparse
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pandas as pd

from benchmarks.make_events import chunks, fill
from events.store import Store, open_store

SCAN = "SELECT number, event_date, action, actor, place, latitude, longitude FROM rows"
PEAK = """
import sys
from events.store import open_store
import pandas, pyarrow
if sys.argv[2] == "light":
    kept = open_store(sys.argv[1]).light()
[peak] = [line for line in open("/proc/self/status") if line.startswith("VmHWM")]
print(peak.split()[1])
"""
ROUNDS = 5


def main() -> None:
    """Print the figures of one store."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path, nargs="?")
    parser.add_argument("--rows", type=int, default=1_000_000)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file = wanted.file or Path(folder) / "events.db"
        if not file.exists():
            fill(open_store(f"sqlite:///{file}"), wanted.rows)
            print()
        measure(file)


def measure(file: Path) -> None:
    """Print how long loading, filtering, searching, paging and writing take."""
    url = f"sqlite:///{file}"
    scan = _median(lambda: _scan(file))
    frame = open_store(url).light()
    print(f"{len(frame):,} rows; a plain scan takes {scan:.2f} s")

    def tell(title: str, seconds: float, note: str = "") -> None:
        print(f"{title:<44} {seconds * 1000:10.1f} ms   {seconds / scan:8.4f} scans   {note}")

    tell("light(), new process's first", _median(lambda: open_store(url).light()))
    tell("light(), again", _again(url))
    _writes(url, tell)
    tell("light(), without its file", _anew(url, file))
    _reads(open_store(url), frame, tell)
    _memory(url, frame)


def _scan(file: Path) -> None:
    with sqlite3.connect(file) as connection:
        for _ in connection.execute(SCAN):
            pass
    connection.close()


def _again(url: str) -> float:
    store = open_store(url)
    store.light()
    return _median(store.light)


def _writes(url: str, tell: Callable[..., None]) -> None:
    """Measure saving a hundred articles, and what it costs those who read; the articles are invented and stay."""
    store = open_store(url)
    store.light()
    key = f"bench-{store.version()}"
    fresh = [
        (replace(article, id=f"{key}-{article.id}", url=None), [_renamed(one, key) for one in events])
        for article, events in next(chunks(1_000, seed=store.version()))[:100]
    ]
    rows = sum(len(events) for _, events in fresh)
    tell(f"save 100 articles, {rows} rows, one batch", _timed(lambda: _save(store, fresh)))
    tell("light(), after that", _timed(store.light))


def _renamed(located, key):
    event = located.event
    return replace(located, event=replace(event, id=f"{key}-{event.id}", article_id=f"{key}-{event.article_id}"))


def _save(store: Store, articles: list) -> None:
    with store.batch() as batch:
        for article, events in articles:
            batch.save(article, events)


def _anew(url: str, file: Path) -> float:
    Path(f"{file}.light.arrow").unlink()
    return _timed(lambda: open_store(url).light())


def _reads(store: Store, frame: pd.DataFrame, tell: Callable[..., None]) -> None:
    for title, wanted in _filters(frame).items():
        found = wanted()
        tell(f"filter: {title}", _median(wanted), f"{int(found.sum()):,} rows")
    for words in ("الاشرفيه", "قصف", "قصف دمشق"):
        tell(f"search: {len(words.split())} words", _median(lambda words=words: store.search(words)),
             f"{len(store.search(words)):,} rows")  # fmt: skip
    for size in (50, 1_000):
        some = frame["number"].sample(size, random_state=1).to_numpy()
        tell(f"page: {size} full rows", _median(lambda some=some: store.rows(some)))


def _filters(frame: pd.DataFrame) -> dict[str, Callable[[], "pd.Series[bool]"]]:
    days = frame["event_date"].cat.categories
    first, last = days[len(days) // 3], days[len(days) // 2]
    codes = frame["event_date"].cat.codes
    return {
        "one action": lambda: frame["action"] == "attack",
        "a range of days": lambda: codes.between(days.get_loc(first), days.get_loc(last)),
        "three columns": lambda: (
            (frame["action"] == "attack") & (frame["admin1"] == "Aleppo") & frame["modality"].isin(["asserted"])
        ),
    }


def _memory(url: str, frame: pd.DataFrame) -> None:
    peaks = {what: int(subprocess.check_output([sys.executable, "-c", PEAK, url, what])) for what in ("none", "light")}
    narrow = frame.memory_usage(deep=True).sum() / len(frame)
    grown = (peaks["light"] - peaks["none"]) / 1024
    print(f"memory: {narrow:.0f} bytes a row in the frame; a process that loads it grows by {grown:,.0f} MB")


def _median(run: Callable[[], object]) -> float:
    return statistics.median(_timed(run) for _ in range(ROUNDS))


def _timed(run: Callable[[], object]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
