"""The roles around a verbal noun, an event noun or a participle."""

from collections.abc import Sequence

from events.arguments import Argument, conjuncts
from events.chunks import Chunk, Who, leftward, rightward
from events.left_side import left_group
from events.prepositions import after_preposition
from events.readings import Sense
from events.roles import HELD, Parties, Roles, behind, by_phrase, first_party, happening, losers, may_act, sides

_ARMS = frozenset(("aircraft", "weapon"))
_FORCE = frozenset(("armed", "group"))
_FROM_AFAR = frozenset(("shell", "raid", "air raid", "strike", "attack", "attacks", "assault", "salvo", "aggression"))
_FELL = frozenset(("وقع", "وقعت", "وقعوا", "سقط", "سقطت", "سقطوا"))
_MAY_FALL = frozenset(("armed", "vehicle", "person"))
_AUSPICES = frozenset(("برعايه", "بوساطه", "بدعم", "بحضور", "باشراف", "بتمويل", "بضمانه", "باستضافه"))
_FALLEN = frozenset(("dead", "wounded"))
_EXPOSED = frozenset(("تعرض", "تعرضت", "تعرضوا", "يتعرض", "تتعرض"))


def nominal_roles(chunks: Sequence[Chunk], at: int, sense: Sense, arguments: Sequence[Argument]) -> Roles:
    """Return who acts and who suffers around the noun at `at`, as its frame says."""
    frame = sense.term.frame
    exposed = _exposed(chunks, at)
    if exposed:
        by = by_phrase(arguments) or first_party(
            arguments, lambda argument, who: (argument.word == "من" or argument.role == "for") and may_act(who)
        )
        return Roles(by or _people(chunks, at), exposed)
    genitive = _genitive(chunks, at, arguments)
    people, supported = _people(chunks, at), _supported(chunks, at, sense, arguments)
    if people and supported and sense.code == "clash":  # أحبط الجيش محاولة تسلل حوثية
        return Roles(supported, people)
    agents = by_phrase(arguments) or people or supported
    if frame == "parties":
        roles = sides(arguments, genitive)
        return roles._replace(agents=roles.agents or agents)
    if frame == "happening":
        return happening(sense, agents, arguments)
    if frame == "patient":
        return Roles(agents, genitive)
    governed = behind(arguments, sense.term.prep)
    if frame == "agent":
        agents = genitive or _out_of(sense, arguments) or _owner(arguments) or agents
        return Roles(agents, governed, not agents)
    roles = _acted(sense, agents, genitive, governed or behind(arguments, ("على",)), arguments)
    lost = losers(arguments) if sense.code == "take_control" else ()
    return roles._replace(patients=lost) if lost else roles


def _acted(sense: Sense, agents: Parties, genitive: Parties, governed: Parties, arguments: Sequence[Argument]) -> Roles:
    """`قصف الجيش البلدة`, `قصف البلدة`: the genitive of a transitive noun acts if something is left to suffer."""
    bare = [a.chunk for a in arguments if not a.role and a.chunk.who not in genitive]
    patients = governed or next(((chunk.who,) for chunk in bare if chunk.who), ())
    if genitive and not agents and sense.code == "attack" and _fires(sense, genitive[0]):
        return Roles(genitive, patients)
    if genitive and not agents and may_act(genitive[0]) and genitive[0].number is None:
        aimed = any(argument.word == "ل" for argument in arguments)  # استهداف الجيش لقرية
        elsewhere = sense.code not in HELD and (aimed or sense.term.prep or any(chunk.places for chunk in bare))
        if patients or elsewhere:
            return Roles(genitive, patients)
    if genitive:
        return Roles(agents, genitive, not agents)
    suffers_only = governed and sense.form == "masdar" and not sense.term.prep
    agents = agents or (() if suffers_only else _owner(arguments))
    return Roles(agents, governed, not agents)


def _fires(sense: Sense, who: Who) -> bool:
    """`بقصف مسيّرة تركية`, `بنيران مدفعية الجيش`, `هجمات التنظيم`: who shells or attacks, not what is shelled."""
    owned = who.actor is not None or who.people is not None
    force = bool(who.tags & _ARMS) or (who.tags >= _FORCE and who.number is None)
    return owned and force and sense.term.gloss in _FROM_AFAR


def _genitive(chunks: Sequence[Chunk], at: int, arguments: Sequence[Argument]) -> Parties:
    """The party that the noun is annexed to (`مقتل جنديين`)."""
    first = next(iter(arguments), None)
    if first is None or first.chunk.who is None or first.role or _adjectival(first.chunk.who):
        return ()
    between = chunks[at + 1 : first.at]
    far = len(between) > 2 and not (between[0].mark or between[0].number)
    return () if far or any("support" in chunk.functions for chunk in between) else conjuncts(arguments, 0)


def _adjectival(who: Who) -> bool:
    """`هجوم مسلح`, `قصف إسرائيلي`: a word that could be a person is the noun's adjective."""
    if who.number is not None:
        return False
    people = who.people is not None and who.noun is not None and who.tags == {"person", "civilian"} and _one_word(who)
    return people or (who.adjective and who.actor is None)


