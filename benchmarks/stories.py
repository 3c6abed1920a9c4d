"""How long it takes to put rows into stories: `python -m benchmarks.stories [--rows 100000]`.

Beside it stands a plain pandas groupby of the same rows over action, place and day, which is what grouping costs at
the least: it knows no evidence, no rows without a day, no part of a town. Then an article comes into the full store,
and the store is brought up to date. Seconds are of the processor, so that other programs do not count; read the
ratios: the machine's own speed cancels out in them.
"""

import argparse
import tempfile
import time
from collections.abc import Callable, Hashable
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from benchmarks.make_events import fill
from events.model import Article
from events.pipeline import code
from events.store import open_store
from events.stories.grouping import group
from events.stories.keeping import regroup

TEXT = "قُتل ثلاثة مدنيين اليوم في قصف على حي الأشرفية في حلب، ونفت قسد قصف حي الميدان."
Records = list[dict[Hashable, Any]]


def main() -> None:
    """Print the figures for so many invented rows."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=100_000)
    rows = parser.parse_args().rows
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{Path(folder) / 'events.db'}")
        fill(store, rows)
        frame = store.rows()
        records: Records = frame.to_dict("records")
        plain, _ = _timed(lambda: _groupby(frame))
        group(_named(records[:1000]))  # what is met for the first time fills caches
        grouped, stories = _timed(lambda: len(group(_named(records))))
        kept, _ = _timed(lambda: regroup(store, everything=True))
        article = Article("one-more", TEXT, published=date(2024, 6, 1))
        store.save(article, code(article))
        one, changed = _timed(lambda: regroup(store))
        store.close()
    print(f"\r{rows:,} rows, {stories:,} stories")
    print(f"pandas groupby               {plain:9.3f} s")
    print(f"group                        {grouped:9.3f} s  {grouped / plain:8.0f} ×  {rows / grouped:9,.0f} rows/s")
    print(f"regroup the whole store      {kept:9.3f} s  {kept / plain:8.0f} ×  {rows / kept:9,.0f} rows/s")
    print(f"regroup after one article    {one:9.3f} s  {one / plain:8.1f} ×  ({changed} rows put into stories)")


def _timed(act: Callable[[], int]) -> tuple[float, int]:
    start = time.process_time()
    result = act()
    return time.process_time() - start, result


def _groupby(frame: pd.DataFrame) -> int:
    return int(frame.groupby(["action", "place_id", "event_date"], dropna=False).ngroups)


def _named(records: Records) -> list[dict[str, Any]]:
    return [{str(name): value for name, value in row.items()} for row in records]


if __name__ == "__main__":
    main()
