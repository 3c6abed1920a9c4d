"""Folded text with a map back to the code points it came from."""

from dataclasses import dataclass

from events.model import Span
from geodata.folding import FOLD_TABLE


@dataclass(frozen=True, slots=True)
class Folded:
    """`text` folded for matching; `offsets[i]` is the code point of the original behind `text[i]`.

    `offsets` has one entry more than `text`: the length of the original.
    """

    text: str
    offsets: tuple[int, ...]

    def span(self, start: int, end: int) -> Span:
        """Return the original's span behind `text[start:end]`, with the marks that follow its last letter."""
        if start >= end:
            return Span(self.offsets[start], self.offsets[start])
        stop = self.offsets[end - 1] + 1
        return Span(self.offsets[start], max(stop, self.offsets[end]))


def fold_with_offsets(text: str) -> Folded:
    """Fold `text` and keep, for every letter that stays, the code point it stood at."""
    pieces: list[str] = []
    offsets: list[int] = []
    for position, char in enumerate(text):
        piece = FOLD_TABLE[ord(char)]
        pieces.append(piece)
        offsets.extend([position] * len(piece))
    return Folded("".join(pieces), (*offsets, len(text)))
