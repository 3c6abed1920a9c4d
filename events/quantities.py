"""How many a noun says there are: duals, single persons, numbers that stand alone."""

from events.line import Line
from events.numbers import Number
from events.readings import Noun
from events.roles import TOLLS

_DUAL = "\u064eين"  # a fatha before ين: مطلوبَين, صحفيَّيْن
_SOFT = str.maketrans("", "", "\u0651\u0652\u0650")  # shadda, sukun, kasra
_TAKEN = ("detained", "abducted", "released")
_QUANTIFIERS = frozenset(("quantifier", "another", "two_others"))
_MANY = frozenset(("crowd", "resident", "group", "state"))


def may_begin(line: Line, at: int) -> bool:
    """Tell whether a party may begin at an item: with a noun, a name, a number or a word of quantity."""
    item = line.items[at]
    quantified = item.first in line.numbers or item.pre == "ل" or not _QUANTIFIERS.isdisjoint(line.lists[at])
    return item.kinds.nominal or quantified


def line_number(line: Line, at: int) -> Number | None:
    """Return the number of persons or things that begins at an item."""
    number = line.numbers.get(line.items[at].first) if at < len(line.items) else None
    return number if number and not number.measure else None


def is_single(noun: Noun | None) -> bool:
    """Tell whether a noun names one person or thing."""
    return noun is not None and noun.number == 1 and not _MANY & set(noun.entry.tags)


def is_dual(line: Line, noun: Noun | None, at: int) -> bool:
    """`شرطيان`, `مطلوبَين`, and with a pronoun, where ن falls: `طفلاه`, `طفليها`; None: an adjective of a people."""
    item, word = line.items[at], line.words[line.items[at].first]
    if word.text.endswith("ة"):  # صاروخية: no "his two rockets"
        return False
    if word.text.translate(_SOFT).endswith(_DUAL) or (noun.number == 2 if noun else word.folded.endswith("يان")):
        return True
    if noun is None:
        return False
    stem = word.folded.removesuffix(item.suf) if item.suf and not noun.entry.noun.endswith("ي") else ""
    if stem.endswith("ذوي"):
        return False
    return stem.endswith("ا") or (stem.endswith("ي") and noun.number is None and "+ون" not in noun.entry.plural)


def stands_alone(line: Line, at: int) -> bool:
    """`مقتل ثلاثة في قصف`: tell whether nothing that could be counted follows a number, at the item `at` behind it."""
    item = line.items[at]
    acts = [sense.form for sense in item.kinds.senses]
    ends = (
        line.mark(at)
        or line.functions(at) - {"head"}
        or item.first in line.times
        or item.pre.endswith(("ب", "ل"))
        or (item.pre == "و" and acts)
        or (item.suf and acts)  # لقي ثمانية مصرعهم
        or "phrase" in acts  # أصيب 21 بجروح خطيرة
        or line.is_word(at, "among")
    )
    return bool(ends) and not line.noun(at) and not line.actor(at)


def counts_victims(line: Line, start: int, at: int) -> bool:
    """`قُتل 12 مصليا`, `أوقفت 37 حلاقا`: an unknown word at `at`, counted by an act done to persons, is persons."""
    word = line.words[line.items[at].first]
    if not start or line.items[at].readings or not word.folded.isalpha():
        return False
    told = start - 1 - (start > 1 and line.is_word(start - 1, "in_it"))  # كمين استشهد فيه أربعة أعوان
    counts = {sense.term.count for sense in line.items[told].kinds.senses}
    return bool(counts & set(TOLLS)) or (bool(counts) and counts <= set(_TAKEN) and word.folded.endswith("ا"))


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


def quantity(line: Line, start: int) -> tuple[int, int | None, bool]:
    """Return the item behind numbers and words such as عشرات، بعض, the number, and whether there are any."""
    at, value, quantified = start, None, False
    while at < len(line.items):
        number = line.numbers.get(line.items[at].first)
        if number and (not number.measure or number.exact_words):
            value, quantified, partitive = number.value, True, True
            at = _behind(line, at, number)
        elif _quantifies(line, at) and not (line.noun(at) or line.actor(at)):
            quantified, partitive = True, _partitive(line, at)
            at += 1
        else:
            break
        at += _of(line, at) if partitive else 0
    return at, value, quantified


def _of(line: Line, at: int) -> int:
    """How many items behind a word of number lead to what it counts: `من`, `جديدة من`, `الأولى من`."""
    if line.folded(at) == "من":
        return 1
    of = at + 1 < len(line.items) and line.folded(at + 1) == "من"
    plain = of and not (line.mark(at) or line.items[at].pre or line.items[at].readings)
    return 2 if plain else 0


def _quantifies(line: Line, at: int) -> bool:
    """`عشرات`, `لمجموعة من`: a word of number, perhaps behind لـ."""
    return line.is_word(at, "quantifier") or (line.items[at].pre == "ل" and _partitive(line, at))


def _partitive(line: Line, at: int) -> bool:
    """Whether من may follow a word of number."""
    return line.is_word(at, "partitive") or line.folded(at).removeprefix("ل") in line.lexicon.words["partitive"]


def number_behind(line: Line, at: int, *, toll: bool = False) -> tuple[int | None, int]:
    """`أطفاله الثلاثة`: return a number with the article behind its noun, else None, and the item behind it.

    `toll`: the noun is the dead or the wounded, of whom a plain number says how many (`والمصابين 110`).
    """
    number = line_number(line, at)
    if number is None or not (line.folded(at).startswith("ال") or (toll and _told(line, at, number))):
        return None, at
    return number.value, _behind(line, at, number)


def _told(line: Line, at: int, number: Number) -> bool:
    """Whether a number stands alone behind `القتلى` and says no part of them (`بين القتلى ثلاثة أطفال`)."""
    end = _behind(line, at, number)
    return line.folded(at - 2) not in ("بين", "من") and (end >= len(line.items) or stands_alone(line, end))


def _behind(line: Line, at: int, number: Number) -> int:
    """The item behind a number that begins at an item."""
    while at < len(line.items) and line.items[at].first < number.last:
        at += 1
    return at
