"""Whether a trigger tells an act at all: no aim, no charge, no habit, no quoted word, no word of speech."""

from collections.abc import Sequence

from events.arguments import struck_noun
from events.chunks import Chunk, leftward
from events.conditions import managed
from events.line import Line
from events.matching import bare_forms
from events.operators import operator_at
from events.supports import attempted, supports_only

_CARRIED_OUT = frozenset(("نفذ", "نفذت", "ينفذ", "تنفذ", "تنفيذ", "نفذوا"))
_CONCLUDED = ("اعلن", "وقع", "ابرم", "بدا", "دخل", "توصل")  # of a truce
_GOING_ON = ("تزال", "يزال", "يزالون", "زالت", "زال", "زالوا")
_FIGHTS = frozenset(("clash", "attack"))
_AVOIDED = frozenset(("تجنب", "تفادي", "تحاشي", "توخي"))
_ON_THEM = ("بحوزت", "بحيازت", "لديهم")
_TRADES = frozenset(("steal", "loot", "rob"))


def may_tell(line: Line, chunks: Sequence[Chunk], at: int) -> bool:
    """Tell whether a trigger may tell an act at all: one that is no aim, mere support, quoted word or speech."""
    return not (
        _purpose(line, chunks, at)
        or supports_only(chunks, at)
        or _quoted_word(chunks, at)
        or _says(chunks, at)
        or _anyone(line, chunks, at)
        or _described(chunks, at)
        or _was_there(chunks, at)
        or struck_noun(chunks, at)
        or _habit(chunks, at)
        or _trade(chunks, at)
        or _charge(line, chunks, at)
        or _terms_of(line, chunks, at)
        or _blame(line, chunks, at)
        or _reaching(line, chunks, at)
        or _sentence(line, chunks, at)
        or _by_nature(chunks, at)
        or _toll_of_fight(chunks, at)
        or _found_on_them(chunks, at)
        or (at > 0 and chunks[at - 1].folded.lstrip("وبل") in _AVOIDED)
        or attempted(chunks, at)
        or _still_holds(line, chunks, at)
    )


def concluded(chunks: Sequence[Chunk], at: int) -> bool:
    """`خرقت الهدنة التي أُعلنت في الخامس من يناير`: a truce whose conclusion is dated is told with its breach."""
    deal = any(sense.code in ("ceasefire", "agreement") for sense in chunks[at].senses)
    clause = chunks[at + 1 : at + 5]
    if not deal or not clause or "relative" not in clause[0].functions:
        return False
    concludes = len(clause) > 1 and clause[1].folded.startswith(_CONCLUDED)
    return concludes and any(chunk.time is not None for chunk in chunks[at + 2 : at + 7])


def _habit(chunks: Sequence[Chunk], at: int) -> bool:
    """`عادة ما تغلق السلطات الطريق`: what is done again and again is no event."""
    return any("habit" in chunk.functions for chunk in chunks[max(0, at - 3) : at])


def _trade(chunks: Sequence[Chunk], at: int) -> bool:
    """`عصابة تسرق السيارات`: what a gang lives by."""
    before = chunks[at - 1].who if at else None
    if before is None or before.definite or "group" not in before.tags:
        return False
    return any(sense.tense == "present" and sense.term.gloss in _TRADES for sense in chunks[at].senses)


def _charge(line: Line, chunks: Sequence[Chunk], at: int) -> bool:
    """`متهمين بقتل ضابط`, `للاشتباه بصلتهم بإطلاق صواريخ`: what somebody is held or tried for is told elsewhere."""
    if not line.holds("charged"):
        return False
    led = chunks[at].pre.endswith(("ب", "ل")) or (at and "prep:scene" in chunks[at - 1].functions)
    for back, chunk in leftward(chunks, at, 5):
        if _charged(line, chunk):
            return led or back == at - 1
        if chunk.who or chunk.mark or chunk.finite or chunk.speaks:
            return False
    return False


def _blame(line: Line, chunks: Sequence[Chunk], at: int) -> bool:
    """`حمّل واشنطن مسؤولية استمرار العدوان`: what a side answers for as a whole is no act."""
    course = at > 1 and line.holds("course") and bool(bare_forms(chunks[at - 1].folded) & line.lexicon.words["course"])
    return course and any(chunk.folded.startswith("مسوولي") for chunk in chunks[max(0, at - 4) : at - 1])


