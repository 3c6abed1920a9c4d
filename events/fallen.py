"""Which side of a fight its fallen belong to."""

from events.chunks import Who
from events.drafts import Draft


def of_other_side(toll: Draft, clash: Draft) -> tuple[Who, ...]:
    """`قُتل 11 من عناصر قسد في اشتباكات مع التنظيم`: the fallen are of the other side."""
    side = tuple(who for who in toll.patients if who.actor or who.people or "armed" in who.tags)[:1]
    known = [who.actor for who in clash.patients if who.actor]
    return side if side and side[0].actor not in known else ()


def fighters(toll: Draft) -> tuple[Who, ...]:
    """`قُتل جنديان و15 متمرداً في اشتباكات`: the armed that fell, of both sides."""
    return tuple(who for who in toll.patients if "armed" in who.tags)
