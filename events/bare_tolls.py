"""Tolls that no verb tells: numbers of dead and wounded beside an act, behind a label or a word for a toll."""

from collections.abc import Sequence

from events.chunks import Chunk, Who, rightward
from events.counts import head_count
from events.drafts import Draft
from events.readings import Sense
from events.schema import ActionTerm
from events.speech import Stance, governing
from events.values import replace

_TOLL = Sense("casualties", ActionTerm(noun="حصيلة", frame="patient", gloss="toll"), "noun")
TOLL_KEYS = {"dead": "killed", "wounded": "injured"}
"""Which count a tag of persons is."""


def bare_tolls(
    chunks: Sequence[Chunk], scopes: Sequence[Stance], drafts: Sequence[Draft], model: Draft | None
) -> list[Draft]:
    """Return the tolls without a verb, told as the draft `model`: `مخلّفاً سبعة قتلى و150 مصاباً`."""
    model = model or _bare(chunks, scopes, drafts)
    if model is None:
        return []
    taken = {(who.first, who.last) for draft in drafts if draft.counts for who in (*draft.patients, *draft.agents)}
    found = []
    for at, chunk in enumerate(chunks):
        who = chunk.who
        if who is None or (who.first, who.last) in taken or not who.tags & TOLL_KEYS.keys():
            continue
        following = chunks[at + 1].who if at + 1 < len(chunks) else None
        either = chunks[max(0, at - 1 - chunk.joined)].folded == "بين" and who.single  # أربعون بين قتيل وجريح
        if either and at:
            continue
        if who.number is None and following and following.number is not None and not chunks[at + 1].pre:
            continue  # رفات ثلاثة أشخاص
        number = head_count(who) if not who.definite else who.number
        number = number if number is not None else _later_number(chunks, at)
        if number is not None:
            found.append(_bare_toll(model, scopes, at, who, number))
    return found


def _bare(chunks: Sequence[Chunk], scopes: Sequence[Stance], drafts: Sequence[Draft]) -> Draft | None:
    """`إن الحصيلة 12 شهيدا`, `وزارة الصحة: 45 شهيداً`: a toll in a sentence that tells no act."""
    at = next((n for n, chunk in enumerate(chunks) if "toll" in chunk.functions), None)
    at = _labelled(chunks, scopes) if at is None else at
    if at is None or drafts:
        return None
    return Draft(at, chunks[at].first, chunks[at].last, _TOLL, "asserted")


def _labelled(chunks: Sequence[Chunk], scopes: Sequence[Stance]) -> int | None:
    """The number of victims right behind the colon of a label."""
    starts = (scope.first for scope in scopes if scope.at >= 0 and chunks[scope.at].is_mark(":"))
    heads = ((at, chunks[at].who) for at in starts if at < len(chunks))
    return next((at for at, who in heads if who and who.number and who.tags & TOLL_KEYS.keys()), None)


def _bare_toll(model: Draft, scopes: Sequence[Stance], at: int, who: Who, number: int) -> Draft:
    """A toll told as the draft `model` is, in its own voice."""
    voice = next((scope for scope in governing(scopes, at) if scope.speaker or scope.carried), None)
    return replace(
        model,
        at=at,
        first=who.first,
        last=who.last,
        sense=replace(model.sense, code="casualties"),
        agents=(),
        patients=(who,) if who.actor or who.people else (),
        places=(),
        time=None,
        counts={next(key for tag, key in TOLL_KEYS.items() if tag in who.tags): number},
        speaker=voice.speaker if voice else None,
        speaker_carried=voice is not None and voice.speaker is None,
    )


def _later_number(chunks: Sequence[Chunk], at: int) -> int | None:
    """`حصيلة الشهداء في القطاع إلى 30228`: the number behind إلى."""
    if not any("toll" in chunk.functions for chunk in chunks[max(0, at - 3) : at]):
        return None
    for ahead, chunk in rightward(chunks, at, 8):
        number = chunk.number if chunk.number is not None else chunk.who.number if chunk.who else None
        if number is not None and (chunks[ahead - 1].folded == "الي" or chunk.folded == "بين"):
            return number
    return None