def _reaching(line: Line, chunks: Sequence[Chunk], at: int) -> bool:
    """`قبل وصولها إلى القاعدة`, `حاولت بلوغ المدينة`: what something was meant to reach."""
    if not at or bare_forms(chunks[at].folded).isdisjoint(line.lexicon.words["reaching"]):
        return False
    before = chunks[at - 1].folded.lstrip("و")
    return before in ("قبل", "قبيل", "دون") or before.startswith(("حاول", "تحاول", "يحاول", "محاول"))


def _sentence(line: Line, chunks: Sequence[Chunk], at: int) -> bool:
    """`قضت محكمة بإعدام ستة`: what a court orders is not done yet."""
    if chunks[at].folded.removeprefix("ب").removeprefix("ال") not in ("اعدام", "سجن", "حبس"):
        return False
    ruling = line.lexicon.words["court"]
    if any(bare_forms(chunk.folded) & _CARRIED_OUT for chunk in chunks[max(0, at - 6) : at]):
        return False
    return any(chunk.folded.lstrip("وف") in ruling or bare_forms(chunk.folded) & ruling for chunk in chunks[:at])


def _by_nature(chunks: Sequence[Chunk], at: int) -> bool:
    """`جرفت السيول منازل`, `دمّر الزلزال القرية`: what a flood or quake does is told with it."""
    blow = bool(chunks[at].senses) and all(s.form == "verb" and not s.term.count for s in chunks[at].senses)
    if not blow or not any(sense.code == "attack" for sense in chunks[at].senses):
        return False
    behind = chunks[at + 1] if at + 1 < len(chunks) else chunks[at]
    return not behind.who and not behind.pre and any(sense.code == "disaster" for sense in behind.senses)


def _found_on_them(chunks: Sequence[Chunk], at: int) -> bool:
    """`وضبطت بحوزتهم أسلحة`: what is found on people is told with their arrest."""
    behind = chunks[at + 1].folded if at + 1 < len(chunks) else ""
    return behind.startswith(_ON_THEM) and any(sense.code == "other" for sense in chunks[at].senses)


def _toll_of_fight(chunks: Sequence[Chunk], at: int) -> bool:
    """`بعد معارك مع الجيش أوقعت 17 قتيلا`: the fight right before its toll inflicts it."""
    if chunks[at].joined or not any(sense.term.gloss == "inflict (dead)" for sense in chunks[at].senses):
        return False
    for _, chunk in leftward(chunks, at, 5):
        if chunk.mark or chunk.finite:
            return False
        if any(sense.form in ("noun", "masdar") and sense.code in _FIGHTS for sense in chunk.senses):
            return True
    return False


def _still_holds(line: Line, chunks: Sequence[Chunk], at: int) -> bool:
    """`لا تزال تسيطر على المدينة`: what goes on is no new gain."""
    going_on = at > 0 and line.words[chunks[at - 1].last - 1].folded in _GOING_ON
    return going_on and any(sense.code == "take_control" for sense in chunks[at].senses)


def _charged(line: Line, chunk: Chunk) -> bool:
    listed = line.lexicon.words["charged"]
    words = (word.folded for word in line.words[chunk.first : chunk.last])
    return not chunk.finite and any(bare_forms(word) & listed or word in listed for word in words)


def _terms_of(line: Line, chunks: Sequence[Chunk], at: int) -> bool:
    """`ينص الاتفاق على`, `بنود التفاهم`: a deal whose terms are told is not concluded here."""
    if not chunks[at].definite or any(sense.code != "agreement" for sense in chunks[at].senses) or not at:
        return False
    before = chunks[at - 1]
    provides = any(operator.entry.gloss in ("provide for", "include") for operator in before.operators)
    return provides or bool(bare_forms(before.folded) & line.lexicon.words["terms"])


def _says(chunks: Sequence[Chunk], at: int) -> bool:
    """`نقل التلفزيون عن`: a word of speech whose conditions hold is no act."""
    operator = operator_at(chunks, at)
    statement = all(sense.code == "statement" for sense in chunks[at].senses)
    return operator is not None and operator.form != "phrase" and not statement


