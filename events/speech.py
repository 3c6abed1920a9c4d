"""Who says what, and how: the scopes of speech, denial, demand, plan and fear in a sentence."""

from collections.abc import Sequence

from events.chunks import Chunk, Who, leftward, rightward
from events.dateline import speaks_up
from events.operators import beside_report, by_name, doer_of, operator_at, own_voice, speaker_of
from events.readings import Operator
from events.values import dataclass

_IN_RETURN = frozenset(("مقابل", "لقاء", "نظير"))  # على أن تفرج عن أسرى، مقابل إفراج الحكومة عن
_ABOUT = frozenset(("عن", "حول", "بشان", "بخصوص", "حيال"))
_ADDING = frozenset(("say", "accuse", "claim"))


@dataclass(frozen=True, slots=True)
class Stance:
    """How a stretch of chunks is told: `speaker` None is the outlet's voice, `carried` the speaker of the text before.

    `kind` is the operator's kind (None: told plainly); `doer` acts in the content if that names nobody else: the
    accused, who is asked, who threatens; `at` is the operator's chunk; `backward`: an attribution behind its content.
    """

    first: int
    last: int
    kind: str | None = None
    speaker: Who | None = None
    carried: bool = False
    doer: Who | None = None
    at: int = -1
    backward: bool = False


def stances(chunks: Sequence[Chunk]) -> list[Stance]:
    """Return the scopes of a sentence, outer ones first where they nest."""
    label = _label(chunks)
    found = [label] if label else []
    for at, chunk in enumerate(chunks):
        if "attribution" in chunk.functions:
            stance = _attribution(chunks, at)
        else:
            operator = operator_at(chunks, at) if chunk.operators else None
            stance = (_of_quotation(chunks, at, operator) or _scope(chunks, at, operator)) if operator else None
        found += [stance] if stance else []
    return found


def governing(scopes: Sequence[Stance], at: int) -> list[Stance]:
    """Return the scopes that hold a chunk, innermost first; attribution behind the clause counts as innermost."""
    held = [scope for scope in scopes if scope.first <= at < scope.last and scope.at != at]
    return sorted(held, key=lambda scope: (not scope.backward, -scope.first))


def _label(chunks: Sequence[Chunk]) -> Stance | None:
    """`المتحدث باسم قسد: …` at the start of a line or bullet."""
    at, colon = next(((n, chunk) for n, chunk in enumerate(chunks[:10]) if _ends_label(chunks, n)), (0, None))
    if colon is None or colon.folded != ":":
        return None
    who = next((before.who for before in chunks[:at] if before.who and not before.prep("ب")), None)
    place = any(before.places and not (_of_state(before.who) and speaks_up(chunks, at)) for before in chunks[:at])
    if who is None or place or any(_tells(chunks, n) for n in range(at)):
        return None
    return Stance(at + 1, len(chunks), "say", _voice(who), at=at)


def _ends_label(chunks: Sequence[Chunk], at: int) -> bool:
    """A colon, or what shows that there is no label; the colon of `12:30 حزب الله: …` is none."""
    if not chunks[at].is_mark(":،."):
        return False
    return not (0 < at < len(chunks) - 1 and chunks[at - 1].folded.isdigit() and chunks[at + 1].folded.isdigit())


def _of_state(who: Who | None) -> bool:
    """`دمشق: …` may be the state that speaks; `محافظة حماة: …` and `الباب: …` say where."""
    return who is not None and "state" in who.tags


def _tells(chunks: Sequence[Chunk], at: int) -> bool:
    chunk = chunks[at]
    return not chunk.who and (bool(chunk.senses and not chunk.functions) or operator_at(chunks, at) is not None)


def _voice(who: Who, *, quoted: bool = False) -> Who | None:
    """A speaker, None for the outlet's own correspondent; `quoted`: of another outlet, by the marks around its name."""
    return None if own_voice(who) and not quoted else who


