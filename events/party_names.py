"""The canonical English name of a party without a named actor, out of its noun and its people."""

from events.chunks import Who
from events.schema import CountryEntry

_MILITARY = frozenset(("armed", "aircraft", "weapon", "ship", "vehicle", "post"))
_SPEAKING = frozenset(("official", "speaker", "state"))
_PEOPLE = frozenset(("person", "civilian"))
_NO_PLURAL = ("ese", "sh", "ch", "ss", "US", "Zealand", "Philippine")
_SECTOR = "MIL"
_IRREGULAR = frozenset(("REB", "UAF", "CRM"))


def name_of(who: Who) -> tuple[str | None, str | None]:
    """Return the canonical name and sector of a party that has no named actor.

    `Israeli` + soldiers → Israeli army, `Syrian` + gunmen → Syrian gunmen.
    """
    people = who.people
    if people is None or who.tags == _PEOPLE or who.noun == "ship":
        return who.noun, who.sector
    if people.code == "un" and "staff" in who.tags:
        return "UN staff", "IGO"
    if who.sector == "COP" and who.noun in ("police", "security forces"):
        return f"{people.demonym} {who.noun}", who.sector
    if who.sector in _IRREGULAR and len(people.code) == 2 and who.noun:
        return f"{people.demonym} {who.noun.removeprefix('unknown ')}", who.sector
    if who.tags & _MILITARY:
        return people.army, _SECTOR
    if who.noun and who.noun.endswith((" source", " sources")):  # مصدر أمني عراقي
        return who.noun, who.sector
    if who.tags & _SPEAKING:
        return people.government, "GOV"
    return who.noun, who.sector


def people_name(people: CountryEntry) -> str:
    """Return the name of a country's people: `Palestinians`, but `Turkish citizens` (no plural in -s)."""
    if people.name.endswith("s"):
        return people.name
    return f"{people.demonym} citizens" if people.demonym.endswith(_NO_PLURAL) else f"{people.demonym}s"
