"""Which sense of a trigger holds: the conditions of its entry against the chunks around it."""

from collections.abc import Sequence

from events.arguments import Argument
from events.chunks import Chunk, Who, leftward, rightward
from events.frames import Frame, frame_of
from events.line import Line
from events.matching import bare_forms, folded_set
from events.model import PlaceMention
from events.prepositions import after_preposition
from events.readings import Sense
from events.roles import HELD, may_act
from events.schema import ActionTerm, Tag

_ROADS = frozenset(("road", "crossing", "airport", "roundabout"))
_GATES = ("معبر ", "منفذ ", "مطار ", "طريق ", "جسر ")
_CLOSED_SHOPS = frozenset(("shop", "restaurant", "cafe", "pharmacy", "bakery", "school"))  # no roads
_HURT = frozenset(("dead", "wounded"))
_PEOPLE = frozenset(("civilian", "armed", "official", "crowd", "resident", "detainee", "displaced"))


def sense_that_holds(line: Line, chunks: Sequence[Chunk], at: int) -> tuple[Sense, Frame] | None:
    """Return the sense with the most conditions, all of which hold, and its arguments; None: no act is told."""
    passive = marked_passive(line, chunks[at])
    found: tuple[Sense, Frame] | None = None
    for sense in sorted(chunks[at].senses, key=lambda sense: -_conditions(sense)):
        if (passive and sense.form != "verb") or (found and not _persons_before_goods(found[0], sense)):
            continue
        part = _telling_word(line, chunks, at, sense.term)
        if sense.term.with_words and part is None:
            continue
        frame = frame_of(chunks, at, sense, passive=passive, part=part)
        if _holds(chunks, at, sense, frame):
            if found or not sense.term.with_words or sense.term.object:
                return sense, frame
            found = sense, frame
    return found


def _persons_before_goods(found: Sense, sense: Sense) -> bool:
    """`ضبط 8 أشخاص بحوزتهم مخدرات`: an entry for persons as object outdoes one for goods named further on."""
    return found.code in ("other", "ceasefire") and "person" in sense.term.object


def _conditions(sense: Sense) -> int:
    term = sense.term
    return 4 * bool(sense.rest) + 2 * bool(term.with_words) + bool(term.subject) + bool(term.object)


def _holds(chunks: Sequence[Chunk], at: int, sense: Sense, frame: Frame) -> bool:
    term = sense.term
    if sense.code == "casualties" and term.count == "injured" and term.frame == "agent_patient":
        led_out = any(argument.role == "origin" for argument in frame.places)
        known = any(who.definite for who in frame.patients) and not any(who.number for who in frame.patients)
        if led_out or known:  # نقل الجرحى من المدينة: an evacuation; نقل المصابين إلى المستشفى: who was told of before
            return False
    closes = term.gloss == "close" and any(who.noun in _CLOSED_SHOPS for who in frame.patients)
    if closes or (sense.code == "evacuate" and _taken_away(chunks, at, frame)):
        return False
    if _is_party(chunks[at], sense) or _behind_preposition(chunks, at, sense) or _drone(chunks, at, sense):
        return False
    if _eliminates(chunks, at, sense) or _puts_out(sense, frame) or _as_reason(chunks[at], sense):
        return False
    # نُطمئنكم: the speaker of the quotation; العودة إلى الحي: whoever lived there
    spoken = sense.code == "statement" and not frame.subjects
    there = any(argument.role == "destination" for argument in frame.places)
    homeward = sense.code == "return_home" and sense.form != "verb" and not frame.subjects and there
    again = (sense.form == "verb" or sense.code == "take_control") and _place_again(chunks, at)
    if (
        term.subject
        and not (spoken or homeward or (again and "place" in term.subject))
        and not _tagged((*frame.agents, *frame.subjects), term.subject)
        and not _tagged(_elided(chunks, at, sense, named=bool(frame.subjects)), term.subject)
    ):
        return False
    if again and "place" in term.object:
        return True
    fits = not term.object or _tagged(frame.patients, term.object) or _place_fits(frame.places, term.object)
    return fits or _taken_from(chunks, sense, frame) or _acted_on(chunks, sense, frame) or _them(chunks, at, sense)


def _taken_away(chunks: Sequence[Chunk], at: int, frame: Frame) -> bool:
    """`ونقلوهم إلى جهة مجهولة`: a captor's way; `نقلت المصابين إلى المستشفى`: what follows any attack."""
    if any(sense.code == "abduct" for _, chunk in rightward(chunks, at, 3) for sense in chunk.senses):
        return True
    roles = {argument.role for argument in frame.places}
    known = [who for who in frame.patients if "wounded" in who.tags and who.definite and who.last - who.first == 1]
    return bool(known) and roles == {"destination"}


