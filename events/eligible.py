"""Which parties may take which part in an act: what a coder writes as actor and target (GUIDELINES.md)."""

from events.casualties import HOSTS
from events.chunks import Who
from events.drafts import Draft
from events.line import Line
from events.model import Party
from geodata.folding import fold

_NO_TARGET = frozenset(("road", "place", "toll"))
_HURT = frozenset(("dead", "wounded"))
_PERSONS = frozenset(
    ("person", "civilian", "armed", "displaced", "resident", "detainee", "wounded", "crowd", "abductee")
)
_PERSON_TARGETS = frozenset(
    ("evacuate", "release", "arrest", "abduct", "kill_civilian", "humanitarian_aid", "close_road")
)
_FINDS = ("find", "seiz", "uncover", "dismantle")
_THINGS = frozenset(("building", "place", "infrastructure", "thing", "vehicle", "weapon"))
_FORCES = frozenset(("MIL", "COP", "SPY"))
_OFFICES = frozenset(("GOV", "IGO", "NGO", "MED", "HLH", "JUD", "LEG"))
_DOERS = frozenset(
    (
        "person",
        "armed",
        "official",
        "group",
        "crowd",
        "speaker",
        "state",
        "head",
        "resident",
        "civilian",
        "displaced",
        "detainee",
        "aircraft",
        "weapon",
    )
)
_CREWS = frozenset(
    ("ambulance", "rescue teams", "firefighters", "workshop", "aid plane", "aid ship", "aid convoy", "convoy", "truck")
)
MEANS = frozenset(("aid", "aircraft", "ship", "vehicle"))
"""Tags of what carries aid."""


def may_be_actor(who: Who, code: str) -> bool:
    """Tell whether a party may be an act's actor: a named body, a people or persons, but no nameless crew.

    No outlet strikes anybody: `استهدف التفجير المبنى، بحسب التلفزيون`.
    """
    if code in HOSTS and who.actor is not None and who.actor.sector == "MED":
        return False
    crew = who.noun in _CREWS or not who.tags & _DOERS
    return who.actor is not None or who.people is not None or not crew


def clan(party: Party, code: str, line: Line) -> Party:
    """`اشتباك بين عائلتين`: families that fight are armed."""
    kin = any(fold(word).removeprefix("و") in line.lexicon.words["family"] for word in (party.text or "").split())
    return Party("armed clan", "UAF", party.text) if code == "clash" and kin else party


def may_crowd(who: Who, *, driven: bool) -> bool:
    """Tell whether a party may march, flee or come home; `driven`: an armed force drives them out."""
    office = who.actor is not None and who.actor.sector in _OFFICES
    forces = office or who.sector in _FORCES or (driven and "armed" in who.tags)
    return bool(who.tags & _PERSONS or who.actor) and "building" not in who.tags and not forces


def may_be_target(who: Who, draft: Draft) -> bool:
    """Tell whether a party may be the target of an act, as the conventions of its class have it."""
    code = draft.code
    found = code == "other" and any(word in draft.sense.term.gloss for word in _FINDS)
    if who.tags & _THINGS and (found or (code == "other" and not who.actor)):
        return False
    if code == "humanitarian_aid" and "building" in who.tags:
        return False
    if code in HOSTS and who.noun == "missing people" and not who.actor:
        return False
    if code == "take_control":
        return "armed" in who.tags and not (who.actor and who.actor.sector == "IGO")
    if who.actor or ("post" in who.tags and (who.people or who.pronoun)):
        return True
    if (code in HOSTS or code == "casualties") and not who.people and who.tags & _HURT and "civilian" not in who.tags:
        return False
    if code in _PERSON_TARGETS:
        return bool(who.tags & _PERSONS) or (who.people is not None and not who.tags & MEANS)
    return not who.tags & _NO_TARGET
