"""The arguments of an act: who acts, who suffers, where, read from the chunks around its trigger."""

from collections.abc import Sequence
from dataclasses import dataclass

from events.chunks import Chunk, Who
from events.lexicon import Sense

_ACTING = frozenset(("armed", "state", "group", "official", "crowd", "aircraft", "weapon", "ship", "head"))
_SUFFERING = frozenset(
    (
        "civilian",
        "detainee",
        "abductee",
        "displaced",
        "wounded",
        "dead",
        "vehicle",
        "building",
        "thing",
        "road",
        "infrastructure",
    )
)
_HELD = frozenset(("arrest", "abduct", "kill_civilian", "release", "evacuate", "casualties"))
_PREP_LETTERS = {"ب": "scene", "ل": "for", "ك": "as"}
_REACH = 22
_ADJECTIVES = frozenset(("مسلح", "مسلحه", "المسلح", "المسلحه", "مدني", "مدنيه", "متبادل"))


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


@dataclass(frozen=True, slots=True)
class Frame:
    """The arguments found for one reading of a trigger; `places` with their roles; `carried`: the subject is elided;
    `subjects`: who stands in subject position, whatever the frame makes of it."""

    agents: tuple[Who, ...] = ()
    patients: tuple[Who, ...] = ()
    places: tuple[Argument, ...] = ()
    carried: bool = False
    subjects: tuple[Who, ...] = ()
    used: tuple[int, ...] = ()


def may_act(who: Who) -> bool:
    """Tell whether a party can be the subject of an act of force or rule."""
    return bool(who.actor or (who.people and who.tags & _ACTING) or who.tags & _ACTING) and not (
        who.tags & _SUFFERING and not who.actor
    )


def right_of(chunks: Sequence[Chunk], at: int, part: int | None = None) -> list[Argument]:
    """Return parties and places behind a trigger, up to the next act, contrast or clause; `part` belongs to the trigger."""
    found: list[Argument] = []
    role, word = "", ""
    aside, resume = False, 0
    for ahead in range(at + 1, min(len(chunks), at + _REACH)):
        chunk = chunks[ahead]
        if ahead < resume:
            continue
        resume = _aside_end(chunks, ahead)
        if resume:
            continue
        if ahead != part and _stops(chunks, ahead, at):
            break
        aside = aside or ("relative" in chunk.functions and not _supports(chunks, ahead))
        if chunk.who or chunk.places:
            if chunk.pre[-1:] in _PREP_LETTERS:
                role, word = _PREP_LETTERS[chunk.pre[-1]], chunk.pre[-1]
            elif not (_is_joined(chunks, ahead) or _genitive_of(chunks, ahead) or _after_preposition(chunks, ahead)):
                role, word = ("aside", "") if aside else ("", "")
            found.append(Argument(ahead, chunk, role, word, _is_joined(chunks, ahead)))
        elif _preposition(chunk):
            role, word = _preposition(chunk), chunk.folded.removeprefix("و")
        elif chunk.pre[-1:] in _PREP_LETTERS and not chunk.mark:
            role, word = "other", chunk.pre[-1]
    return found


def _is_joined(chunks: Sequence[Chunk], at: int) -> bool:
    back = at - 1
    while back > 0 and chunks[back].mark and chunks[back].folded in '«“("':
        back -= 1
    return chunks[at].joined or chunks[back].folded == "و"


def _genitive_of(chunks: Sequence[Chunk], at: int) -> bool:
    """`على مقر الفرقة السادسة`: a party right behind another one shares its preposition."""
    return chunks[at - 1].who is not None and not chunks[at].pre


def _aside_end(chunks: Sequence[Chunk], at: int) -> int:
    """`قُتل، بحسب المرصد، شرطيان`: the comma behind an attribution between commas; 0 if none begins here."""
    if "attribution" not in chunks[at].functions or not (chunks[at - 1].mark and chunks[at - 1].folded == "،"):
        return 0
    for ahead in range(at + 1, min(at + 7, len(chunks) - 1)):
        if chunks[ahead].mark and chunks[ahead].folded == "،":
            after = chunks[ahead + 1]
            return ahead + 1 if (after.who or after.places) and not after.joined else 0
    return 0


def _preposition(chunk: Chunk) -> str:
    if chunk.who or chunk.places:
        return ""
    if "cause" in chunk.functions:
        return "cause"
    return next((f.removeprefix("prep:") for f in sorted(chunk.functions) if f.startswith("prep:")), "")


