"""Words of speech and modality: whether one holds, who speaks, who acts in what is said."""

from collections.abc import Sequence

from events.chunks import Chunk, Who, leftward, rightward
from events.matching import bare_forms, folded_set
from events.readings import Operator

_SPEAKING = frozenset(
    ("speaker", "official", "state", "group", "armed", "person", "crowd", "head", "resident", "civilian")
)
_ACCUSED = frozenset(("ه", "ها", "هم"))  # واتهمتها الحركة بقصف: who acted before
_AUSPICES = ("برعاي", "بوساط", "باشراف", "بدعم", "بضمان")
_PAPERS = frozenset(("قرارا", "قرار", "بيانا", "بيان", "توصيه", "رساله", "نداء", "اعلانا"))
_NOTHING_SAID = frozenset(("عدم", "دون", "بدون"))
_NO_SPEAKER_BEHIND = frozenset(("prep:scene", "prep:origin", "prep:destination", "prep:target"))


def operator_at(chunks: Sequence[Chunk], at: int) -> Operator | None:
    """Return the operator a chunk is, if its conditions hold."""
    chunk = chunks[at]
    if not chunk.operators or chunk.pre.endswith(("ب", "ك")) or (chunk.who is not None and not chunk.speaks):
        return None
    if at and (chunks[at - 1].folded in _NOTHING_SAID or beside_report(chunks, at)):
        return None
    return next((operator for operator in chunk.operators if _applies(chunks, at, operator)), None)


def beside_report(chunks: Sequence[Chunk], at: int) -> bool:
    """`قالت الوزارة، في بيان نشرته أمس، إن`, `في تصريح صحفي`: words beside a report that are no speech of their own."""
    chunk, before = chunks[at], chunks[at - 1] if at else chunks[at]
    led = at > 1 and ("prep:scene" in chunks[at - 2].functions or before.pre.endswith(("ب", "ل")))
    owned = bool(chunk.suf) and "speech_noun" in before.functions and led
    return owned or ("speech_noun" in chunk.functions and "prep:scene" in before.functions)


def _applies(chunks: Sequence[Chunk], at: int, operator: Operator) -> bool:
    entry = operator.entry
    ahead = chunks[at + 1 : at + 9]
    wanted = folded_set(entry.with_words)
    if wanted and not any(chunk.folded in wanted or chunk.folded.lstrip("وبل") in wanted for chunk in ahead):
        return False
    content = any("that" in chunk.functions or chunk.folded in ("«", ":") for chunk in ahead)
    if operator.kind == "say" and operator.form == "masdar":
        return content or any(chunk.senses for chunk in ahead[:4])
    if operator.kind == "say" and operator.form == "verb":
        if not content and _acts(chunks[at], ahead):
            return False
        content_follows = content or any(chunk.who or chunk.senses for chunk in ahead[:5])
        return content_follows and (content or not entry.weak)
    return content or not entry.weak


def _acts(chunk: Chunk, ahead: Sequence[Chunk]) -> bool:
    """`كشفت القوات مخبأ`: the word of speech tells an act, whose own words stand behind it."""
    wanted = frozenset().union(*(folded_set(sense.term.with_words) for sense in chunk.senses))
    return any(bare_forms(near.folded) & wanted for near in ahead[:5])


def own_voice(who: Who) -> bool:
    """Tell whether a speaker is a correspondent: who only reports for an outlet is no source."""
    return who.head.removeprefix("و").startswith("مراسل")


def speaker_of(chunks: Sequence[Chunk], at: int, operator: Operator) -> tuple[Who | None, int]:
    """Return who speaks by the operator at `at`, None if the sentence names nobody, and where the content begins."""
    if operator.form in ("phrase", "participle"):  # مشيرة إلى أن: who spoke before
        apart = operator.form == "participle" and not any(operator_at(chunks, n) for n in range(at))
        return (_acting_before(chunks, at, operator) if apart else None), at + 1
    quoting = operator.entry.with_words == ("عن",)
    if operator.form == "verb" and at and not chunks[at].joined and chunks[at - 1].folded in _PAPERS:
        return _acting_before(chunks, at, operator, apart=False), at + 1  # تبنى المجلس قرارا يطالب
    before = _subject_before(chunks, at)
    if before is not None and operator.form == "verb" and not quoting:
        return before, at + 1
    behind = _speaker_behind(chunks, at, operator, quoting=quoting)
    if behind is not None:
        return chunks[behind].who, behind + 1
    return before or _acting_before(chunks, at, operator), at + 1


