"""Where the quote of an act begins and ends."""

from collections.abc import Sequence

from events.chunks import Chunk, leftward
from events.line import Line

_REACH = 8  # words between two parts of a clause
_ENDS = frozenset(("break", "attribution", "result", "that", "background", "relative"))


def opening(line: Line, chunks: Sequence[Chunk], at: int, first: int) -> int:
    """Return the first word of a quote: a word of occurrence right before the act belongs to it (`وقوع أي هجوم`)."""
    words = line.lexicon.words
    for _, chunk in leftward(chunks, at, 2):
        bare = chunk.folded.lstrip("بول")
        if bare not in words["occurrence"] and bare not in words["any"]:
            break
        first = min(first, chunk.first)
    return first


def clause_last(chunks: Sequence[Chunk], last: int, *, statement: bool) -> int:
    """Return the word behind the clause that word `last` stands in: up to a mark, another act, speech or contrast.

    `statement`: what is said behind `that` belongs to it.
    """
    ends = _ENDS - {"that"} if statement else _ENDS
    for chunk in chunks:
        if chunk.first < last:
            continue
        acts = chunk.operators or (chunk.senses and not chunk.who)
        stops = chunk.is_mark("،؛:.!؟?—…•") or chunk.functions & ends or acts
        if stops or chunk.first - last > _REACH or (chunk.joined and not chunk.named):
            return last
        if not chunk.is_mark('«“("'):
            last = chunk.last
    return last
