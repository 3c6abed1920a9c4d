"""The parties that stand before their verb in the same clause."""

from collections.abc import Sequence

from events.chunks import Chunk, Who, leftward, rightward
from events.prepositions import after_preposition
from events.supports import of_act


def left_group(chunks: Sequence[Chunk], at: int) -> tuple[Who, ...]:
    """Return the parties joined by و that stand before their verb in the same clause, none for a verb joined by و."""
    if chunks[at].joined or (at and chunks[at - 1].folded == "من"):  # من أطلق النار: whoever fired
        return ()
    if nearest := _right_before(chunks, at):
        return nearest
    found: list[Who] = []
    resume = at
    for back, chunk in leftward(chunks, at, 15):
        if back > resume:
            continue
        if resume := among_begin(chunks, back):  # 176 ألف شخص، نصفهم أطفال، نزحوا
            continue
        resume = back
        if _left_end(chunks, back, at) or (found and "was" in chunk.functions):  # تلاميذ كان مسلحون قد خطفوهم
            break
        if chunk.who and not chunk.governed and not after_preposition(chunks, back):
            if found and not _listed(chunks, back):
                found = []
            found.insert(0, chunk.who)
        if chunk.joined and chunk.who and not _listed(chunks, back - 1):
            break
    return tuple(found)


def among_begin(chunks: Sequence[Chunk], comma: int) -> int:
    """Return the chunk before an aside such as `، نصفهم أطفال،` that ends at a comma, 0 if none ends there."""
    if not chunks[comma].is_mark("،"):
        return 0
    for back, chunk in leftward(chunks, comma, 6):
        if "among" in chunk.functions and back > 1 and chunks[back - 1].is_mark("،"):
            return back - 2
        if chunk.is_mark("،؛."):
            return 0
    return 0


def left_subject(chunks: Sequence[Chunk], at: int) -> Who | None:
    """Return the first of the parties that stand before their verb in the same clause."""
    return next(iter(left_group(chunks, at)), None)


def _left_end(chunks: Sequence[Chunk], back: int, at: int) -> bool:
    chunk = chunks[back]
    if back == at - 1 and "relative" in chunk.functions and (chunks[back - 1].places or of_act(chunks, at)):
        return True  # قرب الرمادي التي سقطت, التفجير الذي استهدف
    ends = chunk.finite or chunk.speaks or chunk.functions & {"break", "that", "join", "result"}
    typed = chunk.is_mark("-") and chunks[back + 1].folded[:1].isdigit()  # من طراز إم كيو-9
    if (chunk.who is None and ends) or (chunk.is_mark("؛:—•▪-") and not typed):
        return True
    timed = chunks[back - 1].time or chunks[min(back + 1, at)].time
    return chunk.is_mark("،") and not (timed or _listed(chunks, back - 1))


def _listed(chunks: Sequence[Chunk], at: int) -> bool:
    """Whether a party is followed by another one joined by و, perhaps behind a comma or in quotation marks."""
    if at < 0 or chunks[at].who is None:
        return False
    for _, chunk in rightward(chunks, at, 3):
        if chunk.who or chunk.folded == "و":
            return chunk.joined or chunk.folded == "و"
        if not chunk.mark:
            return False
    return False


def _right_before(chunks: Sequence[Chunk], at: int) -> tuple[Who, ...]:
    """The party of `محتجين أغلقوا الجسر` and of `آليات للجيش وهي تدخل`."""
    near = chunks[at - 1].who if at else None
    if near and not near.definite and near.actor is None and chunks[at].folded.endswith("وا"):
        return (near,)
    if not at or chunks[at - 1].folded not in ("وهي", "وهو", "وهم", "وهما"):
        return ()
    return tuple(who for _, before in leftward(chunks, at - 1, 5) if (who := before.who))[:1]
