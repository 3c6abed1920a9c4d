"""The kind words of places (`ناحية`, `معبر`): which kind they say, and whether they belong to the name."""

from collections.abc import Collection, Sequence

from events.line import Line, without_prefix
from events.model import PlaceMention, Span
from events.values import replace
from geodata.folding import fold

_BARE = frozenset(
    ("neighbourhood", "city", "town", "village", "district", "governorate", "country", "road", "area", "many")
)

SETTLED = ("city", "town", "district", "village")
"""Kinds of places that people live in."""
_OTHER = {"city": ("village", "district"), "village": ("city",)}
_QUARTERS = ("neighbourhood", "landmark", "street")
_GROUNDS = ("سوق ", "مطار ", "ميناء ", "مستشفى ", "سجن ", "مصفاة ", "محطة ")
_HAMLET, _MAGHREB = "دوار ", frozenset(("DZ", "MA", "TN"))


def kind_words(line: Line, start: int) -> tuple[str | None, int, int]:
    """Skip kind words (`ناحية`, `قرية نهر`); return the kind, the item of the last one, and the item behind it.

    The kind is the first one's if the name stands without it (`قرية نهر الإمام` is a village).
    """
    kind, last, at = None, start, start
    while at < len(line.items):
        item = line.items[at]
        this, name = item.kinds.kind, item.kinds.place
        if "أ" in line.words[item.first].text[:2] and item.pre == "" and line.folded(at).startswith("و"):
            break  # وأدى الهجوم إلى: no wadi
        if _before_capital(line, at):  # العاصمة صنعاء, العاصمة اليمنية صنعاء
            at += 1 + (line.demonym(at + 1) is not None)
            return "city", at - 1, at
        if this is None or (at > start and item.pre) or item.definite or item.suf or item.kinds.actors:
            break
        if name and item.last - item.first > 1:
            break
        kind = kind if kind in _BARE and kind != "many" else this
        last = at
        at += 1
    return kind, last, at


def _before_capital(line: Line, at: int) -> bool:
    """Tell whether the definite word for a capital stands before its name."""
    if not line.is_word(at, "capital") or at + 1 >= len(line.items):
        return False
    name = at + 1 + (line.demonym(at + 1) is not None)
    return name < len(line.items) and line.place(name) is not None and not line.items[name].pre


def is_dual_kind(line: Line, start: int) -> bool:
    """Tell whether an item is a kind word of two or more places, which shares its kind with them (`حيي`, `قرى`)."""
    word = line.words[line.items[start].first].folded
    kinds = line.lexicon.words["dual_kind"]
    return any(word.startswith(pre) and word[len(pre) :] in kinds for pre in ("", "ب", "و", "ل", "وب"))


def name_begin(line: Line, item: int, start: int) -> int:
    """Return where a name begins that keeps the kind word of an item; only the first item may carry a proclitic."""
    first = line.items[item]
    return without_prefix(line.words[first.first], first.pre if item == start else "")


def keeps_kind(line: Line, last_kind: int, at: int) -> bool:
    """Tell whether a kind word is part of the name: `معبر نصيب`, `شمال سوريا`; `شرق الفاشر` is El Fasher."""
    kind = line.items[last_kind].kinds.kind
    if kind == "village" and line.is_word(last_kind, "compound_head"):
        return True  # خربة يرزا
    if kind is None or kind in _BARE:
        return False
    item = line.items[at]
    name = " ".join(word.folded for word in line.words[item.first : item.last])
    return kind != "compass" or name in line.lexicon.country_names or name in line.lexicon.words["region_name"]


def canonical_kind(kind: str | None, *, kept: bool) -> str | None:
    """Return the gazetteer's kind for a kind word, None where the word says nothing of the name."""
    if kind in ("many", "area") or (kind in ("compass", "building") and not kept):
        return None
    return {"compass": "region", "building": "landmark"}.get(kind or "", kind)


def kind_of_word(line: Line, word: str) -> str | None:
    """Return the kind that a folded kind word says, proclitics or not (`بمحافظة`: governorate)."""
    words = line.lexicon.words
    return next((kind for kind in sorted(_BARE) if {word, word.lstrip("وبلف")} & words[f"kind:{kind}"]), None)


def inner_kind(line: Line, first: int, last: int) -> int:
    """Return 1 if a gazetteer name carries its kind word itself (`حي الأشرفية`), which the span leaves out, else 0."""
    return 1 if last - first > 1 and line.words[first].folded.lstrip("وبلف") in line.lexicon.words["bare_kind"] else 0


def around(place: PlaceMention) -> PlaceMention | None:
    """`سوق المواشي في مدينة الفاشر، … المدينة`: the town that the text puts a quarter or a building in, else None."""
    inner = place.kind in _QUARTERS or place.text.startswith(_GROUNDS)
    return replace(place, text=place.within[-1], within=(), kind="city") if inner and place.within else None


def called_so(place: PlaceMention, kind: str | None, countries: Collection[str]) -> bool:
    """Tell whether a place may be meant by a definite kind word: `المدينة` is no village told since, no country."""
    if place.kind in _OTHER.get(kind or "", ()) or (kind in SETTLED and fold(place.text) in countries):
        return False
    return place.kind == kind or (kind in SETTLED and place.kind in (None, *SETTLED))


def is_gate(place: PlaceMention) -> bool:
    """Tell whether a place is one that people pass or use but no one lives in: a crossing, an airport, a dam."""
    return place.kind in ("crossing", "airport", "dam", "road", "street", "roundabout", "camp")


def local_sense(place: PlaceMention, countries: Sequence[str]) -> PlaceMention:
    """Return a place as the kind word means it in one of `countries`: in the Maghreb a دوار is a village."""
    if place.kind != "roundabout" or not place.text.startswith(_HAMLET) or not _MAGHREB & set(countries):
        return place
    span = Span(place.span.start + len(_HAMLET), place.span.end)
    return replace(place, span=span, text=place.text[len(_HAMLET) :], kind="village")
