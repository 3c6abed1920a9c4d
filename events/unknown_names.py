"""Names of places that no list holds, told from the words of the language behind a preposition of place."""

from functools import lru_cache

from events.line import Line
from events.model import PlaceMention, Span
from events.toponyms import Toponyms

_OWNED = ("ة", "ه", "ها", "هم", "نا")  # ديارهم, حاملة: endings of common nouns, rare in names without article


def whole_name(line: Line, start: int) -> Toponyms:
    """Return the whole word as a name: behind a preposition its first letter is no second one."""
    word = line.words[line.items[start].first]
    return Toponyms((PlaceMention(Span(word.start, word.end), word.text),), start + 1, True)


def guess_place(line: Line, start: int) -> Toponyms | None:
    """Read a name that no list holds behind a preposition of place (`قرب التبني`), if it is no word of the language."""
    item = line.items[start]
    word = line.words[item.first]
    if item.readings or not word.folded.isalpha() or word.folded in line.lexicon.words["not_a_name"]:
        return None
    if _two_words(line, start):
        last = line.words[line.items[start + 1].first]
        return Toponyms((PlaceMention(Span(word.start, last.end), line.text[word.start : last.end]),), start + 2, True)
    if len(word.folded) < 4 or not _foreign(word.text):
        return None
    return whole_name(line, start)


def _two_words(line: Line, start: int) -> bool:
    """`ذوق مصبح`, `بني سهيلا`: a word that begins names, or a short one, before one that is no word of the language."""
    if start + 1 >= len(line.items) or line.items[start + 1].pre or line.items[start + 1].readings:
        return False
    first, second = (line.words[line.items[n].first] for n in (start, start + 1))
    if not second.folded.isalpha() or second.folded in line.lexicon.words["not_a_name"] or first.text[:2] == "ال":
        return False
    begins = first.folded in line.lexicon.words["compound_head"]
    return begins or (_foreign(second.text) and not second.text.startswith("ال") and len(first.folded) > 2)


def _foreign(text: str) -> bool:
    """Whether a word is none of the language, neither with its article nor in the plural."""
    stem = text.removeprefix("ال")
    if stem == text and stem.endswith(_OWNED):
        return False
    forms = (text, stem, stem[:-2] if stem.endswith(("ين", "ان", "ات", "ون")) else stem)
    return not any(map(_is_word, forms))


@lru_cache(maxsize=10_000)
def _is_word(text: str) -> bool:
    from simplemma import is_known  # loaded when the first such word is met

    plain = "".join(char for char in text if char.isalpha())
    return is_known(plain, lang="ar")
