"""From the chunks of a sentence to drafts of events: one per trigger whose conditions hold."""

from collections.abc import Mapping, Sequence

from events.chunks import Chunk, Who, leftward, rightward
from events.conditions import marked_passive, sense_that_holds
from events.counts import counts_of
from events.frames import Frame
from events.line import Line
from events.modality import is_background, modality_of
from events.model import PlaceMention
from events.prepositions import preposition
from events.quotes import clause_last, opening
from events.readings import Sense
from events.riders import riding
from events.roles import TOLLS
from events.setting import own_places, own_time
from events.speech import Stance, governing
from events.telling import concluded, may_tell
from events.times import Time
from events.values import dataclass, field, replace

_OWN_ACTS = frozenset(("announce", "deny", "claim", "allege", "admit", "confirm", "claim responsibility", "reveal"))
_TERMS = frozenset(("provide for", "under the terms", "under which", "on terms that", "agree on"))


@dataclass(frozen=True, slots=True)
class Draft:
    """An act found in a sentence, before it is resolved against the article; words are of its line, half-open.

    `place_role` is `elsewhere` for a place said by a pronoun or a definite kind word; `carried`: its subject is elided;
    `outlet_voice`: no word of speech governs it; `supported`: a verb such as `اندلعت` says that it happened;
    `setting`: a word such as `خلال` makes it the frame of another act; `term`: it is agreed in a deal;
    `present`: its verb, or the one that carries it, is in the present tense.
    """

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
    supported: bool = False
    setting: bool = False
    term: bool = False
    present: bool = False
    trail: tuple[str, ...] = ()

    @property
    def code(self) -> str:
        """The action class."""
        return self.sense.code


def drafts_of(line: Line, chunks: Sequence[Chunk], scopes: Sequence[Stance]) -> list[Draft]:
    """Return the drafts of one sentence in the order of their triggers; `scopes` are those of its speech."""
    found: list[Draft] = []
    used_up: set[int | None] = set()
    opinion = 0  # the chunk up to which a verb of praise or blame speaks of acts
    for at in (n for n, chunk in enumerate(chunks) if chunk.senses):
        told = at not in used_up or concluded(chunks, at)
        if not told or not may_tell(line, chunks, at) or _passed_over(chunks, at, opinion):
            continue
        choice = sense_that_holds(line, chunks, at)
        if choice is None:
            continue
        sense, frame = choice
        opinion = _opinion_end(chunks, at) if sense.code == "statement" and sense.form == "verb" else opinion
        used_up.add(None if _counts(chunks, frame.part, sense) else frame.part)
        governs = governing(scopes, at)
        modality = modality_of(chunks, at, sense, governs)
        if modality is not None:
            draft = _draft(line, chunks, at, sense, modality, frame)
            found.append(_extent(line, _voiced(draft, chunks, governs), chunks, frame))
    return found


def _counts(chunks: Sequence[Chunk], part: int | None, sense: Sense) -> bool:
    """`تسببت الأمطار الغزيرة في وفاة تسعة`: the word that tells what the rain was is a toll of its own."""
    tolls = chunks[part].senses if part is not None and sense.form != "verb" else ()
    return any(toll.term.count and toll.code != sense.code for toll in tolls)


def _passed_over(chunks: Sequence[Chunk], at: int, opinion: int) -> bool:
    """An act inside praise or blame; what a relative clause with a verb says is told here (`التي فرضت حظر تجول`)."""
    if at >= opinion or chunks[at].finite:
        return False
    return not any("relative" in chunk.functions for _, chunk in leftward(chunks, at, 3))


def _opinion_end(chunks: Sequence[Chunk], at: int) -> int:
    """`أدان الوزير قصف السوق`: the act that is praised or blamed is told elsewhere, up to the end of the clause."""
    ends = (n for n, chunk in rightward(chunks, at) if chunk.is_mark("،؛:.") or chunk.functions & {"break", "that"})
    return next(ends, len(chunks))


