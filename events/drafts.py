"""From the chunks of a sentence to drafts of events: one per trigger whose conditions hold."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from events.arguments import Argument, supports_only
from events.chunks import Chunk, Who
from events.frames import Frame, frame_of
from events.line import Line
from events.model import PlaceMention
from events.readings import Sense
from events.schema import ActionTerm, Tag
from events.speech import Stance, governing, operator_at, stances
from events.times import Time
from geodata.folding import fold

COUNT_OF = {
    "arrest": "detained",
    "abduct": "abducted",
    "evacuate": "evacuated",
    "displace": "displaced",
    "return_home": "returned",
    "release": "released",
    "surrender": "surrendered",
}
ACTOR_COUNTED = frozenset(("displace", "return_home", "surrender"))
_ORIGIN_FIRST = frozenset(("withdraw", "evacuate", "displace"))
_DESTINATION_ONLY = frozenset(("deploy", "return_home", "humanitarian_aid"))
_PLOTS = frozenset(("attack", "explosion_mine", "kill_civilian", "abduct"))
_FROM_COUNTS = frozenset(("release", "abduct", "arrest", "other", "surrender", "explosion"))
_OWN_ACTS = frozenset(("announce", "deny", "claim", "allege", "admit", "confirm", "claim responsibility"))
_QUOTE_REACH = 8
_ENDS = frozenset(("break", "attribution", "result", "that", "background", "relative"))
_PERSONS = frozenset(
    ("person", "civilian", "armed", "official", "detainee", "abductee", "displaced", "wounded", "dead", "speaker")
)
_PLACE_TAGS: Mapping[str, frozenset[str]] = {
    "road": frozenset(("road", "crossing", "airport", "roundabout")),
    "place": frozenset(),
}


@dataclass(frozen=True, slots=True)
class Draft:
    """An act found in a sentence, before it is resolved against the article; words are of its line, half-open.

    `elsewhere`: its place is said by a pronoun or a definite kind word; `carried`: its subject is elided.
    """

    line: int
    at: int
    first: int
    last: int
    sense: Sense
    modality: str
    agents: tuple[Who, ...] = ()
    patients: tuple[Who, ...] = ()
    places: tuple[PlaceMention, ...] = ()
    place_role: str = ""
    time: Time | None = None
    counts: Mapping[str, int] = field(default_factory=dict)
    speaker: Who | None = None
    speaker_carried: bool = False
    announcer: Who | None = None
    doer: Who | None = None
    carried: bool = False
    background: bool = False
    outlet_voice: bool = True
    trail: tuple[str, ...] = ()

    @property
    def code(self) -> str:
        """The action class."""
        return self.sense.code


@dataclass(frozen=True, slots=True)
class Rejoinder:
    """A denial or accusation that names no act of its own (`وهو ما نفته الوزارة`): it is about the act told last."""

    line: int
    at: int
    first: int
    last: int
    kind: str
    speaker: Who | None
    carried: bool
    accused: Who | None


def rejoinders_of(line: Line, chunks: Sequence[Chunk], number: int, drafts: Sequence[Draft]) -> list[Rejoinder]:
    """Return the denials and accusations of a sentence that hold no draft."""
    found = []
    for scope in stances(chunks):
        if scope.kind not in ("deny", "accuse") or any(scope.first <= draft.at < scope.last for draft in drafts):
            continue
        if not _about_that(line, chunks, scope):
            continue
        last = _clause_end(chunks, scope.at)
        first = min([chunks[scope.at].first, *(who.first for who in (scope.speaker,) if who)])
        found.append(Rejoinder(number, scope.at, first, last, scope.kind, scope.speaker, scope.carried, scope.doer))
    return found


def _about_that(line: Line, chunks: Sequence[Chunk], scope: Stance) -> bool:
    """`نفته`, `نفت ذلك`, `اتهمها بالوقوف وراءه`: words that take up what was told."""
    words = line.words[chunks[scope.at].first : _clause_end(chunks, scope.at)]
    listed = line.lexicon.words["that_matter"]
    return bool(chunks[scope.at].suf) or any(_bare_forms(word.folded) & listed for word in words)


def _clause_end(chunks: Sequence[Chunk], at: int) -> int:
    for ahead in range(at + 1, len(chunks)):
        if chunks[ahead].mark and chunks[ahead].folded in "،؛." or "break" in chunks[ahead].functions:
            return chunks[ahead].first
    return chunks[-1].last


def drafts_of(line: Line, chunks: Sequence[Chunk], number: int) -> list[Draft]:
    """Return the drafts of one sentence in the order of their triggers; `number` is the sentence's in the article."""
    scopes = stances(chunks)
    found: list[Draft] = []
    used_up: set[int] = set()
    for at, chunk in enumerate(chunks):
        if (
            not chunk.senses
            or at in used_up
            or _purpose(line, chunks, at)
            or supports_only(chunks, at)
            or _quoted_word(chunks, at)
            or _says(chunks, at)
            or _anyone(line, chunks, at)
        ):
            continue
        choice = _choose(line, chunks, at)
        if choice is None:
            continue
        telling = _telling(line, chunks, at, choice[0].term)
        used_up |= {telling} if telling is not None else set()
        sense, frame = choice
        draft = _draft(line, chunks, at, number, sense, frame, governing(scopes, at))
        if draft:
            found.append(draft)
    return found


