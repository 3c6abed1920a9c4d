"""Find time expressions: rules over word classes (`times.yml`) say how the dates of each are read."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Literal, cast

from events.calendars import Reference
from events.class_rules import ClassRules
from events.dates import Found, day_of, day_of_month, month_of, range_of, shifted_day, span_of, year_of
from events.model import When
from events.number_words import NumberWords
from events.numbers import NumberGrammar
from events.phrases import glued
from events.schema import Strict, read_yaml
from events.time_words import DERIVED, TimeClasses, TimeWords, Token
from events.values import dataclass, replace
from events.words import Word

Kind = Literal["date", "vague", "time_of_day", "duration_before"]
Reads = Literal[
    "nothing",
    "named",
    "range",
    "second",
    "vague",
    "before",
    "ago",
    "later",
    "until",
    "date",
    "month",
    "year",
    "hour",
    "hourish",
    "story",
]
_FAR = 4  # words that may stand between "before" and "by minutes"


class TimeRule(Strict):
    """A pattern over word classes and the way its dates are read."""

    reads: Reads
    pattern: str


class TimesFile(TimeClasses):
    """The shape of `times.yml`: word classes, named days (`MM-DD` → year), definitions, rules."""

    named_days: dict[str, int]
    define: dict[str, str]
    rules: tuple[TimeRule, ...]


@dataclass(frozen=True, slots=True)
class Time:
    """A time expression at words `first` to `last` (half-open).

    kind     date: `when` holds a day, a range or a month; duration_before: `when` is the day of the act that
             follows (`a week after the murder`: of the murder), open if unknown; time_of_day and vague: no date,
             but `when.start` is `YYYY` if only the year is told, and `when.end` the last day of "until Sunday"
    when     `text` is the words as written, parted by single spaces
    anchor   relative if the words count from the day of publication, story if from the day told last (`in the same
             month`: vague until `find` is given that day), none for calendar dates and hours
    since    the act goes on since then
    weekday  a bare weekday, whose date depends on `future`
    """

    first: int
    last: int
    kind: Kind
    when: When
    anchor: Literal["none", "relative", "story"]
    since: bool
    weekday: bool


class TimeGrammar:
    """The time expressions of one language; `find` reads a sequence of words."""

    def __init__(self, file: TimesFile, numbers: NumberWords) -> None:
        """Compile classes and rules; raise KeyError or ValueError for a wrong rule (see ClassRules)."""
        self._words = TimeWords(file, numbers)
        self._reads = [rule.reads for rule in file.rules]
        self._rules = ClassRules([rule.pattern for rule in file.rules], file.define, (*file.classes, *DERIVED))
        self._named = file.named_days

    @classmethod
    def load(cls, folder: Path) -> "TimeGrammar":
        """Read `times.yml` and `numbers.yml` of a language's folder; pydantic.ValidationError if a shape is wrong."""
        return cls(TimesFile.model_validate(read_yaml(folder / "times.yml")), NumberGrammar.load(folder).number_words)

    def find(
        self, words: Sequence[Word], published: date | None, *, future: bool = False, told: date | None = None
    ) -> list[Time]:
        """Return the times of `words` in order; `future` prefers the coming weekday or date, as for plans.

        `told` is the day that the text told last, None if it told none: `the next day` counts from it.
        """
        tokens = self._words.tokens(words)
        reference = Reference(published, future, told)
        found: list[Time] = []
        for rule, first, last in self._rules.find([token.kind for token in tokens]):
            time = self._read(self._reads[rule], tokens[first:last], words, reference)
            found.extend([time] if time else ())
        return found

    def _read(self, reads: Reads, tokens: list[Token], words: Sequence[Word], reference: Reference) -> Time | None:
        if reads == "nothing" or any(t.kind == "other" and t.last - t.first > _FAR for t in tokens):
            return None
        if reads == "named":
            tokens = [token for token in tokens if token.kind not in ("event", "open")]
        kinds = {token.kind for token in tokens}
        found = self._named_day(tokens, reference) if reads == "named" else _READERS[reads](tokens, reference)
        kind = _kind(reads, tokens, found)
        if kind == "vague" and reads not in ("year", "until"):
            found = Found(None, None, 2 if kinds & {"week_noun", "this_week"} else 3, found.relative, found.weekday)
        if "until" in kinds and reads in ("month", "year"):
            kind, found = "vague", Found(None, found.start)
        first, last = tokens[0].first, tokens[-1].last
        precision = None if kind == "time_of_day" else found.precision
        when = When(found.start, found.end, precision, _text(words[first:last]))
        anchor: Literal["none", "relative", "story"] = "relative" if found.relative else "none"
        anchor = "story" if reads == "story" else anchor
        return Time(first, last, kind, when, anchor, "since" in kinds, found.weekday)

    def _named_day(self, tokens: Sequence[Token], reference: Reference) -> Found:
        """A day that names an event: of its own year, whatever day it is now (`أحداث 11 سبتمبر`)."""
        found = day_of(tokens, reference)
        year = self._named.get(found.start[5:]) if found.start else None
        return Found(f"{year}{found.start[4:]}", None, 1) if year and found.start else found


