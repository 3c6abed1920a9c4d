"""The roles around a finite verb."""

from collections.abc import Sequence

from events.arguments import Argument, conjuncts
from events.chunks import Chunk, Who, leftward
from events.left_side import left_group
from events.nominal_roles import by_raid, whose_fire
from events.pronouns import PARTICLES, spoken_of
from events.readings import Sense
from events.roles import HELD, TOLLS, Parties, Roles, behind, by_phrase, first_party, happening, losers, may_act, mutual

_HURT = frozenset(("person", "civilian", "armed", "official"))
_PLACED, _DRIVEN = frozenset(("post",)), frozenset(("vehicle", "official", "group", "person", "armed"))
_DIE = ("استشهد", "يستشهد", "توفي", "مات", "ارتقي", "لقي")  # dies: nobody is its object
_PRONOUNS = ("ه", "ها", "هم", "هما", "نا")
_OF_HIM = frozenset(("عنه", "عنها", "عنهم", "عنهما", "عنهن"))


def verbal_roles(
    chunks: Sequence[Chunk], at: int, sense: Sense, arguments: Sequence[Argument], *, passive: bool
) -> Roles:
    """Return who acts and who suffers around the verb at `at`, as its frame says."""
    if sense.code == "drone_flight":  # أسقطت الدفاعات مسيّرات أطلقتها الجماعة: who launched them downs none
        arguments = [argument for argument in arguments if argument.word or argument.role != "cause"]
    raid = sense.code == "attack" and by_raid(chunks, at)
    lefts = () if raid else left_group(chunks, at)
    groups = _bare_groups(arguments)
    governed = behind(arguments, sense.term.prep)
    by = by_phrase(arguments)
    frame = sense.term.frame
    before = next((chunk for _, chunk in leftward(chunks, at, 3) if not chunk.functions & PARTICLES), None)
    itself = before is not None and "that" in before.functions and before.folded.endswith(_PRONOUNS)
    if frame == "patient":
        groups = [] if sense.plural and lefts and not _doer(lefts[0]) else groups  # ثلاثة منهم أصيبوا حين تعرض رتلهم
        return _suffering(lefts, groups, by, passive=passive or chunks[at].folded.lstrip("وف").startswith(_DIE))
    if frame == "parties":
        return mutual(sense, arguments, lefts, groups)
    if frame == "happening":
        return happening(sense, by or tuple(who for who in lefts if _shot_by(who)), arguments)
    if frame == "agent":
        homes = sense.term.gloss == "leave homes" and bool(groups) and "building" in groups[0][0].tags
        groups = groups[1:] if homes else groups  # 120 عائلة تركت بيوتها
        first = groups and not (lefts and may_act(lefts[0])) and not (sense.plural or itself or _inert(groups[0][0]))
        agents = groups[0] if first else lefts
        return Roles(agents, governed, not agents)
    if passive:
        subject = lefts if sense.term.prep and lefts else groups[0] if groups else lefts
        return Roles(by, governed or subject)
    if sense.term.prep:
        back = any(chunk.folded in _OF_HIM for chunk in chunks[at + 1 : at + 3]) and "عن" in sense.term.prep
        if back and before is not None and before.who and before.who.number is not None and not chunks[at].joined:
            return Roles(groups[0] if groups and may_act(groups[0][0]) else (), (before.who,))  # 48 أسيرا أفرجت عنهم
        governed = governed or ((spoken_of(chunks, at, lefts),) if back and not lefts else ())
        governed = governed or _behind_rest(chunks, sense, arguments)
        rest = [group for group in groups if not _shot(group[0]) and group != governed]
        roles = _prepositional(chunks[at], sense, lefts, rest, governed)
        roles = _taken_from(roles, arguments) if sense.code == "take_control" else roles
        return roles if roles.agents or not by else roles._replace(agents=by, carried=False)
    him = spoken_of(chunks, at, lefts) if chunks[at].suf else None
    roles = _with_object(chunks[at], sense, arguments, lefts, him, itself=itself)
    roles = Roles(by, groups[0]) if raid and groups else roles
    fire = whose_fire(chunks, at) if sense.code == "attack" and not roles.agents else ()
    return roles._replace(agents=fire, carried=False) if fire else roles


