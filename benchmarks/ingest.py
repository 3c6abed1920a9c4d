"""How fast and in how much memory articles are taken in: `python -m benchmarks.ingest [--articles N]`.

Articles are made from the sentences of the development set, with other numbers and places, from a fixed seed. `add`
runs as a user runs it, into a new store. Beside it stands the rate at which one process alone codes such articles, in
the same run: read the ratio; the machine's own speed cancels out in it. Memory is what all processes of `add` hold
together (each page of memory counted once), the work that of all of them, until all is kept (both on Linux only).
Stories are looked for after that (`benchmarks.stories`); that time stands apart.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from events.ingest.read import read
from events.model import Article
from events.pipeline import SEEDS, code
from events.segment import split_sentences

DEV = Path(__file__).parents[1] / "tests" / "score" / "dev.jsonl"
PLACES = (
    "حلب دمشق حمص حماة إدلب درعا الرقة دير_الزور اللاذقية طرطوس السويداء القامشلي الحسكة منبج الباب عفرين تدمر".split()
)
SAMPLE = 300  # articles that one process alone codes
MEGABYTE = 1_000_000


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=10_000)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "articles.jsonl"
        characters = make(file, wanted.articles)
        each = characters / wanted.articles
        print(f"{wanted.articles:,} articles, {each:,.0f} characters each, {os.cpu_count()} processors")
        alone = _alone(file)
        print(f"coding alone, one process      {alone.rate:8,.0f} articles/s, {alone.work:5.2f} ms of a processor each")
        store = Path(folder) / "events.db"
        for title in ("add", "add again, all known"):
            _show(title, _add(file, store, wanted.articles), alone)


@dataclass
class Run:
    """Articles kept a second, milliseconds of a processor for each, seconds for stories, megabytes held."""

    rate: float
    work: float
    stories: float
    memory: list[float]


def _show(title: str, run: Run, alone: Run) -> None:
    print(
        f"{title:<30} {run.rate:8,.0f} articles/s, {run.work:5.2f} ms of a processor each; "
        f"{run.rate / alone.rate:.2f} times as many a second, {run.work / alone.work:.2f} times the work; "
        f"{run.stories:.0f} s more for stories; {_memory(run.memory)}"
    )


def make(file: Path, count: int, seed: int = 1) -> int:
    """Write articles to a file of JSON Lines; return how many characters of text they have."""
    chance, pool = random.Random(seed), _sentences()  # noqa: S311 - no secret
    characters = 0
    with file.open("w", encoding="utf-8") as out:
        for number in range(count):
            text = "\n".join(_varied(chance.choice(pool), chance) for _ in range(chance.randint(4, 7)))
            characters += len(text)
            day = f"2026-{chance.randint(1, 9):02}-{chance.randint(1, 28):02}"
            said = {"url": f"https://news.example/{number}", "published": day, "publisher": f"outlet {number % 20}"}
            out.write(json.dumps(said | {"text": text}, ensure_ascii=False) + "\n")
    return characters


def _sentences() -> list[str]:
    articles = [item for item in read([DEV, SEEDS]) if isinstance(item, Article) and item.language == "ar"]
    return [sentence.text for article in articles for sentence in split_sentences(article)]


def _varied(sentence: str, chance: random.Random) -> str:
    words = (chance.choice(PLACES).replace("_", " ") if word in PLACES else word for word in sentence.split(" "))
    return " ".join(str(chance.randint(2, 99)) if word.isdigit() else word for word in words)


def _alone(file: Path) -> Run:
    articles = [item for item, _ in zip(read([file]), range(2 * SAMPLE), strict=False) if isinstance(item, Article)]
    for article in articles[:SAMPLE]:  # what is met for the first time fills caches
        code(article)
    start, work = time.perf_counter(), time.process_time()
    for article in articles[SAMPLE:]:
        code(article)
    done = len(articles) - SAMPLE
    return Run(done / (time.perf_counter() - start), 1000 * (time.process_time() - work) / done, 0.0, [])


def _add(file: Path, store: Path, articles: int) -> Run:
    start, kept, work, memory = time.perf_counter(), 0.0, 0.0, [0.0]
    command = [sys.executable, "-m", "events", "add", "--format", "jsonl", str(file)]
    environment = os.environ | {"EVENTS_DB": f"sqlite:///{store}"}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        for number, _ in enumerate(process.stdout or (), 1):
            if number % 100 == 0 or number == articles:
                family = list(_family(process.pid))
                kept, work = time.perf_counter() - start, sum(map(_used, family))
                memory.append(sum(map(_held, family)) / MEGABYTE)
    if process.returncode:
        raise RuntimeError(f"add ended with {process.returncode}")
    return Run(articles / kept, 1000 * work / articles, time.perf_counter() - start - kept, memory)


def _used(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:  # it has just ended
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _memory(samples: list[float]) -> str:
    if not any(samples):
        return "memory not told by this system"
    half = samples[len(samples) // 2 :]
    return f"memory at most {max(samples):,.0f} MB, {half[0]:,.0f} MB half-way"


def _family(pid: int) -> Iterator[int]:
    yield pid
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return
    for child in children:
        yield from _family(int(child))


def _held(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:  # it has just ended
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)


if __name__ == "__main__":
    main()
