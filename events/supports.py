"""Words of an act that only support or set out another one: `شنّ غارة`, `غارة شنّتها`, `اعتدى بالضرب`."""

from collections.abc import Sequence

from events.chunks import Chunk, leftward
from events.matching import folded_set

_BLOWS = frozenset(("بالضرب", "ضربا"))
_DRIVE = ("يقود", "تقود", "قاد")  # بسيارتين ملغومتين يقودهما انتحاريان
_MANNERS = frozenset(("طعنا", "ذبحا", "خنقا", "شنقا", "دهسا", "سحلا", "حرقا"))
_WEAPONS = frozenset(("weapon", "device", "aircraft"))


def launches(chunks: Sequence[Chunk], at: int) -> bool:
    """`بقذائف أطلقها التنظيم`, `بعبوة زرعها مسلحون`: a verb whose pronoun is the weapon before; its subject acts."""
    verb = chunks[at]
    if not verb.suf or not (verb.finite or "support" in verb.functions) or verb.folded.startswith(_DRIVE):
        return False
    for _, before in leftward(chunks, at, 4):
        planted = any(sense.code == "explosion_mine" and sense.form != "verb" for sense in before.senses)
        if planted or (before.who and before.who.tags & _WEAPONS):
            return True
        if (
            before.mark
            or before.operators
            or (before.who and not before.places)
            or (before.senses and not before.places)
        ):
            return False
    return False


def supports_only(chunks: Sequence[Chunk], at: int) -> bool:
    """`عُقدت محادثات`, `محادثات عُقدت`, `غارة شنّتها`: the noun beside the verb is the act."""
    chunk = chunks[at]
    if at and launches(chunks, at):
        return True
    if "support" not in chunk.functions:
        return _manner(chunks, at)
    if of_act(chunks, at) or (not chunk.joined and _act_before(chunks, at)):  # معارك عنيفة اندلعت
        return True
    codes = {sense.code for sense in chunk.senses}
    codes |= {"ceasefire"} if "agreement" in codes else set()  # التوصل إلى اتفاق لوقف إطلاق النار
    before, behind = chunks[max(0, at - 4) : at], chunks[at + 1 : at + 6]
    if _completed(chunk, behind):
        return False
    if chunk.suf and any(sense.form != "verb" for near in before for sense in near.senses):
        return True
    return any(
        sense.code in codes and sense.form != "verb" and not sense.term.with_words
        for near in (*before, *behind)
        for sense in near.senses
    )


def of_act(chunks: Sequence[Chunk], at: int) -> bool:
    """Tell whether the antecedent of a verb behind الذي or التي is an act: `الاشتباكات العنيفة التي اندلعت السبت`."""
    return at > 0 and "relative" in chunks[at - 1].functions and _act_before(chunks, at - 1)


def _act_before(chunks: Sequence[Chunk], at: int) -> bool:
    """Whether the noun right before, behind its adjectives, is an act."""
    for _, noun in leftward(chunks, at, 2):
        if noun.who and noun.who.adjective:  # التفجير الإرهابي الذي
            continue
        if noun.senses or noun.who or noun.mark or noun.functions:
            return not noun.who and any(sense.form != "verb" for sense in noun.senses)
    return False


def _completed(chunk: Chunk, behind: Sequence[Chunk]) -> bool:
    """`يعاد فتحه`, `أعاد انتشاره`: the noun behind makes one act of its own with the verb."""
    wanted = (folded_set(sense.term.with_words) for sense in chunk.senses if sense.form == "verb")
    own = frozenset().union(*wanted)
    return any(near.suf and near.folded in own for near in behind[:3])


def _manner(chunks: Sequence[Chunk], at: int) -> bool:
    """`اعتدى مستوطنون بالضرب على مزارع`, `مقتل شاب طعناً`: how the act before is done."""
    if chunks[at].folded in _MANNERS:
        near = (sense for _, before in leftward(chunks, at, 4) for sense in before.senses)
        return any(sense.term.count == "killed" for sense in near)
    if chunks[at].folded not in _BLOWS:
        return False
    return any(sense.form == "verb" for _, before in leftward(chunks, at, 4) for sense in before.senses)


def attempted(chunks: Sequence[Chunk], at: int) -> bool:
    """`أسقطت الدفاعات مسيّرة حاولت استهداف المدينة`: what a machine that is shot down was about to hit."""
    tries = at > 1 and chunks[at - 1].folded.startswith(("حاول", "تحاول", "يحاول")) and bool(chunks[at].senses)
    machine = chunks[at - 2].who if tries else None
    downed = any(sense.code == "drone_flight" for chunk in chunks[max(0, at - 8) : at] for sense in chunk.senses)
    return machine is not None and "aircraft" in machine.tags and downed