@dataclass(frozen=True, slots=True)
class Rereading:
    """Reads a time of a line once more, when more is known of its sentence."""

    grammar: TimeGrammar
    words: Sequence[Word]
    published: date | None

    def to_come(self, time: Time) -> When:
        """Return the time as one to come, a weekday being the next one."""
        return self._read(time, future=True)

    def of_story(self, time: Time, last: When) -> When:
        """Return the time counted from the day or month named last, open if none was."""
        start = last.start or ""
        try:
            day = date.fromisoformat(start if len(start) == 10 else f"{start}-01")
        except ValueError:  # only a year, or nothing
            return time.when
        return self._read(time, told=day)

    def _read(self, time: Time, *, future: bool = False, told: date | None = None) -> When:
        words = self.words[time.first : time.last]
        times = self.grammar.find(words, self.published, future=future, told=told)
        return times[0].when if times else time.when


def _until(tokens: Sequence[Token], reference: Reference) -> Found:
    found = day_of(tokens, reference)
    return replace(found, start=None, end=None if tokens[0].kind == "after" else found.start)


def _ago(tokens: Sequence[Token], reference: Reference) -> Found:
    return span_of(tokens, reference, -1)


def _of_story(tokens: Sequence[Token], reference: Reference) -> Found:
    story = Reference(reference.told)
    if tokens[0].kind in ("before", "after"):
        return span_of(tokens[1:], story, -1 if tokens[0].kind == "before" else 1)
    if any(token.kind == "month_noun" for token in tokens):
        return day_of_month(tokens, story) or month_of(tokens, story)
    return shifted_day(tokens, story)


def _last_day(tokens: Sequence[Token], reference: Reference) -> Found:
    return day_of(tokens[-1:], reference)


def _later(tokens: Sequence[Token], reference: Reference) -> Found:
    return span_of(tokens, reference, 1) if reference.future else Found(relative=True)


_READERS: dict[str, Callable[[Sequence[Token], Reference], Found]] = {
    "range": range_of, "second": _last_day, "before": _ago, "ago": _ago, "later": _later, "until": _until,
    "date": day_of, "month": month_of, "year": year_of, "story": _of_story,
    "vague": lambda *_: Found(relative=True), "hour": lambda *_: Found(), "hourish": lambda *_: Found(),
}  # fmt: skip


def _kind(reads: Reads, tokens: Sequence[Token], found: Found) -> Kind:
    if reads == "hour":
        return "time_of_day"
    if reads == "hourish":
        return cast(Kind, tokens[0].value)
    if reads == "before":
        return "duration_before"
    return "vague" if found.start is None or reads in ("year", "until", "vague") else "date"


def _text(words: Sequence[Word]) -> str:
    """The words as written, with one space wherever some were apart."""
    pieces = [("" if glued(words, at) else " ") + word.text for at, word in enumerate(words)]
    return "".join(pieces)[1:]
