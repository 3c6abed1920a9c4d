"""Names told by the words before them: places that no list holds, persons that are called like a place."""

from collections.abc import Sequence

from events.chunks import Chunk
from events.foreign_words import is_foreign
from events.line import Line
from events.model import PlaceMention, Span
from events.toponyms import Toponyms

_JOINED = 5  # letters of a name with its و


def whole_name(line: Line, start: int) -> Toponyms:
    """Return the whole word as a name: behind a preposition its first letter is no second one."""
    word = line.words[line.items[start].first]
    return Toponyms((PlaceMention(Span(word.start, word.end), word.text),), start + 1, True)


def guess_place(line: Line, start: int) -> Toponyms | None:
    """Read a name that no list holds behind a preposition of place (`قرب التبني`), if it is no word of the language."""
    item = line.items[start]
    word = line.words[item.first]
    adverb = word.text.endswith("اً")  # جوياً
    if item.readings or adverb or not word.folded.isalpha() or word.folded in line.lexicon.words["not_a_name"]:
        return None
    joined = _two_names(line, start)
    if joined:
        return joined
    if _two_words(line, start):
        last = line.words[line.items[start + 1].first]
        return Toponyms((PlaceMention(Span(word.start, last.end), line.text[word.start : last.end]),), start + 2, True)
    if len(word.folded) < 4 or not is_foreign(word.text):
        return None
    return whole_name(line, start)


def _two_names(line: Line, start: int) -> Toponyms | None:
    """`سترة وكرزكان`: two such names, the second behind و."""
    if start + 1 >= len(line.items) or line.items[start + 1].readings:
        return None
    first, second = (line.words[line.items[n].first] for n in (start, start + 1))
    if len(second.folded) < _JOINED or second.folded[0] != "و" or not second.folded.isalpha():
        return None
    if not (is_foreign(first.text) and is_foreign(second.text) and is_foreign(second.text[1:])):
        return None
    spans = Span(first.start, first.end), Span(second.start + 1, second.end)
    return Toponyms(tuple(PlaceMention(span, line.text[span.start : span.end]) for span in spans), start + 2, True)


def _two_words(line: Line, start: int) -> bool:
    """`ذوق مصبح`, `بني سهيلا`: a word that begins names, or a short one, before one that is no word of the language."""
    if start + 1 >= len(line.items) or line.items[start + 1].pre:
        return False
    if line.items[start + 1].readings and not line.place(start + 1):
        return False
    first, second = (line.words[line.items[n].first] for n in (start, start + 1))
    if not second.folded.isalpha() or second.folded in line.lexicon.words["not_a_name"]:
        return False
    if first.text[:2] == "ال" or second.text[:2] == "لل":  # شركة للألمنيوم
        return False
    begins = first.folded in line.lexicon.words["compound_head"]
    return begins or (is_foreign(second.text) and not second.text.startswith("ال") and len(first.folded) > 2)


def of_person(line: Line, before: Sequence[Chunk]) -> bool:
    """Tell whether the words before say that a name is a person's: `الإرهابي المسمى «أبو ذر»`."""
    near = [chunk for chunk in before[-2:] if not chunk.mark]
    return bool(near) and not line.lexicon.words["called"].isdisjoint(
        word.folded for word in line.words[near[-1].first : near[-1].last]
    )


def peopled(before: Sequence[Chunk]) -> bool:
    """Tell whether the people of a place stand before its name: `أهالي برجا`."""
    who = before[-1].who if before else None
    return who is not None and "resident" in who.tags and not (who.definite or who.actor or before[-1].places)
