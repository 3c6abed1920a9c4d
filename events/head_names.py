"""Names that a head noun gets from what stands behind it: who backs a faction, an adjective that says more."""

from events.chunks import Who
from events.line import Line
from events.readings import Actor, Noun

_GROUPS = frozenset(("group", "armed", "person"))
_VAGUE = frozenset(("unknown gunmen", "fighters", "civilians", "residents", "protesters"))
_PRECISE = frozenset(("jihadists", "separatists", "terrorists", "displaced people", "protesters"))
_HELD = frozenset(("detainee", "abductee"))
_BACKED = {"SY": "pro-government factions", "IR": "Iran-backed militias", "YE": "Yemeni government forces"}


def backed_by(line: Line, owner: Actor | None, at: int, last: int) -> str | None:
    """`فصائل موالية لأنقرة`: the name of armed groups that a state only backs; None if it backs none."""
    words = (line.folded(n).removeprefix("ال") for n in range(at + 1, last - 1))
    ruler = owner is not None and owner.name.endswith(" president")
    if owner is None or not ("state" in owner.tags or ruler) or len(owner.countries) != 1:
        return None
    if not any(line.lexicon.begins("backed_start", word) for word in words):
        return None
    country = line.lexicon.countries.get(owner.countries[0])
    if country and ruler:  # القوات الموالية للرئيس
        return country.army
    return _BACKED.get(owner.countries[0], f"{country.demonym}-backed factions") if country else None


def titled(line: Line, at: int) -> Actor | None:
    """`الرئيس عبد المجيد تبون`: return the person named at an item, right behind a title; None if none is."""
    person = line.actor(at) if at < len(line.items) and not line.items[at].pre else None
    return person if person and not person.weak and "person" in person.tags else None


def adjoins(line: Line, noun: Noun, head: str, at: int) -> bool:
    """`مسلحون متشددون`: tell whether a noun of persons at an item is the adjective of one that ends like it."""
    adjective = line.noun(at) if at < len(line.items) else None
    if adjective is None or line.items[at].pre or head[-2:] not in ("ون", "ين"):
        return False
    alike = line.words[line.items[at].last - 1].text.endswith(head[-2:])
    return alike and noun.entry.name in _VAGUE and bool(set(adjective.entry.tags) & _GROUPS)


def more_precise(line: Line, noun: Noun, at: int) -> Noun:
    """Return the noun that says more: a head of vague sense or its adjective."""
    adjective = line.noun(at)
    return adjective if adjective and adjective.entry.name in _PRECISE else noun


def held_as(line: Line, noun: Noun, at: int, *, definite: bool) -> bool:
    """`ناشطة محتجزة`, `تاجراً مخطوفاً`: tell whether the word at an item says that persons are held."""
    state = line.noun(at) if at < len(line.items) else None
    if state is None or line.items[at].pre or line.items[at].definite != definite or noun.number != state.number:
        return False
    ends = (line.words[line.items[n].last - 1].text[-1:] for n in (at - 1, at))
    return "civilian" in noun.entry.tags and bool(set(state.entry.tags) & _HELD) and len(set(ends)) == 1


def plain(noun: Noun | None, tags: frozenset[str], first: int, last: int) -> Who:
    """A party that so far is only its noun, None for a word that only belongs to a body."""
    if noun is None:
        return Who(first, last, tags)
    entry = noun.entry
    speaking = entry.speaking or entry.acting
    return Who(first, last, tags, noun=entry.name, sector=entry.sector, acting=entry.acting, speaking=speaking)
