"""Read whole numbers, in words and in digits, from the words of a text."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from events.digits import LARGEST, read_digits
from events.phrases import CLITICS, glued, with_clitics
from events.schema import Strict
from events.words import Word
from geodata.folding import fold

_ARTICLES = ("ال", "وال", "فال", "بال", "وبال", "لل", "ولل")


_TANWIN = "\u064b"


class NumberTables(Strict):
    """The part of `numbers.yml` that says which words make numbers: values with their spellings."""

    units: dict[int, tuple[str, ...]]
    teen_heads: dict[int, tuple[str, ...]]
    teen_tail: tuple[str, ...]
    tens: dict[int, tuple[str, ...]]
    hundreds: dict[int, tuple[str, ...]]
    fractions: dict[float, tuple[str, ...]]
    scales: dict[int, tuple[str, ...]]
    dual_scales: dict[int, tuple[str, ...]]
    plural_scales: dict[int, tuple[str, ...]]
    ordinals: tuple[str, ...]


class _Entry(NamedTuple):
    kind: str
    value: float
    joined: bool


def _forms(word: str) -> Iterator[tuple[str, bool]]:
    plain = fold(word)
    for clitic in CLITICS:
        yield clitic + plain, clitic.startswith("و")
    if not plain.startswith(("اثن", "ميه", "مايه")):  # الاثنين is Monday, المئة per cent
        for article in _ARTICLES:
            yield article + plain, article.startswith("و")


class NumberWords:
    """The number words of one language; `read` reads the number that starts at a word."""

    def __init__(self, file: NumberTables) -> None:
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
        self._scales = frozenset(fold(word) for spellings in file.scales.values() for word in spellings)
        self._tails = frozenset(map(fold, file.teen_tail))
        self._ordinals = frozenset(form for word in file.ordinals for form, _ in with_clitics(fold(word)))
        self.words: frozenset[str] = frozenset(self._entries)
        """All folded words that can be part of a number."""

    def read(self, words: Sequence[Word], at: int) -> tuple[int, int] | None:
        """Return end and value of the number that starts at word `at`, None if there is no whole number."""
        total, end, below = 0.0, at, float("inf")
        place: int | None = at
        while place is not None and place < len(words):
            if end > at and (fraction := self._fraction(words, place)) is not None:  # مليون ونصف
                return fraction[0], int(total + fraction[1] * below)
            part = self._scaled(words, place)
            if part is None or part[2] >= below:
                break
            end, value, below = part
            total += value
            place = self.joined(words, end) if below > 1 else None
        return (end, int(total)) if end > at and total == int(total) and total < LARGEST else None

    def is_ordinal(self, words: Sequence[Word], at: int) -> bool:
        """Tell whether the number at word `at` is the rest of an ordinal: `الخامس عشر`, `الخامس والعشرين`."""
        entry = self._entries.get(words[at].folded)
        if entry is None or at == 0 or words[at - 1].folded not in self._ordinals:
            return False
        return words[at].folded in self._tails or (entry.kind == "ten" and entry.joined)

    def _fraction(self, words: Sequence[Word], at: int) -> tuple[int, float] | None:
        entry = self._entries.get(words[at].folded)
        if entry is None or entry.kind != "fraction" or not entry.joined:
            return None
        return at + 1 + (at + 1 < len(words) and words[at + 1].folded.removeprefix("ال") in self._scales), entry.value

    def _scaled(self, words: Sequence[Word], at: int) -> tuple[int, float, float] | None:
        """A number below a thousand (or in digits) with its scale: end, value, scale (1 if there is none)."""
        entry = self._entries.get(words[at].folded)
        if entry is not None and entry.kind in ("scale", "dual"):
            size = entry.value if entry.kind == "scale" else entry.value / 2
            return at + 1, size if _TANWIN in words[at].text else entry.value, size
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
            return read_digits(words, at)
        if entry.kind == "fraction":
            return at + 1, entry.value
        end, value = at + 1, entry.value
        following = self._entries.get(words[end].folded) if end < len(words) else None
        if entry.kind == "unit" and following is not None and following == ("hundred", 100, False):
            end, value = end + 1, value * 100
        elif entry.kind != "hundred":
            return self._below_hundred(words, at)
        rest_at = self.joined(words, end)
        rest = self._below_hundred(words, rest_at) if rest_at is not None else None
        follows_scale = rest is not None and rest[0] < len(words) and self._is_scale(words[rest[0]].folded)
        return (rest[0], value + rest[1]) if rest and not (follows_scale and value == 0) else (end, value)

    def _below_hundred(self, words: Sequence[Word], at: int) -> tuple[int, float] | None:
        entry = self._entries.get(words[at].folded)
        if entry is None:
            digits = read_digits(words, at)
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

    def joined(self, words: Sequence[Word], at: int) -> int | None:
        """Return the index of the number that و joins to what ends at `at`, None if there is none."""
        if at >= len(words):
            return None
        if words[at].folded == "و" and glued(words, at + 1):
            return at + 1
        entry = self._entries.get(words[at].folded)
        return at if entry is not None and entry.joined else None
