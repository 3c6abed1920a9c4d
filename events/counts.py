"""How many persons an act concerns."""

from collections.abc import Sequence

from events.chunks import Chunk, Who, leftward, rightward
from events.frames import Frame
from events.line import Line
from events.readings import Sense
from events.roles import TOLLS

PERSONS = frozenset(
    ("person", "civilian", "armed", "official", "detainee", "abductee", "displaced", "wounded", "dead", "speaker")
)
"""Tags of nouns that count persons."""
_COUNT_OF = {
    "arrest": "detained",
    "abduct": "abducted",
    "evacuate": "evacuated",
    "displace": "displaced",
    "return_home": "returned",
    "release": "released",
    "surrender": "surrendered",
}
_THINGS = frozenset(("vehicle", "ship", "building"))
_DEATHS = ("die", "death", "succumb", "perish", "pass away", "meet one's death")  # of the wounded too
_DUAL = ("تين", "تان")
_TAKEN = frozenset(("detained", "abducted", "released"))
_ACTOR_COUNTED = frozenset(("displace", "return_home", "surrender"))
_IN_FAMILIES = frozenset(("evacuated", "displaced", "returned"))


def counts_of(line: Line, chunks: Sequence[Chunk], at: int, sense: Sense, frame: Frame) -> dict[str, int]:
    """Return the numbers of the act that is told at a chunk by the row's columns; families are counted apart."""
    key: str | None = sense.term.count or _COUNT_OF.get(sense.code)
    if key is None:
        return {}
    if key in TOLLS and _attempted(chunks, at):
        return {}
    number = _number_of(chunks, at, sense, frame.part)
    if sense.code == "release" and sense.term.frame == "parties":  # مبادلة 14 محتجزا بين الطرفين
        number = next((who.number for n in frame.used if (who := chunks[n].who) and who.number is not None), None)
    if number is not None:
        return {key: number}
    if not frame.patients and key in _TAKEN and _one_person(chunks, at):
        return {key: 1}
    counted = _counted(sense, frame)
    if counted and all(who.tags & _THINGS for who in counted):  # حافلات على متنها 512 مدنيا
        counted = tuple(who for n in frame.used if (who := chunks[n].who) and who.number is not None)[:2]
    return _totals(line, chunks, counted, key, sense)


def _totals(line: Line, chunks: Sequence[Chunk], counted: Sequence[Who], key: str, sense: Sense) -> dict[str, int]:
    """The numbers of all parties counted, added up by column."""
    totals: dict[str, int] = {}
    many = bool(counted) and counted[0].number is not None and counted[0].number > 10
    for who in counted:
        if who.number is None and who.single and many:  # 50 مريضاً وجريحاً, 1200 مريض وجريح
            continue
        column = _column(key, sense, who)
        families = column in _IN_FAMILIES and who.head.removeprefix("و") in line.lexicon.words["family"]
        sums = {f"{column}_families" if families else column: _remains(chunks, who) or head_count(who)}
        if families:
            sums[column] = _members(line, chunks, who)
        for name, number in sums.items():
            if number is not None:
                totals[name] = totals.get(name, 0) + number
    return totals


def _remains(chunks: Sequence[Chunk], who: Who) -> int | None:
    """`رفات 14 شخصا`, `جثامين ستة عمال`: the number of those whose remains they are."""
    if who.number is not None or "dead" not in who.tags or "person" in who.tags:
        return None
    at = next((n for n, chunk in enumerate(chunks[:-1]) if chunk.who == who), None)
    owner = chunks[at + 1] if at is not None else None
    return owner.who.number if owner and owner.who and not owner.pre else None


def _column(key: str, sense: Sense, who: Who) -> str:
    """The column of a party: the dead and the wounded of a toll say themselves which they are."""
    if key not in TOLLS or sense.term.gloss.startswith(_DEATHS):
        return key
    return "injured" if "wounded" in who.tags else "killed" if "dead" in who.tags else key


