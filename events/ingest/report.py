"""What became of each item, and of all of them."""

from collections import Counter
from dataclasses import dataclass, field

from events.store_writing import Fate

KEPT = 1_000
"""Outcomes that a report keeps: of millions only the counts, and what failed first."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one item of a source.

    `source` names the item to the user (a file, a line of one, an address); `rows` counts the rows of its article;
    `reason` says why it failed or what it lacks; `article_id` and `title` are None if no article was found in it.
    """

    source: str
    fate: Fate
    reason: str | None = None
    article_id: str | None = None
    title: str | None = None
    rows: int = 0


@dataclass(frozen=True, slots=True)
class Step:
    """How far an ingestion is: the outcome just kept, how many there are by fate, and the share of the sources read.

    `share` is from 0 to 1, by bytes; None while it is not known.
    """

    outcome: Outcome
    counts: dict[Fate, int]
    share: float | None


@dataclass(slots=True)
class Report:
    """All that became of the sources: how many items by fate, how many rows, and the outcomes (the first `KEPT`).

    `failures` are the outcomes of what failed, also those that came too late for `outcomes`.
    """

    counts: Counter[Fate] = field(default_factory=Counter)
    rows: int = 0
    outcomes: list[Outcome] = field(default_factory=list)
    failures: list[Outcome] = field(default_factory=list)

    def add(self, outcome: Outcome) -> None:
        """Count an outcome."""
        self.counts[outcome.fate] += 1
        self.rows += outcome.rows
        kept = [self.outcomes, self.failures] if outcome.fate == "failed" else [self.outcomes]
        for outcomes in kept:
            if len(outcomes) < KEPT:
                outcomes.append(outcome)

    @property
    def failed(self) -> bool:
        """Whether anything failed."""
        return self.counts["failed"] > 0
