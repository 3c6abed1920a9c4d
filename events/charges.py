"""What people are arrested for: an offence makes them suspects, an opinion or a protest leaves them civilians."""

from collections.abc import Iterator, Sequence
from itertools import islice

from events.chunks import Chunk, rightward
from events.drafts import Draft
from events.line import Line

_SENTENCES = ("(a court) rules", "sentence", "prison sentence", "death sentence", "issue")
_UPON = ("علي", "بحق")
_REACH = 9
_ISIS = frozenset(("داعش", "الدوله"))
_CHARGE_LENGTH = 7  # words behind the word for a charge


def suspected(line: Line, chunks: Sequence[Chunk], at: int) -> str | None:
    """Return the name of those arrested by the act at a chunk: `suspects`, `ISIS suspects`, None without a charge."""
    charge = _charge(line, chunks, at)
    if charge is None:
        return None
    if _ISIS & {word.lstrip("لب") for word in charge}:
        return "ISIS suspects"
    political = line.lexicon.words["political_start"]
    return None if any(word.startswith(tuple(political)) for word in charge) else "suspects"


def sentenced(line: Line, chunks: Sequence[Chunk], draft: Draft) -> bool:
    """`قضت محكمة بالسجن على ثلاثة أدينوا`: tell whether a sentence falls on persons, named as such or only counted."""
    if not draft.sense.term.gloss.startswith(_SENTENCES):
        return False
    for at, chunk in rightward(chunks, draft.at, _REACH):
        if "break" in chunk.functions or chunk.is_mark("،؛.:"):
            return False
        if line.words[chunk.last - 1].folded in _UPON and at + 1 < len(chunks):
            upon = chunks[at + 1]
            return upon.number is not None or (upon.who is not None and "person" in upon.who.tags)
    return False


def _charge(line: Line, chunks: Sequence[Chunk], at: int) -> list[str] | None:
    """The words behind `بتهمة`, `للاشتباه`, `لتورطهم` up to the next act; None if there is no such word."""
    words = _clause_words(line, chunks, at)
    for word in words:
        if line.lexicon.begins("charge_start", word):
            return [word, *islice(words, _CHARGE_LENGTH)]
    return None


def _clause_words(line: Line, chunks: Sequence[Chunk], at: int) -> Iterator[str]:
    """The folded words from a chunk to the next contrast, sentence mark or finite verb joined to this act."""
    for ahead in range(at, len(chunks)):
        chunk = chunks[ahead]
        next_act = ahead > at and chunk.joined and chunk.finite and not chunk.who
        if next_act or "break" in chunk.functions or chunk.is_mark("؛."):
            return
        yield from (word.folded for word in line.words[chunk.first : chunk.last])
