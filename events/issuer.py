"""Who issues a text: the body that stands alone at its head, as over ministry bulletins and channel posts."""

from collections.abc import Sequence

from events.chunks import Chunk, Who

_HEADING = 14  # chunks
_NO_SPEAKER = frozenset(("prep:scene", "prep:origin", "prep:destination", "prep:target"))


def issuer_of(chunks: Sequence[Chunk]) -> Who | None:
    """Return the body whose name is all that a heading tells, beside an office, a place, a date or `بيان رقم 7`.

    None for a headline, which tells an act, and where no body is named: a state (`السودان: …`) is a place there.
    """
    if len(chunks) > _HEADING or chunks[-1].is_mark(".؟!:"):
        return None
    named = next((at for at, chunk in enumerate(chunks) if chunk.who and chunk.who.actor), None)
    if named is None or not (_speaks(chunks[named]) or _bulletin_of(chunks, named)):
        return None
    before, behind = chunks[:named], chunks[named + 1 :]
    if any(_tells(chunk) and not chunk.folded.startswith("صادر") for chunk in before) or any(map(_tells, behind)):
        return None
    return chunks[named].who if not any(chunk.functions & _NO_SPEAKER for chunk in behind) else None


def _speaks(chunk: Chunk) -> bool:
    actor = chunk.who.actor if chunk.who else None
    return actor is not None and "speaker" in actor.tags and actor.sector != "MED" and not chunk.governed


def _bulletin_of(chunks: Sequence[Chunk], named: int) -> bool:
    """`بيان من المكتب الإعلامي لجيش الإسلام`: whoever stands behind a word for a bulletin, but an outlet."""
    who = chunks[named].who
    body = who is not None and who.actor is not None and who.actor.sector != "MED"
    return body and "speech_noun" in chunks[0].functions


def _tells(chunk: Chunk) -> bool:
    """Whether a word may tell an act or begins what somebody says."""
    return bool(chunk.senses and not chunk.named) or chunk.speaks or "that" in chunk.functions