def _was_there(chunks: Sequence[Chunk], at: int) -> bool:
    """`مواقع كان يتمركز فيها الحوثيون`: what a place was like before."""
    present = any(sense.tense == "present" for sense in chunks[at].senses)
    if not present or at < 2 or "was" not in chunks[at - 1].functions:
        return False
    behind = chunks[at + 1].functions if at + 1 < len(chunks) else frozenset()
    carries = {sense.code for sense in chunks[at].senses} <= {"humanitarian_aid", "evacuate", "other", "casualties"}
    return "back" in behind or (carries and chunks[at - 2].who is not None)  # سائق شاحنة كان ينقل الدقيق


def _described(chunks: Sequence[Chunk], at: int) -> bool:
    """`والتفجير هو السابع من نوعه`: an act that is only described."""
    behind = chunks[at + 1] if at + 1 < len(chunks) else None
    after = chunks[at + 2] if at + 2 < len(chunks) else None
    copula = behind is not None and behind.folded in ("هو", "هي") and chunks[at].definite
    return copula and (after is None or "relative" not in after.functions)


def _anyone(line: Line, chunks: Sequence[Chunk], at: int) -> bool:
    """`أي فرد يلقي السلاح`: whoever may do it has not done it; `محاسبة من أطلق النار`: told elsewhere."""
    from_whom = at > 1 and chunks[at - 1].folded == "من" and chunks[at].finite
    if from_whom and not chunks[at - 2].folded.endswith("عدد") and not managed(chunks, at):
        return True
    listed = line.lexicon.words["any"]
    present = any(sense.tense == "present" for sense in chunks[at].senses)
    return present and any(c.folded.lstrip("بلو") in listed for c in chunks[max(0, at - 2) : at] if not c.mark)


def _quoted_word(chunks: Sequence[Chunk], at: int) -> bool:
    """A word that stands alone in quotation marks is spoken of, not told: نقول «نزوح»; `«تحييد» 14 مسلحا` is told."""
    alone = 0 < at < len(chunks) - 1 and chunks[at - 1].is_mark('«"“') and chunks[at + 1].is_mark('»"”')
    behind = chunks[at + 2] if at + 2 < len(chunks) else None
    goes_on = behind is not None and (behind.who is not None or "prep:target" in behind.functions)
    return alone and not (goes_on and any(sense.term.frame == "agent_patient" for sense in chunks[at].senses))


def _purpose(line: Line, chunks: Sequence[Chunk], at: int) -> bool:
    """`لإعادة…`, `بهدف السيطرة`: what an act is for is no event of its own."""
    before = chunks[at - 1] if at else None
    if before and "purpose" in before.functions:
        return True
    aim = before is not None and before.prep("ل") and any(sense.form == "masdar" for sense in before.senses)
    if aim and at > 1 and chunks[at].senses and not chunks[at].finite and _purpose(line, chunks, at - 1):
        return True  # لعبور شحنة أدوية
    if not chunks[at].prep("ل") or _asked_for(chunks, at):
        return False
    deal = before is not None and any(sense.code == "agreement" for sense in before.senses)
    if deal and all(sense.code == "release" for sense in chunks[at].senses):  # اتفاقا لتبادل الأسرى
        return True
    if before is None or before.mark:
        return True
    if _past_after_if(chunks, at) or _leads_to(line, chunks, at):
        return False
    return not (before.senses or before.operators)


def _asked_for(chunks: Sequence[Chunk], at: int) -> bool:
    """`دعا لوقف`: the لـ belongs to a word of speech."""
    return any("ل" in operator.entry.prep for _, chunk in leftward(chunks, at, 5) for operator in chunk.operators)


def _past_after_if(chunks: Sequence[Chunk], at: int) -> bool:
    """`لولا … لسيطرت`: the لـ of a condition's answer."""
    past = any(sense.form == "verb" and sense.tense == "past" for sense in chunks[at].senses)
    return past and any(op.entry.gloss in ("but for", "if") for chunk in chunks[:at] for op in chunk.operators)


def _leads_to(line: Line, chunks: Sequence[Chunk], at: int) -> bool:
    """`تعرض لقصف`, `ما أدى لمقتل`: a word before the لـ that leads to what happened."""
    for back, near in leftward(chunks, at, 6):
        leads = line.lexicon.begins("leads_to_start", near.folded.removeprefix("و"))
        if leads or near.functions & {"result", "cause"} or ("support" in near.functions and back >= at - 2):
            return True
        if near.senses or near.mark or "break" in near.functions:
            return False
    return False
