"""Read places from the words: kind word and name, pairs and lists, the larger place they lie in."""

from dataclasses import dataclass, replace

from events.foreign_words import begins_with_clitic, is_foreign
from events.items import PlaceName
from events.kind_words import (
    canonical_kind,
    inner_kind,
    is_dual_kind,
    keeps_kind,
    kind_of_word,
    kind_words,
    name_begin,
)
from events.line import Line, without_prefix
from events.model import PlaceMention, Span
from events.readings import Actor, Demonym, Operator, Sense

_NO_GUESS = frozenset(("region", "country", "compass", "area"))
_LONGEST_NAME = 3  # items
_PLURAL = frozenset(("many", "area", "district", None))  # مناطق الاشتباك tells an act, قرية المواجهة a name
_AROUND = frozenset(("kind:region", "kind:compass", "kind:district", "kind:governorate"))
_INSIDE = frozenset(("kind:district", "kind:governorate", "kind:region", "kind:compass", "kind:city"))


@dataclass(frozen=True, slots=True)
class Toponyms:
    """A place or a list of places that share a preposition; `end` is the item behind."""

    places: tuple[PlaceMention, ...]
    end: int
    strong: bool


def read_places(line: Line, start: int, *, locative: bool) -> Toponyms | None:
    """Read the places that begin at an item; `locative`: a preposition of place stands before, so weak names count."""
    first = _one(line, start, locative=locative)
    if first is None:
        return None
    places, at, strong = [first[0]], first[1], first[2]
    dual = is_dual_kind(line, start)
    while True:
        inside = _container(line, at)
        if inside:
            places = [replace(place, within=(*place.within, inside[0])) for place in places]
            at = inside[1]
            continue
        following = _joined(line, at, dual=dual, kind=places[-1].kind)
        if following is None:
            return Toponyms(tuple(places), at, strong)
        shared = replace(following[0], kind=places[0].kind) if dual and following[0].kind is None else following[0]
        places.append(shared)
        at = following[1]


def _one(line: Line, start: int, *, locative: bool, guess: str | None = None) -> tuple[PlaceMention, int, bool] | None:
    kind, last_kind, at = kind_words(line, start)
    if at >= len(line.items):
        return None
    while line.mark(at) in ("«", '"', "“", "("):
        at += 1
    if at >= len(line.items):
        return None
    road = _road(line, start, at) if kind == "road" else None
    if road:
        return road
    name = line.place(at)
    if at > start and line.items[at].pre and not (name and line.items[at].pre in ("ال",)):
        return _whole(line, at, kind)
    if name and _everyday(line, at, kind, locative=locative) and not (name.strong and locative):
        name = None
    if name and (name.strong or locative or kind or guess):
        return (
            _known(line, start, last_kind, at, kind or guess),
            at + 1 + _closing(line, at + 1),
            name.strong or bool(kind),
        )
    if (kind or guess) and _guessed(line, last_kind, at, kind):
        return _unknown(line, start, last_kind, at, kind or guess)
    return _prison(line, start, at) if locative and kind == "building" else None


def _prison(line: Line, start: int, at: int) -> tuple[PlaceMention, int, bool] | None:
    """`في سجن بدر`: a prison is named by its name, whether or not a list holds it."""
    word = line.words[line.items[at].first]
    name = not line.items[at].readings and word.folded.isalpha()
    if not name or word.folded in line.lexicon.words["not_a_name"]:
        return None
    if at != start + 1 or line.folded(start).lstrip("بلو") not in ("سجن", "معتقل"):
        return None
    begin = without_prefix(line.words[line.items[start].first], line.items[start].pre)
    return PlaceMention(Span(begin, word.end), line.text[begin : word.end]), at + 1, True


def _guessed(line: Line, last_kind: int, at: int, kind: str | None) -> bool:
    """Whether an unlisted word is the name of such a thing: `سجن الهاشمية`, but `مصنع للأدوية`, `قمة الجبل`."""
    if kind == "area":
        return is_foreign(line.words[line.items[at].first].text)
    if kind == "building":
        word = line.words[line.items[at].first].text
        named = line.is_word(last_kind, "named_building") and (word.startswith("ال") or is_foreign(word))
        return line.is_word(at, "title") or (named and not line.is_word(at, "of_building"))
    return kind not in _NO_GUESS


def _whole(line: Line, at: int, kind: str | None) -> tuple[PlaceMention, int, bool] | None:
    """`محلية بليل`: right behind a kind word ب is the name's own letter, unless a place or kind follows it."""
    item, word = line.items[at], line.words[line.items[at].first]
    name = line.place(at)
    within = (name and name.strong) or any(category.startswith("kind:") for category in line.functions(at))
    if item.pre != "ب" or within or kind in _NO_GUESS or not is_foreign(word.text):
        return None
    return PlaceMention(Span(word.start, word.end), word.text, canonical_kind(kind, kept=False)), at + 1, True