def _draft(line: Line, chunks: Sequence[Chunk], at: int, sense: Sense, modality: str, frame: Frame) -> Draft:
    """The act with what its own clause says of it."""
    chunk, background = chunks[at], is_background(chunks, at)
    words_only = sense.code == "statement" and frame.agents
    places, role = ((), "") if words_only else own_places(chunks, at, sense.code, frame)
    trigger = line.slice(chunk.first, chunk.last)
    return Draft(
        at,
        chunk.first,
        chunk.last,
        sense,
        modality,
        agents=frame.agents,
        patients=riding(chunks, sense, frame),
        places=places,
        place_role=role,
        time=own_time(chunks, at, frame.part, background=background, breach=sense.code == "violate_ceasefire"),
        counts=counts_of(line, chunks, at, sense, frame) if modality != "denied" else {},
        carried=frame.carried
        and not marked_passive(line, chunk)
        and (_of_pronoun(chunks, at) or _goes_on(chunks, at) or not _also_noun(chunk, sense)),
        background=background,
        supported=any("support" in near.functions and not near.who for near in chunks[max(0, at - 4) : at + 3]),
        setting=at > 0 and ("during" in chunks[at - 1].functions or chunks[at - 1].folded == "لدي"),
        present=sense.tense == "present" or _carried_on(chunks, at),
        trail=(f"trigger «{trigger}» = {sense.code} ({sense.term.gloss}, {sense.form})",),
    )


def _carried_on(chunks: Sequence[Chunk], at: int) -> bool:
    """`يدخل العمال في إضراب`, `تصل قافلة`: a verb in the present tense before the noun of an act."""
    verb = next((chunk for _, chunk in leftward(chunks, at, 8) if chunk.finite or chunk.mark), None)
    return verb is not None and not verb.mark and verb.folded.lstrip("وف").startswith(("ي", "ت"))


def _voiced(draft: Draft, chunks: Sequence[Chunk], scopes: Sequence[Stance]) -> Draft:
    """The act with who tells it, who announces it as its own, and who is asked or accused to do it."""
    if not scopes:
        return _counted(draft)
    voice = next((scope for scope in scopes if scope.speaker or scope.carried), None)
    owning = [scope for scope in scopes if draft.code == "clash" or not _own_loss(chunks, scope)]
    told = replace(
        draft,
        speaker=voice.speaker if voice else None,
        speaker_carried=voice is not None and voice.speaker is None,
        announcer=next((scope.speaker for scope in owning if scope.speaker and _announces(chunks, scope)), None),
        doer=next((scope.doer for scope in owning if scope.doer), None),
        outlet_voice=False,
        term=any(_provides(chunks, scope) for scope in scopes),
    )
    if voice and voice.speaker and _own_kill(chunks, told):
        told = replace(told, doer=voice.speaker)
    accused = next((scope.doer for scope in scopes if scope.kind == "accuse"), None)
    if accused and _owns(chunks, told):
        told = replace(told, agents=(), patients=told.patients or told.agents)
    return _done_by(told, told.doer) if told.doer and not told.agents else told


def _own_loss(chunks: Sequence[Chunk], scope: Stance) -> bool:
    """`أقرت وزارة الدفاع بمقتل جنديين`: the dead that a force admits are its own, killed by another."""
    admits = any(operator.entry.gloss == "admit" for operator in chunks[scope.at].operators)
    for at, chunk in rightward(chunks, scope.at, 5) if admits else ():
        if any(sense.term.count in TOLLS and sense.form != "verb" for sense in chunk.senses):
            lost = (near.who for _, near in rightward(chunks, at, 2))
            return any(who is not None and "armed" in who.tags and who.actor is None for who in lost)
    return False


def _counted(draft: Draft) -> Draft:
    """`أحصى مسؤول خمسين قتيلا`: who counts the dead speaks."""
    counts = draft.sense.term.gloss.startswith("count (the dead)")
    return replace(draft, speaker=draft.agents[0], agents=(), outlet_voice=False) if counts and draft.agents else draft