def _scope(chunks: Sequence[Chunk], at: int, operator: Operator) -> Stance:
    speaker, start = speaker_of(chunks, at, operator)
    doer, start = doer_of(chunks, at, start, operator, speaker)
    start += operator.form == "phrase" and start < len(chunks) and chunks[start].is_mark("،")  # بموجب الاتفاق، تنسحب
    stop = _phrase_end(chunks, start) if operator.form == "phrase" and operator.kind != "say" else _end(chunks, start)
    elided = at + 1 >= len(chunks) or not (chunks[at + 1].places and not chunks[at + 1].pre)  # أعلن مطار معيتيقة
    carried = speaker is None and elided and operator.form in ("verb", "participle") and operator.kind != "plan"
    claims = speaker is not None and operator.entry.doer != "subject"
    return Stance(start, stop, operator.kind, _voice(speaker) if speaker and claims else None, carried, doer, at)


def _of_quotation(chunks: Sequence[Chunk], at: int, operator: Operator) -> Stance | None:
    """`«استقبلنا أربعين جريحا»، يقول المنسق`: the verb of speech right behind what it quotes."""
    ends = at > 1 and (chunks[at - 1].is_mark("»”") or (chunks[at - 1].is_mark("،") and not chunks[at].joined))
    opened = next((n for n, chunk in leftward(chunks, at) if chunk.is_mark("«“")), None) if ends else None
    if operator.kind != "say" or operator.form != "verb" or opened is None:
        return None
    speaker, _ = speaker_of(chunks, at, operator)
    if speaker is None or not (opened == 0 or chunks[opened - 1].mark):
        return None
    return Stance(opened, at, "say", _voice(speaker), at=at, backward=True)


def _attribution(chunks: Sequence[Chunk], at: int) -> Stance | None:
    """`بحسب مديرية الصحة`: holds what stands before, or, at the start of a sentence, what follows."""
    source = _source(chunks, at)
    who = chunks[source].who if source is not None else None
    if source is None or who is None:
        return None
    voice = _voice(who, quoted=source + 1 < len(chunks) and chunks[source + 1].is_mark("»"))
    before, mark = chunks[at - 1], at > 1 and chunks[at - 1].mark
    if at <= 1 or "break" in before.functions or (mark and "break" in chunks[at - 2].functions):
        return Stance(source + 1, _end(chunks, source + 1, clause=True), "say", voice, at=at)
    ends = (n + 1 for n, chunk in leftward(chunks, at) if "break" in chunk.functions or chunk.is_mark("؛"))
    return Stance(next(ends, 0), at, "say", voice, at=at, backward=True)


def _source(chunks: Sequence[Chunk], at: int) -> int | None:
    """The chunk of the party that an attribution names; behind it `نقلا عن` names who stands behind an agency."""
    for ahead, chunk in rightward(chunks, at, 8):
        if chunk.who:
            deeper = next(
                (n for n, near in rightward(chunks, ahead, 3) if near.folded == "نقلا"),
                None,
            )
            behind = _source(chunks, deeper) if deeper else None
            return behind if behind is not None else by_name(chunks, ahead)
        told = bool(chunk.senses) and not _reported(chunks, ahead)
        if chunk.is_mark("،؛.") or told:
            return None
    return None


def _reported(chunks: Sequence[Chunk], at: int) -> bool:
    """`وفق حصيلة أوردها المرصد`: the toll or report is the speaker's, named behind its verb."""
    return any(chunk.speaks and bool(chunk.suf) for _, chunk in rightward(chunks, at, 3))


