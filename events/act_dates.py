"""When an act happened: its own date, else that of the sentence or of the headline above."""

from collections.abc import Sequence
from datetime import timedelta

from events.chunks import Chunk, leftward
from events.drafts import Draft
from events.line import Line
from events.model import When
from events.times import Rereading, Time
from events.told import Told
from events.values import replace

_OWN_DATE_ONLY = frozenset(("planned", "demanded", "hypothetical"))
_SOON, _LONG_PAST = timedelta(days=60), timedelta(days=180)
_TO_COME = frozenset(("planned", "hypothetical"))


def date_of(
    line: Line,
    chunks: Sequence[Chunk],
    draft: Draft,
    told: Sequence[Told],
    headline: When,
    last: When,
    dates: Rereading,
) -> When:
    """Return the date of a draft; `told` are the acts before it, `last` is the date named last in the text before."""
    if draft.time is not None and draft.time.anchor == "story":
        since = last_dated(chunks, draft.time.first) or last
        return replace(dates.of_story(draft.time, since), text=line.slice(draft.time.first, draft.time.last))
    if draft.time is not None:
        text = line.slice(draft.time.first, draft.time.last)
        if draft.time.kind != "vague":
            future = draft.modality in _TO_COME or _still_to_come(draft, dates)
            when = dates.to_come(draft.time) if future else draft.time.when
            return replace(when, text=text)
        if not _within_hours(line, draft.time):
            return When(text=text)
    if draft.modality in _OWN_DATE_ONLY or draft.background:
        return When()
    passed = (act for act in reversed(told) if not act.background and act.modality not in _OWN_DATE_ONLY)
    earlier = next((act.when for act in passed if act.when.start), None)
    return earlier or _announced(line, chunks) or headline


def _still_to_come(draft: Draft, dates: Rereading) -> bool:
    """`يدخل الأعوان في إضراب يوم 19 جويلية`: present tense and a day that is long past, or else soon."""
    told = draft.time.when.start if draft.time and draft.sense.form != "masdar" else None
    if draft.time is None or told is None or len(told) < 10 or draft.modality != "asserted" or dates.published is None:
        return False
    coming = dates.to_come(draft.time).start or told
    soon = dates.published.isoformat() < coming <= (dates.published + _SOON).isoformat()
    return soon and told < (dates.published - _LONG_PAST).isoformat() and draft.present


def last_dated(chunks: Sequence[Chunk], end: int) -> When | None:
    """Return the last date that a sentence names before word `end`, None if it names none."""
    times = (chunk.time for chunk in reversed(chunks) if chunk.time and chunk.last <= end)
    return next((time.when for time in times if time.kind == "date"), None)


def _within_hours(line: Line, time: Time) -> bool:
    """`بعد نحو ساعتين`: still the day told before."""
    hours = line.lexicon.words["hours"]
    return any(word.folded in hours for word in line.words[time.first : time.last])


def _announced(line: Line, chunks: Sequence[Chunk]) -> When | None:
    """`وفق ما أفاد مسؤول اليوم`: the day of the announcement dates what it announces."""
    for at, chunk in enumerate(chunks):
        if chunk.time and chunk.time.kind == "date" and _behind_speech(chunks, at):
            return replace(chunk.time.when, text=line.slice(chunk.first, chunk.last))
    return None


def _behind_speech(chunks: Sequence[Chunk], at: int) -> bool:
    for n, before in leftward(chunks, at, 6):
        if n and "relative" in chunks[n - 1].functions:  # الهدنة التي أُعلنت في الثاني من يناير
            return False
        if "attribution" in before.functions or any(op.kind == "say" for op in before.operators):
            return True
        if before.senses or before.functions & {"background", "break"}:
            return False
    return False