def _after_preposition(chunks: Sequence[Chunk], at: int) -> bool:
    """A preposition, possibly with words and quotation marks between it and the noun: في مستودع بـ«الحي»."""
    for back in range(at - 1, max(-1, at - 5), -1):
        before = chunks[back]
        if before.functions & {"that", "break", "join", "relative"}:
            return False
        if _preposition(before) or (before.pre[-1:] in _PREP_LETTERS and not before.who and not before.places):
            return True
        if (
            before.who
            or before.places
            or before.senses
            or before.operators
            or (before.mark and before.folded in "،؛:.")
        ):
            return False
    return False


def _stops(chunks: Sequence[Chunk], ahead: int, at: int) -> bool:
    chunk = chunks[ahead]
    functions = chunk.functions
    if functions & {"break", "purpose", "that", "attribution"} and not chunk.who:
        return True
    if (
        functions & {"background", "result", "negation"}
        and not chunk.who
        and not chunk.places
        and "cause" not in functions
    ):
        return True
    acts = any(sense.form != "participle" for sense in chunk.senses) and not supports_only(chunks, ahead)
    if chunk.who is None and (acts or any(op.form in ("verb", "participle") for op in chunk.operators)):
        return True
    if chunk.mark and chunk.folded in "؛:.?!؟":
        return True
    if chunk.mark and chunk.folded in "،":
        return not _goes_on(chunks, ahead)
    return False


def _supports(chunks: Sequence[Chunk], relative: int) -> bool:
    """`الهجوم الذي شنّه …`: the clause names the actor; other relative clauses speak of something else."""
    return relative + 1 < len(chunks) and "support" in chunks[relative + 1].functions


def _goes_on(chunks: Sequence[Chunk], comma: int) -> bool:
    """A comma inside a clause: around a time or a short aside, or in a list."""
    after = chunks[comma + 1] if comma + 1 < len(chunks) else None
    before = chunks[comma - 1]
    if after is None:
        return False
    if after.time or before.time or _aside_end(chunks, comma + 1):
        return True
    if (after.who or after.places) and after.joined:
        return True
    if (after.who or after.places) and not after.senses:
        return not any(op.form == "verb" for op in after.operators)
    return bool(
        after.functions
        & {"during", "cause", "prep:scene", "prep:origin", "prep:destination", "prep:target", "prep:party"}
    )


def group(arguments: Sequence[Argument], start: int) -> tuple[Who, ...]:
    """Return a party and those joined to it by و."""
    first = arguments[start]
    members = [first.chunk.who] if first.chunk.who else []
    previous = first
    for argument in arguments[start + 1 :]:
        near = argument.at - previous.at <= 4
        if not (near and argument.chunk.who and argument.joined and argument.role == first.role):
            break
        members.append(argument.chunk.who)
        previous = argument
    return tuple(members)


def left_subject(chunks: Sequence[Chunk], at: int) -> Who | None:
    """Return the party that stands before its verb in the same clause, None for a verb joined by و or ف."""
    left = left_group(chunks, at)
    return left[0] if left else None


def left_group(chunks: Sequence[Chunk], at: int) -> tuple[Who, ...]:
    """Return the parties joined by و that stand before their verb in the same clause."""
    if chunks[at].joined:
        return ()
    found: list[Who] = []
    for back in range(at - 1, max(-1, at - 16), -1):
        chunk = chunks[back]
        if _left_end(chunks, back, at):
            break
        if chunk.who and not chunk.pre.endswith(("ب", "ل", "ك")) and not _after_preposition(chunks, back):
            if found and not _listed(chunks, back):
                found = []
            found.insert(0, chunk.who)
        if chunk.joined and chunk.who and not _listed(chunks, back - 1):
            break
    return tuple(found)


def _left_end(chunks: Sequence[Chunk], back: int, at: int) -> bool:
    chunk = chunks[back]
    finite = (chunk.senses and _finite(chunk)) or any(op.form == "verb" for op in chunk.operators)
    if chunk.who is None and (finite or chunk.functions & {"break", "that", "join", "result"}):
        return True
    if chunk.mark and chunk.folded in "؛:—•▪-":
        return True
    comma = chunk.mark and chunk.folded == "،"
    return comma and not (chunks[back - 1].time or chunks[min(back + 1, at)].time or _listed(chunks, back - 1))


