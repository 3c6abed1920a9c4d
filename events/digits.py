"""Read numbers that are written in digits."""

from collections.abc import Sequence

from events.phrases import DETACHED, glued
from events.words import Word

LARGEST = 10**12
"""No count reaches this: longer runs of digits are telephone numbers and the like."""


def digits_value(folded: str) -> float | None:
    """Return what a word of digits says (`4,200` → 4200, `2.5` → 2.5), None if it is no number."""
    plain = folded.replace("\u066c", ",").replace("\u066b", ".")
    if plain.isascii() and plain.isdigit():
        return float(plain) if len(plain) <= 12 else None
    whole, *groups = plain.replace(",", ".").split(".")
    if len(whole) > 12 or not all(group.isdigit() for group in (whole, *groups)):
        return None
    if all(len(group) == 3 for group in groups) and len(whole) <= 3:
        return float(whole + "".join(groups))
    return float(f"{whole}.{groups[0]}") if len(groups) == 1 and len(groups[0]) <= 12 else None


def read_digits(words: Sequence[Word], at: int) -> tuple[int, float] | None:
    """Return end and value of the number in digits at word `at` (`15 000` is one), None if there is none."""
    if not words[at].folded[0].isdigit():
        return None
    value, end = digits_value(words[at].folded), at + 1
    while (
        value is not None and 1 <= value < LARGEST and end < len(words) and words[end].start == words[end - 1].end + 1
    ):
        group = words[end].folded
        if not (len(group) == 3 and group.isdigit() and words[at].folded.isdigit() and len(words[at].folded) <= 3):
            break
        value, end = value * 1000 + int(group), end + 1
    return None if value is None else (end, value)


def is_model(words: Sequence[Word], at: int) -> bool:
    """Tell whether the digits at word `at` belong to a name: `F-16`, `تي-72`, `بي2`."""
    if not glued(words, at) or not words[at].folded[0].isdigit():
        return False
    before = words[at - 1].folded
    if before == "-":
        return glued(words, at - 1) and words[at - 2].folded[-1].isalpha()
    return before[-1].isalpha() and before not in DETACHED
