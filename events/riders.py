"""Who sits in the vehicles of an act: those taken out by bus, those hit in their car."""

from collections.abc import Sequence

from events.chunks import Chunk, Who
from events.counts import PERSONS
from events.frames import Frame
from events.readings import Sense

_CARRIES = frozenset(("تقل", "يقل", "تنقل", "يستقلها", "يستقله", "تحمل", "كانت تقل"))


def riding(chunks: Sequence[Chunk], sense: Sense, frame: Frame) -> tuple[Who, ...]:
    """Return who suffers an act, the riders in place of the vehicle that carries them where the text names them."""
    if sense.code == "evacuate":
        people = frame.agents if sense.term.frame == "agent" else frame.patients
        return people if people and not _vehicles(people) else tuple(_riders(chunks, frame)[:1]) or people
    if sense.code == "attack" and frame.patients and all(_means(who) for who in frame.patients):
        return ()
    if sense.code == "attack" and _vehicles(frame.patients):
        return tuple(who for who in _carried(chunks, frame) if _of_a_side(who))[:1] or frame.patients
    if sense.code == "explosion_mine" and not frame.patients:
        return tuple(who for who in _carried(chunks, frame) if _of_a_side(who))[:1]
    return tuple(who for who in frame.patients if not _means(who)) if sense.code == "attack" else frame.patients


def _means(who: Who) -> bool:
    """`فجّر سيارة مفخخة`, `فجّر انتحاري سيارته`: what the blow is struck with suffers nothing."""
    own = who.pronoun and "vehicle" in who.tags and "armed" not in who.tags
    return ("device" in who.tags or own) and who.actor is None and who.people is None


def _vehicles(people: Sequence[Who]) -> bool:
    return bool(people) and all("vehicle" in who.tags and who.actor is None and not who.people for who in people)


def _riders(chunks: Sequence[Chunk], frame: Frame) -> list[Who]:
    parties = (chunks[n].who for n in frame.used if not chunks[n].places)
    return [who for who in parties if who and (who.actor or who.tags & PERSONS)]


def _carried(chunks: Sequence[Chunk], frame: Frame) -> list[Who]:
    """`سيارة تقل عناصر`: the party right behind a verb that carries it."""
    return [who for n in frame.used if (who := chunks[n].who) and n and chunks[n - 1].folded in _CARRIES]


def _of_a_side(who: Who) -> bool:
    return bool(who.actor or who.people or "armed" in who.tags)
