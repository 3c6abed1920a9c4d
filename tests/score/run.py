"""Extract and score: `python -m tests.score.run [--by-class] [SET|GOLD.jsonl ...]` (all sets if none is given).

Only the Arabic texts of a gold file are scored: no other language is read yet.
"""

import json
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from events.model import Article
from events.pipeline import code
from events.row import COUNTS, Row, to_row
from tests.score import score_events

HERE = Path(__file__).parent
GOLD = HERE.parent / "gold"
SETS = {
    "seed": HERE / "seed.jsonl",
    "dev": HERE / "dev.jsonl",
    "unseen": GOLD / "unseen.jsonl",
    "field": GOLD / "field.jsonl",
    "wire": GOLD / "wire.jsonl",
    "east": GOLD / "east.jsonl",
    "south": GOLD / "south.jsonl",
    "mixed": GOLD / "mixed.jsonl",
    "levant": GOLD / "levant.jsonl",
    "africa": GOLD / "africa.jsonl",
    "news": GOLD / "news.jsonl",
    "heldout": GOLD / "heldout.jsonl",
}
"""Gold files by name; `heldout` is scored only and never read while developing (tests/gold/README.md)."""
_SAME = ("action", "actor", "target", "place", "claim_source", "modality", "quote")


def figures(gold: Path) -> dict[str, Any]:
    """Return the scorer's figures for the rows extracted from the Arabic texts of a gold file."""
    docs = arabic(gold)
    return score_events.score(docs, predictions(docs), score_events.Names(aliases()))


def arabic(gold: Path) -> list[dict[str, Any]]:
    """Return the Arabic texts of a gold file with their gold rows."""
    docs = [json.loads(line) for line in gold.read_text("utf-8").split("\n") if line.strip()]
    return [doc for doc in docs if doc["lang"] == "ar"]


def aliases() -> dict[str, list[str]]:
    """Return the names under which actors count as the same: the scorer's table and those of the gold sets."""
    table: dict[str, list[str]] = {}
    for path in (HERE / "actor_aliases.json", *sorted(GOLD.glob("*_aliases.json"))):
        for name, others in json.loads(path.read_text("utf-8")).items():
            table.setdefault(name, []).extend(others)
    return table


def predictions(docs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the rows of gold texts in the scorer's form; a text that cannot be coded ends the run."""
    rows = []
    for doc in docs:
        published = date.fromisoformat(doc["published"])
        article = Article(doc["id"], doc["text"], doc["title"], doc["lang"], published)
        rows += [prediction(to_row(event, article)) for event in code(article)]
    return rows


def prediction(row: Row) -> dict[str, Any]:
    """Return a row under the scorer's names; a column that is None is no count."""
    counts = {name: row[name] for name in COUNTS if row[name] is not None}
    where = {"lat": row["latitude"], "lon": row["longitude"]}
    when = {"id": row["article_id"], "date": row["event_date"]}
    return {**when, **where, **{name: row[name] for name in _SAME}, "counts": counts}


def main(arguments: list[str]) -> None:
    """Print the scorer's report of each gold file."""
    options = [argument for argument in arguments if argument.startswith("--")]
    chosen = [argument for argument in arguments if argument not in options] or list(SETS)
    for name in chosen:
        docs = arabic(SETS.get(name, Path(name)))
        with tempfile.TemporaryDirectory() as folder:
            files = {part: Path(folder) / part for part in ("gold", "rows", "aliases")}
            for part, lines in (("gold", docs), ("rows", predictions(docs)), ("aliases", [aliases()])):
                text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
                files[part].write_text(text, "utf-8")
            print(f"== {name}")
            sys.argv = [
                "score_events",
                str(files["gold"]),
                str(files["rows"]),
                "--aliases",
                str(files["aliases"]),
                *options,
            ]
            score_events.main()


if __name__ == "__main__":
    main(sys.argv[1:])