def _listed(chunks: Sequence[Chunk], at: int) -> bool:
    """Whether a party is followed by another one joined by و, perhaps behind a comma or in quotation marks."""
    if at < 0 or chunks[at].who is None:
        return False
    for ahead in range(at + 1, min(at + 4, len(chunks))):
        chunk = chunks[ahead]
        if chunk.who or chunk.folded == "و":
            return chunk.joined or chunk.folded == "و"
        if not chunk.mark:
            return False
    return False


def _finite(chunk: Chunk) -> bool:
    return any(sense.form == "verb" for sense in chunk.senses)


def supports_only(chunks: Sequence[Chunk], at: int) -> bool:
    """`عُقدت محادثات`, `محادثات عُقدت`, `غارة شنّتها`: the noun beside the verb is the act."""
    chunk = chunks[at]
    if "support" not in chunk.functions:
        return False
    codes = {sense.code for sense in chunk.senses}
    before, behind = chunks[max(0, at - 4) : at], chunks[at + 1 : at + 6]
    if chunk.suf and any(sense.form != "verb" for near in before for sense in near.senses):
        return True
    return any(
        sense.code in codes and sense.form != "verb" and not sense.term.with_words
        for near in (*before, *behind)
        for sense in near.senses
    )


def frame_of(chunks: Sequence[Chunk], at: int, sense: Sense, *, passive: bool, part: int | None = None) -> Frame:
    """Return the arguments of one reading of the trigger at `at`; `part` is a chunk that belongs to the trigger."""
    arguments = right_of(chunks, at, part)
    places = tuple(argument for argument in arguments if argument.chunk.places)
    places = places or _places_left(chunks, at, sense)
    verbal = sense.form == "verb" or (sense.form == "phrase" and _follows_party(chunks, at))
    if verbal:
        agents, patients, carried = _verb(chunks, at, sense, arguments, passive or sense.passive)
    else:
        agents, patients, carried = _nominal(chunks, at, sense, arguments)
    subjects = _subjects(chunks, at, sense, arguments)
    return Frame(agents, patients, places, carried, subjects, tuple(argument.at for argument in arguments))


def _places_left(chunks: Sequence[Chunk], at: int, sense: Sense) -> tuple[Argument, ...]:
    """`انطلقت في جنيف جولة محادثات`; `معبر نصيب أُغلق`: a place between the support verb and its noun, or the subject."""
    for back in range(at - 1, max(-1, at - 7), -1):
        chunk = chunks[back]
        if chunk.places and not (chunk.who and chunk.who.actor):
            before = chunks[back - 1] if back else None
            role = _preposition(before) if before else ""
            bare = not role and not chunk.pre.endswith(("ب", "ل", "ك"))
            if sense.form == "verb" and bare or sense.form != "verb" and role == "scene":
                return (Argument(back, chunk, role, before.folded if before and role else ""),)
            return ()
        if chunk.senses or chunk.mark or chunk.operators or chunk.functions & {"break", "that", "join", "relative"}:
            return ()
    return ()


def _subjects(chunks: Sequence[Chunk], at: int, sense: Sense, arguments: Sequence[Argument]) -> tuple[Who, ...]:
    first = next((n for n, argument in enumerate(arguments) if argument.chunk.who and not argument.role), None)
    left = left_group(chunks, at) if sense.form == "verb" else ()
    return (*left, *(group(arguments, first) if first is not None else ()))


def _follows_party(chunks: Sequence[Chunk], at: int) -> bool:
    """`عناصر سلّموا أنفسهم`: a phrase right behind its subject."""
    near = at - 1
    while near > 0 and chunks[near].mark and chunks[near].folded in '»”)"':
        near -= 1
    left = left_subject(chunks, at)
    return left is not None and near >= 0 and chunks[near].last >= left.last > chunks[near].first


