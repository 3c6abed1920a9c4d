"""Definite heads that point back to a party named before, and what that party must be (`التنظيم`, `الوزارة`)."""

from collections import Counter
from collections.abc import Callable, Iterable

from events.model import Party
from events.readings import Actor
from geodata.folding import fold

_SIDES = frozenset(("armed", "state"))
_FACTIONS = frozenset(("REB", "PTY", "OPP"))
_GROUPS = frozenset(("REB", "OPP", "PTY", "UAF"))
_FIGHTERS = frozenset(("REB", "UAF"))
_BODIES = frozenset(("NGO", "GOV", "IGO", "REB"))
_HELPERS = frozenset(("NGO", "IGO"))
_TROOPS = ("Army", "Forces", "Brigade", "factions", "Front")  # no تنظيم
_MEDIA = frozenset(("MED",))


def _is(sectors: frozenset[str] = frozenset(), words: tuple[str, ...] = ()) -> Callable[[Actor], bool]:
    """Test whether an actor is of one of some sectors or has one of some words in its name."""
    return lambda actor: actor.sector in sectors or any(word in actor.name for word in words)


def _is_force(actor: Actor) -> bool:
    return bool(set(actor.tags) & {"armed", "group"})


def _fights(actor: Actor) -> bool:
    return actor.sector in _FIGHTERS and "armed" in actor.tags


ANAPHORS: dict[str, Callable[[Actor], bool]] = {
    "التنظيم": lambda actor: actor.sector in _GROUPS and not any(word in actor.name for word in _TROOPS),
    "الحزب": _is(_GROUPS - {"UAF"}),
    "الجماعه": _is(_GROUPS),
    "الحركه": _is(_GROUPS - {"UAF"}),
    "المليشيا": _is(_GROUPS - {"OPP"}),
    "الميليشيا": _is(_GROUPS - {"OPP"}),
    "الجبهه": _is(words=("Front", "PFLP", "DFLP", "FLN")),
    "الفصيل": _fights,
    "القوات": _is_force,
    "الجيش": _is(words=("Jaysh", "Jaish")),
    "القوه": _is(words=("Force", "force")),
    "الكتيبه": _is(words=("Battalion", "Brigade")),
    "اللواء": _is(words=("Brigade",)),
    "الخليه": _is(words=("Cell",)),
    "الوزاره": _is(words=("Ministry",)),
    "المجلس": _is(words=("Council",)),
    "المرصد": _is(words=("SOHR", "SNHR", "Observatory", "Monitor")),
    "الشبكه": _is(words=("Network", "SNHR")),
    "الوكاله": _is(_MEDIA, ("Agency", "UNRWA", "IAEA")),
    "الرابطه": _is(words=("Association", "League")),
    "اللجنه": _is(words=("Committee", "ICRC", "Commission")),
    "الجمعيه": _is(words=("Association", "Society", "Crescent")),
    "النقابه": _is(words=("Syndicate", "Union", "association")),
    "البرنامج": _is(words=("WFP", "UNDP", "Programme")),
    "المنظمه": _is(_HELPERS),
    "المفوضيه": _is(words=("Commission", "UNHCR", "OHCHR")),
    "البعثه": _is(words=("Mission", "mission", "UNSMIL", "UNMHA", "UNAMI", "MINUSMA", "UNITAMS", "UNMISS")),
    "الهيئه": _is(_BODIES),
    "الجهاز": _is(words=("Service", "Apparatus", "Agency", "service", "intelligence")),
    "الاداره": _is(words=("Administration",)),
    "المديريه": _is(words=("Directorate",)),
    "الشركه": _is(frozenset(("BUS",))),
    "البيان": lambda _: True,
    **dict.fromkeys(("المسلحون", "المسلحين", "المهاجمون", "المهاجمين", "المجاهدون", "المجاهدين"), _fights),
    **dict.fromkeys(("المتمردون", "المتمردين", "المقاتلون", "المقاتلين", "الانفصاليون", "الانفصاليين"), _fights),
}
"""Folded head → what the party it points back to must be."""


def called(head: str, name: str | None, parties: list[Party]) -> Party | None:
    """Return the party with the head in its own name (`المليشيا`: `مليشيا الحوثي`), else one of a name, else any."""
    noun = head.removeprefix("ال")
    own = next((party for party in parties if noun in fold(party.text or "").split()), None)
    return own or next((party for party in parties if party.name == name), next(iter(parties), None))


def often_named(actors: Iterable[tuple[Actor, Party]]) -> list[Party]:
    """Return the parties that may fight or agree, each once, the one named most often first."""
    named = [party for actor, party in actors if set(actor.tags) & _SIDES or actor.sector in _FACTIONS]
    often = Counter(party.name for party in named)
    latest = {party.name: party for party in named}
    return [latest[name] for name, _ in often.most_common()]