def _behind_rest(chunks: Sequence[Chunk], sense: Sense, arguments: Sequence[Argument]) -> Parties:
    """`أنها ألقت القبض على ستة أشخاص`: the object behind fixed words of the verb that end in its preposition."""
    for n, argument in enumerate(arguments):
        before = chunks[argument.at - 1]
        fixed = not before.who and before.last - before.first > 1
        own = any(other.form == "phrase" and other.code == sense.code for other in before.senses)
        if argument.chunk.who and fixed and own:
            return conjuncts(arguments, n)
    return ()


def _with_object(
    chunk: Chunk, sense: Sense, arguments: Sequence[Argument], lefts: Parties, him: Who | None, *, itself: bool
) -> Roles:
    """The roles around an active verb whose object has no preposition; `him` is whom its pronoun means."""
    by = by_phrase(arguments)
    roles = _transitive(chunk, sense, lefts[:1], _bare_groups(arguments), by, him, itself=itself)
    if sense.code == "take_control":
        return _taken_from(roles, arguments)
    if sense.code == "clash" and not roles.patients:  # صدّ الجيش هجوماً للتنظيم
        attackers = first_party(arguments, lambda argument, who: argument.role == "for" and may_act(who))
        return roles._replace(patients=attackers)
    if sense.code == "attack" and (launched := _launched(arguments, roles)):
        return Roles(launched)
    return roles._replace(agents=by) if by and roles.agents and _shot(roles.agents[0]) else roles


def _launched(arguments: Sequence[Argument], roles: Roles) -> Parties:
    """`دمّرت صواريخ أطلقتها الجماعة`: theirs is the attack that a force fends off."""
    if not roles.patients or not _shot(roles.patients[0]):
        return ()
    return first_party(arguments, lambda argument, who: argument.role == "cause" and not argument.word and may_act(who))


def _taken_from(roles: Roles, arguments: Sequence[Argument]) -> Roles:
    """`استعاد الجيش البلدة من قبضة المسلحين`: who held the place suffers."""
    return roles._replace(patients=losers(arguments) or roles.patients)


def _inert(who: Who) -> bool:
    """`نصبت حاجزاً`: a thing set up is not who sets it up."""
    return who.actor is None and who.people is None and bool(who.tags & _PLACED and not who.tags & _DRIVEN)


def _prepositional(chunk: Chunk, sense: Sense, lefts: Parties, groups: Sequence[Parties], governed: Parties) -> Roles:
    """`أفرجت السلطات عن سجناء`, `سجناء أفرجت عنهم السلطات`: the object has a preposition or stands before."""
    behind_acts = bool(groups) and may_act(groups[0][0]) and not (lefts and may_act(lefts[0]))
    if lefts and not behind_acts:
        return Roles(lefts, governed or (groups[0] if groups else ()))
    if groups and not governed and _held(chunk, sense, groups[0][0]):
        return Roles(patients=groups[0], carried=True)
    agents = groups[0] if groups and not sense.plural else ()
    return Roles(agents, governed or lefts or (groups[1] if len(groups) > 1 else ()), not agents)


def _shot(who: Who) -> bool:
    """`أطلقت عشرة صواريخ على`: rockets are what is fired, not who fires."""
    return bool(who.tags & {"weapon", "device"}) and not (who.actor or who.people or who.tags & {"armed", "aircraft"})


def _shot_by(who: Who) -> bool:
    """`قذيفة إسرائيلية سقطت على`: what lands is somebody's."""
    return "weapon" in who.tags and (who.people is not None or who.actor is not None)


def _bare_groups(arguments: Sequence[Argument]) -> list[Parties]:
    """Parties behind the verb without a preposition: its subject and object."""
    return [
        conjuncts(arguments, n)
        for n, argument in enumerate(arguments)
        if argument.chunk.who
        and not argument.role
        and not _continues(arguments, n)
        and argument.chunk.who.tags != {"fire"}  # وأطلق النار على
    ]


def _continues(arguments: Sequence[Argument], n: int) -> bool:
    """Whether a party is joined to the one before it."""
    one, two = arguments[n - 1], arguments[n]
    return n > 0 and two.chunk.pre == "و" and two.at - one.at <= 3 and one.chunk.who is not None


