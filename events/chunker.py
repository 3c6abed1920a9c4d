"""Cut a sentence into chunks: parties, places, acts, words of speech, times, numbers, small words."""

from collections.abc import Sequence
from datetime import date

from events.asides import commas_of_times, speakers_described
from events.chunks import Chunk, Who
from events.dateline import without_filing_parties
from events.find import Finder
from events.items import Item
from events.line import Line
from events.model import PlaceMention, Span
from events.noun_phrases import Reader
from events.numbers import Number, NumberGrammar
from events.quantities import may_begin
from events.times import Time, TimeGrammar
from events.toponyms import begins_place, read_places
from events.unknown_names import guess_place, of_person, peopled, whole_name
from events.words import QUOTES, Word

_ADJECTIVES = frozenset(("قوي", "المحلي"))  # زلزال قوي: no قوى; القيادي المحلي: no محلّين
_LOCATIVE = frozenset(("prep:scene", "prep:origin", "prep:destination"))


class Chunker:
    """Applies the finder, the time and the number grammar, and the readers of parties and places."""

    def __init__(self, finder: Finder, times: TimeGrammar, numbers: NumberGrammar) -> None:
        self._finder = finder
        self._times = times
        self._numbers = numbers

    def line(self, text: str, words: Sequence[Word], published: date | None) -> Line:
        """Return a sentence with its items, times and numbers."""
        times = list(self._times.find(words, published))
        items: list[Item] = []
        position = 0
        for time in times:
            items.extend(self._items(words, position, time.first))
            items.append(Item(time.first, time.last))
            position = time.last
        items.extend(self._items(words, position, len(words)))
        numbers = {number.first: number for number in self._numbers.find(words) if not _within(number, times)}
        return Line.of(text, words, items, {time.first: time for time in times}, numbers, self._finder.lexicon)

    def _items(self, words: Sequence[Word], first: int, last: int) -> list[Item]:
        if first >= last:
            return []
        found = self._finder.find(words[first:last])
        return [item.at(item.first + first) for item in found] if first else found

    def chunk(self, line: Line) -> list[Chunk]:
        """Return the chunks of a sentence in order."""
        chunks: list[Chunk] = []
        at = 0
        while at < len(line.items):
            chunk, at = self._next(line, at, chunks)
            chunks.append(chunk)
        return speakers_described(without_filing_parties(commas_of_times(chunks)))

    def _next(self, line: Line, at: int, before: list[Chunk]) -> tuple[Chunk, int]:
        item = line.items[at]
        if item.first in line.times:
            word = line.words[item.first]
            return Chunk(item.first, item.last, folded=word.folded, time=line.times[item.first]), at + 1
        if mark := line.marks[at]:
            return Chunk(item.first, item.last, folded=mark, mark=True), at + 1
        if not (may_begin(line, at) or begins_place(line, at)):
            return self._plain(line, at, before)
        locative = _locative(item, before) or _heading(line, at, before)
        governed = bool(before) and bool(before[-1].functions & _LOCATIVE) and not before[-1].places
        who, places, end = self._named(line, at, locative=locative, behind_preposition=governed)
        places = () if places and not who and of_person(line, before) else places
        who = who or (None if places else _whose_fire(line, at, before))
        if who or places:
            return self._make(line, at, end, who, places, quiet=locative and not who), end
        number = line.numbers.get(item.first)
        if number:
            return _count(line, at, number)
        return self._plain(line, at, before)

    def _plain(self, line: Line, at: int, before: list[Chunk]) -> tuple[Chunk, int]:
        """A word that names no party and no known place."""
        item = line.items[at]
        unknown = not item.readings and not item.pre
        named = unknown and (_locative(item, before) or _heading(line, at, before))
        guess = guess_place(line, at) if named else None
        end = guess.end if guess else at + 1
        return self._make(line, at, end, None, guess.places if guess else ()), end

    def _named(
        self, line: Line, at: int, *, locative: bool, behind_preposition: bool
    ) -> tuple[Who | None, tuple[PlaceMention, ...], int]:
        """The party, the places, or the place as a party that begin at an item, and the item behind."""
        found = read_places(line, at, locative=locative)
        if found and behind_preposition and line.items[at].pre[-1:] in ("ب", "ل", "ك"):
            found = whole_name(line, at)  # مشارف برشيد: Berrechid, not «in Rashid»
        who, end = self._party(line, at)
        if behind_preposition and who and "back" in line.functions(at):  # في القضاء: the district, no court
            who, end = None, at + 1
        if found is None:
            return who, _named_for(line, at, locative=locative) if who else (), end
        last = line.items[found.end - 1].last
        kind_word = found.strong and not line.actor(at)  # بلدة الجندي: a place's kind word outweighs a common noun
        if who and who.last > last and not kind_word:
            return who, (), end
        if len(found.places) > 1 and not locative and _state(line, at):
            return who, (), at + 1  # إسرائيل ولبنان as parties
        shorter = who is not None and who.last < last and line.items[at].slot is None
        if who is None or kind_word or shorter:
            return None, found.places, found.end
        return who, found.places, max(end, found.end)

    def _party(self, line: Line, at: int) -> tuple[Who | None, int]:
        """The party that begins at an item and the item behind it; small words and words of speech begin none."""
        item = line.items[at]
        if _captures(line, at) or line.words[item.first].text in _ADJECTIVES:
            return None, at
        kinds = item.kinds
        noun = bool(kinds.actors) or kinds.noun is not None
        if not noun and kinds.operators:
            return None, at
        functions = kinds.functions if item.first not in line.numbers else frozenset()
        if functions and not (noun or "head" in functions or line.is_word(at, "quantifier")):
            return None, at
        reader = Reader(line, at)
        who = reader.read()
        return (who, reader.end) if who else (None, at)

    def _make(
        self,
        line: Line,
        first: int,
        end: int,
        who: Who | None,
        places: tuple[PlaceMention, ...],
        *,
        quiet: bool = False,
    ) -> Chunk:
        item = line.items[first]
        kinds = item.kinds
        # سجن الطبقة is no jailing, من تبنين no speech
        silent = (places and (quiet or kinds.kind)) or _no_pronoun(line, first)
        return Chunk(
            item.first,
            line.items[end - 1].last,
            item.pre or _and(line, first),
            item.suf,
            item.definite,
            line.heads[first],
            () if silent else kinds.senses,
            () if silent else kinds.operators,
            who,
            kinds.demonym.country if kinds.demonym and not who else None,
            places,
            functions=kinds.functions,
            tail=item.tail,
        )


