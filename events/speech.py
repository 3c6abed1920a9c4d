"""Who says what, and how: the scopes of speech, denial, demand, plan and fear in a sentence."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from events.chunks import Chunk, Who
from events.lexicon import Operator
from geodata.folding import fold

_QUOTE_OPEN, _QUOTE_CLOSE = frozenset("«“"), frozenset("»”")
_SPEAKING = frozenset(
    ("speaker", "official", "state", "group", "armed", "person", "crowd", "head", "resident", "civilian")
)
_NOTHING_SAID = frozenset(("عدم", "دون", "بدون"))
FACTUAL = frozenset(("say", "claim"))


@dataclass(frozen=True, slots=True)
class Stance:
    """How a stretch of chunks is told: `speaker` None is the outlet's voice, `carried` the speaker of the text before.

    `kind` is the operator's kind (None: told plainly); `doer` acts in the content if that names nobody else: the
    accused, who is asked, who threatens; `at` is the operator's chunk.
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
    found: list[Stance] = []
    label = _label(chunks)
    if label:
        found.append(label)
    for at, chunk in enumerate(chunks):
        if "attribution" in chunk.functions:
            stance = _attribution(chunks, at)
        else:
            operator = operator_at(chunks, at)
            stance = _scope(chunks, at, operator) if operator else None
        if stance:
            found.append(stance)
    return found


def governing(scopes: Sequence[Stance], at: int) -> list[Stance]:
    """Return the scopes that hold a chunk, innermost first; attribution behind the clause counts as innermost."""
    held = [scope for scope in scopes if scope.first <= at < scope.last and scope.at != at]
    return sorted(held, key=lambda scope: (not scope.backward, -scope.first))


def _label(chunks: Sequence[Chunk]) -> Stance | None:
    """`المتحدث باسم قسد: …` at the start of a line or bullet."""
    for at, chunk in enumerate(chunks[:10]):
        if chunk.mark and chunk.folded == ":":
            who = next((before.who for before in chunks[:at] if before.who and not before.prep("ب")), None)
            if who and not any(
                (before.senses and not before.functions) or operator_at(chunks, n)
                for n, before in enumerate(chunks[:at])
                if not before.who
            ):
                return Stance(at + 1, len(chunks), "say", None if _own_voice(who) else who, at=at)
            return None
        if chunk.mark and chunk.folded in "،.":
            return None
    return None


def _own_voice(who: Who) -> bool:
    return who.head.removeprefix("و").startswith("مراسل") and who.actor is None


def operator_at(chunks: Sequence[Chunk], at: int) -> Operator | None:
    """Return the operator a chunk is, if its conditions hold."""
    chunk = chunks[at]
    if chunk.who is not None and not any(operator.form == "verb" for operator in chunk.operators):
        return None
    if not chunk.operators or chunk.pre.endswith(("ب", "ك")):
        return None
    if at and chunks[at - 1].folded in _NOTHING_SAID:
        return None
    for operator in chunk.operators:
        if _applies(chunks, at, operator):
            return operator
    return None


def _applies(chunks: Sequence[Chunk], at: int, operator: Operator) -> bool:
    entry = operator.entry
    ahead = chunks[at + 1 : at + 9]
    wanted = _folded(entry.with_words)
    if wanted and not any(chunk.folded in wanted or chunk.folded.lstrip("وبل") in wanted for chunk in ahead):
        return False
    content = any("that" in chunk.functions or chunk.folded in ("«", ":") for chunk in ahead)
    if operator.form == "masdar" and operator.kind == "say":
        return content or any(chunk.senses for chunk in ahead[:4])
    if (
        operator.kind == "say"
        and operator.form == "verb"
        and not content
        and not any(chunk.who or chunk.senses for chunk in ahead[:5])
    ):
        return False
    return content if entry.weak else True