def _says(chunks: Sequence[Chunk], at: int) -> bool:
    """`نقل التلفزيون عن`: a word of speech whose conditions hold is no act."""
    operator = operator_at(chunks, at)
    statement = all(sense.code == "statement" for sense in chunks[at].senses)
    return operator is not None and operator.form != "phrase" and not statement


def _anyone(line: Line, chunks: Sequence[Chunk], at: int) -> bool:
    """`أي فرد يلقي السلاح`: whoever may do it has not done it."""
    listed = line.lexicon.words["any"]
    before = [chunk.folded.lstrip("بلو") for chunk in chunks[max(0, at - 2) : at] if not chunk.mark]
    present = any(sense.tense == "present" for sense in chunks[at].senses)
    return present and any(word in listed for word in before)


def _quoted_word(chunks: Sequence[Chunk], at: int) -> bool:
    """A word that stands alone in quotation marks is spoken of, not told: نقول «نزوح»."""
    return (
        0 < at < len(chunks) - 1
        and chunks[at - 1].folded in '«"“'
        and chunks[at + 1].folded in '»"”'
        and chunks[at - 1].mark
    )


def _choose(line: Line, chunks: Sequence[Chunk], at: int) -> tuple[Sense, Frame] | None:
    chunk = chunks[at]
    passive = _marked_passive(line, chunk)
    ranked = sorted(chunk.senses, key=lambda sense: -_conditions(sense))
    for sense in ranked:
        part = _telling(line, chunks, at, sense.term)
        if sense.term.with_words and part is None:
            continue
        frame = frame_of(chunks, at, sense, passive=passive, part=part)
        if _holds(chunks, at, sense, frame):
            return sense, frame
    return None


def _conditions(sense: Sense) -> int:
    term = sense.term
    return 4 * bool(sense.rest) + 2 * bool(term.with_words) + bool(term.subject) + bool(term.object)


def _also_noun(chunk: Chunk, sense: Sense) -> bool:
    """`خطف`, `قصف`: the written form is also a verbal noun, so no elided subject may be guessed."""
    return sense.form == "verb" and any(
        other.form in ("masdar", "noun") and other.code == sense.code for other in chunk.senses
    )


def _marked_passive(line: Line, chunk: Chunk) -> bool:
    """A damma on the first letter (قُتل), in the present with a fatha behind it (يُفرَج)."""
    word = line.words[chunk.first].text[len(chunk.pre) :]
    damma = "ُ" in [c for c in word[:5] if not c.isalpha()]
    tenses = {sense.tense for sense in chunk.senses if sense.form == "verb"}
    return damma and ("past" in tenses or ("present" in tenses and "َ" in word[3:]))


