"""The arguments of an act as they stand around its trigger: parties and places with their prepositions."""

from collections.abc import Sequence

from events.chunks import Chunk, Who, leftward, rightward
from events.prepositions import LETTERS, after_preposition, part_of_place, preposition
from events.supports import attempted, launches, supports_only
from events.values import dataclass, replace

_PEOPLE = frozenset(("person", "civilian"))
_REACH = 21  # chunks behind the trigger
_VERBAL = frozenset(("verb", "participle"))
_STRUCK = frozenset(("deploy", "protest"))
_FOR_IT = frozenset(("اليها", "اليه", "لها", "له"))
_ENDS = frozenset(("break", "purpose", "that", "attribution"))
_SMALL_ENDS = frozenset(("background", "result", "negation"))
_GO_ON = frozenset(
    ("during", "cause", "prep:scene", "prep:origin", "prep:destination", "prep:target", "prep:party")
)  # what leads on behind a comma


@dataclass(frozen=True, slots=True)
class Argument:
    """A chunk near a trigger and the preposition before it: `role` its category (empty: none), `word` the word itself.

    `joined`: a و stands before it, glued or before a quotation mark.
    """

    at: int
    chunk: Chunk
    role: str
    word: str
    joined: bool = False


def right_of(chunks: Sequence[Chunk], at: int, part: int | None = None) -> list[Argument]:
    """Return parties and places behind a trigger, up to the next act, contrast or clause; `part` is the trigger's."""
    found: list[Argument] = []
    role, word = "", ""
    aside, launched, resume = False, False, 0
    for ahead, chunk in rightward(chunks, at, _REACH):
        if ahead < resume:
            continue
        resume = _aside_end(chunks, ahead)
        if resume:
            continue
        if ahead != part and _stops(chunks, ahead) and not _part_of(chunks, at, ahead):
            break
        aside = aside or ("relative" in chunk.functions and not _supports(chunks, ahead))
        role, word = _governor(chunks, ahead, aside=aside) or (role, word)
        if chunk.folded == "ذلك":  # أصيب جراء ذلك طفل: the preposition has its noun
            role, word = "", ""
        launched = launched or launches(chunks, ahead)
        if launched and chunk.who and not role:
            role, launched = "cause", False
        if chunk.named and not chunk.folded.startswith("ضحيت"):  # راح ضحيته 22 شخصا: part of the verb
            found.append(Argument(ahead, chunk, role, word, _is_joined(chunks, ahead)))
    return found


def _part_of(chunks: Sequence[Chunk], at: int, ahead: int) -> bool:
    """Whether what would end the clause of a trigger belongs to it."""
    named = struck_noun(chunks, ahead) or _set_in(chunks, at, ahead)
    return named or launches(chunks, ahead) or _drives(chunks, at, ahead) or attempted(chunks, ahead)


def struck_noun(chunks: Sequence[Chunk], at: int) -> bool:
    """Tell whether a noun of movement or protest is what is attacked: `قصفت الطائرات تعزيزات`, `هاجموا اعتصاما`."""
    codes = {sense.code for sense in chunks[at].senses if sense.form in ("noun", "masdar", "phrase")}
    if not codes:
        return False
    bare = not chunks[at].pre and not chunks[at].definite and at > 0 and not preposition(chunks[at - 1])
    if not codes <= _STRUCK or not bare or len(codes) < len({s.code for s in chunks[at].senses}):
        return False
    for _, before in leftward(chunks, at, 4):
        if before.finite and any(sense.code == "attack" for sense in before.senses):
            return True
        if (
            before.mark
            or preposition(before)
            or before.functions & {"break", "that"}
            or not (before.who or before.mark)
        ):
            return False
    return False


def _set_in(chunks: Sequence[Chunk], at: int, ahead: int) -> bool:
    """`قُتل في الهجوم أربعة`: a definite act between verb and subject is the setting."""
    chunk = chunks[ahead]
    return ahead == at + 2 and chunk.definite and not chunk.finite and "prep:scene" in chunks[at + 1].functions


def _drives(chunks: Sequence[Chunk], at: int, ahead: int) -> bool:
    """`شرّد القصف ستمائة أسرة`, `أجبرت السيول الآلاف على`: an event right behind a verb of flight is its subject."""
    verb, event = chunks[at], chunks[ahead]
    if ahead != at + 1 or not verb.finite or event.governed:
        return False
    driven = any(sense.code == "displace" and sense.term.mode for sense in verb.senses)
    return driven and any(s.form != "verb" for s in event.senses)


def _governor(chunks: Sequence[Chunk], at: int, *, aside: bool) -> tuple[str, str] | None:
    """Return category and word of the preposition a chunk is or carries, empty where it has none; None: as before."""
    chunk = chunks[at]
    if "means" in chunk.functions:
        return "", ""
    letter = chunk.pre[-1:]
    if chunk.named:
        if letter in LETTERS:
            return LETTERS[letter], letter
        if chunk.who and chunk.who.accusative and not _is_joined(chunks, at):  # بصاروخ باليستي معسكراً: no preposition's
            return "aside" if aside else "", ""
        shares = _is_joined(chunks, at) or _genitive_of(chunks, at) or after_preposition(chunks, at)
        return None if shares else ("aside" if aside else "", "")
    role = preposition(chunk)
    if role == "scene" and at and preposition(chunks[at - 1]) in ("origin", "destination"):
        return None  # من مشارف البلدة
    if chunk.folded == "من" and part_of_place(chunks, at):
        return None
    if role:
        return role, chunk.folded.removeprefix("و")
    return ("other", letter) if letter in LETTERS and not chunk.mark else None