def _acted_on(chunks: Sequence[Chunk], sense: Sense, frame: Frame) -> bool:
    """`قطع الأهالي الطريق`: an act that has no target still has an object, bare behind its subject."""
    bare = (chunks[n] for n in frame.used if sense.term.frame == "agent" and not chunks[n].governed)
    return _tagged([chunk.who for chunk in bare if chunk.who], sense.term.object)


def _them(chunks: Sequence[Chunk], at: int, sense: Sense) -> bool:
    """`تحريرهم`: a pronoun of persons is the object; `رصدت مسيّرة وأسقطتها`: so is what the clause named before."""
    chunk = chunks[at]
    held = "person" in sense.term.object and sense.code in HELD
    if held and chunk.suf in ("هم", "هما", "هن"):
        return True
    if held and sense.form == "masdar" and chunk.suf in ("ه", "ها"):  # بعد إيقافها أمس
        return any(near.who and near.who.tags & {"official", "person"} for _, near in leftward(chunks, at, 12))
    fired = sense.code == "drone_flight" and sense.form == "verb" and chunk.suf in ("ها", "ه", "هما", "هم")
    before = (near.who for _, near in leftward(chunks, at, 14))
    return fired and any(who is not None and _has_tag(who, set(sense.term.object)) for who in before)


def _taken_from(chunks: Sequence[Chunk], sense: Sense, frame: Frame) -> bool:
    """`تسلمت الشرطة مقرها من الكتيبة`: what is taken stands before whom it is taken from."""
    if sense.code != "take_control" or "من" not in sense.term.prep:
        return False
    return any(who is not None and _has_tag(who, set(sense.term.object)) for who in (chunks[n].who for n in frame.used))


def _elided(chunks: Sequence[Chunk], at: int, sense: Sense, *, named: bool) -> tuple[Who, ...]:
    """`قال الجيش إنه استعاد المطار`, `دخلت القوات البلدة وانسحبت منها`: whom a verb without subject goes on about.

    `named`: a party stands where its subject would; behind a pronoun that is its object (`إنها أصابت سفينة`).
    """
    before = next((chunk for _, chunk in leftward(chunks, at, 3) if not chunk.functions & {"negation", "future"}), None)
    pronoun = before is not None and "that" in before.functions and before.folded.endswith(("ه", "ها", "هم"))
    town = at + 1 < len(chunks) and bool(chunks[at + 1].places) and not chunks[at + 1].pre  # وعادت حلب آمنة
    follows = (pronoun and sense.code == "attack") if named else (pronoun or chunks[at].joined)
    own = sense.form == "masdar" and chunks[at].suf in ("ه", "ها", "هم") and not chunks[at].governed  # أتمت انتشارها
    own = own or (sense.form == "masdar" and chunks[at].prep("ب") and not chunks[at].suf)  # أمر قواته بالتقدم
    if not own and (sense.form != "verb" or town or not follows):
        return ()
    for back, chunk in leftward(chunks, at, 15):
        if "break" in chunk.functions or chunk.is_mark("؛.:"):
            return ()
        if chunk.who and not chunk.governed and not after_preposition(chunks, back):
            return (chunk.who,) if may_act(chunk.who) else ()
    return ()


def _eliminates(chunks: Sequence[Chunk], at: int, sense: Sense) -> bool:
    """`قضت على ستة مسلحين`: with this preposition the verb for dying is another one."""
    dies = sense.code == "casualties" and chunks[at].folded.lstrip("وفسيت").startswith("قض")
    return dies and at + 1 < len(chunks) and chunks[at + 1].folded == "علي"


def _puts_out(sense: Sense, frame: Frame) -> bool:
    """`سيطر الدفاع المدني عليه`: what firemen get under control is a fire."""
    names = [who.actor.name if who.actor else who.noun or "" for who in frame.agents]
    firemen = [name for name in names if name.endswith(("Civil Defence", "Civil Protection", "firefighters"))]
    return sense.code == "take_control" and bool(names) and firemen == names


def _as_reason(chunk: Chunk, sense: Sense) -> bool:
    """`خرجت مسيرة تنديداً بالقصف`: why something is done, no statement."""
    return sense.code == "statement" and sense.form == "masdar" and not chunk.definite and chunk.folded.endswith("دا")