def _verb(
    chunks: Sequence[Chunk], at: int, sense: Sense, arguments: Sequence[Argument], passive: bool
) -> tuple[tuple[Who, ...], tuple[Who, ...], bool]:
    bare = [
        n
        for n, argument in enumerate(arguments)
        if argument.chunk.who and not argument.role and not _joins(arguments, n)
    ]
    lefts = left_group(chunks, at)
    left = lefts[0] if lefts else None
    groups = [group(arguments, n) for n in bare]
    governed = _governed(arguments, sense)
    by = _by(arguments)
    frame = sense.term.frame
    if frame == "patient":
        return _suffer(lefts, groups, by)
    if frame == "parties":
        return _sides(arguments, left, groups)
    if frame == "happening":
        return by, (), False
    if frame == "agent":
        first = groups and (left is None or not may_act(left)) and not sense.plural
        agents = groups[0] if first else lefts
        return agents, governed, not agents
    if passive:
        return by, governed or (groups[0] if groups else lefts), False
    if sense.term.prep:
        agents = lefts or (groups[0] if groups and not sense.plural else ())
        return agents, governed or (groups[1] if len(groups) > 1 else ()), not agents
    return _transitive(chunks[at], sense, left, groups, by)


def _joins(arguments: Sequence[Argument], n: int) -> bool:
    return (
        n > 0
        and arguments[n].chunk.pre == "و"
        and arguments[n].at - arguments[n - 1].at <= 3
        and bool(arguments[n - 1].chunk.who)
    )


def _governed(arguments: Sequence[Argument], sense: Sense) -> tuple[Who, ...]:
    for n, argument in enumerate(arguments):
        if argument.chunk.who and argument.word and argument.word in _folded(sense.term.prep):
            return group(arguments, n)
    return ()


def _folded(words: Sequence[str]) -> frozenset[str]:
    return frozenset(word.replace("إ", "ا").replace("أ", "ا").replace("ى", "ي") for word in words)


def _by(arguments: Sequence[Argument]) -> tuple[Who, ...]:
    """Agents behind برصاص، بنيران، على يد، من قبل."""
    for n, argument in enumerate(arguments):
        if argument.chunk.who and argument.role == "cause" and may_act(argument.chunk.who):
            return group(arguments, n)
    return ()


def _suffer(
    lefts: tuple[Who, ...], groups: Sequence[tuple[Who, ...]], by: tuple[Who, ...]
) -> tuple[tuple[Who, ...], tuple[Who, ...], bool]:
    if (
        len(groups) > 1
        and may_act(groups[0][0])
        and groups[0][0].number is None
        and groups[1][0].tags & {"person", "civilian", "armed", "official"}
    ):
        return groups[0], groups[1], False
    if lefts and groups and may_act(lefts[0]) and lefts[0].number is None:
        return lefts[:1], groups[0], False
    patients = groups[0] if groups else lefts
    return by, patients, False


def _sides(
    arguments: Sequence[Argument], left: Who | None, groups: Sequence[tuple[Who, ...]]
) -> tuple[tuple[Who, ...], tuple[Who, ...], bool]:
    between = [argument.chunk.who for argument in arguments if argument.word == "بين" and argument.chunk.who]
    if len(between) >= 2:
        return (between[0],), (between[1],), False
    other = next(
        (
            group(arguments, n)
            for n, argument in enumerate(arguments)
            if argument.word in ("مع", "ضد") and argument.chunk.who
        ),
        (),
    )
    first = groups[0] if groups else (left,) if left else ()
    if len(first) > 1 and not other:
        return first[:1], first[1:2], False
    if not first and len(between) == 1 and between[0]:
        return (between[0],), other, False
    return first[:1], other, not first


def _transitive(
    chunk: Chunk, sense: Sense, left: Who | None, groups: Sequence[tuple[Who, ...]], by: tuple[Who, ...]
) -> tuple[tuple[Who, ...], tuple[Who, ...], bool]:
    if left and (may_act(left) or not groups):
        if not may_act(left) and not sense.plural and not groups:
            return by, (left,), False
        return (left,), groups[0] if groups else (), False
    if not groups:
        return by, (), not by
    first = groups[0]
    if chunk.suf:
        return first, (), False
    if len(groups) > 1 and may_act(first[0]) and not (sense.code in _HELD and first[0].number):
        return first, groups[1], False
    if sense.plural or not may_act(first[0]) or (sense.code in _HELD and first[0].number is not None):
        return by, first, not by
    return first, (), False


