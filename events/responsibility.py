"""Who claims an act that the clause leaves open: `كمين تبنته الكتيبة`, `هجوم أعلن التنظيم مسؤوليته عنه`."""

from collections.abc import Sequence

from events.chunks import Chunk, Who, rightward
from events.drafts import Draft

_CLAIMED = frozenset(("attack", "explosion_mine", "explosion", "kill_civilian", "abduct"))
_PRONOUNS = frozenset(("ه", "ها", "هما"))
_FROM = frozenset(("مصدرها", "مصدره"))  # قذائف مصدرها القوات التركية
_REACH = 14  # chunks


def claimant(chunks: Sequence[Chunk], draft: Draft) -> Who | None:
    """Return who takes responsibility for an act, by a verb whose pronoun is the act, in the same sentence."""
    for at, chunk in rightward(chunks, draft.at, _REACH) if draft.code in _CLAIMED else ():
        if "break" in chunk.functions or chunk.is_mark("؛.:"):
            return None
        if _takes_it(chunk) or chunk.folded in _FROM:
            return next((near.who for near in chunks[at + 1 : at + 3] if near.who and not near.pre), None)
    return None


def _takes_it(chunk: Chunk) -> bool:
    claims = any(op.entry.gloss == "claim responsibility" and op.form == "verb" for op in chunk.operators)
    return claims and chunk.suf in _PRONOUNS
