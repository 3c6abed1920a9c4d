"""Find the lexicon's terms and the gazetteer's names among the words of a sentence."""

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple, Protocol

from events.clitics import BARE, Analysis, cuts, fits, place_cuts
from events.items import Item, PlaceName
from events.lexicon import Lexicon
from events.readings import COUNTRY, DEMONYM, PLACE, Actor, Demonym, Function, Node, Noun, Operator, Payload, Sense
from events.values import replace
from events.words import QUOTES, Word, named_ali

_CACHE_SIZE = 100_000
_PEOPLE = frozenset(("person", "armed", "civilian", "displaced", "resident", "detainee"))
_BEFORE_PLACES = frozenset(("في", "من", "الي", "علي", "مدينه", "بلده", "قريه", "قرب", "نحو", "باتجاه"))
_REACH = 9  # words between a verb and the fixed words that go with it: ألقت قوات الأمن، اليوم، القبض على


class Names(Protocol):
    """What the reader asks of a gazetteer."""

    spans: dict[str, int]
    seconds: dict[str, frozenset[str]]

    def salience(self, folded_name: str) -> Literal["strong", "weak"] | None:
        """Say whether a folded name is a place's, and whether it is one wherever it stands."""


class _Lookups(NamedTuple):
    """What a word may begin: terms of the lexicon, exceptions, and place names with their greatest length.

    `alone` is how it reads by itself, None if that hangs on words farther off; `following` the words that may go on.
    """

    terms: tuple[tuple[Analysis, Node], ...]
    exceptions: tuple[Node, ...]
    places: tuple[tuple[Analysis, int], ...]
    alone: Item | None = None
    following: frozenset[str] = frozenset()
    slots: bool = False