@lru_cache(maxsize=500)
def _folded(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(fold(word) for word in words)


def _scope(chunks: Sequence[Chunk], at: int, operator: Operator) -> Stance | None:
    speaker, start = _speaker(chunks, at, operator)
    doer, start = _doer(chunks, start, operator, speaker)
    stop = _phrase_end(chunks, start) if operator.form == "phrase" and operator.kind != "say" else _end(chunks, start)
    carried = speaker is None and operator.form in ("verb", "participle") and operator.kind != "plan"
    if speaker is not None and (_own_voice(speaker) or operator.entry.doer == "subject"):
        speaker = None
    return Stance(start, stop, operator.kind, speaker, carried, doer, at)


def _doer(chunks: Sequence[Chunk], start: int, operator: Operator, speaker: Who | None) -> tuple[Who | None, int]:
    """Who acts in the content: the accused, the one asked, or the speaker itself."""
    role = operator.entry.doer
    if operator.kind == "accuse" or role == "addressee":
        return _object(chunks, start)
    return (speaker if role in ("speaker", "subject") else None), start


def _has_clause(chunks: Sequence[Chunk], start: int) -> bool:
    for chunk in chunks[start : start + 16]:
        if "that" in chunk.functions or chunk.folded in ("«", ":"):
            return True
        if chunk.senses:
            return False
    return False


def _end(chunks: Sequence[Chunk], start: int, *, clause: bool | None = None) -> int:
    """A clause with أن or a quotation runs to the next contrast; a verbal noun to the next finite verb as well."""
    depth = 0
    clause = _has_clause(chunks, start) if clause is None else clause
    for at in range(start, len(chunks)):
        chunk = chunks[at]
        depth += (chunk.folded in _QUOTE_OPEN and chunk.mark) - (chunk.folded in _QUOTE_CLOSE and chunk.mark)
        if depth > 0:
            continue
        if "break" in chunk.functions and not (clause and _goes_on(chunks, at)) or (chunk.mark and chunk.folded in "؛"):
            return at
        if at > start and _main_verb(chunk) and (not clause or chunk.joined and _speaks(chunk)):
            return at
        if "attribution" in chunk.functions and at > start:
            return at
    return len(chunks)


def _goes_on(chunks: Sequence[Chunk], at: int) -> bool:
    """`قال إن … بينما …`: the same speaker goes on, unless another one is named."""
    return not any(chunk.operators or "attribution" in chunk.functions for chunk in chunks[at + 1 :])


def _phrase_end(chunks: Sequence[Chunk], start: int) -> int:
    for at in range(start, len(chunks)):
        chunk = chunks[at]
        if "break" in chunk.functions or (chunk.mark and chunk.folded in "،؛"):
            return at
    return len(chunks)


def _main_verb(chunk: Chunk) -> bool:
    finite = (
        any(sense.form == "verb" for sense in chunk.senses)
        and not chunk.who
        and not any(s.form == "masdar" for s in chunk.senses)
    )
    return (finite or _speaks(chunk)) and chunk.pre in ("", "و", "ف")


def _speaks(chunk: Chunk) -> bool:
    return any(operator.form == "verb" for operator in chunk.operators) and not chunk.who


def _speaker(chunks: Sequence[Chunk], at: int, operator: Operator) -> tuple[Who | None, int]:
    """Return who speaks and the chunk where the content begins."""
    if operator.form == "phrase":
        return None, at + 1
    quoting = operator.entry.with_words == ("عن",)
    before = _before(chunks, at) if operator.form == "verb" and not quoting else None
    if before is not None:
        return before, at + 1
    seen = False
    for ahead in range(at + 1, min(at + 12, len(chunks))):
        chunk = chunks[ahead]
        if quoting and not seen:
            seen = chunk.folded == "عن"
            continue
        if (
            "that" in chunk.functions
            or (chunk.mark and chunk.folded in ":«" and not quoting)
            and not _names_speaker(chunks, ahead)
        ):
            break
        if chunk.senses and not chunk.who:
            break
        if chunk.who and _may_speak(chunks, ahead) and not (operator.kind == "demand" and chunk.pre == "ب"):
            return chunk.who, ahead + 1
        if chunk.mark and chunk.folded in "،" and chunks[ahead - 1].time is None and ahead > at + 1:
            break
        if "prep:origin" in chunk.functions or "prep:destination" in chunk.functions:
            break
    if operator.form == "participle":
        return None, at + 1
    return _before(chunks, at), at + 1


def _names_speaker(chunks: Sequence[Chunk], at: int) -> bool:
    """A name in quotation marks: قالت «قسد» إن."""
    if chunks[at].folded != "«":
        return False
    inside = chunks[at + 1 : at + 6]
    closed = next((n for n, chunk in enumerate(inside) if chunk.mark and chunk.folded == "»"), 0)
    return closed > 0 and inside[0].who is not None and not any(c.senses or c.operators for c in inside[1:closed])


def _may_speak(chunks: Sequence[Chunk], at: int) -> bool:
    chunk = chunks[at]
    who = chunk.who
    if who is None or chunk.pre.endswith(("ب", "ل", "ك")):
        return False
    if (
        at
        and chunks[at - 1].functions & {"prep:scene", "prep:origin", "prep:destination", "prep:target"}
        and chunks[at - 1].folded not in ("عن",)
    ):
        return False
    return bool(who.actor or who.tags & _SPEAKING or who.people)


def _before(chunks: Sequence[Chunk], at: int) -> Who | None:
    """The subject before its verb: `والداخلية تنفي`; none for a verb joined by و."""
    if chunks[at].joined:
        return None
    for back in range(at - 1, max(-1, at - 7), -1):
        chunk = chunks[back]
        if chunk.who and _may_speak(chunks, back):
            return chunk.who
        if (
            chunk.senses
            or chunk.operators
            or "break" in chunk.functions
            and back < at - 1
            or (chunk.mark and chunk.folded in "،؛:")
        ):
            return None
    return None


def _object(chunks: Sequence[Chunk], start: int) -> tuple[Who | None, int]:
    for ahead in range(start, min(start + 6, len(chunks))):
        chunk = chunks[ahead]
        if chunk.who and not chunk.pre.endswith(("ب", "ك")):
            return chunk.who, ahead + 1
        if chunk.senses or chunk.pre.endswith("ب") or "prep:destination" in chunk.functions:
            return None, start
    return None, start


def _attribution(chunks: Sequence[Chunk], at: int) -> Stance | None:
    """`بحسب مديرية الصحة`: holds what stands before, or, at the start of a sentence, what follows."""
    speaker, end = None, at + 1
    for ahead in range(at + 1, min(at + 9, len(chunks))):
        chunk = chunks[ahead]
        if chunk.who:
            speaker, end = chunk.who, ahead + 1
            break
        if chunk.mark and chunk.folded in "،؛." or chunk.senses:
            break
    if speaker is None:
        return None
    own = _own_voice(speaker) and speaker.actor is None
    if (
        at <= 1
        or "break" in chunks[at - 1].functions
        or (at > 1 and chunks[at - 1].mark and "break" in chunks[at - 2].functions)
    ):
        stop = _end(chunks, end, clause=True)
        return Stance(end, stop, "say", None if own else speaker, at=at)
    begin = at
    while (
        begin > 0
        and "break" not in chunks[begin - 1].functions
        and not (chunks[begin - 1].mark and chunks[begin - 1].folded in "؛")
    ):
        begin -= 1
    return replace(Stance(begin, at, "say", None if own else speaker, at=at), backward=True)
