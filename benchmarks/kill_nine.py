"""Kill a writer at random moments, again and again: `python -m benchmarks.kill_nine [--times 100]`.

The writer is what `python -m events add` runs, in a process forked from one that has loaded the lexicon. After each
kill the store must open, hold every article that was reported as kept, whole and once, and nothing by half; the next
run goes on where the last one stopped. Ends with an error at the first thing that is amiss.
"""

import argparse
import json
import multiprocessing
import os
import random
import signal
import sqlite3
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread

from benchmarks.make_events import chunks
from events.ingest.run import ingest
from events.ingest.terminal import json_line
from events.ingest.work import load
from events.store import open_store


@dataclass(slots=True)
class Trial:
    """A store in a folder, what its writers said they had kept, and how often they were killed."""

    folder: Path
    rows_of: dict[str, int] = field(default_factory=dict)
    killed: int = 0
    done: bool = False

    @property
    def database(self) -> Path:
        """The file of the store."""
        return self.folder / "events.db"


def main() -> None:
    """Kill writers and print what they left behind."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=100)
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        trial = Trial(Path(folder))
        write_articles(trial.folder, wanted.articles)
        dice = random.Random(wanted.seed)  # noqa: S311 - moments, not secrets
        while trial.killed < wanted.times and not trial.done:
            run_and_kill(trial, dice.uniform(0, 2))
            check(trial)
            print(f"\r{trial.killed} kills, {len(trial.rows_of):,} articles", end="", flush=True)
    rows = sum(trial.rows_of.values())
    print(f"\n{trial.killed} kills: every one of {len(trial.rows_of):,} articles kept is there once, {rows:,} rows")


def write_articles(folder: Path, number: int) -> None:
    """Write so many invented articles into a folder, as a JSON Lines file for `add`."""
    articles = (article for chunk in chunks(12 * number) for article, _ in chunk)
    with (folder / "articles.jsonl").open("w", encoding="utf-8") as file:
        for _, article in zip(range(number), articles, strict=False):
            names = ("id", "title", "text", "publisher", "url", "language")
            said = {name: getattr(article, name) for name in names} | {"published": str(article.published)}
            file.write(json.dumps(said, ensure_ascii=False) + "\n")


def run_and_kill(trial: Trial, seconds: float) -> None:
    """Let a writer run until it has kept something and some seconds more, then kill it; note what it had kept."""
    load()  # once: the writers are forked from this process
    ours, theirs = os.pipe()
    writer = multiprocessing.get_context("fork").Process(target=_write, args=(trial, theirs))
    writer.start()
    os.close(theirs)
    heard = Thread(target=_listen, args=(trial, ours))
    before = len(trial.rows_of)
    heard.start()
    while len(trial.rows_of) == before and writer.is_alive():
        time.sleep(0.001)
    writer.join(seconds)
    trial.done = not writer.is_alive()
    writer.kill()
    writer.join()
    heard.join()
    assert writer.exitcode in (0, -signal.SIGKILL), f"the writer ended by itself: {writer.exitcode}"
    trial.killed += not trial.done


def _write(trial: Trial, pipe: int) -> None:
    """Do what `add` does; say what is kept as it says it."""
    with os.fdopen(pipe, "w", encoding="utf-8") as out:
        store = open_store(f"sqlite:///{trial.database}")
        source = str(trial.folder / "articles.jsonl")
        ingest(store, [source], lambda step: print(json_line(step.outcome), file=out, flush=True), workers=1)


def _listen(trial: Trial, pipe: int) -> None:
    with os.fdopen(pipe, encoding="utf-8") as said:
        for line in said:
            if line.endswith("\n"):
                outcome = json.loads(line)
                if outcome["fate"] in ("added", "no_events"):
                    trial.rows_of[outcome["article_id"]] = outcome["rows"]


def check(trial: Trial) -> None:
    """Raise AssertionError if the store lacks what was kept, or holds anything twice or by half."""
    store = open_store(f"sqlite:///{trial.database}")
    light = store.light()
    with sqlite3.connect(trial.database) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        counted = "SELECT a.id, count(r.number) FROM articles a LEFT JOIN rows r ON r.article_id = a.id GROUP BY a.id"
        found = dict(connection.execute(counted).fetchall())
        numbers = [number for (number,) in connection.execute("SELECT number FROM rows ORDER BY number")]
        words = [number for (number,) in connection.execute("SELECT rowid FROM row_words ORDER BY rowid")]
    connection.close()
    store.close()
    lost = {key: rows for key, rows in trial.rows_of.items() if found.get(key) != rows}
    assert not lost, f"reported as kept, but not there as it was: {lost}"
    assert numbers == words == list(range(1, len(numbers) + 1)), "a row without words, or a number that is missing"
    assert sum(found.values()) == len(numbers) >= len(light)


if __name__ == "__main__":
    main()