def _is_joined(chunks: Sequence[Chunk], at: int) -> bool:
    back = at - 1
    while back > 0 and chunks[back].is_mark('«“("'):
        back -= 1
    return chunks[at].joined or chunks[back].folded == "و"


def _genitive_of(chunks: Sequence[Chunk], at: int) -> bool:
    """`على مقر الفرقة السادسة`: a party right behind another one shares its preposition."""
    before = chunks[at - 1].who
    if before is not None and before.definite and before.actor is None:  # بالصواريخ ثكنة
        return False
    who = chunks[at].who
    if before is not None and before.actor and who and who.definite and who.noun and not who.actor:
        return False  # في قوى الأمن الداخلي الشيخ أحمد
    if chunks[at - 1].places and who and who.number is not None:  # أجلت من بورتسودان 187 مدنيا
        return False
    if before is not None and before.actor and who and who.actor and not who.definite:  # مسنودا بالقوة مواقع للدعم
        return False
    construct = before is not None and (before.actor is not None or before.last - before.first == 1)
    return construct and not chunks[at].pre


def _aside_end(chunks: Sequence[Chunk], at: int) -> int:
    """`قُتل، بحسب المرصد، شرطيان`: the comma behind an attribution between commas; 0 if none begins here.

    `أُفرج بموجب قرار رئاسي عن ستة`: the preposition behind a ground.
    """
    if chunks[at].folded == "بموجب":
        ground = ((n, chunk) for n, chunk in rightward(chunks, at, 5))
        return next((n for n, chunk in ground if preposition(chunk) and chunk.folded in ("عن", "علي")), 0)
    if chunks[at].operators and not chunks[at].who:
        return caller_end(chunks, at)
    if not chunks[at - 1].is_mark("،"):
        return 0
    behind_verb = at > 1 and chunks[at - 2].finite and bool(chunks[at].functions & {"background", "during"})
    if not ("attribution" in chunks[at].functions or behind_verb):
        return 0
    for ahead, chunk in rightward(chunks[:-1], at, 6):
        if chunk.is_mark("،"):
            after = chunks[ahead + 1]
            return ahead + 1 if after.named and not after.joined else 0
    return 0


def caller_end(chunks: Sequence[Chunk], at: int) -> int:
    """`مظاهرات دعت إليها النقابات في الرباط`: the preposition behind who called for an act; 0 if nobody is said to."""
    called = at + 1 < len(chunks) and chunks[at + 1].folded in _FOR_IT and not chunks[at].joined
    for ahead, chunk in rightward(chunks, at + 1, 9) if called else ():
        if preposition(chunk):
            return ahead
        if chunk.is_mark("،؛.:") or chunk.finite or chunk.speaks:
            return 0
    return 0


def _stops(chunks: Sequence[Chunk], ahead: int) -> bool:
    chunk = chunks[ahead]
    functions = chunk.functions
    if functions & _ENDS and not chunk.who and not _interjected(chunks, ahead):
        return True
    quoted = chunks[ahead - 1].is_mark("«")  # «خلف العبد»: a name
    if functions & _SMALL_ENDS and not chunk.named and "cause" not in functions and not quoted:
        return True
    if chunk.mark:
        return chunk.folded in "؛:.?!؟" or (chunk.folded == "،" and not _goes_on(chunks, ahead))
    return chunk.who is None and (_acts(chunks, ahead) or any(op.form in _VERBAL for op in chunk.operators))


def _acts(chunks: Sequence[Chunk], ahead: int) -> bool:
    """Whether another act begins, by more than a participle or a verb that supports one."""
    senses = chunks[ahead].senses
    return bool(senses) and any(s.form != "participle" for s in senses) and not supports_only(chunks, ahead)


def _interjected(chunks: Sequence[Chunk], at: int) -> bool:
    """`أفرجت إسرائيل في المقابل عن`: a contrast between a subject and its preposition ends no clause."""
    if at + 1 >= len(chunks) or "break" not in chunks[at].functions or chunks[at].joined:
        return False
    return chunks[at - 1].named and bool(preposition(chunks[at + 1]))


def _supports(chunks: Sequence[Chunk], relative: int) -> bool:
    """`الهجوم الذي شنّه …`: the clause names the actor; other relative clauses speak of something else."""
    return relative + 1 < len(chunks) and "support" in chunks[relative + 1].functions


def _goes_on(chunks: Sequence[Chunk], comma: int) -> bool:
    """A comma inside a clause: around a time or a short aside, or in a list."""
    if comma + 1 == len(chunks):
        return False
    before, after = chunks[comma - 1], chunks[comma + 1]
    if after.time or before.time or _aside_end(chunks, comma + 1):
        return True
    if after.named and after.joined:
        return True
    if after.named and not after.senses:
        return not after.speaks
    return bool(after.functions & _GO_ON)


def conjuncts(arguments: Sequence[Argument], start: int) -> tuple[Who, ...]:
    """Return a party and those joined to it by و."""
    first = arguments[start]
    members = [first.chunk.who] if first.chunk.who else []
    previous = first
    for argument in arguments[start + 1 :]:
        near = argument.at - previous.at <= 4
        if not (near and argument.chunk.who and argument.joined and argument.role == first.role):
            break
        members.append(_like(members[0], argument.chunk.who))
        previous = argument
    return tuple(members)


def _like(first: Who, other: Who) -> Who:
    """`جنود إثيوبيون وسودانيون`: a second people under the noun of the first."""
    if first.people and other.people and other.actor is None and other.tags == _PEOPLE and "armed" in first.tags:
        return replace(other, tags=first.tags, noun=first.noun, sector=first.sector)
    return other