def _no_pronoun(line: Line, at: int) -> bool:
    """`تابعة`, `مسؤولية`: tell whether what looks like the pronoun ه is an ending in ة."""
    item = line.items[at]
    return item.suf == "ه" and line.words[item.first].text.endswith("ة")


def _whose_fire(line: Line, at: int, before: Sequence[Chunk]) -> Who | None:
    """`بنيران إسرائيلية`: the army of the people behind a word for fire."""
    item, people = line.items[at], line.demonym(at)
    if people is None or item.pre or not before or "cause" not in before[-1].functions:
        return None
    return Who(item.first, item.last, frozenset(("armed",)), people=people.country)


def _and(line: Line, at: int) -> str:
    """The و of a number in words: `وثلاثة جنود`."""
    word = line.heads[at]
    return "و" if word[0] == "و" and line.items[at].first in line.numbers and not word.startswith("واحد") else ""


def _named_for(line: Line, at: int, *, locative: bool) -> tuple[PlaceMention, ...]:
    """`محافظة إزمير`, `قرب مستشفى مرجعيون`: the place of a governorate, or of a building that says where."""
    item, actor = line.items[at], line.actor(at)
    if not item.slot or actor is None or "{place}" not in actor.name:
        return ()
    kind = "governorate" if line.heads[at] == "محافظه" else None
    if not (kind or (locative and "building" in actor.tags)):
        return ()
    first = line.words[item.last - len(item.slot.split())]
    span = Span(first.start, line.words[item.last - 1].end)
    return (PlaceMention(span, line.text[span.start : span.end], kind),)


def _state(line: Line, at: int) -> bool:
    actor = line.actor(at)
    return actor is not None and "state" in actor.tags


def _count(line: Line, at: int, number: Number) -> tuple[Chunk, int]:
    """A number by itself; a measure (kilometres, degrees) has no value for the grammar."""
    start, first = at, line.items[at].first
    while at < len(line.items) and line.items[at].first < number.last:
        at += 1
    value = None if number.measure else number.value
    return Chunk(first, number.last, _and(line, start), folded=line.words[first].folded, number=value), at


def _within(number: Number, times: Sequence[Time]) -> bool:
    return any(time.first < number.last and number.first < time.last for time in times)


def _captures(line: Line, at: int) -> bool:
    """`وأسر 4 آخرين`: no noun stands before its number; where the word may be a verb, it is one."""
    item = line.items[at]
    if not item.kinds.verb or item.kinds.noun is None or item.definite or item.suf:
        return False
    return at + 1 < len(line.items) and line.items[at + 1].first in line.numbers


def _heading(line: Line, at: int, before: Sequence[Chunk]) -> bool:
    """`الباب: انفجار دراجة نارية`: a word by itself at the head of a bullet."""
    return all(chunk.mark for chunk in before) and line.mark(at + 1) == ":"


def _struck(before: Sequence[Chunk]) -> bool:
    """`غارات روسية على طفس`, `سيطرت على الحراك`: what is attacked or taken is a place."""
    if not before:
        return False
    if before[-1].senses and any(sense.term.gloss == "lose (a place)" for sense in before[-1].senses):
        return True  # لم تخسر عتق
    if "prep:target" not in before[-1].functions:
        return False
    return any(sense.code in ("attack", "take_control") for chunk in before[-5:-1] for sense in chunk.senses)


def _locative(item: Item, before: Sequence[Chunk]) -> bool:
    if item.pre.endswith(("ب", "ل")) or _struck(before) or (not item.pre and peopled(before)):
        return True
    at = len(before) - 1
    while at >= 0 and before[at].mark and before[at].folded in QUOTES:
        at -= 1
    return at >= 0 and not _LOCATIVE.isdisjoint(before[at].functions)
