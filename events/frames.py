"""Fill the frame of one reading of a trigger with the parties and places around it."""

from collections.abc import Sequence

from events.arguments import Argument, right_of
from events.chunks import Chunk, Who, leftward
from events.left_side import among_begin, left_group, left_subject
from events.nominal_roles import nominal_roles
from events.prepositions import preposition
from events.readings import Sense
from events.roles import Roles, first_party
from events.values import dataclass
from events.verbal_roles import verbal_roles


@dataclass(frozen=True, slots=True)
class Frame:
    """The arguments found for one reading of a trigger; `places` with their roles; `carried`: the subject is elided.

    `subjects`: who stands in subject position, whatever the frame makes of it; `used`: the chunks behind the trigger;
    `part`: another chunk that belongs to the trigger.
    """

    agents: tuple[Who, ...] = ()
    patients: tuple[Who, ...] = ()
    places: tuple[Argument, ...] = ()
    carried: bool = False
    subjects: tuple[Who, ...] = ()
    used: tuple[int, ...] = ()
    part: int | None = None


def frame_of(chunks: Sequence[Chunk], at: int, sense: Sense, *, passive: bool, part: int | None = None) -> Frame:
    """Return the arguments of one reading of the trigger at `at`; `part` is a chunk that belongs to the trigger."""
    arguments = right_of(chunks, at, part)
    noun_only = sense.tense == "past" and chunks[at].prep("ل")  # تعرض لقصف: no past verb stands behind لـ
    if (sense.form == "verb" and not noun_only) or (sense.form == "phrase" and _follows_party(chunks, at)):
        roles = verbal_roles(chunks, at, sense, arguments, passive=passive or sense.passive)
    else:
        roles = nominal_roles(chunks, at, sense, arguments)
    roles = _driven_out(chunks, at, sense) or roles
    places = tuple(argument for argument in arguments if argument.chunk.places)
    left = _places_left(chunks, at, sense) if not places or sense.form != "verb" else ()
    if left and (not places or _witness(chunks, left[0].at)):
        places = (*left, *places)
    subjects = tuple(who for who in _subjects(chunks, at, sense, arguments) if not _suffers(sense, roles, who))
    used = tuple(argument.at for argument in arguments)
    return Frame(roles.agents, roles.patients, places, roles.carried, subjects, used, part)


def _driven_out(chunks: Sequence[Chunk], at: int, sense: Sense) -> Roles | None:
    """`أجبرت الفيضانات 200 ألف شخص على ترك منازلهم`: who is made to leave stands before على."""
    before = chunks[at - 2].who if at > 1 and chunks[at - 1].folded == "علي" else None
    leave = sense.code == "displace" and sense.form != "verb"
    return Roles((before,), (), carried=False) if leave and before and "person" in before.tags else None


def _follows_party(chunks: Sequence[Chunk], at: int) -> bool:
    """`عناصر سلّموا أنفسهم`: a phrase right behind its subject."""
    if chunks[at].governed:  # أفاد سكان بإطلاق نار
        return False
    near = among_begin(chunks, at - 1) or at - 1  # تسعة عناصر، بينهم ضابط، لقوا مصرعهم
    while near > 0 and chunks[near].is_mark('»”)"'):
        near -= 1
    opened = next((n for n, chunk in leftward(chunks, near + 1, 5) if chunk.is_mark('«“("')), None)
    near = opened - 1 if opened and near < at - 1 and not chunks[near].who else near  # الإرهابي «أبو دجانة» سلّم نفسه
    left = left_subject(chunks, at)
    return left is not None and near >= 0 and chunks[near].last >= left.last > chunks[near].first


def _suffers(sense: Sense, roles: Roles, who: Who) -> bool:
    """`قتل جندي`: the genitive of a transitive noun is no subject if it is its object."""
    return sense.form != "verb" and sense.term.frame == "agent_patient" and who in roles.patients


def _places_left(chunks: Sequence[Chunk], at: int, sense: Sense) -> tuple[Argument, ...]:
    """`انطلقت في جنيف جولة محادثات`, `معبر نصيب أُغلق`: a place between support verb and noun, or the subject."""
    for back, chunk in leftward(chunks, at, 6):
        if back == at - 1 and "relative" in chunk.functions and sense.form == "verb":  # الرمادي التي سقطت
            continue
        if chunk.places and not (chunk.who and chunk.who.actor):
            before = chunks[back - 1] if back else None
            role = preposition(before) if before else ""
            bare = not role and not chunk.governed
            bare = bare or "relative" in chunks[at - 1].functions
            subject = bare and (sense.form in ("verb", "phrase") or _witness(chunks, back))
            if subject or (sense.form != "verb" and role == "scene"):
                return (Argument(back, chunk, role, before.folded if before and role else ""),)
            return ()
        if chunk.senses or chunk.mark or chunk.operators or chunk.functions & {"break", "that", "join", "relative"}:
            return ()
    return ()


def _witness(chunks: Sequence[Chunk], at: int) -> bool:
    """`تشهد بلدة قمحانة نزوحا`: a place that is the subject of a support verb is where it happens."""
    return at > 0 and "support" in chunks[at - 1].functions and not chunks[at].pre


def _subjects(chunks: Sequence[Chunk], at: int, sense: Sense, arguments: Sequence[Argument]) -> tuple[Who, ...]:
    left = left_group(chunks, at) if sense.form == "verb" else ()
    return (*left, *first_party(arguments, lambda argument, _: not argument.role))
