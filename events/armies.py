"""The bodies of a state: whose forces are whose army, and what a body is called in each country."""

from collections.abc import Mapping

from events.chunks import Who
from events.model import Party
from events.readings import Actor
from events.schema import CountryEntry

_FORCES = frozenset(("armed", "aircraft", "weapon"))
_STRANGERS = ("UAF", "CRM")  # خاطفيه: nobody's own
_STAFF = {"IGO": "UN staff", "NGO": "aid workers"}
_OWNED = frozenset(("armed", "group", "head", "aircraft", "weapon", "ship", "post"))
_HOLD_POSTS = frozenset(("MIL", "COP", "REB", "UAF", "IGO", "SPY"))


def forces_of(countries: Mapping[str, CountryEntry], owner: Party, who: Who, text: str) -> Party:
    """`قواته`: the owner, or the army of the state that owns them."""
    states = countries.values() if owner.sector in ("GOV", "MIL") and who.tags & _FORCES else ()
    owners = ((state.army, (state.government, f"{state.demonym} Ministry of Defence")) for state in states)
    army = next((army for army, names in owners if owner.name in names), None)
    return Party(army, "MIL", text) if army else Party(owner.name, owner.sector, text)


def owned_by(countries: Mapping[str, CountryEntry], owner: Party, who: Who, text: str) -> Party | None:
    """`قواته`, `موظفيها`: who a body's forces or staff are; None for what is not its own."""
    if "staff" in who.tags and owner.sector in _STAFF:
        return Party(_STAFF[owner.sector], owner.sector, text)
    holds = owner.sector in _HOLD_POSTS
    owns = who.tags & _OWNED and "civilian" not in who.tags and who.sector not in _STRANGERS
    owns = owns or (holds and who.head.startswith("افراد"))
    return forces_of(countries, owner, who, text) if owns and (holds or "post" not in who.tags) else None


def troops(countries: Mapping[str, CountryEntry], party: Party) -> Party:
    """Return the army of a defence ministry that fights or moves; any other party as it is."""
    if party.sector != "MIL" or "Ministry of Defence" not in str(party.name):
        return party
    ministries = ((state.army, f"{state.demonym} Ministry of Defence") for state in countries.values())
    army = next((army for army, name in ministries if name == party.name), None)
    return Party(army, "MIL", party.text) if army else party


def national_name(actor: Actor, country: CountryEntry) -> str:
    """The name of one of the bodies that each country has."""
    if actor.pattern and country.code in actor.pattern.but:
        return actor.pattern.but[country.code]
    return actor.name.replace("{demonym}", country.demonym).replace("{country}", country.name)


def speakers_own(who: Who, claim: Party | None) -> Party | None:
    """`قال الجيش إن القوات`: return the army that speaks for its forces without a name, None for anybody else's."""
    bare = who.head == "القوات" and who.last - who.first == 1 and not who.actor
    return claim if bare and claim and claim.sector == "MIL" and not str(claim.name).endswith("source") else None