def _holds(chunks: Sequence[Chunk], at: int, sense: Sense, frame: Frame) -> bool:
    term, chunk = sense.term, chunks[at]
    if chunk.who is not None and not (term.with_words or term.subject or term.object):
        counted = chunk.who.number is not None or chunk.definite
        if sense.form in ("participle", "noun") and counted or sense.form == "participle":
            return False
    before = chunks[at - 1] if at else None
    if sense.form == "verb" and before and not before.who and any(f.startswith("prep:") for f in before.functions):
        return False  # إلى وقف: no finite verb behind a preposition
    if sense.code == "protest" and chunk.who and "aircraft" in chunk.who.tags and not _walked(chunks, at):
        return False
    # نُطمئنكم: the speaker of the quotation; العودة إلى الحي: whoever lived there
    spoken = sense.code == "statement" and not frame.subjects
    homeward = sense.code == "return_home" and sense.form != "verb" and not frame.subjects and bool(frame.places)
    if term.subject and not (spoken or homeward) and not _tagged((*frame.agents, *frame.subjects), term.subject):
        return False
    return not term.object or _tagged(frame.patients, term.object) or _place_fits(frame.places, term.object)


def _walked(chunks: Sequence[Chunk], at: int) -> bool:
    """`خرجت مسيرة`, `شارك في مسيرة`: a march; without such a verb the word is a drone (مسيّرة)."""
    near = chunks[max(0, at - 4) : at]
    return any("walk" in chunk.functions for chunk in near)


def _telling(line: Line, chunks: Sequence[Chunk], at: int, term: ActionTerm) -> int | None:
    """Return the chunk near a trigger that holds one of the entry's `with_words`, behind clitics and article, or None."""
    if not term.with_words:
        return None
    wanted = folded_set(term.with_words)
    for side in (range(at + 1, min(at + 9, len(chunks))), range(at - 1, max(-1, at - 6), -1)):
        for near in side:
            chunk = chunks[near]
            if any(_bare_forms(word.folded) & wanted for word in line.words[chunk.first : chunk.last]):
                return near
            if chunk.mark and chunk.folded in "؛.":
                break
    return None


@lru_cache(maxsize=50_000)
def _bare_forms(folded: str) -> frozenset[str]:
    bare = folded.removeprefix("و").removeprefix("ف")
    cut = (bare.removeprefix(prefix) for prefix in ("ال", "ب", "بال", "ل", "لل"))
    return frozenset((folded, bare, *cut))


@lru_cache(maxsize=5_000)
def folded_set(words: tuple[str, ...]) -> frozenset[str]:
    """Return the words of an entry folded."""
    return frozenset(fold(word) for word in words)


def _tagged(parties: Sequence[Who], tags: Sequence[Tag]) -> bool:
    wanted = set(tags)
    for who in parties:
        own = set(who.tags)
        if who.actor and not own:
            own.add("armed")
        if own & wanted or (
            "person" in wanted and own & {"civilian", "armed", "official", "crowd", "resident", "detainee", "displaced"}
        ):
            return True
        if who.people and "armed" in wanted and own & {"armed", "aircraft"}:
            return True
    return False


def _place_fits(places: Sequence[Argument], tags: Sequence[Tag]) -> bool:
    for argument in places:
        for place in argument.chunk.places:
            if "place" in tags and not argument.role:
                return True
            if "road" in tags and place.kind in _PLACE_TAGS["road"]:
                return True
    return False


def _purpose(line: Line, chunks: Sequence[Chunk], at: int) -> bool:
    """`لإعادة…`, `بهدف السيطرة`: what an act is for is no event of its own."""
    chunk = chunks[at]
    before = chunks[at - 1] if at else None
    if before and "purpose" in before.functions:
        return True
    if not chunk.pre.endswith("ل"):
        return False
    if before is None or before.mark:
        return not _governed_by_operator(chunks, at)
    if _past_after_if(chunks, at) or _governed_by_operator(chunks, at):
        return False
    for back in range(at - 1, max(-1, at - 7), -1):
        near = chunks[back]
        if near.functions & {"support", "result", "cause"} or line.lexicon.begins(
            "leads_to_start", near.folded.removeprefix("و")
        ):
            return False
        if near.senses or near.mark or "break" in near.functions:
            break
    return not (before.senses or before.operators)


def _past_after_if(chunks: Sequence[Chunk], at: int) -> bool:
    """`لولا … لسيطرت`: the لـ of a condition's answer."""
    past = any(sense.form == "verb" and sense.tense == "past" for sense in chunks[at].senses)
    return past and any(op.entry.gloss in ("but for", "if") for chunk in chunks[:at] for op in chunk.operators)


