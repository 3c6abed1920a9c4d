"""Cut a sentence into chunks: parties, places, acts, words of speech, times, numbers, small words."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from events.chunks import Chunk, Who
from events.find import Finder, Item
from events.line import QUOTES, Line
from events.model import PlaceMention
from events.noun_phrases import Reader
from events.numbers import Number, NumberGrammar
from events.readings import Operator, Sense
from events.times import Time, TimeGrammar
from events.toponyms import guess_place, read_places
from events.words import Word

_LOCATIVE = frozenset(("prep:scene", "prep:origin", "prep:destination"))


class Chunker:
    """Applies the finder, the time and the number grammar, and the readers of parties and places."""

    def __init__(self, finder: Finder, times: TimeGrammar, numbers: NumberGrammar) -> None:
        self._finder = finder
        self._times = times
        self._numbers = numbers

    def line(self, text: str, words: Sequence[Word], published: date | None) -> Line:
        """Return a sentence with its items, times and numbers."""
        times = [time for time in self._times.find(words, published)]
        items: list[Item] = []
        position = 0
        for time in times:
            items.extend(self._items(words, position, time.first))
            items.append(Item(time.first, time.last))
            position = time.last
        items.extend(self._items(words, position, len(words)))
        numbers = {number.first: number for number in self._numbers.find(words) if not _within(number, times)}
        return Line(text, words, items, {time.first: time for time in times}, numbers, self._finder.lexicon)

    def _items(self, words: Sequence[Word], first: int, last: int) -> list[Item]:
        if first >= last:
            return []
        found = self._finder.find(words[first:last])
        if first == 0:
            return found
        return [
            Item(
                item.first + first,
                item.last + first,
                item.pre,
                item.definite,
                item.suf,
                item.readings,
                (item.tail[0] + first, item.tail[1] + first) if item.tail else None,
                item.slot,
            )
            for item in found
        ]

    def chunk(self, line: Line) -> list[Chunk]:
        """Return the chunks of a sentence in order."""
        chunks: list[Chunk] = []
        at = 0
        while at < len(line.items):
            chunk, at = self._next(line, at, chunks)
            chunks.append(chunk)
        return _quiet(chunks)

    def _next(self, line: Line, at: int, before: list[Chunk]) -> tuple[Chunk, int]:
        item = line.items[at]
        if item.first in line.times:
            word = line.words[item.first]
            return Chunk(item.first, item.last, folded=word.folded, time=line.times[item.first]), at + 1
        if line.mark(at):
            return Chunk(item.first, item.last, folded=line.words[item.first].text, mark=True), at + 1
        locative = _locative(item, before)
        places = read_places(line, at, locative=locative)
        who, end = self._party(line, at)
        if places and who and not line.actor(at) and places.strong:
            who = None  # بلدة الجندي: a place's kind word outweighs a common noun
        if places and who and who.last < line.items[places.end - 1].last and not _contains_slot(item):
            who = None
        if who and places and who.last > line.items[places.end - 1].last:
            places = None
        if places and len(places.places) > 1 and not locative and _state(line, at):
            who, places = self._party(line, at)[0], None  # إسرائيل ولبنان as parties
            end = at + 1
        if who:
            end_item = places.end if places else end
            return self._make(line, at, max(end, end_item) if places else end, who, places.places if places else ()), (
                max(end, end_item) if places else end
            )
        if places:
            return self._make(line, at, places.end, None, places.places), places.end
        number = line.numbers.get(item.first)
        if number:
            while at < len(line.items) and line.items[at].first < number.last:
                at += 1
            return Chunk(
                item.first,
                number.last,
                folded=line.words[item.first].folded,
                number=None if number.measure else number.value,
            ), at
        guess = guess_place(line, at) if locative and not item.pre else None
        return self._make(
            line, at, at + (guess.end - at if guess else 1), None, guess.places if guess else ()
        ), guess.end if guess else at + 1

    def _party(self, line: Line, at: int) -> tuple[Who | None, int]:
        item = line.items[at]
        functions = line.functions(at) if item.first not in line.numbers else frozenset()
        if any(isinstance(reading, Operator) for reading in item.readings) and not line.actor(at) and not line.noun(at):
            return None, at
        if (
            functions
            and not (functions & {"head"} or line.actor(at) or line.noun(at))
            and not line.is_word(at, "quantifier")
        ):
            return None, at
        reader = Reader(line, at)
        who = reader.read()
        return (who, reader.end) if who else (None, at)

    def _make(self, line: Line, first: int, end: int, who: Who | None, places: tuple[PlaceMention, ...]) -> Chunk:
        item = line.items[first]
        named = bool(places) and any(category.startswith("kind:") for category in line.functions(first))
        readings = () if named else item.readings  # سجن الطبقة is a place, not a jailing
        return Chunk(
            item.first,
            line.items[end - 1].last,
            item.pre,
            item.suf,
            item.definite,
            line.words[item.first].folded,
            tuple(reading for reading in readings if isinstance(reading, Sense)),
            tuple(reading for reading in readings if isinstance(reading, Operator)),
            who,
            None if who else getattr(line.demonym(first), "country", None),
            places,
            functions=line.functions(first),
            tail=item.tail,
        )


def _state(line: Line, at: int) -> bool:
    actor = line.actor(at)
    return actor is not None and "state" in actor.tags


def _quiet(chunks: list[Chunk]) -> list[Chunk]:
    """`قال المصدر الذي طلب عدم كشف اسمه إن`: what describes the speaker tells no act and says nothing."""
    for at, chunk in enumerate(chunks):
        speaks = any(operator.form == "verb" for operator in chunk.operators)
        relative = next((n for n in range(at + 1, min(at + 5, len(chunks))) if "relative" in chunks[n].functions), None)
        if not speaks or relative is None or chunks[relative - 1].who is None:
            continue
        content = next(
            (n for n in range(relative, min(relative + 16, len(chunks))) if "that" in chunks[n].functions), None
        )
        for n in range(relative, content or relative):
            chunks[n] = replace(chunks[n], senses=(), operators=(), functions=frozenset())
    return chunks


def _within(number: Number, times: Sequence[Time]) -> bool:
    return any(time.first < number.last and number.first < time.last for time in times)


def _locative(item: Item, before: Sequence[Chunk]) -> bool:
    if item.pre.endswith(("ب", "ل")):
        return True
    previous = next((chunk for chunk in reversed(before) if not (chunk.mark and chunk.folded in QUOTES)), None)
    return previous is not None and bool(previous.functions & _LOCATIVE)


def _contains_slot(item: Item) -> bool:
    return item.slot is not None
