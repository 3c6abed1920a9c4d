"""What speaks for and against two rows telling one event, kept for `why merged`."""

from typing import Literal

from events.values import dataclass

Kind = Literal[
    "same_action", "kin_action", "same_place", "place_inside", "wide_place", "place_unknown",
    "same_day", "dates_overlap", "one_night", "reported_then", "reported_later", "reported_together", "reported_apart",
    "same_actor", "kin_actor", "other_actor", "rival_blame", "same_target", "kin_target", "other_target",
    "same_number", "near_number", "far_number", "shared_words", "same_hours", "further_act", "told_apart",
    "nothing_particular", "kept_together",
]  # fmt: skip
"""Why two rows are, or are not, put together."""

LINK = 7.0
"""The sum from which two rows are put together."""
FLOOR = 2.0
"""The sum below which two rows never share a story, whatever links them to others of it."""

UPDATES = 7
"""Days after an event in which undated reports may still tell of it."""
TOGETHER = 3
"""Days between two undated reports of one event."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One ground: `weight` is added to the sum; `detail` names what agrees (a place, a number), None if nothing is."""

    kind: Kind
    weight: float
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """Two rows by their event ids, `one` < `two`, and all that speaks for and against their being one event."""

    one: str
    two: str
    score: float
    evidence: tuple[Evidence, ...]
