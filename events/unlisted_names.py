"""Names that no gazetteer holds, known as places by the kind word before them: where they end."""

from events.foreign_words import begins_with_clitic, is_foreign
from events.kind_words import canonical_kind, is_dual_kind, keeps_kind, name_begin
from events.line import Line, without_prefix
from events.model import PlaceMention, Span

_NO_GUESS = frozenset(("region", "country", "compass", "area"))
_ROADS = frozenset(("road", "street", "roundabout", "neighbourhood"))  # طريق المطار is a name
_LONGEST_NAME = 3  # items
_PLURAL = frozenset(("many", "area", "district", None))  # مناطق الاشتباك tells an act, قرية المواجهة a name


def may_be_name(line: Line, last_kind: int, at: int, kind: str | None) -> bool:
    """Tell whether the word at `at` names a thing of `kind`: `سجن الهاشمية`, but `مصنع للأدوية`, `قمة الجبل`."""
    if kind == "area":
        return is_foreign(line.words[line.items[at].first].text)
    if kind == "building":
        word = line.words[line.items[at].first].text
        noun = line.noun(at)
        person = noun is not None and "person" in noun.entry.tags  # حكما بسجن المحامية
        named = line.is_word(last_kind, "named_building") and (word.startswith("ال") or is_foreign(word)) and not person
        return line.is_word(at, "title") or (named and not line.is_word(at, "of_building"))
    return kind not in _NO_GUESS


def whole_word(line: Line, at: int, kind: str | None) -> tuple[PlaceMention, int, bool] | None:
    """Return a place whose ب is its own letter (`محلية بليل`), with the item behind it; None if it is a preposition."""
    item, word = line.items[at], line.words[line.items[at].first]
    name = line.place(at)
    within = (name and name.strong) or any(category.startswith("kind:") for category in line.functions(at))
    if item.pre != "ب" or within or kind in _NO_GUESS or not is_foreign(word.text):
        return None
    return PlaceMention(Span(word.start, word.end), word.text, canonical_kind(kind, kept=False)), at + 1, True


def unlisted(
    line: Line, start: int, last_kind: int, at: int, kind: str | None
) -> tuple[PlaceMention, int, bool] | None:
    """Return a place by a name that no gazetteer holds, with the item behind it; None where no name follows."""
    item = line.items[at]
    word = line.words[item.first].folded
    compound = word in line.lexicon.words["compound_head"] and at + 1 < len(line.items)
    nominal = _nominal(line, at, act=kind in _PLURAL)
    misread = item.suf == "ه" and line.words[item.first].text.endswith("ة")  # جزرة is no «its islands»
    known = line.known(at) and not line.place(at) and not nominal and not compound and not misread
    if (
        item.first in line.times
        or ("back" in line.functions(at) and kind not in _ROADS)  # مطار المدينة
        or (start < at and line.folded(last_kind).startswith("ال") > word.startswith("ال"))  # الرصاص الحي والعشرات
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
