"""Who did an act that the clause leaves open: who claims it (`كمين تبنته الكتيبة`), or did the one before it."""

from collections.abc import Sequence

from events.chunks import Chunk, Who, rightward
from events.drafts import Draft
from events.modality import FACTS
from events.told import Told

_CLAIMED = frozenset(("attack", "explosion_mine", "explosion", "kill_civilian", "abduct"))
_PRONOUNS = frozenset(("ه", "ها", "هما"))
_OF_THEM = frozenset(("عنه", "عنها", "عنهم", "عنهما", "عنهن", "سراحه", "سراحها", "سراحهم"))
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


def same_hand(chunks: Sequence[Chunk], draft: Draft, act: Told) -> bool:
    """Tell whether who did the act before did this one: `خرق الجيش الهدنة بقصف`, `اعتقلوا شاباً قبل الإفراج عنه`."""
    breach = act.code == "violate_ceasefire" and chunks[draft.at].prep("ب")
    behind = chunks[draft.at + 1].folded if draft.at + 1 < len(chunks) else ""
    freed = draft.code == "release" and act.code in ("arrest", "abduct") and behind in _OF_THEM
    return (breach or freed) and act.modality in FACTS and act.actor.name is not None