def _suffering(lefts: Parties, groups: Sequence[Parties], by: Parties, *, passive: bool) -> Roles:
    """`قتل الجنود مدنيين` beside `قُتل الجنود`: who may act and is not counted acts, if somebody is left to suffer.

    Counted gunmen act too if the other is unarmed: `قتل مسلحان امرأة`.
    """
    if passive:
        return Roles(by, groups[0] if groups else lefts)
    if len(groups) > 1 and groups[1][0].tags & _HURT:
        first, second = groups[0][0], groups[1][0]
        if _doer(first) or ("armed" in first.tags and not _armed(second)):
            return Roles(groups[0], groups[1])
    if lefts and groups and _doer(lefts[0]):
        return Roles(lefts[:1], groups[0])
    return Roles(by, groups[0] if groups else lefts)


def _armed(who: Who) -> bool:
    return "armed" in who.tags or who.actor is not None


def _doer(who: Who) -> bool:
    return may_act(who) and who.number is None


def _transitive(
    chunk: Chunk,
    sense: Sense,
    left: Parties,
    groups: Sequence[Parties],
    by: Parties,
    him: Who | None,
    *,
    itself: bool,
) -> Roles:
    """Subject and object of a verb without preposition; `left` is the party before it, or empty.

    `itself`: its subject is the pronoun before it (`إنه اعتقل`).
    """
    behind = sense.code in HELD and groups and may_act(groups[0][0]) and not groups[0][0].accusative
    if him and behind:  # سفينة اختطفها قراصنة
        return Roles(groups[0], (him,))
    if left and (may_act(left[0]) or not groups):
        acts = may_act(left[0]) or sense.plural
        held = (him,) if him and not him.pronoun and sense.code in HELD else ()
        return Roles(left, groups[0] if groups else held) if acts else Roles(by, left)
    hurt = him if sense.term.count in TOLLS else None  # فأصابوه، فأردوه قتيلا
    if not groups or (hurt and groups[0][0].accusative):
        return Roles(by, (hurt,) if hurt else (), not by)
    first = groups[0]
    if him:  # the pronoun is the object
        return Roles(first, (him,) if hurt or sense.code in HELD else ())
    counted = sense.code in {*HELD, "drone_flight"} and first[0].number is not None and not _unarmed_behind(groups)
    object_form = first[0].accusative or counted or sense.plural or itself or _held(chunk, sense, first[0])
    acts = may_act(first[0]) and not object_form
    if len(groups) > 1 and _shot(first[0]):  # استهدفت ثلاثة صواريخ السفارة
        return Roles(by, groups[1])
    if len(groups) > 1 and (acts or _only_second(sense, first[0], groups[1][0])):
        return Roles(first, _object(sense, groups[1:]))
    if sense.plural or not acts:
        return Roles(by, first, not by)
    return Roles(first)


def _held(chunk: Chunk, sense: Sense, who: Who) -> bool:
    """`واعتقلت عشرات المشاركين`, `واعتقلت خاطفيه`: a crowd arrests nobody, and a noun in يه is an object."""
    crowd = sense.code == "arrest" and "crowd" in who.tags and who.actor is None
    unarmed = who.tags & {"resident", "civilian", "crowd"} and not who.actor
    barred = sense.term.gloss.startswith(("bar", "prevent")) and unarmed
    if chunk.joined and barred:  # ومنعت السكان من المغادرة
        return True
    return chunk.joined and sense.code in HELD and (crowd or (who.pronoun and who.head.endswith(("يه", "يها", "يهم"))))


def _unarmed_behind(groups: Sequence[Parties]) -> bool:
    """`خطف مسلحان طبيبا`: counted gunmen act if the other party is unarmed."""
    return "armed" in groups[0][0].tags and any(not _armed(who) and who.tags & _HURT for who, *_ in groups[1:])


def _object(sense: Sense, groups: Sequence[Parties]) -> Parties:
    """`اغتال مجهولون يستقلون دراجة ضابطا`: an act done to persons passes over things."""
    wanted = set(sense.term.object) or (_HURT if sense.code in HELD else set())
    return next((group for group in groups if group[0].tags & wanted), groups[0])


def _only_second(sense: Sense, first: Who, second: Who) -> bool:
    """`نقلت سيارات الإسعاف الجرحى`: the second party alone is what the verb's object must be.

    `هاجم شبان سجنين`: persons attack things.
    """
    wanted = set(sense.term.object)
    hits = sense.code == "attack" and "person" in first.tags and not (second.tags & _HURT or second.actor)
    return hits or (bool(second.tags & wanted) and not first.tags & wanted)