def _nominal(
    chunks: Sequence[Chunk], at: int, sense: Sense, arguments: Sequence[Argument]
) -> tuple[tuple[Who, ...], tuple[Who, ...], bool]:
    frame = sense.term.frame
    genitive = _genitive(chunks, at, arguments)
    governed = _governed(arguments, sense) or next(
        (
            group(arguments, n)
            for n, a in enumerate(arguments)
            if a.word == "علي" and a.chunk.who and frame == "agent_patient"
        ),
        (),
    )
    agents = _by(arguments) or _supported(chunks, at, arguments) or _people(chunks, at)
    if frame == "parties":
        first, other, carried = _sides(arguments, None, (genitive,) if genitive else ())
        return first or agents, other, carried
    if frame == "happening":
        return agents, (), False
    if frame == "patient":
        return agents, genitive, False
    if frame == "agent":
        agents = genitive or _for(arguments) or agents
        return agents, governed, not agents
    return _acted(sense, agents, genitive, governed, arguments)


def _acted(
    sense: Sense,
    agents: tuple[Who, ...],
    genitive: tuple[Who, ...],
    governed: tuple[Who, ...],
    arguments: Sequence[Argument],
) -> tuple[tuple[Who, ...], tuple[Who, ...], bool]:
    bare = [a for a in arguments if not a.role and not (a.chunk.who in genitive)]
    if genitive and not agents and may_act(genitive[0]) and genitive[0].number is None:
        second = next(((a.chunk.who,) for a in bare if a.chunk.who), ())
        if governed or second or (sense.code not in _HELD and (sense.term.prep or any(a.chunk.places for a in bare))):
            return genitive, governed or second, False
    if genitive:
        return agents, genitive, not agents
    agents = agents or (() if governed and sense.form == "masdar" and not sense.term.prep else _for(arguments))
    return agents, governed, not agents


def _genitive(chunks: Sequence[Chunk], at: int, arguments: Sequence[Argument]) -> tuple[Who, ...]:
    for n, argument in enumerate(arguments):
        between = chunks[at + 1 : argument.at]
        if any("support" in chunk.functions for chunk in between):
            return ()
        if argument.role or any(not (c.mark or c.number) for c in between[:1]) and len(between) > 2:
            return ()
        if argument.chunk.who:
            who = argument.chunk.who
            if who.head in _ADJECTIVES and not who.actor and who.number is None:
                return ()
            adjective = (
                who.people is not None
                and who.number is None
                and who.noun is not None
                and who.tags == {"person", "civilian"}
                and who.last - who.first == 1
            )
            return () if adjective else group(arguments, n)
        return ()
    return ()


def _for(arguments: Sequence[Argument]) -> tuple[Who, ...]:
    for n, argument in enumerate(arguments):
        if argument.role == "for" and argument.chunk.who and may_act(argument.chunk.who):
            return group(arguments, n)
    return ()


def _people(chunks: Sequence[Chunk], at: int) -> tuple[Who, ...]:
    """`غارة إسرائيلية`، `القصف المدفعي الروسي`: the adjective names the army."""
    for chunk in chunks[at + 1 : at + 4]:
        people = chunk.people or (
            chunk.who.people
            if chunk.who and chunk.who.number is None and chunk.who.last - chunk.who.first == 1
            else None
        )
        if people and chunk.pre in ("", "ال"):
            return (Who(chunk.first, chunk.last, frozenset(("armed",)), people=people),)
        if chunk.who or chunk.places or chunk.mark or chunk.functions or chunk.senses:
            return ()
    return ()


def _supported(chunks: Sequence[Chunk], at: int, arguments: Sequence[Argument]) -> tuple[Who, ...]:
    """The subject of a support verb: `شنّت طائرات غارة`، `غارة شنّتها طائرات`، `قوات نفذت عملية`."""
    for argument in arguments:
        near = argument.at - 1
        near -= near > at and chunks[near].mark
        who = argument.chunk.who
        if "support" in chunks[near].functions and near > at and who and may_act(who):
            return (who,)
    for back in range(at - 1, max(-1, at - 9), -1):
        chunk = chunks[back]
        if "support" in chunk.functions and not chunk.who:
            between = [
                c.who
                for k, c in enumerate(chunks[back + 1 : at], back + 1)
                if c.who and not _after_preposition(chunks, k) and c.pre == ""
            ]
            left = left_subject(chunks, back)
            subject = between[0] if between else left
            return (subject,) if subject and may_act(subject) else ()
        if (
            chunk.senses
            or chunk.functions & {"break", "that"}
            or chunk.operators
            or (chunk.mark and chunk.folded in "؛:")
        ):
            return ()
    return ()
