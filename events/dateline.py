"""The dateline of a report: `بيروت - `, `أنقرة/ الأناضول: `, `دمشق، 5 أيار (سانا) - ` name where it was filed."""

from collections.abc import Sequence

from events.chunks import Chunk
from events.values import replace

_DASHES = "-–—/|"
_REACH = 9  # chunks


def without_filing_parties(chunks: list[Chunk]) -> list[Chunk]:
    """Return a sentence's chunks, the capital of a dateline read as a place and not as the state that acts or speaks.

    Words of the state itself (`طهران: لم نستهدف أحدا`) stay its own.
    """
    end = _end(chunks)
    return [replace(chunk, who=None) if chunk.places and at < end else chunk for at, chunk in enumerate(chunks)]


def filed_from(chunks: Sequence[Chunk]) -> bool:
    """Tell whether a sentence opens with a dateline: what the text tells is most likely of that place's country."""
    return _end(chunks) > 0


def _end(chunks: Sequence[Chunk]) -> int:
    """The chunk of the last dash or colon of a dateline, 0 where the sentence has none."""
    if not chunks or not chunks[0].places:
        return 0
    end = 0
    for at, chunk in enumerate(chunks[1:_REACH], 1):
        if chunk.is_mark(_DASHES) or (chunk.is_mark(":") and not speaks_up(chunks, at)):
            end = at
        elif not _files(chunk):
            break
    return end


def _files(chunk: Chunk) -> bool:
    """Whether a chunk may stand in a dateline: a place, date, agency or mark, or a word that tells nothing."""
    agency = chunk.who is None or chunk.who.actor is not None and chunk.who.actor.sector == "MED"
    if chunk.places or chunk.time or chunk.mark or chunk.number is not None:
        return not chunk.is_mark(".؟!؛")
    return agency and not (chunk.senses or chunk.operators or chunk.functions)


def speaks_up(chunks: Sequence[Chunk], colon: int) -> bool:
    """`طهران: لم نستهدف أحدا`, `أنقرة: «…»`: words of the state, not a heading such as `السودان: تجدد القصف`."""
    first = chunks[colon + 1] if colon + 1 < len(chunks) else chunks[colon]
    ours = first.folded.startswith(("ن", "سن")) and bool(
        first.senses or first.operators or "support" in first.functions
    )
    return first.is_mark("«“") or bool(first.functions & {"negation", "future"}) or ours
