"""Whose something is where no name stands right behind it: `تابعة له`, `قاعدة لها`, `من طراز إف-16 تابعة للجيش`."""

from events.affiliation import owner_at
from events.chunks import Who
from events.line import Line
from events.readings import Actor
from events.schema import CountryEntry
from events.values import replace

_MACHINES = frozenset(("aircraft", "weapon", "ship", "vehicle"))
_GROUP, _RULING = frozenset(("group",)), frozenset(("MIL", "COP", "GOV"))
_BY = ("من", "الي", "علي")
_MODEL = ("طراز", "نوع")


def of_speaker(line: Line, at: int, *, ownable: bool) -> int:
    """`مسيّرة تابعة له`, `قاعدة لها`: the number of items at `at` that say whose it is by a pronoun, 0 if none."""
    if line.lexicon.begins("belonging_start", line.folded(at).removeprefix("ال")) and line.is_word(at + 1, "to_him"):
        return 2
    return int(ownable and line.is_word(at, "to_him"))


def owner_of_bare(line: Line, at: int, actor: Actor) -> int | None:
    """`المجلس العسكري التابع للجيش الحر`: the item of the body that owns a force with no country."""
    tied = at < len(line.items) and line.lexicon.begins("belonging_start", line.folded(at).removeprefix("ال"))
    bare = actor.weak and actor.sector in _RULING and "Ministry" not in actor.name
    owner = owner_at(line, at, _GROUP, direct=False) if tied and bare else None
    holder = line.actor(owner) if owner is not None else None
    return owner if holder and "state" not in holder.tags else None  # مروحيات النظام are its army's


def hailing(line: Line, who: Who, at: int, end: int) -> tuple[Who, int]:
    """Return a party headed by the item `at` with its backers or its country behind it, and the item behind those."""
    if who.actor:
        return who, _behind_backer(line, end)
    plain = "armed" in who.tags and who.people is None and not line.items[at].suf
    country = _from_country(line, end) if plain else None
    return (replace(who, people=country), end + 2) if country else (who, end)


def _behind_backer(line: Line, at: int) -> int:
    """`مليشيا الحوثي المدعومة من إيران`: the item behind the words at `at` that say who backs a party; `at` if none."""
    start = at + (line.mark(at) in ("»", "”"))
    backer = start + 1 + (line.folded(start + 1) in _BY)
    if backer >= len(line.items) or not line.lexicon.begins("backed_start", line.folded(start).removeprefix("ال")):
        return at
    joined = backer > start + 1 or line.items[backer].pre in ("ل", "ب")
    named = line.actor(backer) or line.place(backer) or line.demonym(backer)
    return backer + 1 if joined and named else at


def _from_country(line: Line, at: int) -> CountryEntry | None:
    """`ثلاثة جنود من جنوب أفريقيا`: the country that armed men are from, None if none is named at an item."""
    state = line.actor(at + 1) if at + 1 < len(line.items) and line.folded(at) == "من" else None
    named = state is not None and "state" in state.tags and len(state.countries) == 1 and line.place(at + 1) is not None
    return line.lexicon.countries.get(state.countries[0]) if state and named else None


def behind_model(
    line: Line, at: int, owner: Actor | None, slot: str | None, tags: frozenset[str]
) -> tuple[Actor | None, str | None, int]:
    """`مقاتلة من طراز إف-16 تابعة للجيش`: the owner of a machine behind its model, and the item behind both."""
    if owner or not tags & _MACHINES or line.folded(at) != "من" or line.folded(at + 1) not in _MODEL:
        return owner, slot, at
    begins = line.lexicon.begins
    behind = next((n for n in range(at + 2, at + 8) if begins("belonging_start", line.folded(n))), None)
    found = owner_at(line, behind, tags, direct=False) if behind is not None else None
    if found is None:
        return owner, slot, at if behind is None else behind
    return line.actor(found), line.items[found].slot, found + 1


def may_be_of(people: Who, kind: str) -> bool:
    """Whether those counted may be out of a party: 24 `من الشرطة` may be by the police, the dead are its own."""
    body = people.actor is not None and people.noun is None
    return (kind == "civilian" and "armed" in people.tags) if body else kind in people.tags