def _governed_by_operator(chunks: Sequence[Chunk], at: int) -> bool:
    return any("ل" in operator.entry.prep for chunk in chunks[max(0, at - 5) : at] for operator in chunk.operators)


def _draft(
    line: Line, chunks: Sequence[Chunk], at: int, number: int, sense: Sense, frame: Frame, scopes: Sequence[Stance]
) -> Draft | None:
    modality = _modality(chunks, at, sense, scopes)
    if modality is None:
        return None
    voice = next((scope for scope in scopes if scope.speaker or scope.carried), None)
    asked = next((scope for scope in scopes if scope.doer), None)
    places, role, elsewhere = _places(chunks, at, sense, frame)
    part = _telling(line, chunks, at, sense.term)
    draft = Draft(
        number,
        at,
        chunks[at].first,
        chunks[at].last,
        sense,
        modality,
        frame.agents,
        frame.patients if sense.code != "evacuate" else _led_out(chunks, sense, frame),
        places,
        "elsewhere" if elsewhere and not places else role,
        _time(chunks, at, part, background=_background(chunks, at)),
        _counts(line, sense, frame) if modality != "denied" else {},
        voice.speaker if voice else None,
        bool(voice and voice.speaker is None and voice.carried),
        next((scope.speaker for scope in scopes if scope.speaker and _announces(chunks, scope)), None),
        asked.doer if asked else None,
        frame.carried and not _marked_passive(line, chunks[at]) and not _also_noun(chunks[at], sense),
        _background(chunks, at),
        not scopes,
        (
            f"trigger «{line.slice(chunks[at].first, chunks[at].last)}» = {sense.code} ({sense.term.gloss}, {sense.form})",
        ),
    )
    if draft.doer and not draft.agents:
        draft = _done_by(draft, draft.doer)
    return _extent(draft, chunks, frame)


def _announces(chunks: Sequence[Chunk], scope: Stance) -> bool:
    """A label (`الجيش: …`), or a verb by which a body speaks of its own acts."""
    operators = chunks[scope.at].operators
    return not scope.backward and (not operators or any(op.entry.gloss in _OWN_ACTS for op in operators))


def _led_out(chunks: Sequence[Chunk], sense: Sense, frame: Frame) -> tuple[Who, ...]:
    """Who is taken out: who leaves, or who sits in the buses that leave (`الحافلات التي تقل عناصر …`)."""
    people = frame.agents if sense.term.frame == "agent" else frame.patients
    if people and not all("vehicle" in who.tags for who in people):
        return people
    riders = [chunks[n].who for n in frame.used if chunks[n].who and not chunks[n].places]
    return tuple(who for who in riders if who and (who.actor or who.tags & _PERSONS))[:1] or people


def _done_by(draft: Draft, doer: Who) -> Draft:
    """Who is asked, accused or threatens does the act; who is told to leave is the one evacuated."""
    frame = draft.sense.term.frame
    if draft.code == "evacuate" and draft.modality == "demanded":
        return (
            draft if draft.patients and not draft.patients[0].tags & {"building"} else replace(draft, patients=(doer,))
        )
    if frame in ("agent", "agent_patient", "parties"):
        return replace(draft, agents=(doer,), carried=False)
    return draft


def _modality(chunks: Sequence[Chunk], at: int, sense: Sense, scopes: Sequence[Stance]) -> str | None:
    """The innermost operator that is not plain speech decides; a negated verb is a denial, or no event in the outlet's voice."""
    negated = _negated(chunks, at)
    kinds = [scope.kind for scope in scopes if scope.kind not in ("say", "comment", "talk", None)]
    spoken = any(scope.speaker or scope.carried for scope in scopes)
    if negated:
        return "denied" if spoken and (sense.form == "verb" or negated == "support") else None
    if "deny" in kinds:
        return "denied"
    foiled = any(op.entry.gloss == "foil" for scope in scopes if scope.at >= 0 for op in chunks[scope.at].operators)
    if foiled and sense.code not in _PLOTS:
        return "asserted"
    if kinds:
        return {
            "claim": "claimed",
            "accuse": "claimed",
            "demand": "demanded",
            "plan": "planned",
            "fear": "hypothetical",
        }[str(kinds[0])]
    if sense.tense == "future" or _before(chunks, at, "future") or _later(chunks, at, sense, "future"):
        return "planned"
    if _later(chunks, at, sense, "maybe"):
        return "hypothetical"
    present = sense.tense == "present" or (
        at and chunks[at - 1].folded[:1] in "يت" and "support" in chunks[at - 1].functions
    )
    if present and _before(chunks, at, "maybe"):
        return "hypothetical"
    return "asserted"


