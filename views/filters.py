"""Which rows a visitor asked for: pure functions of rows and a `Filter`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

from geodata.folding import fold
from views.rows import FIRM

Mask = npt.NDArray[np.bool_]

SETS = ("action", "actor", "target", "place_id", "claim_source", "publisher", "language")
"""The columns a visitor may narrow to some of their values."""


@dataclass(frozen=True, slots=True)
class Filter:
    """What to show. Empty `chosen[column]`: every value; `period` None: the whole time, undated events included.

    `undated`: keep undated events although the period is narrowed; `words`: text that the quote must contain,
    compared after folding (الاشرفيه finds الأشرفية); `confidence`: the least confidence, 0 to 1.
    """

    chosen: Mapping[str, tuple[str, ...]]
    modality: tuple[str, ...] = FIRM
    period: tuple[date, date] | None = None
    undated: bool = False
    confidence: float = 0.0
    words: str = ""


def masks(rows: pd.DataFrame, wanted: Filter) -> dict[str, Mask]:
    """Return, for each condition by its name, which rows (of `prepare`) meet it."""
    found = {name: _one_of(rows[name], wanted.chosen.get(name, ())) for name in SETS}
    found["modality"] = _one_of(rows["modality"], wanted.modality)
    found["period"] = _in_period(rows, wanted)
    found["confidence"] = (rows["confidence"].fillna(1.0) >= wanted.confidence).to_numpy(bool)
    found["words"] = _has_words(rows, wanted.words)
    return found


def all_of(found: Mapping[str, Mask], *, but: str | None = None) -> Mask:
    """Return which rows meet every condition, leaving one out if `but` names it."""
    met: Mask = np.logical_and.reduce([mask for name, mask in found.items() if name != but])
    return met


def counts(rows: pd.DataFrame, found: Mapping[str, Mask], column: str) -> dict[str, int]:
    """Return how many rows each value of a column would show, the other conditions kept; the most frequent first."""
    tally = rows.loc[all_of(found, but=column), column].value_counts()
    return {str(value): int(number) for value, number in tally.items()}


def emptied_by(found: Mapping[str, Mask]) -> str | None:
    """Return the name of a condition that alone keeps everything away: without it there would be rows."""
    if all_of(found).any():
        return None
    return next((name for name in found if not found[name].all() and all_of(found, but=name).any()), None)


def _one_of(column: "pd.Series[str]", values: tuple[str, ...]) -> Mask:
    return column.isin(values).to_numpy(bool) if values else np.ones(len(column), bool)


def _in_period(rows: pd.DataFrame, wanted: Filter) -> Mask:
    if wanted.period is None:
        return np.ones(len(rows), bool)
    first, last = (np.datetime64(day) for day in wanted.period)
    inside = (rows["first_day"] <= last) & (rows["last_day"] >= first)
    return (inside | rows["first_day"].isna() if wanted.undated else inside).to_numpy(bool)


def _has_words(rows: pd.DataFrame, words: str) -> Mask:
    asked = fold(words).split()
    if not asked:
        return np.ones(len(rows), bool)
    quotes = pd.Categorical(rows["quote"])
    hit = np.array([all(word in fold(quote) for word in asked) for quote in quotes.categories], bool)
    return hit[quotes.codes] if len(hit) else np.zeros(len(rows), bool)
