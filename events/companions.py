"""Who acts at the side of another: `الجيش مسنوداً بالقوة المشتركة`, `عناصر ترافقهم وحدة من الجيش`."""

from collections.abc import Sequence

from events.chunks import Chunk, Who, rightward
from events.roles import may_act

_BESIDE = ("مسنود", "مدعوم", "معزز", "مصحوب")
_ALONG = frozenset(("برفقه", "بمشاركه", "بمسانده", "باسناد"))
_FOLLOW = ("ترافق", "يرافق", "رافق", "تساند", "يساند")
_MACHINES = frozenset(("aircraft", "weapon", "vehicle", "ship"))


def with_companions(chunks: Sequence[Chunk], agents: tuple[Who, ...]) -> tuple[Who, ...]:
    """Return one who acts with the body or force that the words right behind it put at its side."""
    if len(agents) != 1:
        return agents
    at = next((n for n, chunk in enumerate(chunks) if chunk.who == agents[0]), None)
    beside = _beside(chunks, at) if at is not None else None
    return (*agents, beside) if beside and beside.actor != agents[0].actor else agents


def _beside(chunks: Sequence[Chunk], at: int) -> Who | None:
    for n, chunk in rightward(chunks[: at + 5], at):
        who = chunks[n + 1].who if n + 1 < len(chunks) else None
        if who and _fights(who) and _leads_to(chunk, chunks[n + 1]):
            return who
        if chunk.who or chunk.mark or chunk.finite or chunk.operators:
            return None
    return None


def _fights(who: Who) -> bool:
    owned = who.actor is not None or who.people is not None
    return owned and may_act(who) and "state" not in who.tags and not who.tags & _MACHINES


def _leads_to(link: Chunk, party: Chunk) -> bool:
    """`مسنودا بـ`, `برفقة`, `ترافقها`: what stands before the companion."""
    if link.folded.startswith(_BESIDE):
        return party.pre == "ب"
    return link.folded in _ALONG or (link.folded.startswith(_FOLLOW) and bool(link.suf) and not party.pre)
