"""Denials and accusations that name no act of their own: they are about the act told last."""

from collections.abc import Sequence

from events.chunks import Chunk, Who, rightward
from events.drafts import Draft
from events.line import Line
from events.matching import bare_forms
from events.speech import Stance
from events.values import dataclass


@dataclass(frozen=True, slots=True)
class Rejoinder:
    """`وهو ما نفته الوزارة`: `kind` is deny or accuse; `first`, `last` are words of the line, half-open."""

    first: int
    last: int
    kind: str
    speaker: Who | None
    carried: bool
    accused: Who | None


def rejoinders_of(
    line: Line, chunks: Sequence[Chunk], scopes: Sequence[Stance], drafts: Sequence[Draft]
) -> list[Rejoinder]:
    """Return the denials and accusations among a sentence's scopes of speech that hold no draft."""
    found = []
    for scope in scopes:
        if scope.kind not in ("deny", "accuse") or any(scope.first <= draft.at < scope.last for draft in drafts):
            continue
        last = _clause_end(chunks, scope.at)
        if _takes_up(line, chunks, scope.at, last):
            found.append(Rejoinder(_begin(chunks, scope), last, scope.kind, scope.speaker, scope.carried, scope.doer))
    return found


def _begin(chunks: Sequence[Chunk], scope: Stance) -> int:
    first = chunks[scope.at].first
    return min(first, scope.speaker.first) if scope.speaker else first


def _takes_up(line: Line, chunks: Sequence[Chunk], at: int, last: int) -> bool:
    """`نفته`, `نفت ذلك`, `اتهمها بالوقوف وراءه`: words that take up what was told."""
    listed = line.lexicon.words["that_matter"]
    words = line.words[chunks[at].first : last]
    if any(bare_forms(word.folded) & line.lexicon.words["course"] for word in words):  # مسؤولية استمرار العدوان
        return False
    return bool(chunks[at].suf) or any(bare_forms(word.folded) & listed for word in words)


def _clause_end(chunks: Sequence[Chunk], at: int) -> int:
    for _, chunk in rightward(chunks, at):
        if chunk.is_mark("،؛.") or "break" in chunk.functions:
            return chunk.first
    return chunks[-1].last
