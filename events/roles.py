"""Who may take which role in an act, and the roles that prepositions give."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

from events.arguments import Argument, conjuncts
from events.chunks import Who
from events.matching import folded_set
from events.readings import Sense

HELD = frozenset(("arrest", "abduct", "kill_civilian", "release", "evacuate", "casualties"))
"""Classes whose counted persons suffer, even where they could act."""
TOLLS = ("killed", "injured")
"""What casualties are counted as."""
_ACTING = frozenset(("armed", "state", "group", "official", "crowd", "aircraft", "weapon", "ship", "head"))
_SUFFERING = frozenset(
    (
        "civilian",
        "detainee",
        "abductee",
        "displaced",
        "wounded",
        "dead",
        "vehicle",
        "building",
        "thing",
        "road",
        "infrastructure",
    )
)
_FREED = frozenset(("detainee", "abductee", "dead"))
_OPPOSITE = ("مع", "ضد")
Parties = tuple[Who, ...]
"""Parties joined by و, in the order of the text."""


class Roles(NamedTuple):
    """Who acts and who suffers; `carried`: the subject is elided."""

    agents: Parties = ()
    patients: Parties = ()
    carried: bool = False


def may_act(who: Who) -> bool:
    """Tell whether a party can be the subject of an act of force or rule; a post is only held by one that can."""
    if "post" in who.tags:
        return False
    driven = who.people is not None and {"vehicle", "armed"} <= who.tags  # جرافات إسرائيلية
    return who.actor is not None or driven or bool(who.tags & _ACTING and not who.tags & _SUFFERING)


def first_party(arguments: Sequence[Argument], fits: Callable[[Argument, Who], bool]) -> Parties:
    """Return the first party that fits, with those joined to it."""
    for n, argument in enumerate(arguments):
        if argument.chunk.who and fits(argument, argument.chunk.who):
            return conjuncts(arguments, n)
    return ()


def behind(arguments: Sequence[Argument], prepositions: tuple[str, ...]) -> Parties:
    """Return the party that one of an entry's prepositions leads to."""
    words = folded_set(prepositions)
    return first_party(arguments, lambda argument, _: argument.word in words)


def by_phrase(arguments: Sequence[Argument]) -> Parties:
    """Return the agents behind برصاص، بنيران، على يد، من قبل."""
    return first_party(arguments, lambda argument, who: argument.role == "cause" and may_act(who))


def losers(arguments: Sequence[Argument]) -> Parties:
    """Return the party from whose hands a place is taken (`من قبضة المسلحين`, `استعاد البلدة من مليشيا فانو`)."""
    return first_party(arguments, lambda argument, who: argument.role == "loser" or _taken_from(argument, who))


def _taken_from(argument: Argument, who: Who) -> bool:
    return argument.word == "من" and who.actor is not None and "armed" in who.tags


def sides(arguments: Sequence[Argument], first: Parties) -> Roles:
    """Return the two sides of a clash or a deal: between A and B, A with B; `first` are the subject or genitive."""
    between = tuple(argument.chunk.who for argument in arguments if argument.word == "بين" and argument.chunk.who)
    if len(between) >= 2:
        first_side = _one_side([argument for argument in arguments if argument.word == "بين" and argument.chunk.who])
        return Roles(between[:first_side], between[first_side : first_side + 1])
    other = first_party(arguments, lambda argument, _: argument.word in _OPPOSITE)
    if len(first) > 1 and not other:
        return Roles(first[:1], first[1:2])
    if not first and between:
        return Roles(between, other)
    return Roles(first[:1], other, not first)


def _one_side(between: Sequence[Argument]) -> int:
    """`بين الجيش والحلفاء من جهة، والمسلحين من جهة أخرى`: return how many of the parties are the first side."""
    gaps = [two.at - one.at for one, two in pairwise(between)]
    return gaps.index(max(gaps)) + 1 if len(gaps) > 1 and max(gaps) > 2 else 1


def mutual(sense: Sense, arguments: Sequence[Argument], lefts: Parties, groups: Sequence[Parties]) -> Roles:
    """Return the two sides of a verb for what both do; of an exchange who sets prisoners free, and whom."""
    if sense.code != "release":
        return sides(arguments, groups[0] if groups else lefts[:1])
    acting = next((group for group in groups if may_act(group[0])), lefts)  # تبادل الطرفان 318 أسيرا
    freed = next((group for group in groups if group[0].tags & _FREED), ())
    return Roles(acting, freed, not acting)


def struck(arguments: Sequence[Argument]) -> Parties:
    """Return the depot or plant that blew up (`انفجار داخل مستودع`)."""
    inside = first_party(arguments, lambda argument, who: argument.role in ("", "scene", "target") and bool(who.noun))
    return inside if inside and (inside[0].sector == "MIL" or "infrastructure" in inside[0].tags) else ()


def happening(sense: Sense, agents: Parties, arguments: Sequence[Argument]) -> Roles:
    """Return the parties of what no one is said to do: whose shell it is that lands and on whose post, what blew up."""
    if sense.code == "drone_flight":  # تحطم مروحية تابعة للجيش
        flown = first_party(
            arguments, lambda argument, who: not argument.role and "aircraft" in who.tags and _owned(who)
        )
        return Roles(agents or flown[:1])
    if sense.code != "attack":
        return Roles(agents, struck(arguments) if sense.code == "explosion" else ())
    whose = first_party(arguments, lambda argument, who: not argument.role and "weapon" in who.tags and _owned(who))
    held = first_party(arguments, lambda argument, who: argument.word == "علي" and _held(who))
    return Roles(agents or whose[:1], held)


def _owned(who: Who) -> bool:
    return who.people is not None or who.actor is not None


def _held(who: Who) -> bool:
    """`على موقع تابع لها`, `على حاجز للجيش`: a post of somebody."""
    return "post" in who.tags and (_owned(who) or who.pronoun)
