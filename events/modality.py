"""How an act is told: as done, claimed, denied, planned, demanded or feared."""

from collections.abc import Sequence

from events.chunks import Chunk, leftward, rightward
from events.readings import Sense
from events.speech import Stance

_STILL = frozenset(("يزال", "تزال", "يزالون", "زال", "زالت", "زالوا"))
FACTS = frozenset(("asserted", "claimed"))
"""Modalities of what is told as having happened."""
_PLAIN = frozenset(("say", "comment", "talk", None))
_TO_COME = frozenset(("demand", "plan", "fear"))
_MODALITY_OF = {
    "claim": "claimed",
    "accuse": "claimed",
    "demand": "demanded",
    "plan": "planned",
    "fear": "hypothetical",
}
_ASIDE = frozenset(("casualties", "arrest"))
_AT_ONCE = frozenset(("close_road",))
_PLOTS = frozenset(("attack", "explosion_mine", "kill_civilian", "abduct"))


def modality_of(chunks: Sequence[Chunk], at: int, sense: Sense, scopes: Sequence[Stance]) -> str | None:
    """Return the modality that the innermost operator gives an act, if it is not plain speech; None: no act is told.

    A negated verb is a denial by who speaks, and no act in the outlet's own voice.
    """
    negated = _negated(chunks, at)
    if negated and sense.code in _ASIDE and sense.form != "verb":
        return None  # لم تسجل أي وفيات أو اعتقالات: no row (GUIDELINES.md, "Which rows", 8)
    if negated:
        spoken = any((scope.speaker or scope.carried) and _speaks(chunks, scope) for scope in scopes)
        return "denied" if spoken and (sense.form == "verb" or negated == "support") else None
    kinds = [scope.kind for scope in scopes if scope.kind not in _PLAIN]
    if "deny" in kinds:
        return "denied"
    if _foiled(chunks, scopes) and sense.code not in _PLOTS:
        return "asserted"
    if kinds[:1] == ["plan"] and _done_as_agreed(chunks, sense, scopes):
        return _own_modality(chunks, at, sense)
    if kinds[:1] == ["plan"] and sense.code in _AT_ONCE and _decided(chunks, scopes):
        return "asserted"
    return _MODALITY_OF[str(kinds[0])] if kinds else _own_modality(chunks, at, sense)


def _speaks(chunks: Sequence[Chunk], scope: Stance) -> bool:
    """Whether a scope is one of speech in which an act can be denied; `لم تُسجل صدامات` says nothing itself."""
    negated = scope.at > 0 and "support" in chunks[scope.at].functions and _negates(chunks, scope.at - 1)
    return scope.kind not in _TO_COME and not negated


def _own_modality(chunks: Sequence[Chunk], at: int, sense: Sense) -> str:
    """What tense and particles say: سـ, سوف, قد."""
    if sense.tense == "future" or _before(chunks, at, "future") or _later(chunks, at, sense, "future"):
        return "planned"
    if _begins_on(chunks, at):
        return "planned"
    if _later(chunks, at, sense, "maybe"):
        return "hypothetical"
    supported = at > 0 and "support" in chunks[at - 1].functions and _imperfect(chunks[at - 1])
    if (sense.tense == "present" or supported) and _before(chunks, at, "maybe"):
        return "hypothetical"
    return "asserted"


def _begins_on(chunks: Sequence[Chunk], at: int) -> bool:
    """`يبدأ الاثنين بانتشار وحدات`: a beginning in the present tense on a day that is named."""
    near = chunks[max(0, at - 4) : at]
    if any("begins" in chunk.functions for chunk in near):
        return any(chunk.time for chunk in chunks[max(0, at - 3) : at + 4])
    begins = next((n for n, chunk in rightward(chunks, at, 6) if "begins" in chunk.functions), None)
    return begins is not None and any(chunk.time for chunk in chunks[begins : begins + 5])


def _foiled(chunks: Sequence[Chunk], scopes: Sequence[Stance]) -> bool:
    """`أحبط محاولة تهريب`: what is no plot happened, if in vain."""
    return any(op.entry.gloss == "foil" for scope in scopes if scope.at >= 0 for op in chunks[scope.at].operators)


