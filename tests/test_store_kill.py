"""A writer that is killed: what it said it had kept is there, whole and once, and the next run finishes the work.

`python -m benchmarks.kill_nine` does the same a hundred times.
"""

from pathlib import Path

from benchmarks.kill_nine import Trial, check, run_and_kill, write_articles
from events.ingest.run import ingest
from events.store import open_store

ARTICLES = 240


def content(database: Path) -> list:
    """Return all rows of a store but for their numbers."""
    store = open_store(f"sqlite:///{database}")
    rows = store.rows().drop(columns="number").astype("str")
    store.close()
    return rows.to_numpy().tolist()


def test_nothing_is_lost_doubled_or_left_by_half(tmp_path: Path) -> None:
    write_articles(tmp_path, ARTICLES)
    trial = Trial(tmp_path)
    for seconds in (0, 0.2):
        run_and_kill(trial, seconds)
        check(trial)
    assert trial.killed == 2
    run_and_kill(trial, 60)
    assert trial.done
    check(trial)
    ingest(open_store(f"sqlite:///{tmp_path}/other.db"), [str(tmp_path / "articles.jsonl")])
    assert content(trial.database) == content(tmp_path / "other.db") != []
