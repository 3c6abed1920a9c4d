"""What ties a noun to a body or a people: its owner, its adjectives, what a force is for."""

from events.items import Item
from events.line import Line
from events.readings import Actor, Sense
from events.schema import CountryEntry
from events.words import QUOTES

AFFILIABLE = frozenset(
    ("armed", "official", "speaker", "group", "aircraft", "vehicle", "weapon", "ship", "state", "head", "post", "staff")
)
"""Tags of nouns that may belong to a body."""
_BELONG = ("ينتم", "تنتم", "منتم")
_WERE = frozenset(("كان", "كانوا", "يقاتل", "يقاتلون", "في", "ضمن"))
_EMPLOYERS = frozenset(("NGO", "IGO"))  # whose people are named for the body: موظفو الأونروا
_FIRED, _ARMING = frozenset(("weapon", "aircraft")), frozenset(("armed", "state", "group", "aid"))
"""What no embassy owns (`استهدفت ثلاثة صواريخ السفارة`), and who does."""
_WAR_MACHINES = frozenset(("aircraft", "weapon", "ship"))
_TANWIN = ("اً", "ًا")
_ONLY_PEOPLE = frozenset(("person", "civilian"))
_SOUND = ("ون", "ين", "ان")
_MACHINES = frozenset(("aircraft", "weapon", "vehicle", "device"))


def owner_at(line: Line, at: int, tags: frozenset[str], *, direct: bool) -> int | None:
    """Return the item that names the body: directly, behind في/من/باسم, with لـ, or behind تابع لـ."""
    if not (tags & AFFILIABLE or ("person" in tags and line.folded(at).removeprefix("ال").startswith(_BELONG))):
        return None
    linked, words = False, line.lexicon.words
    for ahead in range(at, min(at + 5, len(line.items))):
        word = line.folded(ahead)
        if line.mark(ahead) and line.mark(ahead) in QUOTES:
            continue
        actor = line.actor(ahead)
        item = line.items[ahead]
        near = direct or linked or item.pre == "ل"
        hearer = actor is not None and actor.sector == "MED" and item.pre == "ل"  # مصدر لرويترز
        hearer = hearer or (actor is not None and bool(tags & _FIRED) and not set(actor.tags) & _ARMING)
        if actor and "staff" in tags and actor.sector not in _EMPLOYERS:
            return None
        seat = actor is not None and ("state" in actor.tags or actor.name.endswith("} Governorate"))
        home = seat and linked and (line.place(ahead) or line.items[ahead].slot)
        if actor and near and item.pre in ("", "ل") and not (home or hearer):
            return ahead
        spoken_for = "head" in line.functions(ahead) and item.pre == "ل"  # بيان لقيادة الجيش
        if _in_ranks(line, ahead):
            linked = True
            continue
        if ahead == at and _arm_of(line, at, tags):
            continue
        tied = line.lexicon.begins("belonging_start", word.removeprefix("ال")) or spoken_for
        if word in words["of"] or word == "ل" or tied or (linked and word == "الي"):
            linked = True
        elif not ((direct or linked) and "head" in line.functions(ahead) and item.pre == "") and not (
            linked and ahead == at + 1 and line.noun(ahead)
        ):
            return None
    return None


def _arm_of(line: Line, at: int, tags: frozenset[str]) -> bool:
    """`فوج الهندسة في الجيش`, `اللواء 30 في الحشد`: the arm or number of a unit before the force it is of."""
    unit = "armed" in tags and "person" not in tags and at + 1 < len(line.items)
    which = line.items[at].first in line.numbers or line.folded(at).startswith("ال")
    return unit and which and not line.items[at].pre and line.folded(at + 1) in ("في", "من", "ضمن")


def _in_ranks(line: Line, at: int) -> bool:
    """`مقاتلون كانوا في صفوف قسد`: words that put persons into the ranks of a force."""
    if line.folded(at) == "صفوف":
        return True
    return line.folded(at) in _WERE and any(line.folded(at + n) == "صفوف" for n in (1, 2))