class Finder:
    """Cuts a sentence into items, longest terms first from the left."""

    def __init__(self, lexicon: Lexicon, names: Names) -> None:
        self.lexicon = lexicon
        self._names = names
        self._known: dict[str, _Lookups] = {}

    def find(self, words: Sequence[Word]) -> list[Item]:
        """Return items that cover all words in order; a word that nothing knows is an item without readings."""
        items: list[Item] = []
        position = 0
        while position < len(words):
            item = self._best(words, position)
            items.append(item)
            position = item.last
        return items

    def _best(self, words: Sequence[Word], position: int) -> Item:
        folded = words[position].folded
        known = self._known.get(folded) or self._lookups(folded)
        goes_on = (known.following or known.slots) and self._may_go_on(known, words, position)
        if known.alone is not None and not goes_on:
            return known.alone.at(position)
        return self._longest(words, position).sorted()

    def _may_go_on(self, known: "_Lookups", words: Sequence[Word], position: int) -> bool:
        """Whether the next word (behind quotation marks) may belong to a longer term or name."""
        following = position + 1
        while following < len(words) and words[following].text in QUOTES:
            following += 1
        return following < len(words) and (known.slots or words[following].folded in known.following)

    def _longest(self, words: Sequence[Word], position: int) -> Item:
        if named_ali(words, position) and not getattr(self._lookups(words[position - 1].folded).alone, "readings", ()):
            return Item(position, position + 1)
        excepted = self._exception(words, position)
        if excepted:
            return Item(position, excepted)
        best = Item(position, position + 1)
        rank = (0, 0)
        for item in (*self._terms(words, position), *self._places(words, position)):
            length = item.last - item.first + (item.tail[1] - item.tail[0] if item.tail else 0)
            this = (length, -len(item.pre) - len(item.suf) * 2)
            if this > rank:
                best, rank = item, this
            elif this == rank:
                best = best.merged(item)
        return self._without_last(words, best)

    def _without_last(self, words: Sequence[Word], item: Item) -> Item:
        """A phrase leaves its kind word to the name (`فتح طريق | الكاستيلو`), its people to the parties."""
        at = item.last - 1
        if at == item.first or not any(isinstance(reading, Sense) for reading in item.readings):
            return item
        for inner in range(item.first + 1, item.last):  # دخول قوى | الأمن الداخلي
            if any(
                t.last > item.last and not t.pre and isinstance(t.readings[0], Actor) for t in self._terms(words, inner)
            ):
                return replace(item, last=inner)
        last = [
            r
            for cut in cuts(words[at].folded)
            for r in self.lexicon.trie.get(cut.stem, {}).get(None, ())
            if not cut.pre
        ]
        kind = any(isinstance(r, Function) and r.category.startswith("kind:") for r in last)
        people = any(isinstance(r, Noun) and _PEOPLE & set(r.entry.tags) for r in last)
        people = people or any(isinstance(r, Function) and r.category == "head" for r in last)
        named = kind and at + 1 < len(words) and words[at + 1].text.isalpha()
        return replace(item, last=at) if named or people else item

    def _lookups(self, folded: str) -> "_Lookups":
        """Return what a word may begin, remembered by its folded form: news repeats its words."""
        known = self._known.get(folded)
        if known is None:
            if len(self._known) >= _CACHE_SIZE:
                self._known.clear()
            found = cuts(folded)
            trie, exceptions, spans = self.lexicon.trie, self.lexicon.exceptions, self._names.spans
            known = _Lookups(
                tuple((cut, trie[cut.stem]) for cut in found if cut.stem in trie),
                tuple(exceptions[cut.stem] for cut in found if cut.stem in exceptions),
                tuple((cut, spans[cut.stem]) for cut in place_cuts(folded) if cut.stem in spans),
            )
            self._known[folded] = known
            self._known[folded] = known = self._with_alone(folded, known)
        return known

    def _with_alone(self, folded: str, known: "_Lookups") -> "_Lookups":
        """Add how a word reads when nothing behind it belongs to it, unless that depends on words farther off."""
        apart = any(isinstance(r, Sense) and r.rest for _, node in known.terms for r in node.get(None, ()))
        if apart:
            return known
        nodes = (*(node for cut, node in known.terms if not cut.suf), *known.exceptions)
        following = {word for node in nodes for word in node if word is not None}
        for cut, longest in known.places:
            following |= self._names.seconds.get(cut.stem, frozenset()) if longest > 1 else frozenset()
        slots = bool(following & {DEMONYM, COUNTRY, PLACE})
        alone = self._longest((Word(0, len(folded), folded, folded),), 0).sorted()
        return known._replace(alone=alone, following=frozenset(following), slots=slots)

    def _exception(self, words: Sequence[Word], position: int) -> int | None:
        for head in self._lookups(words[position].folded).exceptions:
            node: Node | None = head
            end, at = None, position + 1
            while node is not None:
                end = at if None in node else end
                node = node.get(words[at].folded) if at < len(words) else None
                at += 1
            if end:
                return end
        return None

    def _terms(self, words: Sequence[Word], position: int) -> Iterator[Item]:
        for cut, node in self._lookups(words[position].folded).terms:
            yield from self._walk(words, position, cut, node)

    def _walk(self, words: Sequence[Word], position: int, cut: Analysis, node: Node) -> Iterator[Item]:
        stack: list[tuple[Node, int, str | None]] = [(node, position + 1, None)]
        while stack:
            node, end, slot = stack.pop()
            if None in node:
                yield from self._items(words, position, end, cut, node[None], slot)
            following = end
            while following < len(words) and words[following].text in QUOTES and len(node) > (None in node):
                following += 1
            if following >= len(words) or cut.suf:
                continue
            child = node.get(words[following].folded)
            if child is not None:
                stack.append((child, following + 1, slot))
            stack.extend(self._slots(words, following, node))

    def _slots(self, words: Sequence[Word], at: int, node: Node) -> Iterator[tuple[Node, int, str | None]]:
        for end, reading in self._countries(words, at) if DEMONYM in node or COUNTRY in node else ():
            if isinstance(reading, Demonym) and DEMONYM in node and len(reading.country.code) == 2:
                yield node[DEMONYM], end, reading.country.code
            elif isinstance(reading, Actor) and COUNTRY in node and "state" in reading.tags and reading.countries:
                yield node[COUNTRY], end, reading.countries[0]
        if PLACE in node:
            longest = max(
                (item for item in self._places(words, at) if not item.pre), key=lambda i: i.last, default=None
            )
            if longest:
                yield node[PLACE], longest.last, " ".join(word.text for word in words[at : longest.last])

    def _countries(self, words: Sequence[Word], at: int) -> Iterator[tuple[int, Payload]]:
        """Yield what may be an adjective or a name of a country, perhaps of several words, and the word behind it."""
        for cut in cuts(words[at].folded):
            node: Node | None = self.lexicon.trie.get(cut.stem) if not cut.pre else None
            end = at + 1
            while node is not None:
                yield from ((end, reading) for reading in node.get(None, ()))
                node = node.get(words[end].folded) if end < len(words) and not cut.suf else None
                end += 1

    def _items(
        self, words: Sequence[Word], first: int, last: int, cut: Analysis, readings: Sequence[Payload], slot: str | None
    ) -> Iterator[Item]:
        plain = tuple(reading for reading in readings if not (isinstance(reading, Sense) and reading.rest))
        plain = tuple(reading for reading in plain if fits(reading, cut))
        if plain:
            yield Item(first, last, cut.pre, cut.definite, cut.suf, plain, slot=slot)
        for reading in readings:
            if isinstance(reading, Sense) and reading.rest and cut.pre in BARE:
                yield from _with_rest(words, first, last, cut, reading)

    def _joined_verb(self, words: Sequence[Word], position: int) -> bool:
        """`ودان الاتحاد`: a verb joined by و, not the town of Waddan, unless a word of place stands before."""
        folded = words[position].folded
        if folded[0] != "و" or (position and words[position - 1].folded in _BEFORE_PLACES):
            return False
        verbs = (r for r in self.lexicon.trie.get(folded[1:], {}).get(None, ()) if isinstance(r, Sense | Operator))
        return any(reading.form == "verb" for reading in verbs) and folded not in self.lexicon.trie

    def _places(self, words: Sequence[Word], position: int) -> Iterator[Item]:
        for cut, longest in self._lookups(words[position].folded).places:
            if longest == 1 and not cut.pre and self._joined_verb(words, position):
                continue
            tail = [word.folded for word in words[position + 1 : position + longest]] if longest > 1 else []
            for length in range(len(tail), -1, -1):
                name = " ".join((cut.stem, *tail[:length])) if length else cut.stem
                salience = self._names.salience(name)
                if salience and (not length or tail[length - 1].isalnum()):
                    place = PlaceName(name, salience == "strong")
                    yield Item(position, position + 1 + length, cut.pre, readings=(place,))
                    return


def _with_rest(words: Sequence[Word], first: int, last: int, cut: Analysis, sense: Sense) -> Iterator[Item]:
    size = len(sense.rest)
    for at in range(last, min(len(words) - size, last + _REACH) + 1):
        if all(words[at + k].folded == sense.rest[k] for k in range(size)):
            whole = at == last
            yield Item(
                first,
                last + size if whole else last,
                cut.pre,
                suf=cut.suf,
                readings=(sense,),
                tail=None if whole else (at, at + size),
            )
            return
        if words[at].text in "؛:":
            return
