"""Processes: the order stays, little waits, a death costs one item; what is killed has lost nothing it had kept."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from events.ingest import workers
from events.ingest.run import ingest
from events.ingest.workers import Workers
from events.store import open_store
from tests.ingest_samples import TEXT, line, page

ROOT = Path(__file__).parents[1]


def double(number: int) -> int:
    return 2 * number


def deadly(number: int) -> int:
    if number == 13:
        os._exit(1)
    return number


def pid_of(_number: int) -> int:
    return os.getpid()


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers start at the third item."""
    monkeypatch.setattr(workers, "ALONE", 2)


@pytest.mark.usefixtures("soon")
def test_results_come_in_order_from_several_processes() -> None:
    with Workers(2) as pool:
        assert list(pool.map(double, range(100), crashed=double)) == [2 * number for number in range(100)]
        found = list(pool.map(pid_of, range(100), crashed=double, quick=lambda number: number % 10 == 0))
    assert [number for number, pid in enumerate(found) if pid == os.getpid()] == [number * 10 for number in range(10)]


@pytest.mark.usefixtures("soon")
def test_an_item_over_which_a_worker_dies_is_the_only_one_lost() -> None:
    with Workers(2) as pool:
        found = list(pool.map(deadly, range(30), crashed=lambda number: -number))
    assert found == [-13 if number == 13 else number for number in range(30)]


@pytest.mark.usefixtures("soon")
def test_only_few_items_are_taken_ahead() -> None:
    taken = 0

    def counted(number: int) -> int:
        nonlocal taken
        taken = number
        return number

    ahead = []
    with Workers(2) as pool:
        for number in pool.map(double, map(counted, range(10_000)), crashed=double):
            ahead.append(taken - number // 2)
            if number > 2000:
                break
    assert max(ahead) < 100


def test_few_items_start_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "ProcessPoolExecutor", None)
    with Workers(2) as pool:
        assert list(pool.map(double, range(workers.ALONE), crashed=double))[-1] == 2 * (workers.ALONE - 1)
    with Workers(1) as pool:
        assert len(list(pool.map(double, range(1000), crashed=double))) == 1000


def test_a_server_thread_starts_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "ProcessPoolExecutor", None)
    found: list[int] = []

    def serve() -> None:
        with Workers() as pool:
            found.extend(pool.map(double, range(1000), crashed=double))

    thread = threading.Thread(target=serve)
    thread.start()
    thread.join()
    assert len(found) == 1000


def articles(folder: Path, count: int) -> Path:
    """A folder with lines, among them a bad one and one twice, and a page."""
    lines = [line(TEXT.replace("ثلاثة مدنيين", f"{number + 11} مدنيا"), publisher="أ") for number in range(count)]
    (folder / "sources").mkdir()
    (folder / "sources" / "a.jsonl").write_text("".join([*lines, lines[0], "{\n", *lines[-3:]]))
    (folder / "sources" / "b.html").write_text(page())
    return folder / "sources"


@pytest.mark.usefixtures("soon")
def test_with_and_without_workers_the_same_becomes_of_all(tmp_path: Path) -> None:
    source, found = articles(tmp_path, 60), []
    for count in (1, 2):
        store = open_store(f"sqlite:///{tmp_path}/{count}.db")
        found.append((ingest(store, [source], workers=count).outcomes, store.rows().drop(columns="number").to_csv()))
        store.close()
    assert found[0] == found[1]
    assert [outcome.fate for outcome in found[0][0]].count("added") == 61


def start(source: Path, database: Path, *arguments: str) -> "subprocess.Popen[str]":
    environment = os.environ | {"EVENTS_DB": f"sqlite:///{database}"}
    command = [sys.executable, "-m", "events", "add", *arguments, str(source)]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "encoding": "utf-8"}
    return subprocess.Popen(command, env=environment, cwd=ROOT, start_new_session=True, **pipes)


def column(database: Path, query: str) -> list[str]:
    with sqlite3.connect(database) as connection:
        return sorted(value for (value,) in connection.execute(query))


def wait_for_articles(database: Path, process: "subprocess.Popen[str]") -> None:
    while process.poll() is None:
        try:
            if database.exists() and column(database, "SELECT id FROM articles LIMIT 1"):
                return
        except sqlite3.OperationalError:  # no tables yet
            pass
        time.sleep(0.05)


def children(pid: int) -> list[int]:
    """The processes a process has started; none where the system does not tell."""
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def ended(family: list[int]) -> bool:
    """Whether processes end within some seconds."""
    for _ in range(200):
        if all(gone(child) for child in family):
            return True
        time.sleep(0.1)
    return False


def gone(pid: int) -> bool:
    try:
        return " Z " in Path(f"/proc/{pid}/stat").read_text()  # ended, and nobody has asked how
    except OSError:
        return True


def test_killed_while_it_adds_it_loses_nothing_and_leaves_no_process(tmp_path: Path) -> None:
    """Many more kills: `python -m benchmarks.kill_nine`."""
    source, database = articles(tmp_path, 400), tmp_path / "events.db"
    chance, kept = random.Random(5), set()  # noqa: S311
    for _ in range(2):
        process = start(source, database)
        wait_for_articles(database, process)
        time.sleep(chance.random())
        family = children(process.pid)
        process.kill()
        process.communicate()
        assert ended(family)
        now = set(column(database, "SELECT event_id FROM rows"))
        assert kept <= now
        kept = now
    assert kept
    report = ingest(open_store(f"sqlite:///{database}"), [source], workers=1)
    assert report.counts["unchanged"] >= 3
    whole = open_store(f"sqlite:///{tmp_path}/whole.db")
    ingest(whole, [source], workers=1)
    for query in ("SELECT event_id FROM rows", "SELECT id FROM articles", "SELECT source FROM fates"):
        assert column(database, query) == column(tmp_path / "whole.db", query)


def test_two_programs_may_add_at_once(tmp_path: Path) -> None:
    source, database = articles(tmp_path, 200), tmp_path / "events.db"
    open_store(f"sqlite:///{database}").close()
    both = [start(source, database, "--format", "jsonl") for _ in range(2)]
    printed = [process.communicate()[0].splitlines() for process in both]
    assert [process.returncode for process in both] == [1, 1]  # for the bad line
    added = [line for lines in printed for line in lines if '"fate": "added"' in line]
    assert len(added) == len(column(database, "SELECT id FROM articles")) == 201


def test_interrupted_it_says_so_and_keeps_what_it_had_kept(tmp_path: Path) -> None:
    process = start(articles(tmp_path, 20_000), tmp_path / "events.db")
    wait_for_articles(tmp_path / "events.db", process)
    os.killpg(process.pid, signal.SIGINT)
    _, errors = process.communicate()
    assert (process.returncode, errors) == (130, "interrupted\n")
    assert column(tmp_path / "events.db", "SELECT id FROM articles")
