"""How many a noun says there are: duals, single persons, numbers that stand alone."""

from events.counts import TOLLS
from events.line import Line
from events.numbers import Number
from events.readings import Noun

_DUAL = ("\u064eين", "\u064eيْن", "\u064eيْنِ", "\u064eينِ")  # a fatha before ين: مطلوبَين
_MANY = frozenset(("crowd", "resident", "group", "state"))


def line_number(line: Line, at: int) -> Number | None:
    """Return the number of persons or things that begins at an item."""
    number = line.numbers.get(line.items[at].first) if at < len(line.items) else None
    return number if number and not number.measure else None


def is_single(noun: Noun | None) -> bool:
    """Tell whether a noun names one person or thing."""
    return noun is not None and noun.number == 1 and not _MANY & set(noun.entry.tags)


def is_dual(line: Line, noun: Noun, at: int) -> bool:
    """`شرطيان`, `مطلوبَين`, and with a pronoun, where ن falls: `طفلاه`, `طفليها`."""
    item, word = line.items[at], line.words[line.items[at].first]
    if noun.number == 2 or word.text.endswith(_DUAL):
        return True
    stem = word.folded.removesuffix(item.suf) if item.suf and not noun.entry.noun.endswith("ي") else ""
    return stem.endswith("ا") or (stem.endswith("ي") and noun.number is None and "+ون" not in noun.entry.plural)


def stands_alone(line: Line, at: int) -> bool:
    """`مقتل ثلاثة في قصف`: tell whether nothing that could be counted follows a number, at the item `at` behind it."""
    item = line.items[at]
    acts = [sense.form for sense in item.kinds.senses]
    ends = (
        line.mark(at)
        or line.functions(at)
        or item.first in line.times
        or item.pre.endswith(("ب", "ل"))
        or (item.pre == "و" and acts)
        or "phrase" in acts  # أصيب 21 بجروح خطيرة
        or line.is_word(at, "among")
    )
    return bool(ends) and not line.noun(at) and not line.actor(at)


def counts_victims(line: Line, start: int, at: int) -> bool:
    """`قُتل 12 مصليا`: an unknown word at `at`, counted right behind a word of death or injury, is persons."""
    harms = start > 0 and any(sense.term.count in TOLLS for sense in line.items[start - 1].kinds.senses)
    return harms and not line.items[at].readings and line.folded(at).isalpha()


def one_or_two_more(line: Line, at: int) -> int | None:
    """`قُتل جندي وأصيب آخر`, `فُقد ثالث`: return how many more an item right behind its act says; None: it does not."""
    two = line.is_word(at, "two_others")
    if not (two or line.is_word(at, "another")) or not at or line.items[at].pre:
        return None
    if line.items[at - 1].first in line.times or line.noun(at - 1) or not line.items[at - 1].kinds.senses:
        return None
    if at + 1 < len(line.items) and line.noun(at + 1):  # ثالث العمال
        return None
    return 2 if two else 1