def _road(line: Line, start: int, at: int) -> tuple[PlaceMention, int, bool] | None:
    """`طريق دمشق - السويداء`, `طريق دمشق السويداء`: one road between two places."""
    dashed = line.mark(at + 1) in ("-", "–", "—", "/") and line.mark(at + 1) != ""
    other = at + 1 + dashed
    if other >= len(line.items) or not line.place(at) or line.items[other].pre:
        return None
    if not line.place(other) and not (dashed and is_foreign(line.words[line.items[other].first].text)):
        return None  # طريق أربيل - كوير
    begin = without_prefix(line.words[line.items[start].first], line.items[start].pre)
    stop = line.words[line.items[other].last - 1].end
    return PlaceMention(Span(begin, stop), line.text[begin:stop], "road"), other + 1, True


def _everyday(line: Line, at: int, kind: str | None, *, locative: bool) -> bool:
    """A small place's name that is also a common word, or a kind word of its own (`المدينة`); `في نوى` is no verb."""
    word = line.folded(at)
    named = PlaceName | Actor | Demonym
    readings = [reading for reading in line.items[at].readings if not isinstance(reading, named)]
    accusative = locative and line.words[line.items[at].first].text.endswith(
        "ا"
    )  # في بيتا: no «house» behind a preposition
    others = not accusative and any(
        not (locative and isinstance(r, Sense | Operator) and r.form == "verb") for r in readings
    )
    own_kind = any(category.startswith("kind:") for category in line.functions(at))
    return (
        word in line.lexicon.words["not_a_name"]
        or line.items[at].pre.endswith("ك")
        or (own_kind and not line.is_word(at, "capital"))
        or (others and not kind and not line.is_word(at, "capital"))
    )


def _closing(line: Line, at: int) -> int:
    return 1 if line.mark(at) in ("»", "”") else 0


def _known(line: Line, start: int, last_kind: int, at: int, kind: str | None) -> PlaceMention:
    """A gazetteer name; kind words that are part of a name belong to the span, and so does the compass of a country."""
    item = line.items[at]
    drop = inner_kind(line, item.first, item.last)
    begin = line.words[item.first + drop].start if drop else without_prefix(line.words[item.first], item.pre)
    if line.items[start].first < item.first and keeps_kind(line, last_kind, at) and not is_dual_kind(line, start):
        begin = name_begin(line, last_kind, start)
    end = line.words[item.last - 1].end
    if kind in ("region", "compass") and line.is_word(at + 1, "compass"):
        end = line.words[line.items[at + 1].last - 1].end
    if not kind and drop:
        kind = kind_of_word(line, line.words[item.first].folded)
    return PlaceMention(
        Span(begin, end), line.text[begin:end], canonical_kind(kind, kept=begin < line.words[item.first].start)
    )


def _unknown(
    line: Line, start: int, last_kind: int, at: int, kind: str | None
) -> tuple[PlaceMention, int, bool] | None:
    """A name the gazetteer lacks, known as a place by its kind word."""
    item = line.items[at]
    word = line.words[item.first].folded
    compound = word in line.lexicon.words["compound_head"] and at + 1 < len(line.items)
    nominal = _nominal(line, at, act=kind in _PLURAL)
    misread = item.suf == "ه" and line.words[item.first].text.endswith("ة")  # جزرة is no «its islands»
    known = line.known(at) and not line.place(at) and not nominal and not compound and not misread
    if (
        item.first in line.times
        or known
        or len(word) < 3
        and not compound
        or not word.isalpha()
        or word in line.lexicon.words["not_a_name"]
        or line.mark(at)
    ):
        return None
    end = _name_end(line, at, kind, compound=compound)
    whole = start < at and keeps_kind(line, last_kind, at) and not is_dual_kind(line, start)
    begin = name_begin(line, last_kind, start) if whole else without_prefix(line.words[item.first], item.pre)
    stop = line.words[line.items[end - 1].last - 1].end
    return PlaceMention(Span(begin, stop), line.text[begin:stop], canonical_kind(kind, kept=whole)), end, True


def _name_end(line: Line, at: int, kind: str | None, *, compound: bool) -> int:
    """The item behind an unknown name of several words: `بطن الهوى`, `النبي شعيب`, `كفر الشمالية`."""
    end = at + 1
    if compound and end < len(line.items) and line.words[line.items[end].first].folded.isalpha():
        end += not (line.functions(end) or line.items[end].pre)
    while end < min(len(line.items), at + _LONGEST_NAME) and (_goes_on(line, end) or _titled(line, end)):
        end += 1
    if kind == "crossing" and end < len(line.items) and line.place(end) and not line.items[end].pre:
        end += 1  # منفذ جديدة عرعر
    return end + line.is_word(end, "compass")


