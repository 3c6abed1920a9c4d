"""Words that tell no act: reassurance, praise, appeals, and the places whose situation they speak of."""

from collections.abc import Sequence

from events.chunks import Chunk, leftward
from events.line import Line
from events.matching import bare_forms
from events.model import PlaceMention
from events.speech import Stance
from geodata.folding import fold

_REACH = 8  # chunks from the word for a situation to its place


def only_words(line: Line, chunks: Sequence[Chunk], scope: Stance) -> bool:
    """Whether a scope of speech quotes its speaker and none of the words says what the speaker's own force did."""
    return (_quotes(chunks, scope) or _takes_stance(line, chunks, scope)) and not _tells_act(chunks, scope)


def extent(chunks: Sequence[Chunk], scope: Stance) -> tuple[int, int]:
    """Return the words of a statement with who makes it, half-open: `رئيس الحكومة: «…»` from its first word."""
    first = scope.speaker.first if chunks[scope.at].mark and scope.speaker else chunks[scope.at].first
    return first, chunks[min(scope.last, len(chunks)) - 1].last


def situated(line: Line, chunks: Sequence[Chunk], scope: Stance) -> tuple[PlaceMention, ...]:
    """Return the places of `الأوضاع الأمنية تشهد استقراراً في الحيين`; none for a state, which is no scene of words."""
    listed, states = line.lexicon.words["situation"], line.lexicon.country_names
    for at, chunk in enumerate(chunks[scope.first : scope.last], scope.first):
        scene = any("prep:scene" in near.functions for _, near in leftward(chunks, at, 2))
        if chunk.places and scene and not any(fold(place.text) in states for place in chunk.places):
            words = (near for _, near in leftward(chunks, at, _REACH) if not near.mark)
            if any(bare_forms(near.folded) & listed for near in words):
                return tuple(chunk.places)
    return ()


def _tells_act(chunks: Sequence[Chunk], scope: Stance) -> bool:
    """`قال المتحدث إن قواته أصابت ناقلة`: the speaker's own force did something, if no class holds it."""
    words = chunks[scope.first : scope.last]
    ours = any(chunk.who and chunk.who.pronoun and "armed" in chunk.who.tags for chunk in words[:3])
    return ours and any(chunk.finite and chunk.senses for chunk in words[:5])


def _takes_stance(line: Line, chunks: Sequence[Chunk], scope: Stance) -> bool:
    """`أكدت الحكومة استعدادها للحوار`, `أعلن الرئيس الحداد`: what is announced is a state of mind."""
    if scope.kind != "say" or scope.at < 0 or not line.holds("stance"):
        return False
    return any(chunk.folded in line.lexicon.words["stance"] for chunk in chunks[scope.first : scope.first + 2])


def _quotes(chunks: Sequence[Chunk], scope: Stance) -> bool:
    """Whether a verb of speech has words of the speaker behind it."""
    if scope.at < 0:
        return False
    if not chunks[scope.at].operators:  # رئيس الحكومة: «أتفهم غضبكم»
        office = scope.speaker is not None and "state" not in scope.speaker.tags  # لبنان: «الشرق الأوسط»
        quoted = any(c.is_mark('«“"') for c in chunks[scope.first : scope.first + 1])
        return scope.kind == "say" and office and quoted
    if scope.kind == "accuse":  # حمّلت الحركة واشنطن مسؤولية تدهور الأوضاع
        holds = any(op.entry.gloss == "hold responsible" for op in chunks[scope.at].operators)
        return holds and scope.doer is not None
    words = chunks[scope.first : scope.last]
    return scope.kind in ("say", "comment") and any("that" in c.functions or c.folded == "«" for c in words)
