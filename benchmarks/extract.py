"""How long loading and extraction take, beside a plain matching pass: `python -m benchmarks.extract [ARTICLES.jsonl]`.

The plain pass is what no extractor can do without: fold each text with its offset map, cut it into sentences and look
up all names of the gazetteer's table at once (`pip install --group bench`). Read the ratio; the machine's own speed
cancels out in it. Times are of the processor, medians.
"""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from ahocorasick_rs import AhoCorasick, MatchKind

from events.ingest.read import read
from events.model import Article
from events.normalize import fold_with_offsets
from events.pipeline import SEEDS, code
from events.segment import split_sentences
from geodata.index import open_index

DEV = Path(__file__).parents[1] / "tests" / "score" / "dev.jsonl"
LOAD = "from events.model import Article; from events.pipeline import code; code(Article('', 'قصف في حلب.'))"
NOTHING = "import sys"
ROUNDS = 7


def main(files: list[Path]) -> None:
    """Print the figures for the texts of `files`, by default the dev set."""
    print(f"load lexicon and gazetteer   {_process(LOAD) - _process(NOTHING):8.3f} s in a new process")
    [seed] = _articles([SEEDS])
    articles = _articles(files)
    for article in articles:  # what is met for the first time fills caches
        code(article)
    plain = _plain_pass()
    _compare("seed article", [seed], plain)
    _compare(f"{len(articles)} articles", articles, plain)


def _compare(title: str, articles: list[Article], plain: Callable[[Article], object]) -> None:
    ours, least = _median(code, articles), _median(plain, articles)
    speed = sum(len(article.text) for article in articles) / ours
    print(f"{title:<28} {ours * 1000:8.2f} ms   {speed:,.0f} characters/s, {speed / 2500:,.0f} articles of 2,500")
    print(f"{'  plain matching pass':<28} {least * 1000:8.2f} ms   extraction takes {ours / least:.0f} times as long")


def _plain_pass() -> Callable[[Article], object]:
    names = [name for (name,) in open_index().execute("SELECT key FROM salience")]
    automaton = AhoCorasick(names, matchkind=MatchKind.LeftmostLongest)

    def run(article: Article) -> object:
        folded = fold_with_offsets(article.text)
        hits = automaton.find_matches_as_indexes(folded.text)
        return split_sentences(article), [folded.span(start, end) for _, start, end in hits]

    return run


def _articles(paths: list[Path]) -> list[Article]:
    return [item for item in read(paths) if isinstance(item, Article)]


def _median(run: Callable[[Article], object], articles: list[Article]) -> float:
    return statistics.median(_timed(lambda: [run(article) for article in articles]) for _ in range(ROUNDS))


def _process(program: str) -> float:
    return statistics.median(
        _timed(lambda: subprocess.run([sys.executable, "-c", program], check=True), _children) for _ in range(3)
    )


def _children() -> float:
    used = os.times()
    return used.children_user + used.children_system


def _timed(run: Callable[[], object], clock: Callable[[], float] = time.process_time) -> float:
    start = clock()
    run()
    return clock() - start


if __name__ == "__main__":
    main([Path(argument) for argument in sys.argv[1:]] or [DEV])