def _goes_on(line: Line, at: int) -> bool:
    """Whether a word goes on an unknown name: it is none of the language and nothing else."""
    item = line.items[at]
    word = line.words[item.first]
    plain = not (item.pre or item.readings or line.mark(at) or item.first in line.times or item.first in line.numbers)
    name = plain and word.folded.isalpha() and not line.is_word(at, "not_a_name")
    return name and is_foreign(word.text) and not begins_with_clitic(word.text)


def _titled(line: Line, at: int) -> bool:
    """`شارع الملك فيصل`: the name behind a title, whatever else it may mean."""
    item = line.items[at]
    small = line.mark(at) or (not item.pre and (line.functions(at) or item.kinds.operators))
    counted = item.first in line.times or item.first in line.numbers
    named = item.pre in ("", "ف") and not small and not counted and line.folded(at).isalpha()
    return named and line.is_word(at - 1, "title")


def _nominal(line: Line, at: int, *, act: bool) -> bool:
    """A common noun may still be a name behind a kind word (قرية المختارية), but for words of an `act` behind some."""
    small = {f for f in line.functions(at) if not f.startswith("kind:") and f not in ("head", "back", "support")}
    tells = act and bool(line.items[at].kinds.senses)
    return line.folded(at).startswith("ال") and not small and not tells and line.actor(at) is None


def _container(line: Line, at: int) -> tuple[str, int] | None:
    """Read `بريف حلب`, `في محافظة إدلب`, `شمالي حلب`, `بحلب`, `، قضاء النبطية` behind a place."""
    start = at
    if line.mark(start) in (")", "»"):
        start += 1
    if start >= len(line.items):
        return None
    functions, item = line.functions(start), line.items[start]
    if item.pre == "ب" and (line.place(start) or functions & _INSIDE):
        inner = _one(line, start, locative=True)
    elif (
        line.folded(start) in ("في", "التابعه", "التابع", "ضمن")
        and start + 1 < len(line.items)
        and not line.actor(at - 1)
    ):
        inner = _one(line, start + 1, locative=True) if line.functions(start + 1) or line.place(start + 1) else None
    elif item.pre == "" and not item.definite and functions & _AROUND:
        name = kind_words(line, start)[2] if "kind:compass" in functions else start  # شرقي اليمن: in Yemen
        inner = _one(line, name, locative=True) if name < len(line.items) else None
    else:
        return None
    if inner is None:
        return None
    end = inner[1]
    while end < len(line.items) and line.is_word(end, "compass"):
        end += 1
    return inner[0].text, end


def _joined(line: Line, at: int, *, dual: bool, kind: str | None) -> tuple[PlaceMention, int] | None:
    """Read the next place of a list: `والميدان`, `، وسرمين`, `و بلدة …`."""
    if at >= len(line.items):
        return None
    if line.mark(at) == "،" and at + 1 < len(line.items) and line.place(at + 1) and not line.actor(at + 1):
        after = _one(line, at + 1, locative=kind is not None)
        closes = (
            after and (line.mark(after[1]) == "،" or line.items[after[1]].pre == "و")
            if after and after[1] < len(line.items)
            else False
        )
        return (after[0], after[1]) if after and closes and line.items[at + 1].pre in ("", "و") else None
    if line.mark(at) == "،" and at + 1 < len(line.items) and line.items[at + 1].pre == "و" and line.place(at + 1):
        at += 1
    item = line.items[at]
    word = line.words[item.first]
    if dual and not item.readings and len(word.folded) > 4 and word.folded.startswith("و") and word.folded.isalpha():
        begin = without_prefix(word, "و")  # بلدات تلبيسة والرستن والزعفرانة
        return PlaceMention(
            Span(begin, word.end), line.text[begin : word.end], canonical_kind(kind, kept=False)
        ), at + 1
    if item.pre not in ("و", "وب", "ول"):
        if line.folded(at) == "و" and at + 1 < len(line.items):
            return _strip(_one(line, at + 1, locative=True, guess=kind if dual else None))
        return None
    name = line.place(at)
    if name or kind_words(line, at)[0] is not None:
        return _strip(_one(line, at, locative=True))
    return _strip(_unknown(line, at, at, at, kind)) if dual else None


def _strip(found: tuple[PlaceMention, int, bool] | None) -> tuple[PlaceMention, int] | None:
    return (found[0], found[1]) if found else None