def _later(chunks: Sequence[Chunk], at: int, sense: Sense, category: str) -> bool:
    """`المفاوضات ستنطلق`, `جولة قد تُعقد`: the support verb behind its noun."""
    for ahead in range(at + 1, min(at + 5, len(chunks))) if sense.form != "verb" else ():
        chunk = chunks[ahead]
        if category in chunk.functions:
            return category == "future" or _to_come(chunks, ahead)
        if chunk.mark or chunk.operators or "that" in chunk.functions or (chunk.senses and not chunk.who):
            return False
    return False


def _to_come(chunks: Sequence[Chunk], maybe: int) -> bool:
    return maybe + 1 < len(chunks) and chunks[maybe + 1].folded[:1] in "يت"


def _before(chunks: Sequence[Chunk], at: int, category: str) -> bool:
    """Tell whether a small word stands before the trigger, or before the support verb before it."""
    for back in range(at - 1, max(-1, at - 4), -1):
        if category in chunks[back].functions:
            return True
        if (
            "support" not in chunks[back].functions
            and not chunks[back].time
            and chunks[back].functions != {"prep:origin"}
        ):
            return False
    return False


def _negated(chunks: Sequence[Chunk], at: int) -> str:
    """Return `verb` for a negation right before the trigger, `support` for one before its support verb, else empty."""
    found = "verb"
    for back in range(at - 1, max(-1, at - 5), -1):
        chunk = chunks[back]
        heads = (
            back == 0
            or (chunks[back - 1].mark and chunks[back - 1].folded != "،")
            or "that" in chunks[back - 1].functions
        )
        if ("negation" in chunk.functions or ("ma" in chunk.functions and heads)) and not chunk.who:
            return found if back >= at - 2 or found == "support" else ""
        if "support" in chunk.functions and not chunk.who:
            found = "support"
        elif chunk.mark or chunk.senses or chunk.who or chunk.places or chunk.operators or chunk.time:
            return ""
    return ""


def _background(chunks: Sequence[Chunk], at: int) -> bool:
    for back in range(at - 1, max(-1, at - 6), -1):
        chunk = chunks[back]
        if "background" in chunk.functions or (chunk.time and chunk.time.kind == "duration_before"):
            return True
        if chunk.mark or chunk.senses or chunk.who or "that" in chunk.functions:
            return False
    return False


def _places(chunks: Sequence[Chunk], at: int, sense: Sense, frame: Frame) -> tuple[tuple[PlaceMention, ...], str, bool]:
    """Choose the places that fit the class: the origin of a withdrawal, the destination of a deployment, else the scene."""
    own = [argument for argument in frame.places if not _party_only(argument)]
    roles = [_role(argument) for argument in own]
    wanted = (
        ("origin", "scene")
        if sense.code in _ORIGIN_FIRST
        else ("destination", "scene")
        if sense.code in _DESTINATION_ONLY
        else ("scene", "destination", "origin")
        if sense.code in _FROM_COUNTS
        else ("scene", "destination")
    )
    for role in wanted:
        chosen = [argument for argument, has in zip(own, roles, strict=True) if has == role]
        if chosen:
            return _listed(chosen), role, False
    if sense.code == "displace" and own:
        return _listed(own), "destination", False
    return (), "", any("back" in chunk.functions for chunk in chunks[at + 1 : at + 8])


def _listed(arguments: Sequence[Argument]) -> tuple[PlaceMention, ...]:
    places = list(arguments[0].chunk.places)
    for one, two in zip(arguments, arguments[1:], strict=False):
        if two.chunk.joined and two.at - one.at <= 2:
            places.extend(two.chunk.places)
        else:
            break
    return tuple(places)