def _one_word(who: Who) -> bool:
    return who.last - who.first == 1


def _out_of(sense: Sense, arguments: Sequence[Argument]) -> Parties:
    """`تعزيزات من الشرطة`: whose troops move; a place they come from is none."""
    if sense.code != "deploy" or sense.form == "verb":
        return ()
    return first_party(
        arguments, lambda argument, who: argument.word == "من" and who.actor is not None and may_act(who)
    )


def _owner(arguments: Sequence[Argument]) -> Parties:
    """`هجوم للجيش`: who acts behind لـ."""
    return first_party(arguments, lambda argument, who: argument.role == "for" and may_act(who))


def _exposed(chunks: Sequence[Chunk], at: int) -> Parties:
    """`تعرض رتل للجيش لقصف من المسلحين`, `وقعت دورية في كمين`: the subject of تعرض suffers."""
    link = chunks[at - 1].folded if at else ""
    verbs = _EXPOSED if chunks[at].prep("ل") or link == "الي" else _FELL if link == "في" else frozenset()
    for back, chunk in leftward(chunks, at, 12) if verbs else ():
        if {chunk.folded, chunk.folded.removeprefix("و")} & verbs:
            fell = _subjects_of_support(chunks, back, at)
            falls = bool(fell) and bool(fell[0].tags & _MAY_FALL) and not fell[0].tags & _FALLEN  # سقط 17 قتيلا في
            return fell if verbs is _EXPOSED or falls else ()
        if (chunk.senses or chunk.operators) and not chunk.who:
            return ()
    return ()


def whose_fire(chunks: Sequence[Chunk], at: int) -> Parties:
    """`طال قصف تركي القرية`: the army named beside the noun of fire that a verb is or has as its subject."""
    codes = {sense.code for sense in chunks[at].senses}
    for n, chunk in ((at, chunks[at]), *rightward(chunks, at, 3)):
        nominal = any(sense.form in ("masdar", "noun") and sense.code in codes for sense in chunk.senses)
        if nominal and not chunk.governed and not chunk.suf:
            return _people(chunks, n)
        if n > at and (chunk.named or chunk.mark or chunk.functions or chunk.operators):
            return ()
    return ()


def by_raid(chunks: Sequence[Chunk], at: int) -> bool:
    """Tell whether the raid right before a verb is its subject: `الغارة استهدفت القائد`."""
    before = chunks[at - 1] if at else None
    raids = (s for s in before.senses if s.code == "attack" and s.form != "verb") if before and not before.who else ()
    return any(raids)


def _people(chunks: Sequence[Chunk], at: int) -> Parties:
    """`غارة إسرائيلية`، `القصف المدفعي الروسي`: the adjective names the army."""
    for _, chunk in rightward(chunks, at, 3):
        who = chunk.who
        people = chunk.people or (who.people if who and who.number is None and _one_word(who) else None)
        if people and chunk.pre in ("", "ال"):
            return (Who(chunk.first, chunk.last, frozenset(("armed",)), people=people),)
        if chunk.named or chunk.mark or chunk.functions or chunk.senses or chunk.folded in _AUSPICES:
            return ()
    return ()


def _supported(chunks: Sequence[Chunk], at: int, sense: Sense, arguments: Sequence[Argument]) -> Parties:
    """The subject of a support verb: `شنّت طائرات غارة`، `غارة شنّتها طائرات`، `قوات نفذت عملية`."""
    for argument in arguments:
        near = argument.at - 1
        near -= near > at and chunks[near].mark
        who = argument.chunk.who
        if near > at and "support" in chunks[near].functions and who and may_act(who):
            return (who,)
    for back, chunk in leftward(chunks, at, 12):
        if "support" in chunk.functions and not chunk.who:
            subjects = _subjects_of_support(chunks, back, at)
            strikes = (
                sense.code in ("protest", "close_road") and bool(subjects) and "person" in subjects[0].tags
            )  # نظّم معلمون وقفة
            asked_for = bool(subjects) and bool(subjects[0].tags & set(sense.term.subject))  # تمكن أسرى من الفرار
            return subjects if strikes or asked_for or (subjects and may_act(subjects[0])) else ()
        acts = (chunk.senses or chunk.operators) and not chunk.who
        if acts or chunk.functions & {"break", "that"} or chunk.is_mark("؛:"):
            return ()
    return ()


def _subjects_of_support(chunks: Sequence[Chunk], support: int, at: int) -> Parties:
    """Who stands between the support verb and its noun, with those joined to it, or before the verb."""
    found: list[Who] = []
    for n, chunk in rightward(chunks[:at], support):
        first = not found and chunk.pre == "" and not after_preposition(chunks, n)
        if chunk.who and (first or (found and chunk.pre == "و")):
            found.append(chunk.who)
        elif found and not _federal(chunk):
            break
    return tuple(found) or left_group(chunks, support)


def _federal(chunk: Chunk) -> bool:
    """`وزارة النفط الاتحادية وحكومة الإقليم`: an adjective of the body before it."""
    bare = not (chunk.mark or chunk.senses or chunk.operators or chunk.functions or chunk.named or chunk.pre)
    return bare and chunk.folded.startswith("ال")