def _end(chunks: Sequence[Chunk], start: int, *, clause: bool | None = None) -> int:
    """A clause with أن or a quotation runs to the next contrast; a verbal noun to the next finite verb as well."""
    depth = 0
    retold = _retold(chunks, start)
    clause = (retold > 0 or _has_clause(chunks, start)) if clause is None else clause
    for at, chunk in rightward(chunks, max(start, retold) - 1):
        depth += chunk.is_mark("«“") - chunk.is_mark("»”")
        if depth > 0:
            continue
        contrast = "break" in chunk.functions and not (clause and _goes_on(chunks, at))
        if contrast or chunk.is_mark("؛"):
            return at
        adds = not clause and chunks[at - 1].is_mark("،") and (_adds(chunk) or chunk.folded == "وقد")
        told_of = chunks[at - 1].folded == "من" or beside_report(chunks, at)  # قدّر عدد من نزحوا
        if (
            at > start
            and not (told_of or _between_commas(chunks, at))
            and (
                adds
                or _main_verb(chunk, clause=clause)
                or "attribution" in chunk.functions
                or (not clause and _backdrop(chunks, at))
            )
        ):
            return at
    return len(chunks)


def _retold(chunks: Sequence[Chunk], start: int) -> int:
    """`نفى ما رددته قنوات من أن الجيش قصف`, `ما يشاع عن قصف`: where what others tell begins, 0 if nothing is retold."""
    if start >= len(chunks) or "ma" not in chunks[start].functions:
        return 0
    for at, chunk in rightward(chunks, start, 9):
        if "that" in chunk.functions or chunk.folded in _ABOUT:
            return at + 1
        if chunk.is_mark("،؛:.") or "break" in chunk.functions:
            return 0
    return 0


def _between_commas(chunks: Sequence[Chunk], at: int) -> bool:
    """`قالت الشرطة، بحسب رويترز، إن`: an attribution between a speaker and the words."""
    if "attribution" not in chunks[at].functions or not chunks[at - 1].is_mark("،"):
        return False
    comma = next((n for n, chunk in rightward(chunks[:-1], at, 6) if chunk.is_mark("،")), None)
    return comma is not None and "that" in chunks[comma + 1].functions


def _adds(chunk: Chunk) -> bool:
    """`نفت سقوط المدينة، مشيرة إلى أن`: a participle of speech begins what else is said."""
    return any(operator.form == "participle" and operator.kind in _ADDING for operator in chunk.operators)


def _backdrop(chunks: Sequence[Chunk], at: int) -> bool:
    """`أعلنت الجبهة انسحابها، بعد أيام من القتال`: behind a comma the outlet reminds of what went before."""
    time, behind = chunks[at].time, chunks[at + 1 : at + 2]
    since = time is not None and time.kind == "duration_before" and chunks[at].folded.startswith("بعد")
    return since and chunks[at - 1].is_mark("،") and bool(behind) and behind[0].folded in ("من", "علي")


def _has_clause(chunks: Sequence[Chunk], start: int) -> bool:
    for at, chunk in enumerate(chunks[start : start + 16], start):
        if "that" in chunk.functions or chunk.folded in ("«", ":"):
            return True
        if beside_report(chunks, at):
            continue
        if chunk.senses or (chunk.operators and not chunk.who):
            return False
    return False


def _goes_on(chunks: Sequence[Chunk], at: int) -> bool:
    """`قال إن … بينما …`: the same speaker goes on, unless another one is named."""
    return not any(chunk.operators or "attribution" in chunk.functions for chunk in chunks[at + 1 :])


def _phrase_end(chunks: Sequence[Chunk], start: int) -> int:
    for at, chunk in rightward(chunks, start - 1):
        in_return = at + 1 < len(chunks) and chunks[at + 1].folded in _IN_RETURN
        if "break" in chunk.functions or chunk.is_mark("؛") or (chunk.is_mark("،") and not in_return):
            return at
    return len(chunks)


def _main_verb(chunk: Chunk, *, clause: bool) -> bool:
    """Whether a finite verb begins the next main clause; behind a clause with أن only a verb of speech with و does."""
    if chunk.who or chunk.pre not in ("", "و", "ف"):
        return False
    if clause:
        return chunk.speaks and chunk.joined
    return chunk.speaks or (chunk.finite and not any(sense.form == "masdar" for sense in chunk.senses))