def _members(line: Line, chunks: Sequence[Chunk], families: Who) -> int | None:
    """`ثلاث عائلات قوامها 17 فردا`: how many persons the families are."""
    at = next((n for n, chunk in enumerate(chunks) if chunk.who == families), None)
    listed = line.lexicon.words["persons_of"]
    for ahead, chunk in rightward(chunks, at, 4) if at is not None else ():
        if chunk.folded in listed:
            return said_number(chunks, ahead)
        again = chunks[ahead - 1].is_mark("(") or (chunks[ahead - 1].is_mark("،") and chunk.folded == "اي")
        persons = chunk.who if again else None
        if persons and persons.tags & PERSONS and persons.number is not None:  # 3250 أسرة، أي نحو 16 ألف شخص
            return persons.number
        if (chunk.mark and not chunk.is_mark("،(")) or chunk.senses:
            return None
    return None


def _attempted(chunks: Sequence[Chunk], at: int) -> bool:
    """`حاولت اغتيال القيادي`: who was to be killed is not dead."""
    return any(
        chunk.folded.lstrip("و").startswith(("حاول", "يحاول", "تحاول", "محاول"))
        for chunk in chunks[max(0, at - 2) : at]
    )


def _one_person(chunks: Sequence[Chunk], at: int) -> bool:
    """`اعتقلته`, `أفرجت عنه`: the object is one man named before."""
    behind = chunks[at + 1].folded if at + 1 < len(chunks) else ""
    return chunks[at].suf == "ه" or behind == "عنه"


def _number_of(chunks: Sequence[Chunk], at: int, sense: Sense, part: int | None) -> int | None:
    """`172 وفاة`, `إصابتين`, `أودى بحياة سائقين`: the number of deaths; `عدد الفارين … 1400`: the one said of them."""
    lives = sense.code == "casualties" or sense.term.gloss.endswith(" lives")  # أودت قذيفة بحياة سائقين
    if part is not None and lives and sense.term.frame == "agent_patient":
        victims = chunks[part + 1].who if part + 1 < len(chunks) else None
        return head_count(victims) if victims else None
    if sense.term.gloss == "among the missing":  # لا يزال تسعة في عداد المفقودين
        return next((head_count(chunk.who) for _, chunk in leftward(chunks, at, 4) if chunk.who), None)
    those_who = at > 1 and chunks[at - 1].folded == "من" and chunks[at - 2].folded.endswith("عدد")  # عدد من نزحوا
    if those_who or sense.term.gloss.startswith("number of"):
        return said_number(chunks, at)
    if sense.form != "noun" or sense.code != "casualties":
        return None
    if chunks[at].folded.endswith(_DUAL):
        return 2
    return chunks[at - 1].number if at else None


def said_number(chunks: Sequence[Chunk], at: int) -> int | None:
    """Return the first number behind a chunk in its clause, of persons or of nothing named."""
    for _, chunk in rightward(chunks, at, 10):
        number = chunk.number if chunk.number is not None else chunk.who.number if chunk.who else None
        if number is not None:
            return number
        reaches = chunk.folded in ("بلغ", "بلغت", "ارتفع", "ارتفعت", "وصل", "تجاوز", "يبلغ", "زاد")
        acts = chunk.senses and not chunk.who and not reaches
        if chunk.is_mark("،؛:.") or "break" in chunk.functions or acts:
            return None
    return None


def _counted(sense: Sense, frame: Frame) -> tuple[Who, ...]:
    leaving = sense.code == "evacuate" and sense.term.frame == "agent"
    acting = sense.code in _ACTOR_COUNTED or leaving
    return frame.agents if acting and frame.agents else frame.patients


def head_count(who: Who) -> int | None:
    """Return how many persons a party is: its number, or 1 for a single indefinite person; None for things."""
    if who.tags & _THINGS and not who.tags & PERSONS:
        return None
    if who.number is not None:
        return who.number
    named = who.actor is not None and "person" in who.actor.tags and who.noun is None and "head" not in who.tags
    return 1 if (who.single and who.tags & PERSONS) or named else None