def _done_as_agreed(chunks: Sequence[Chunk], sense: Sense, scopes: Sequence[Stance]) -> bool:
    """`بموجب الاتفاق أفرجت الحركة عن`: in the past tense terms have been kept."""
    terms = (op for scope in scopes if scope.kind == "plan" and scope.at >= 0 for op in chunks[scope.at].operators)
    return sense.tense == "past" and any(op.entry.gloss == "under the terms" for op in terms)


def _decided(chunks: Sequence[Chunk], scopes: Sequence[Stance]) -> bool:
    """`قررت الهيئة إغلاق المطار`: what an authority decides of a road is done."""
    operators = (op for scope in scopes if scope.kind == "plan" and scope.at >= 0 for op in chunks[scope.at].operators)
    return any(op.entry.gloss == "decide" and op.tense == "past" for op in operators)


def _imperfect(chunk: Chunk) -> bool:
    return chunk.folded[:1] in ("ي", "ت")


def _later(chunks: Sequence[Chunk], at: int, sense: Sense, category: str) -> bool:
    """`المفاوضات ستنطلق`, `جولة قد تُعقد`: the support verb behind its noun."""
    for ahead, chunk in rightward(chunks, at, 4) if sense.form != "verb" else ():
        if category in chunk.functions:
            past = any("was" in before.functions for before in chunks[:at])  # وكان … قد تعثّر
            to_come = not past and any(_imperfect(after) for _, after in rightward(chunks, ahead, 1))
            return category == "future" or to_come
        another = chunk.senses and not chunk.who and all(near.code != sense.code for near in chunk.senses)
        if chunk.mark or chunk.operators or "that" in chunk.functions or another:
            return False
    return False


def _before(chunks: Sequence[Chunk], at: int, category: str) -> bool:
    """Tell whether a small word stands before the trigger, or before the support verb before it."""
    for _, chunk in leftward(chunks, at, 3):
        if category in chunk.functions:
            return True
        if "support" not in chunk.functions and not chunk.time and chunk.functions != {"prep:origin"}:
            return False
    return False


def _negated(chunks: Sequence[Chunk], at: int) -> str:
    """Return `verb` for a negation right before the trigger, `support` for one before its support verb, else empty."""
    found = "verb"
    if at > 1 and chunks[at - 1].folded == "او":  # لم يتم قصف أو اقتحام
        act = next((n for n, chunk in leftward(chunks, at - 1, 3) if chunk.senses), None)
        return _negated(chunks, act) if act is not None else ""
    for back, chunk in leftward(chunks, at, 5):
        if _negates(chunks, back):
            return found if back >= at - 2 or found == "support" else ""
        if "support" in chunk.functions and not chunk.who:
            found = "support"
        elif chunk.who and back and "support" in chunks[back - 1].functions:  # لم تتمكن العائلات من العودة
            continue
        elif chunk.mark or chunk.senses or chunk.named or chunk.operators or chunk.time:
            return ""
    return ""


def _negates(chunks: Sequence[Chunk], at: int) -> bool:
    """A negation; ما is one at the head of a clause, elsewhere it is "what"; لا يزال and ما زال are none."""
    chunk = chunks[at]
    if chunk.who or (at + 1 < len(chunks) and chunks[at + 1].folded in _STILL):
        return False
    return "negation" in chunk.functions or ("ma" in chunk.functions and _heads_clause(chunks, at))


def _heads_clause(chunks: Sequence[Chunk], at: int) -> bool:
    before = chunks[at - 1] if at else None
    return before is None or (before.mark and before.folded != "،") or "that" in before.functions


def is_background(chunks: Sequence[Chunk], at: int) -> bool:
    """Tell whether a word before the trigger says that the act is history (`بعد أن`, `منذ`)."""
    for _, chunk in leftward(chunks, at, 5):
        deal = any(op.entry.gloss == "under the terms" for op in chunk.operators)
        if deal and all(sense.code in ("agreement", "ceasefire") for sense in chunks[at].senses):
            return True
        if "background" in chunk.functions or (chunk.time and chunk.time.kind == "duration_before"):
            return True
        same = {sense.code for sense in chunk.senses} & {sense.code for sense in chunks[at].senses}  # بموجب اتفاق أُبرم
        if chunk.mark or (chunk.senses and not same) or chunk.who or "that" in chunk.functions:
            return False
    return False
