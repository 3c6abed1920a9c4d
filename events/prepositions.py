"""Prepositions: of which category a chunk is one, and whether one stands before a noun."""

from collections.abc import Sequence
from functools import lru_cache

from events.chunks import Chunk, leftward

LETTERS = {"ب": "scene", "ل": "for", "ك": "as"}
"""The prepositions that are glued to their noun, and the category of each."""


def preposition(chunk: Chunk) -> str:
    """Return the category of the preposition that a chunk is, empty if it is none."""
    if chunk.named:
        return ""
    return _category(chunk.functions) if chunk.functions else ""


@lru_cache(maxsize=1_000)
def _category(functions: frozenset[str]) -> str:
    if "cause" in functions:
        return "cause"
    return next((f.removeprefix("prep:") for f in sorted(functions) if f.startswith("prep:")), "")


def after_preposition(chunks: Sequence[Chunk], at: int) -> bool:
    """A preposition, possibly with words and quotation marks between it and the noun: في مستودع بـ«الحي»."""
    for _, before in leftward(chunks, at, 4):
        if before.functions & {"that", "break", "join", "relative", "means"}:
            return False
        if preposition(before) or (before.pre[-1:] in LETTERS and not before.named):
            return True
        if before.named or before.senses or before.operators or before.is_mark("،؛:."):
            return False
    return False


def part_of_place(chunks: Sequence[Chunk], at: int) -> bool:
    """Tell whether من behind a kind word and its adjective leads to the whole: `في الأحياء الشرقية من مدينة الفاشر`."""
    before = chunks[max(0, at - 2) : at]
    parts = any(function.startswith("kind:") for chunk in before for function in chunk.functions)
    return parts and not any(chunk.mark or chunk.senses or chunk.places for chunk in before)