def _acting_before(chunks: Sequence[Chunk], at: int, operator: Operator, *, apart: bool = True) -> Who | None:
    """`ودفعت وزارة الدفاع بتعزيزات، وقالت إن`: who acts in the clause before speaks, if the verb names nobody."""
    if apart and operator.form == "verb" and not chunks[at].joined:
        return None
    for back, chunk in leftward(chunks, at, 25):
        verb = chunk.finite or "support" in chunk.functions
        if verb and not chunk.who:
            behind = chunks[back + 1].who if back + 1 < at else None
            body = behind is not None and behind.actor is not None and not chunks[back + 1].pre
            return behind if body and _may_speak(chunks, back + 1) else None
        if chunk.speaks or "break" in chunk.functions:
            return None
    return None


def _speaker_behind(chunks: Sequence[Chunk], at: int, operator: Operator, *, quoting: bool) -> int | None:
    """The chunk of the subject behind its verb; `quoting`: of the source behind عن."""
    begun = not quoting
    for ahead, chunk in rightward(chunks, at, 11):
        if not begun:
            begun = chunk.folded == "عن"
            continue
        if _content_begins(chunks, ahead, quoting=quoting):
            return None
        demanded = operator.kind == "demand" and chunk.pre == "ب"
        if _may_speak(chunks, ahead) and not demanded:
            addressed = operator.kind in ("accuse", "demand")  # اتهم المتحدث باسم الجيش الدعم السريع
            if addressed and _names_itself(chunks, ahead):
                return ahead + 1
            return by_name(chunks, ahead, titled=not addressed)
        if chunk.is_mark("،") and chunks[ahead - 1].time is None and ahead > at + 1:
            return None
        if chunk.functions & {"prep:origin", "prep:destination"}:
            return None
    return None


def by_name(chunks: Sequence[Chunk], at: int, *, titled: bool = True) -> int:
    """`بعثة الأمم المتحدة (يونيفيل)`, `متحدث باسم اللجنة`: the body that speaks; `titled`: a name may follow."""
    if at + 2 < len(chunks) and chunks[at + 1].folded == "باسم" and chunks[at + 2].who:
        return at + 2
    if titled and _in_person(chunks, at):
        return at + 1
    inside = next((n for n, chunk in rightward(chunks, at, 5) if chunk.is_mark("(")), 0) + 1
    name = chunks[inside] if 1 < inside < len(chunks) - 1 else None
    glossed = name is not None and name.who is not None and name.who.actor and chunks[inside + 1].is_mark(")")
    between = any(
        chunk.speaks or chunk.functions & {"that"} or chunk.is_mark("،:") for chunk in chunks[at + 1 : inside]
    )
    return inside if glossed and not between else at


def _names_itself(chunks: Sequence[Chunk], at: int) -> bool:
    """`دعا المبعوث الأممي هانس غروندبرغ الحوثيين إلى`: of three parties in a row the second is the first by name."""
    row = chunks[at : at + 3]
    whos = [chunk.who for chunk in row]
    bare = all(not chunk.pre for chunk in row[1:]) and len(row) == 3
    return bare and all(who and who.actor for who in whos) and not whos[0].number if whos[0] else False


def _in_person(chunks: Sequence[Chunk], at: int) -> bool:
    """`المتحدث باسم القوات المسلحة العميد يحيى سريع`: a bare office is that of the person named right behind it."""
    office, person = chunks[at].who, chunks[at + 1].who if at + 1 < len(chunks) else None
    if office is None or person is None or person.actor is None or chunks[at + 1].pre:
        return False
    bare = office.slot is None if office.actor and office.actor.pattern else not (office.actor or office.noun)
    of_body = chunks[at].last - chunks[at].first > 2 and office.actor and "army" not in office.actor.name
    if of_body or (office.actor and office.actor.sector == "GOV" and person.actor.sector == "PTY"):
        return False  # المتحدث باسم جهاز مكافحة الإرهاب صباح النعمان, رئيس الوزراء حيدر العبادي
    named = person.actor.pattern is None and not person.actor.weak and person.actor.sector != "MED"
    return bare and named and not office.number and bool(office.tags & {"head", "person"})


