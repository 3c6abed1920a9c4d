"""Read places from the words: kind word and name, pairs and lists, the larger place they lie in."""

from events.foreign_words import is_foreign
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
from events.unlisted_names import may_be_name, unlisted, whole_word
from events.values import dataclass, replace

_AROUND = frozenset(("kind:region", "kind:compass", "kind:district", "kind:governorate"))
_INSIDE = frozenset(("kind:district", "kind:governorate", "kind:region", "kind:compass", "kind:city"))


@dataclass(frozen=True, slots=True)
class Toponyms:
    """A place or a list of places that share a preposition; `end` is the item behind."""

    places: tuple[PlaceMention, ...]
    end: int
    strong: bool


def begins_place(line: Line, at: int) -> bool:
    """Tell whether a place may begin at an item: with a name, a kind word, or the word for a capital."""
    kinds = line.items[at].kinds
    return kinds.place is not None or kinds.kind is not None or "capital" in line.lists[at]


def read_places(line: Line, start: int, *, locative: bool) -> Toponyms | None:
    """Read the places that begin at an item; `locative`: a preposition of place stands before, so weak names count."""
    first = _one(line, start, locative=locative) if begins_place(line, start) else None
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
    name = line.place(at) if not line.words[line.items[at].first].text.endswith("اً") else None  # وفداً وزارياً
    if at > start and line.items[at].pre and not (name and line.items[at].pre in ("ال",)):
        return whole_word(line, at, kind)
    if name and _everyday(line, at, kind, locative=locative) and not (name.strong and locative):
        name = None
    if name and (name.strong or locative or kind or guess):
        return (
            _known(line, start, last_kind, at, kind or guess),
            at + 1 + _closing(line, at + 1),
            name.strong or bool(kind),
        )
    if (kind or guess) and may_be_name(line, last_kind, at, kind):
        return unlisted(line, start, last_kind, at, kind or guess)
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


def _road(line: Line, start: int, at: int) -> tuple[PlaceMention, int, bool] | None:
    """`طريق دمشق - السويداء`, `طريق دمشق السويداء`: one road between two places."""
    dashed = line.mark(at + 1) in ("-", "–", "—", "/") and line.mark(at + 1) != ""
    other = at + 1 + dashed
    if other >= len(line.items) or line.items[other].pre:
        return None
    ends = (line.place(n) or (dashed and is_foreign(line.words[line.items[n].first].text)) for n in (at, other))
    if not all(ends):  # طريق أربيل - كوير
        return None
    begin = without_prefix(line.words[line.items[start].first], line.items[start].pre)
    stop = line.words[line.items[other].last - 1].end
    return PlaceMention(Span(begin, stop), line.text[begin:stop], "road"), other + 1, True


def _everyday(line: Line, at: int, kind: str | None, *, locative: bool) -> bool:
    """A small place's name that is also a common word, or a kind word of its own (`المدينة`); `في نوى` is no verb."""
    word = line.folded(at)
    named = PlaceName | Actor | Demonym
    readings = [reading for reading in line.items[at].readings if not isinstance(reading, named)]
    accusative = locative and line.words[line.items[at].first].text.endswith("ا")  # في بيتا: a name, no «house»
    others = not accusative and any(
        not (locative and isinstance(r, Sense | Operator) and r.form == "verb") for r in readings
    )
    own_kind = line.items[at].kinds.kind is not None
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


def _container(line: Line, at: int) -> tuple[str, int] | None:
    """Read `بريف حلب`, `في محافظة إدلب`, `شمالي حلب`, `بحلب`, `، قضاء النبطية` behind a place."""
    start = _behind_adjective(line, at + (line.mark(at) in (")", "»")))
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
    elif item.pre == "" and line.place(start) and line.words[item.first].folded in line.lexicon.words["kind:compass"]:
        inner = _one(line, start, locative=True)  # رأس العين شرق الفرات
    else:
        return None
    if inner is None:
        return None
    end = inner[1]
    while end < len(line.items) and line.is_word(end, "compass"):
        end += 1
    return inner[0].text, end


def _behind_adjective(line: Line, at: int) -> int:
    """`تدمر الأثرية وسط سوريا`: the item behind an adjective that stands between a place and the side it lies on."""
    if at + 1 >= len(line.items) or "kind:compass" not in line.functions(at + 1) or line.items[at + 1].pre:
        return at
    item = line.items[at]
    plain = not (item.pre or item.kinds.senses or item.kinds.place or item.kinds.actors or line.mark(at))
    return at + 1 if plain and line.folded(at).startswith("ال") and item.first not in line.times else at


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
    return _strip(unlisted(line, at, at, at, kind)) if dual else None


def _strip(found: tuple[PlaceMention, int, bool] | None) -> tuple[PlaceMention, int] | None:
    return (found[0], found[1]) if found else None