def _party_only(argument: Argument) -> bool:
    """`دمشق` that acts is no place of the act, unless a preposition of place stands before it."""
    who = argument.chunk.who
    return bool(
        who
        and who.actor
        and argument.role in ("", "party", "for", "target")
        and (argument.word in ("بين", "مع", "ضد", "ل") or "state" in who.tags and not argument.role)
    )


def _role(argument: Argument) -> str:
    if argument.word in ("ل",) and argument.chunk.who is None:
        return "destination"
    if argument.role in ("origin", "destination", "scene"):
        return argument.role
    return "scene"


def _time(chunks: Sequence[Chunk], at: int, part: int | None, *, background: bool) -> Time | None:
    """The date beside the trigger: behind it up to the next act, else before it back to the one before."""
    for ahead in range(at + 1, len(chunks)):
        chunk = chunks[ahead]
        if chunk.time and chunk.time.kind in ("date", "vague"):
            return chunk.time
        speaks = any(operator.form != "participle" or not chunk.definite for operator in chunk.operators)
        ends = speaks or chunk.functions & {"break", "background", "attribution"}
        acts = chunk.senses and not supports_only(chunks, ahead)
        if ahead != part and chunk.who is None and (acts or ends):
            break
    for back in range(at - 1, -1, -1) if not background else ():
        chunk = chunks[back]
        if chunk.time and chunk.time.kind == "date":
            return chunk.time
        if chunk.senses and not chunk.who or "break" in chunk.functions:
            break
    return None


def _counts(line: Line, sense: Sense, frame: Frame) -> dict[str, int]:
    key = sense.term.count or COUNT_OF.get(sense.code)
    if key is None:
        return {}
    leaving = sense.code == "evacuate" and sense.term.frame == "agent"
    counted = frame.agents if (sense.code in ACTOR_COUNTED or leaving) and frame.agents else frame.patients
    totals: dict[str, int] = {}
    for who in counted:
        number = head_count(who)
        toll = "injured" if "wounded" in who.tags else "killed" if "dead" in who.tags else key
        key = toll if key in ("killed", "injured") else key
        name = (
            f"{key}_families"
            if key in ("evacuated", "displaced", "returned")
            and who.head.removeprefix("و") in line.lexicon.words["family"]
            else key
        )
        if number is not None:
            totals[name] = totals.get(name, 0) + number
    return totals


def head_count(who: Who) -> int | None:
    """Return how many persons a party is: its number, or 1 for a single indefinite person."""
    if who.number is not None:
        return who.number
    return 1 if who.single and who.tags & _PERSONS else None


def _extent(draft: Draft, chunks: Sequence[Chunk], frame: Frame) -> Draft:
    """Stretch the quote over the arguments of the trigger, and to the end of their clause."""
    first, last = draft.first, draft.last
    for who in (*draft.agents, *draft.patients):
        first, last = min(first, who.first), max(last, who.last)
    used = [chunks[n] for n in frame.used]
    spans = {place.span for place in draft.places}
    for chunk in used:
        if any(place.span in spans for place in chunk.places):
            first, last = min(first, chunk.first), max(last, chunk.last)
    tail = chunks[draft.at].tail
    last = max(last, tail[1]) if tail else last
    ends = _ENDS - {"that"} if draft.code == "statement" else _ENDS
    return replace(draft, first=first, last=_clause_last(chunks, last, ends))


def _clause_last(chunks: Sequence[Chunk], last: int, ends: frozenset[str]) -> int:
    """Return the word behind the clause that word `last` stands in: up to a mark, another act, speech or contrast."""
    for chunk in chunks:
        if chunk.first < last:
            continue
        stops = (
            (chunk.mark and chunk.folded in "،؛:.!؟?—…•") or chunk.functions & ends or chunk.senses or chunk.operators
        )
        if stops or chunk.first - last > _QUOTE_REACH or (chunk.joined and not chunk.places and not chunk.who):
            return last
        if not (chunk.mark and chunk.folded in '«“("'):
            last = chunk.last
    return last
