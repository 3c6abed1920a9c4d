"""Extract and score: `python -m tests.score.run [--by-class] [GOLD.jsonl ...]` (seed and dev if none is given)."""

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from events.pipeline import extract_rows
from events.read import Problem
from events.row import COUNTS, Row
from tests.score import score_events

HERE = Path(__file__).parent
SETS = {name: HERE / f"{name}.jsonl" for name in ("seed", "dev")}
_SAME = ("action", "actor", "target", "place", "claim_source", "modality", "quote")


def figures(gold: Path) -> dict[str, Any]:
    """Return the scorer's figures for the rows extracted from the texts of a gold file."""
    names = score_events.Names(json.loads((HERE / "actor_aliases.json").read_text("utf-8")))
    docs = [json.loads(line) for line in gold.read_text("utf-8").split("\n") if line.strip()]
    return score_events.score(docs, predictions(gold), names)


def predictions(gold: Path) -> list[dict[str, Any]]:
    """Return the rows of a gold file's texts in the scorer's form; a text that cannot be coded ends the run."""
    rows = []
    for item in extract_rows([gold]):
        if isinstance(item, Problem):
            raise SystemExit(str(item))
        rows.append(prediction(item))
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
    for gold in [Path(argument) for argument in arguments if argument not in options] or SETS.values():
        with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
            file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in predictions(gold))
            file.flush()
            print(f"== {gold.name}")
            sys.argv = ["score_events", str(gold), file.name, *options]
            score_events.main()


if __name__ == "__main__":
    main(sys.argv[1:])
