"""The reader's table of cases: `tests/cases/reader_*.yml`, one phenomenon each, checked field by field.

`python -m tests.reader_cases` prints what is wrong with each case that fails; with `--write` it also writes the list of
known failures, which the tests hold to: a case that fails unlisted and one that passes listed are both errors.
"""

import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from events.model import Article, LocatedEvent
from events.pipeline import code
from tests.score import score_events
from tests.score.run import aliases

CASES = Path(__file__).with_name("cases")
KNOWN = CASES / "known_failures.txt"
_PARTIES = ("actor", "target", "claim_source")


@dataclass(frozen=True, slots=True)
class Case:
    """One case: a text, the day it was published, the rows a coder writes."""

    title: str
    article: Article
    rows: tuple[dict[str, Any], ...]


def load() -> list[Case]:
    """Return all cases in the order of their files; titles must be unique."""
    cases: list[Case] = []
    for path in sorted(CASES.glob("reader_*.yml")):
        for entry in yaml.safe_load(path.read_text("utf-8")):
            article = Article(f"{path.stem}-{len(cases)}", entry["text"], published=entry["published"])
            cases.append(Case(entry["title"], article, tuple(entry["rows"])))
    titles = [case.title for case in cases]
    doubled = {title for title in titles if titles.count(title) > 1}
    if doubled:
        raise ValueError(f"titles used twice: {sorted(doubled)}")
    return cases


def known_failures() -> set[str]:
    """Return the titles of the cases that are known to fail."""
    return set(KNOWN.read_text("utf-8").splitlines()) if KNOWN.exists() else set()


@cache
def _names() -> score_events.Names:
    return score_events.Names(aliases())


def faults(case: Case) -> list[str]:
    """Return what is wrong with the rows of a case, one line each; empty if every field of every row is right."""
    left = list(code(case.article))
    found: list[str] = []
    for row in case.rows:
        for place in row.get("places") or [None]:
            rated = [(_wrong(row, place, event, case), event) for event in left if event.event.action == row["action"]]
            if not rated:
                found.append(f"missing {row['action']} at {place}")
                continue
            wrong, best = min(rated, key=lambda pair: len(pair[0]))
            left.remove(best)
            found += [f"{row['action']}: {field}" for field in wrong]
    return found + [f"false {event.event.action}: {event.event.quote}" for event in left]


def _wrong(row: dict[str, Any], place: str | None, located: LocatedEvent, case: Case) -> list[str]:
    event = located.event
    read = {"action": event.action, "actor": event.actor.name, "target": event.target.name}
    read = {
        **score_events.oriented({**row, "target": row.get("target")}, read, _names()),
        "claim_source": event.claim_source,
    }
    wrong = [name for name in _PARTIES if not _names().same(row.get(name), read[name])]
    wrong += [] if _same_place(place, located) else ["place"]
    wrong += [] if event.modality == row["modality"] else ["modality"]
    day = str(row["date"]) if row.get("date") else None
    wrong += (
        [] if event.when.start == day or (day is None and event.when.start == str(case.article.published)) else ["date"]
    )
    wrong += [] if event.counts == dict(row.get("counts") or {}) else ["counts"]
    return wrong


def _same_place(place: str | None, located: LocatedEvent) -> bool:
    if place is None or located.event.place is None:
        return place is None and located.event.place is None
    names = [located.event.place.text, *((located.match.place.name,) if located.match else ())]
    return score_events.norm(place) in map(score_events.norm, names)


def main(arguments: list[str]) -> None:
    """Print the failing cases and how many pass."""
    cases = load()
    failing = {case.title: wrong for case in cases if (wrong := faults(case))}
    for title, wrong in failing.items():
        print(f"{title}\n    " + "\n    ".join(wrong))
    print(f"{len(cases) - len(failing)} of {len(cases)} cases have every field right")
    if "--write" in arguments:
        KNOWN.write_text("".join(f"{title}\n" for title in failing), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
