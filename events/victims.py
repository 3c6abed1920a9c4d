"""Victims listed by how they were hurt: `أصيب أربعة بالرصاص و25 آخرون بالاختناق` is 29 injured."""

from collections.abc import Sequence

from events.chunks import Chunk, rightward
from events.counts import PERSONS, head_count
from events.drafts import Draft
from events.line import Line
from events.roles import TOLLS
from events.values import replace

_REACH = 14  # chunks


def with_further(line: Line, chunks: Sequence[Chunk], drafts: Sequence[Draft]) -> list[Draft]:
    """Return the drafts, those with one toll counted with the victims that are listed behind it."""
    return [_summed(draft, _further(line, chunks, draft)) if _one_toll(draft) else draft for draft in drafts]


def _one_toll(draft: Draft) -> bool:
    return len(draft.counts) == 1 and next(iter(draft.counts)) in TOLLS


def _summed(draft: Draft, more: int) -> Draft:
    return replace(draft, counts={key: number + more for key, number in draft.counts.items()}) if more else draft


def _further(line: Line, chunks: Sequence[Chunk], draft: Draft) -> int:
    """How many more persons the clause of a toll joins to its own by و, each number before what hurt them."""
    found = 0
    counted = sum(head_count(who) or 0 for who in draft.patients) == next(iter(draft.counts.values()))
    own = {(who.first, who.last) for who in draft.patients if counted}
    for at, chunk in rightward(chunks, draft.at, _REACH):
        if _ends(chunk):
            break
        who = chunk.who
        listed = who and who.number is not None and who.tags & PERSONS and (who.first, who.last) not in own
        if who and listed and (chunk.joined or chunks[at - 1].folded == "و") and _hurt(line, chunks, at):
            found += who.number or 0
    return found


def _ends(chunk: Chunk) -> bool:
    """Whether another act, another toll or a contrast begins."""
    toll = any(sense.term.count in TOLLS for sense in chunk.senses) and not chunk.governed
    act = (chunk.finite or toll) and chunk.who is None
    return act or chunk.speaks or bool(chunk.functions & {"break", "that"}) or chunk.is_mark("؛:.")


def _hurt(line: Line, chunks: Sequence[Chunk], at: int) -> bool:
    words = line.lexicon.words["hurt_by"]
    behind = chunks[at + 1] if at + 1 < len(chunks) else chunks[at]
    inside = any(word.folded in words for word in line.words[chunks[at].first : chunks[at].last])  # ستة بجروح
    return inside or behind.folded in words
