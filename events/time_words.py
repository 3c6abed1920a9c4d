"""Put the words of a text into the classes of `times.yml`, so that rules over classes can read them."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from events.digits import digits_value
from events.number_words import NumberWords
from events.phrases import DETACHED, Hit, Phrases, glued
from events.schema import Strict
from events.words import Word

Value = int | str | tuple[int, int, int]
DERIVED = ("int", "num", "year", "old_year", "hyear", "numword", "clock", "date", "and", "other")
"""Classes that no list of terms defines; the comment in `times.yml` says what they are."""

_SHADDA, _TANWIN = "\u0651", "\u064b"
_VARYING = frozenset({"part", "evening", "month", "weak_month", "hijri", "weak_hijri"})
_MONTHS = frozenset({"month", "weak_month", "hijri", "weak_hijri"})


class TimeClasses(Strict):
    """The classes of `times.yml`: lists of terms, or terms under the value they mean."""

    classes: dict[str, tuple[str, ...] | dict[int | str, tuple[str, ...]]]


class Token(NamedTuple):
    """A run of words `first` to `last` (half-open) of one class; `value` is the class's, 0 if it has none."""

    kind: str
    value: Value
    first: int
    last: int


class TimeWords:
    """The word classes of one language."""

    def __init__(self, file: TimeClasses, numbers: NumberWords) -> None:
        """Compile the terms of all classes into one table."""
        self._numbers = numbers
        self._phrases: Phrases[tuple[str, int | str]] = Phrases(_terms(file))
        self._known = self._phrases.firsts | numbers.words | DETACHED
        self._plain = {  # most tokens are one such word: من، في، حتى
            word: value
            for word in self._phrases.firsts - DETACHED
            if (value := self._phrases.single(word)) and value[0] not in _VARYING
        }

    def tokens(self, words: Sequence[Word]) -> list[Token]:
        """Return the words as tokens; a run of words that no class knows is one token."""
        found: list[Token] = []
        done, known, plain = 0, self._known, self._plain
        for at, word in enumerate(words):
            folded = word.folded
            if (folded not in known and folded[0] > "9") or at < done:
                continue
            simple = plain.get(folded)
            tokens = [Token(simple[0], simple[1], at, at + 1)] if simple else self._at(words, at)
            if tokens:
                if done < at:
                    found.append(Token("other", 0, done, at))
                found += tokens
                done = tokens[-1].last
        if done < len(words):
            found.append(Token("other", 0, done, len(words)))
        return found

    def _at(self, words: Sequence[Word], at: int) -> list[Token] | None:
        folded = words[at].folded
        if "0" <= folded[0] <= "9":
            return [_digits(words, at)]
        if folded in DETACHED and glued(words, at + 1) and words[at + 1].folded[0].isdigit():
            digits = _digits(words, at + 1)
            joined = [Token("and", 0, at, at)] if folded.startswith("و") else []
            return [*joined, digits._replace(first=at)]
        hit = self._phrases.at(words, at)
        if hit is None:
            number = self._numbers.read(words, at) if folded in self._numbers.words else None
            return [Token("numword", number[1], at, number[0])] if number else None
        token = self._token(words, at, hit)
        return [Token("and", 0, at, at), token] if token and hit.joined else [token] if token else None

    def _token(self, words: Sequence[Word], at: int, hit: Hit[tuple[str, int | str]]) -> Token | None:
        kind, value = hit.value
        if kind == "part" and _SHADDA in words[at].text:  # فجّر is a verb
            return None
        if kind == "evening" and _TANWIN in words[at].text:
            kind = "alone"
        end = self._other_tradition(words, hit.end, hit.value) if kind in _MONTHS else hit.end
        return Token(kind.removeprefix("weak_") if end > hit.end else kind, value, at, end)

    def _other_tradition(self, words: Sequence[Word], end: int, month: tuple[str, int | str]) -> int:
        """End of a month named twice: `تموز/يوليو`, `يناير (كانون الثاني)`; else `end`."""
        mark = words[end].folded if end < len(words) else ""
        second = self._phrases.at(words, end + 1 if mark in ("/", "(", "-") else end)
        if second is None or second.value[0] not in _MONTHS or second.value[1] != month[1]:
            return end
        closed = mark == "(" and second.end < len(words) and words[second.end].folded == ")"
        return second.end + closed


def _terms(file: TimeClasses) -> Iterator[tuple[str, tuple[str, int | str]]]:
    for kind, terms in file.classes.items():
        for value, group in terms.items() if isinstance(terms, dict) else [(0, terms)]:
            yield from ((term, (kind, value)) for term in group)


def _digits(words: Sequence[Word], at: int) -> Token:
    numeric = _numeric_date(words, at)
    if numeric:
        return numeric
    value = digits_value(words[at].folded)
    if _mark(words, at + 1) == ":" and words[at + 2].folded.isdigit() and value is not None and value < 25:
        return Token("clock", 0, at, at + 3)
    if value is None or value != int(value):
        return Token("num", 0, at, at + 1)
    plain = len(words[at].folded) == 4
    kind = "int" if 1 <= value <= 31 else "year" if plain and 1900 <= value <= 2100 else "num"
    if plain and kind == "num" and 1000 <= value < 1900:
        kind = "hyear" if 1300 <= value <= 1500 else "old_year"
    return Token(kind, int(value), at, at + 1)


def _numeric_date(words: Sequence[Word], at: int) -> Token | None:
    parts, end = words[at].folded.split("."), at + 1
    while len(parts) < 3 and _mark(words, end) in ("/", "-"):
        parts, end = [*parts, words[end + 1].folded], end + 2
    if len(parts) != 3 or not all(part.isdigit() and len(part) <= 4 for part in parts):
        return None
    day, month, year = (int(part) for part in (reversed(parts) if len(parts[0]) == 4 else parts))
    if month > 12 >= day:  # month first
        day, month = month, day
    return Token("date", (year + 2000 if year < 100 else year, month, day), at, end)


def _mark(words: Sequence[Word], at: int) -> str:
    """The mark at `at` if it is glued between two words, else nothing."""
    return words[at].folded if at + 1 < len(words) and glued(words, at) and glued(words, at + 1) else ""