def names_task(line: Line, at: int) -> bool:
    """`قوات مكافحة الشغب`: tell whether a verbal noun says what a force is for, and no act."""
    item = line.items[at]
    senses = [reading for reading in item.readings if isinstance(reading, Sense)]
    return bool(senses) and not item.definite and not item.suf and all(sense.form == "masdar" for sense in senses)


def names_trade(line: Line, at: int, tags: frozenset[str]) -> bool:
    """`عمال النقل`, `سائقو الإغاثة`: tell whether a verbal noun says what work people do, and no act."""
    item = line.items[at]
    works = "civilian" in tags and not tags & {"dead", "wounded", "displaced"} and "toll" not in line.functions(at - 1)
    return works and item.definite and bool(item.kinds.senses) and all(s.form == "masdar" for s in item.kinds.senses)


def describes_task(line: Line, at: int) -> bool:
    """`قوات مكافحة الإرهاب الدولي`: tell whether a word goes on with what a force is for."""
    if at >= len(line.items) or line.items[at].pre or line.actor(at):
        return False
    folded = line.folded(at)
    return (folded.startswith("ال") and not line.place(at)) or folded == "غير"


def _same_case(head: str, adjective: str) -> bool:
    """`مسلحون | شيخاً`: a nominative plural has no accusative beside it, and an adjective in اً a noun in اً."""
    if head.endswith(_SOUND):
        return not adjective.endswith(("ا", "اً", *_SOUND)) or adjective.endswith(head[-2:])
    return not adjective.endswith("اً") or head.endswith(("اً", "ا", "ًا"))


def _all_verbal(item: Item) -> bool:
    forms = {sense.form for sense in item.kinds.senses}
    return bool(forms) and forms <= {"masdar", "participle"} and len(item.readings) == len(item.kinds.senses)


def agrees(line: Line, at: int, tags: frozenset[str], head: str, *, definite: bool) -> bool:
    """Tell whether an unknown word agrees with the head, as written, in article and case, and carries no pronoun."""
    item = line.items[at]
    word = line.words[item.first]
    if line.is_word(at, "two") or not _same_case(head, word.text):
        return False
    describes = word.folded.startswith("الم") and word.text.endswith("ة")  # القوة المهاجمة: as written a verbal noun
    if definite and item.definite and describes and _all_verbal(item):
        return True
    noun = line.noun(at) if tags & _MACHINES and word.text.endswith("ة") else None
    noun = noun if noun and "person" in noun.entry.tags else None  # طائرات انتحارية
    if (item.readings and noun is None) or not word.folded.isalpha() or word.text.endswith(("ه", "ها", "هم")):
        return False
    own = word.folded.startswith("ال") and not word.text.startswith("أ")  # ألماني has no article
    if tags <= _ONLY_PEOPLE and word.folded.endswith("ه") and not head.endswith("ة"):
        return False  # ثلاثة أشخاص | بتهمة
    return own == definite and (own or word.folded.endswith(("ه", "ين", "ون", "ات", "ا", "ي")))


def is_accusative(line: Line, at: int) -> bool:
    """Tell whether a word in اً stands alone (`أوقف الجيش سورياً`) and is not the adjective of a noun before."""
    texts = [line.words[line.items[n].first].text for n in (at - 1, at) if n >= 0]
    return texts[-1].endswith(_TANWIN) and not (len(texts) == 2 and texts[0].endswith((*_TANWIN, "ة", "ةً")))


def army_of(line: Line, owner: Actor | None, tags: frozenset[str]) -> CountryEntry | None:
    """Return the country whose army has a state's machines (`مروحيات النظام`), None if no single state owns any."""
    if owner is None or "state" not in owner.tags or not tags & _WAR_MACHINES or len(owner.countries) != 1:
        return None
    return line.lexicon.countries.get(owner.countries[0])


def is_adjective(line: Line, at: int) -> bool:
    """Tell whether a singular with the article goes with the noun before (`العدوان الإسرائيلي`) and is nobody."""
    before, word = (line.words[line.items[n].first].text for n in (at - 1, at)) if at else ("", "")
    return before.startswith(("ال", "وال", "لل", "بال")) and word.startswith("ال") and word.endswith("ي")
