"""Read numbers, in digits and in words, with their qualifiers, from the words of a text."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import yaml

from events.phrases import CLITICS, DETACHED, Phrases, glued
from events.schema import Strict
from events.words import Word
from geodata.folding import fold

_ARTICLES = ("ال", "وال", "فال", "بال", "وبال", "لل", "ولل")
_LARGEST = 10**12  # longer runs of digits are telephone numbers and the like
_AFTER = 4  # words after a number among which "at least" is looked for


class NumbersFile(Strict):
    """The shape of `numbers.yml`: values with their words, then lists of words that stand around numbers."""

    units: dict[int, tuple[str, ...]]
    teen_heads: dict[int, tuple[str, ...]]
    teen_tail: tuple[str, ...]
    tens: dict[int, tuple[str, ...]]
    hundreds: dict[int, tuple[str, ...]]
    fractions: dict[float, tuple[str, ...]]
    scales: dict[int, tuple[str, ...]]
    dual_scales: dict[int, tuple[str, ...]]
    plural_scales: dict[int, tuple[str, ...]]
    before: dict[str, tuple[str, ...]]
    after: dict[str, tuple[str, ...]]
    between: tuple[str, ...]
    from_: tuple[str, ...]
    to: tuple[str, ...]
    not_numbers: tuple[str, ...]
    measures: tuple[tuple[str, ...], ...]
    labels: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Number:
    """A number at words `first` to `last` (half-open; a qualifier before it is inside, one after it is not).

    `qualifier` is about, at least, more than, less than, up to, between (`value` is the lower bound) or None;
    `exact_words` tells that the number is written in words; `measure` that it counts no persons or things:
    an age, a year, a clock time, a distance, a calibre, a sum of money, a name such as "Brigade 47".
    """

    first: int
    last: int
    value: int
    qualifier: str | None
    exact_words: bool
    measure: bool


class _Entry(NamedTuple):
    kind: str
    value: float
    joined: bool


def digits_value(folded: str) -> float | None:
    """Return what a word of digits says (`4,200` → 4200, `2.5` → 2.5), None if it is no number."""
    plain = folded.replace("\u066c", ",").replace("\u066b", ".")
    if plain.isascii() and plain.isdigit():
        return float(plain) if len(plain) <= 12 else None
    whole, *groups = plain.replace(",", ".").split(".")
    if len(whole) > 12 or not all(group.isdigit() for group in (whole, *groups)):
        return None
    if all(len(group) == 3 for group in groups) and len(whole) <= 3:
        return float(whole + "".join(groups))
    return float(f"{whole}.{groups[0]}") if len(groups) == 1 and len(groups[0]) <= 12 else None


def _flat(lists: Iterable[Iterable[str]]) -> Iterator[tuple[str, str]]:
    return ((word, word) for words in lists for word in words)


def _forms(word: str) -> Iterator[tuple[str, bool]]:
    plain = fold(word)
    for clitic in CLITICS:
        yield clitic + plain, clitic.startswith("و")
    if not plain.startswith(("اثن", "ميه", "مايه")):  # الاثنين is Monday, المئة per cent
        for article in _ARTICLES:
            yield article + plain, article.startswith("و")


class NumberGrammar:
    """The numbers of one language; `find` reads a sequence of words."""

    def __init__(self, file: NumbersFile) -> None:
        """Compile the lists into one table from folded word to its part in a number."""
        self._entries: dict[str, _Entry] = {}
        kinds: tuple[tuple[str, Mapping[int, tuple[str, ...]] | Mapping[float, tuple[str, ...]]], ...] = (
            ("unit", file.units), ("teen", file.teen_heads), ("ten", file.tens), ("hundred", file.hundreds),
            ("fraction", file.fractions), ("scale", file.scales), ("dual", file.dual_scales),
            ("plural", file.plural_scales),
        )  # fmt: skip
        for kind, table in kinds:
            for value, spellings in table.items():
                for form, joined in (pair for spelling in spellings for pair in _forms(spelling)):
                    self._entries.setdefault(form, _Entry(kind, value, joined))
        self._tails = frozenset(map(fold, file.teen_tail))
        self._before = Phrases((phrase, name) for name, phrases in file.before.items() for phrase in phrases)
        self._after = Phrases((phrase, name) for name, phrases in file.after.items() for phrase in phrases)
        self._range = Phrases([*((p, "between") for p in file.between), *((p, "from") for p in file.from_)])
        self._to = frozenset({*map(fold, file.to), "و" + fold(file.to[-1])})
        self._not = Phrases(_flat([file.not_numbers]))
        self._measures = Phrases(_flat(file.measures))
        self._labels = Phrases(_flat(file.labels))
        self.words: frozenset[str] = frozenset(self._entries)
        """All folded words that can be part of a number."""
        self._starts = self.words | self._before.firsts | self._range.firsts | self._not.firsts

    @classmethod
    def load(cls, folder: Path) -> "NumberGrammar":
        """Read `numbers.yml` of a language's folder; raise pydantic.ValidationError if its shape is wrong."""
        raw = yaml.safe_load((folder / "numbers.yml").read_text(encoding="utf-8"))
        raw["from_"] = raw.pop("from")
        return cls(NumbersFile.model_validate(raw))

    def find(self, words: Sequence[Word]) -> list[Number]:
        """Return the numbers of `words` in order; "dozens" and "thousands" have no value and are left out."""
        found: list[Number] = []
        done, starts = 0, self._starts
        for at, word in enumerate(words):
            folded = word.folded
            if (folded not in starts and folded[0] > "9") or at < done:
                continue
            if (skipped := self._not.at(words, at)) is not None:
                done = skipped.end
            elif (number := self._number(words, at)) is not None:
                found.append(number)
                done = number.last
        return found

    def _number(self, words: Sequence[Word], at: int) -> Number | None:
        start, qualifier = at, None
        for _ in range(2):  # نحو أكثر من
            if (phrase := self._before.at(words, start)) is not None:
                start, qualifier = phrase.end, phrase.value
        opener = self._range.at(words, start)
        start = opener.end if opener else start
        start += start < len(words) and words[start].folded in DETACHED and glued(words, start + 1)
        low = self.read(words, start)
        if low is None or _is_model(words, start):
            return None
        end, ranged = self._range_end(words, low[0], opener.value if opener else "")
        if opener and not ranged:
            return self._number(words, opener.end)
        qualifier = qualifier or ("between" if ranged else self._after_number(words, end))
        in_words = not words[start].folded[0].isdigit()
        return Number(at, end, low[1], qualifier, in_words, self._is_measure(words, start, end))

    def read(self, words: Sequence[Word], at: int) -> tuple[int, int] | None:
        """Return end and value of the number that starts at word `at`, None if there is no whole number."""
        total, end, below = 0.0, at, float("inf")
        place: int | None = at
        while place is not None and place < len(words):
            part = self._scaled(words, place)
            if part is None or part[2] >= below:
                break
            end, value, below = part
            total += value
            place = self._joined(words, end) if below > 1 else None
        return (end, int(total)) if end > at and total == int(total) and total < _LARGEST else None

    def _scaled(self, words: Sequence[Word], at: int) -> tuple[int, float, float] | None:
        """A number below a thousand (or in digits) with its scale: end, value, scale (1 if there is none)."""
        entry = self._entries.get(words[at].folded)
        if entry is not None and entry.kind in ("scale", "dual"):
            return at + 1, entry.value, entry.value if entry.kind == "scale" else entry.value / 2
        group = self._group(words, at)
        if group is None:
            return None
        end, value = group
        scale = self._entries.get(words[end].folded) if end < len(words) else None
        if scale is None or scale.joined or scale.kind not in ("scale", "plural", "dual"):
            return None if entry is not None and entry.kind == "fraction" else (end, value, 1)
        # ألفا after a number is the accusative of ألف, not its dual
        size = scale.value / 2 if scale.kind == "dual" else scale.value
        return end + 1, value * size, size

    def _group(self, words: Sequence[Word], at: int) -> tuple[int, float] | None:
        entry = self._entries.get(words[at].folded)
        if entry is None:
            return _digits(words, at)
        if entry.kind == "fraction":
            return at + 1, entry.value
        end, value = at + 1, entry.value
        following = self._entries.get(words[end].folded) if end < len(words) else None
        if entry.kind == "unit" and following is not None and following == ("hundred", 100, False):
            end, value = end + 1, value * 100
        elif entry.kind != "hundred":
            return self._below_hundred(words, at)
        rest_at = self._joined(words, end)
        rest = self._below_hundred(words, rest_at) if rest_at is not None else None
        follows_scale = rest is not None and rest[0] < len(words) and self._is_scale(words[rest[0]].folded)
        return (rest[0], value + rest[1]) if rest and not (follows_scale and value == 0) else (end, value)

    def _below_hundred(self, words: Sequence[Word], at: int) -> tuple[int, float] | None:
        entry = self._entries.get(words[at].folded)
        if entry is None:
            digits = _digits(words, at)
            return digits if digits and digits[1] < 100 else None
        following = words[at + 1].folded if at + 1 < len(words) else ""
        if entry.kind in ("unit", "teen") and 0 < entry.value < 10 and following in self._tails:
            return at + 2, entry.value + 10
        if entry.kind not in ("unit", "ten"):
            return None
        ten = self._entries.get(following)
        if entry.kind == "unit" and 0 < entry.value < 10 and ten is not None and ten.kind == "ten" and ten.joined:
            return at + 2, entry.value + ten.value
        return at + 1, entry.value

    def _is_scale(self, folded: str) -> bool:
        entry = self._entries.get(folded)
        return entry is not None and entry.kind in ("scale", "plural", "dual") and not entry.joined

    def _joined(self, words: Sequence[Word], at: int) -> int | None:
        """Index of the number word that و joins to what ends at `at`."""
        if at >= len(words):
            return None
        if words[at].folded == "و" and glued(words, at + 1):
            return at + 1
        entry = self._entries.get(words[at].folded)
        return at if entry is not None and entry.joined else None

    def _range_end(self, words: Sequence[Word], at: int, opener: str) -> tuple[int, bool]:
        """End of `3 and 5` after `between`, `3 to 5` after `from` and `3-5`; whether there is a range."""
        place = self._joined(words, at) if opener == "between" else None
        if place is None and at + 1 < len(words):
            word = words[at].folded
            digits_around = words[at - 1].folded[0].isdigit() and words[at + 1].folded[0].isdigit()
            if (opener and word in self._to) or (word == "-" and digits_around):
                place = at + 1
        high = self.read(words, place) if place is not None else None
        return (high[0], True) if high else (at, False)

    def _after_number(self, words: Sequence[Word], end: int) -> str | None:
        for at in range(end, min(end + _AFTER, len(words))):
            folded = words[at].folded
            if not folded[0].isalpha() or folded in self._entries:
                return None
            if folded in self._after.firsts and (phrase := self._after.at(words, at)) is not None:
                return phrase.value
        return None

    def _is_measure(self, words: Sequence[Word], start: int, end: int) -> bool:
        before, after = words[start - 1] if start else None, words[end] if end < len(words) else None
        if before is not None and before.folded in self._labels.firsts:
            return True
        if before is not None and before.folded in "/:" and glued(words, start):
            return True
        if after is not None and after.folded in "/:" and glued(words, end) and glued(words, end + 1):
            return True
        return self._measures.at(words, end) is not None


def _digits(words: Sequence[Word], at: int) -> tuple[int, float] | None:
    if not words[at].folded[0].isdigit():
        return None
    value, end = digits_value(words[at].folded), at + 1
    while (
        value is not None and 1 <= value < _LARGEST and end < len(words) and words[end].start == words[end - 1].end + 1
    ):
        group = words[end].folded
        if not (len(group) == 3 and group.isdigit() and words[at].folded.isdigit() and len(words[at].folded) <= 3):
            break
        value, end = value * 1000 + int(group), end + 1
    return None if value is None else (end, value)


def _is_model(words: Sequence[Word], at: int) -> bool:
    """`F-16`, `تي-72`, `بي2`: digits that belong to a name."""
    if not glued(words, at) or not words[at].folded[0].isdigit():
        return False
    before = words[at - 1].folded
    if before == "-":
        return glued(words, at - 1) and words[at - 2].folded[-1].isalpha()
    return before[-1].isalpha() and before not in DETACHED
