"""Who sends aid that arrives: the people or state its means come from, the body that promises it."""

from collections.abc import Sequence

from events.chunks import Chunk, Who, rightward
from events.drafts import Draft
from events.eligible import MEANS
from events.line import Line
from events.model import PlaceMention
from geodata.folding import fold

_GIVE = ("قدم", "ارسل", "سير", "جهز", "وفر", "مول", "بعث", "اوفد")
_SENDERS = frozenset(("GOV", "NGO", "IGO"))


def senders(line: Line, chunks: Sequence[Chunk], draft: Draft) -> tuple[Who, ...]:
    """Return who sends the aid of an act that names only what carries it, none where its own agents do."""
    if not draft.agents and any(who.people and who.tags & MEANS for who in draft.patients):
        return tuple(who for who in draft.patients if who.people and who.tags & MEANS)  # وصول طائرة مساعدات أردنية
    goods = not any(who.actor or who.people or "person" in who.tags for who in draft.agents)
    if goods and (whose := _whose_goods(chunks, draft)):
        return whose
    if any(who.actor or who.people or not who.tags & MEANS for who in draft.agents):
        return ()
    return _givers(line, chunks, draft) or _sending(chunks, draft) or _promising(draft)


def _givers(line: Line, chunks: Sequence[Chunk], draft: Draft) -> tuple[Who, ...]:
    """`وصلت طائرتا مساعدات من الجزائر`: the states that aid comes from."""
    states = line.lexicon.country_names
    for at, chunk in rightward(chunks, draft.at, 8):
        if chunk.places and chunks[at - 1].folded == "من" and fold(chunk.places[0].text) in states:
            return tuple(who for who in (_state(line, place) for place in chunk.places) if who)
    return ()


def _whose_goods(chunks: Sequence[Chunk], draft: Draft) -> tuple[Who, ...]:
    """`شحنة من المساعدات الغذائية الصينية`: the people whose goods they are."""
    for at, chunk in rightward(chunks, draft.at, 5):
        if chunk.who and chunk.who.people and "aid" in chunk.who.tags:
            return (chunk.who,) if chunks[at - 1].folded == "من" else ()
    return ()


def _sending(chunks: Sequence[Chunk], draft: Draft) -> tuple[Who, ...]:
    """`عشر شاحنات قدّمها البرنامج`: the subject of a verb of giving whose pronoun is the aid."""
    for at, chunk in rightward(chunks, draft.at, 10):
        if "break" in chunk.functions or chunk.is_mark("؛.:"):
            return ()
        if chunk.suf and chunk.folded.startswith(_GIVE):
            who = chunks[at + 1].who if at + 1 < len(chunks) else None
            return (who,) if who and not chunks[at + 1].pre and (who.actor or who.people) else ()
    return ()


def _state(line: Line, place: PlaceMention) -> Who | None:
    """The state that a place name is."""
    for at, item in enumerate(line.items):
        actor = line.actor(at)
        inside = line.words[item.first].start <= place.span.start < line.words[item.last - 1].end
        if inside and actor and "state" in actor.tags:
            return Who(item.first, item.last, frozenset(actor.tags), actor, sector=actor.sector)
    return None


def _promising(draft: Draft) -> tuple[Who, ...]:
    """`أعلنت المحافظة أن قافلة ستدخل`: the body that promises aid sends it."""
    speaker = draft.speaker
    body = speaker is not None and speaker.actor is not None and speaker.actor.sector in _SENDERS
    return (speaker,) if speaker and body and draft.modality == "planned" else ()