def _content_begins(chunks: Sequence[Chunk], at: int, *, quoting: bool) -> bool:
    chunk = chunks[at]
    if "that" in chunk.functions or (chunk.senses and not chunk.who):
        return True
    return chunk.is_mark(":«") and not quoting and not _names_speaker(chunks, at)


def _names_speaker(chunks: Sequence[Chunk], at: int) -> bool:
    """A name in quotation marks: قالت «قسد» إن."""
    if chunks[at].folded != "«":
        return False
    inside = chunks[at + 1 : at + 6]
    closed = next((n for n, chunk in enumerate(inside) if chunk.is_mark("»")), 0)
    return closed > 0 and inside[0].who is not None and not any(c.senses or c.operators for c in inside[1:closed])


def _may_speak(chunks: Sequence[Chunk], at: int) -> bool:
    chunk = chunks[at]
    who = chunk.who
    if who is None or chunk.governed:
        return False
    if at and chunks[at - 1].functions & _NO_SPEAKER_BEHIND and chunks[at - 1].folded != "عن":
        return False
    return bool(who.actor or who.tags & _SPEAKING or who.people)


def _subject_before(chunks: Sequence[Chunk], at: int) -> Who | None:
    """The subject before its verb: `والداخلية تنفي`; none for a verb joined by و."""
    topic = any(chunk.folded in ("اما", "واما") for _, chunk in leftward(chunks, at, 8))  # أما الشرطة فقالت
    for back, chunk in leftward(chunks, at, 6) if topic or not chunks[at].joined else ():
        if back and chunks[back - 1].folded.startswith(_AUSPICES):  # برعاية الأمم المتحدة يقضي
            return None
        if _may_speak(chunks, back):
            return chunk.who
        contrast = "break" in chunk.functions and back < at - 1
        if chunk.senses or chunk.operators or contrast or chunk.is_mark("،؛:—–-/|"):
            return None
    return None


def doer_of(
    chunks: Sequence[Chunk], at: int, start: int, operator: Operator, speaker: Who | None
) -> tuple[Who | None, int]:
    """Return who acts in the content of the word at `at`: the accused, the one asked, or the speaker; and its start."""
    role = operator.entry.doer
    if operator.kind == "accuse" and operator.form == "verb" and chunks[at].suf in _ACCUSED:
        return Who(chunks[at].first, chunks[at].last, frozenset(("armed",)), pronoun=True, back="him"), start
    if operator.kind == "accuse" or role == "addressee":
        return _object(chunks, start, speaker)
    return (speaker if role in ("speaker", "subject") else None), start


def _object(chunks: Sequence[Chunk], start: int, speaker: Who | None) -> tuple[Who | None, int]:
    """Return the accused, or who is asked: the last party before the preposition of the charge."""
    found: tuple[Who | None, int] = (None, start)
    for ahead, chunk in rightward(chunks, start - 1, 9):
        if ahead == start and chunk.who and _holds_office(chunk.who, speaker):
            continue
        if chunk.who and (_same_body(chunk.who, speaker) or "prep:scene" in chunks[ahead - 1].functions):
            continue  # الأمين العام أنطونيو غوتيريش; الطرفين في السودان
        if chunk.who and not chunk.pre.endswith(("ب", "ك")) and not (chunk.joined and ahead == start):
            found = found if chunk.joined and found[0] else (chunk.who, ahead + 1)
        elif "prep:destination" in chunk.functions and not found[0] and _peopled(chunks, ahead + 1):
            continue  # إنذارا إلى سكان المدينة
        elif chunk.senses or chunk.prep("ب") or "prep:destination" in chunk.functions or chunk.is_mark("،؛."):
            return found
    return found


def _peopled(chunks: Sequence[Chunk], at: int) -> bool:
    who = chunks[at].who if at < len(chunks) else None
    return who is not None and "resident" in who.tags


def _holds_office(who: Who, speaker: Who | None) -> bool:
    """`دعا المبعوث الأممي غسان سلامة جميع الأطراف`: a person by name right behind an office is the speaker."""
    office = speaker is not None and bool(speaker.tags & {"head", "person", "official"})
    return office and who.actor is not None and "person" in who.actor.tags


def _same_body(who: Who, speaker: Who | None) -> bool:
    return speaker is not None and who.actor is not None and who.actor == speaker.actor