def _place_again(chunks: Sequence[Chunk], at: int) -> bool:
    """`سقوط المدينة`: right behind the trigger, a kind word for a place named before."""
    behind = chunks[at + 1].functions if at + 1 < len(chunks) else frozenset()
    return "back" in behind and any(function.startswith("kind:") for function in behind)


def _is_party(chunk: Chunk, sense: Sense) -> bool:
    """`المحتجزون`, `ثلاثة قتلى`: a word of an act that names a party, unless the entry asks for more."""
    term = sense.term
    if chunk.who and sense.form == "masdar" and chunk.who.tags & _HURT:  # القتلى
        return True
    if chunk.who is None or term.with_words or term.subject or term.object:
        return False
    counted = chunk.who.number is not None or chunk.definite
    return sense.form == "participle" or (sense.form == "noun" and counted)


def _behind_preposition(chunks: Sequence[Chunk], at: int, sense: Sense) -> bool:
    """`إلى وقف`: no finite verb behind a preposition."""
    before = chunks[at - 1] if at else None
    if sense.form != "verb" or before is None or before.who:
        return False
    if "charge" in before.functions:  # مسؤولية قصف
        return True
    if before.folded == "من":  # مَن: those who
        return managed(chunks, at)
    return any(function.startswith("prep:") for function in before.functions)


def managed(chunks: Sequence[Chunk], at: int) -> bool:
    """Tell whether a word is what somebody managed to do, so a noun: `تمكنت القوات من دحر هجوم`."""
    noun = any(sense.form in ("masdar", "noun") for sense in chunks[at].senses)
    return noun and any("support" in chunk.functions and not chunk.who for chunk in chunks[max(0, at - 4) : at - 1])


def _drone(chunks: Sequence[Chunk], at: int, sense: Sense) -> bool:
    """Without a verb such as `خرجت` or `شارك` before it the word for a march is a drone (مسيّرة)."""
    who = chunks[at].who
    if sense.code != "protest" or who is None or "aircraft" not in who.tags:
        return False
    return not any("walk" in chunk.functions for chunk in chunks[max(0, at - 4) : at + 6])


def _telling_word(line: Line, chunks: Sequence[Chunk], at: int, term: ActionTerm) -> int | None:
    """Return the chunk near a trigger that holds one of the entry's `with_words`, perhaps with clitics and article."""
    if not term.with_words:
        return None
    wanted = folded_set(term.with_words)
    if wanted.isdisjoint(line.bare):
        return None
    for side in (rightward(chunks, at, 8), leftward(chunks, at, 5)):
        for near, chunk in side:
            if any(bare_forms(word.folded) & wanted for word in line.words[chunk.first : chunk.last]):
                return near
            if chunk.is_mark("؛."):
                break
    return None


def _tagged(parties: Sequence[Who], tags: Sequence[Tag]) -> bool:
    return any(_has_tag(who, set(tags)) for who in parties)


def _has_tag(who: Who, wanted: set[Tag]) -> bool:
    own = who.tags or (frozenset(("armed",)) if who.actor else frozenset())
    flies = "aircraft" in wanted and who.head.lstrip("و").startswith(("مسير", "طائر", "طيران", "محلق"))  # مسيّرات معادية
    if flies or own & wanted or ("person" in wanted and own & _PEOPLE):
        return True
    if "person" in wanted and who.actor is not None and who.number is not None:  # عشرة من أعضاء الجماعة
        return True
    if "aid" in wanted and "vehicle" in own and who.people is not None and who.people.code == "un":  # قافلة أممية
        return True
    return who.people is not None and "armed" in wanted and "aircraft" in own


def _place_fits(places: Sequence[Argument], tags: Sequence[Tag]) -> bool:
    return any(
        ("place" in tags and not argument.role) or ("road" in tags and _is_gate(place))
        for argument in places
        for place in argument.chunk.places
    )


def _is_gate(place: PlaceMention) -> bool:
    """A road, crossing or airport, by its kind or by the first word of its name (`منفذ الوديعة`)."""
    return place.kind in _ROADS or place.text.startswith(_GATES)


def marked_passive(line: Line, chunk: Chunk) -> bool:
    """A damma on the first letter (قُتل), in the present with a fatha behind it (يُفرَج)."""
    word = line.words[chunk.first].text[len(chunk.pre) :]
    damma = "ُ" in [c for c in word[:5] if not c.isalpha()]
    tenses = {sense.tense for sense in chunk.senses if sense.form == "verb"}
    return damma and ("past" in tenses or ("present" in tenses and "َ" in word[3:]))