def _own_kill(chunks: Sequence[Chunk], draft: Draft) -> bool:
    """`قالت الوزارة إنها قتلت ثمانية مسلحين`: an active verb of killing behind a pronoun of the speaker."""
    active = draft.sense.form == "verb" and draft.sense.term.gloss.startswith("kill") and not draft.agents
    return (
        active and _of_pronoun(chunks, draft.at) and any(who.first > chunks[draft.at].first for who in draft.patients)
    )


def _owns(chunks: Sequence[Chunk], draft: Draft) -> bool:
    """`اتهم التنظيم بتفجير عبوة بمركبة لقواته`: the only party of the charge is behind لـ."""
    owner = next(iter(draft.agents), None)
    return owner is not None and any(chunk.who == owner and chunk.prep("ل") for chunk in chunks)


def _of_pronoun(chunks: Sequence[Chunk], at: int) -> bool:
    """`إنه قصف`: behind such a pronoun the word is a verb."""
    before = chunks[at - 1] if at else None
    return before is not None and "that" in before.functions and before.folded.endswith(("ه", "ها", "هم"))


def _goes_on(chunks: Sequence[Chunk], at: int) -> bool:
    """`دخل رتل … وتوجه إلى القاعدة`: right before a preposition the word is no noun annexed to something."""
    moves = chunks[at].joined and at + 1 < len(chunks) and preposition(chunks[at + 1]) in ("destination", "origin")
    return moves and any(chunk.finite and not chunk.who for chunk in chunks[:at])


def _also_noun(chunk: Chunk, sense: Sense) -> bool:
    """`خطف`, `قصف`: the written form is also a verbal noun, so no elided subject may be guessed."""
    return sense.form == "verb" and any(
        other.form in ("masdar", "noun") and other.code == sense.code for other in chunk.senses
    )


def _announces(chunks: Sequence[Chunk], scope: Stance) -> bool:
    """A label (`الجيش: …`), or a verb by which a body speaks of its own acts."""
    operators = chunks[scope.at].operators
    return not scope.backward and (not operators or any(op.entry.gloss in _OWN_ACTS for op in operators))


def _provides(chunks: Sequence[Chunk], scope: Stance) -> bool:
    """`ينص الاتفاق على`, `على أن`: the stretch tells the terms of a deal."""
    operators = chunks[scope.at].operators if scope.kind == "plan" and scope.at >= 0 else ()
    return any(operator.entry.gloss in _TERMS for operator in operators)


def _done_by(draft: Draft, doer: Who) -> Draft:
    """Who is asked, accused or threatens does the act; who is told to leave is the one evacuated."""
    if draft.code == "evacuate" and draft.modality == "demanded":
        leaving = draft.patients and "building" not in draft.patients[0].tags
        return draft if leaving else replace(draft, patients=(doer,))
    kills = draft.code == "casualties" and draft.sense.form == "masdar"  # اتهم الشرطة بقتل متظاهرين
    acts = draft.sense.term.frame in ("agent", "agent_patient", "parties") or kills
    return replace(draft, agents=(doer,), carried=False) if acts else draft


def _extent(line: Line, draft: Draft, chunks: Sequence[Chunk], frame: Frame) -> Draft:
    """Stretch the quote over the arguments of the trigger, and to the end of their clause."""
    spans = {place.span for place in draft.places}
    parts = [(draft.first, draft.last), chunks[draft.at].tail or (draft.first, draft.last)]
    if frame.part is not None:  # خروج احتجاجات
        parts.append((chunks[frame.part].first, chunks[frame.part].last))
    parts += [(who.first, who.last) for who in (*draft.agents, *draft.patients)]
    used = (chunks[n] for n in frame.used)
    parts += [(chunk.first, chunk.last) for chunk in used if any(place.span in spans for place in chunk.places)]
    first, last = min(first for first, _ in parts), max(last for _, last in parts)
    last = clause_last(chunks, last, statement=draft.code == "statement")
    return replace(draft, first=opening(line, chunks, draft.at, first), last=last)
