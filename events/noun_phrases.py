"""Read a party from the words: quantity, head noun or named actor, adjectives, the body it belongs to."""

from events.affiliation import (
    AFFILIABLE,
    army_of,
    is_accusative,
    is_adjective,
)
from events.belonging import belonging, is_definite
from events.chunks import Who
from events.head_names import adjoins, backed_by, held_as, more_precise, plain, titled
from events.line import Line
from events.party_names import people_name
from events.quantities import (
    counts_victims,
    is_dual,
    is_single,
    line_number,
    number_behind,
    one_or_two_more,
    quantity,
    stands_alone,
)
from events.readings import Actor, Demonym, Noun
from events.schema import CountryEntry
from events.values import replace
from events.whose import behind_model, hailing, may_be_of, of_speaker, owner_of_bare
from events.words import QUOTES

_NOT_CONSTRUCT = ("ون", "ين", "ان", "اً")
_HARMED = frozenset(("dead", "wounded"))
_STORES = frozenset(("depot", "weapons depot"))
_GROUPS = frozenset(("group", "armed", "person"))


class Reader:
    """Reads one party that begins at an item; `end` is then the item behind it."""

    def __init__(self, line: Line, start: int) -> None:
        self._line = line
        self.end = start
        self._number: int | None = None
        self._quantified = False
        self._head_definite = False
        self._head = ""

    def read(self) -> Who | None:
        """Return the party, None if no party begins here."""
        start, line = self.end, self._line
        if more := one_or_two_more(line, start):
            self._number = more
            return self._others(start, start + 1)
        self.end, self._number, self._quantified = quantity(line, start)
        at = self.end
        while line.mark(at) in QUOTES and line.mark(at) and self._quantified:
            at += 1
        if at >= len(line.items):
            return self._others(start, at) if self._number is not None else self._uncounted(start, at)
        if self._number is not None and (line.is_word(at, "others") or stands_alone(line, at)):
            return self._others(start, at)
        if self._number is not None and counts_victims(line, start, at):
            return self._others(start, at, victims=1)
        actor, noun, people = line.actor(at), line.noun(at), line.demonym(at)
        head = "head" in line.functions(at)
        if self._number is not None and line.folded(at - 1) == "من" and not (actor or noun or people or head):
            return self._others(start, at - 1)
        if not (actor or noun or people or head) or (self._quantified and line.items[at].pre):
            return self._uncounted(start, at)
        who = self._headed(at, head=head)
        if who is None:
            return None
        own = line.words[line.items[at].first].folded
        self._members(who)
        who, self.end = hailing(line, who, at, self.end)
        return replace(
            who,
            first=line.items[start].first,
            number=self._count(noun, people, at),
            head=own,
            definite=is_definite(self._line, at),
            pronoun=self._owned(at),
            single=(is_single(noun) and not line.is_word(start, "any")) or line.is_word(start, "one_of"),
            adjective=own in line.lexicon.words["adjective"],
            accusative=self._number is None and line.words[line.items[at].first].text.endswith(("اً", "ًا")),
        )

    def _headed(self, at: int, *, head: bool) -> Who | None:
        """The party whose head noun or name is the item at `at`; `head`: a word that only belongs to a body."""
        line = self._line
        self.end = at + 1
        self._head_definite = is_definite(self._line, at)
        self._head = line.words[line.items[at].last - 1].text
        actor, noun, people = line.actor(at), line.noun(at), line.demonym(at)
        if actor and not (noun or head):
            return self._named(actor, at)
        if people and not (noun or head):
            return self._people(people.country, at)
        if head and not (noun or actor) and self._head_definite and (person := titled(line, at + 1)):
            self.end = at + 2
            return replace(self._named(person, at + 1), first=line.items[at].first)
        who = self._common(noun, head, actor, at)
        town = who.noun == "supporters" and who.actor is None and line.place(at)  # أنصار: also a town
        return None if town else who

    def _others(self, start: int, at: int, *, victims: int = 0) -> Who:
        """`ثلاثة منهم`, `12 آخرون`: persons of the kind named before; `victims`: words of a noun that is not known."""
        line = self._line
        others = at < len(line.items) and line.is_word(at, "others")
        self.end = at + 1 if others else at + victims
        first = line.items[start].first
        last = line.items[self.end - 1].last
        head = line.folded(at) if others else ""
        return Who(first, last, frozenset(("person",)), number=self._number, head=head, pronoun=True)

    def _uncounted(self, start: int, at: int) -> Who | None:
        """`تجمع المئات`, `اعتقال العشرات`: a round number with the article stands for people."""
        if not (at == start + 1 and self._line.is_word(start, "people_number")):
            return None
        item = self._line.items[start]
        self.end = at
        return Who(item.first, item.last, frozenset(("person", "civilian", "crowd")), noun="civilians", sector="CVL")

    def _count(self, noun: Noun | None, people: Demonym | None, at: int) -> int | None:
        if self._number is not None or self._quantified:
            return self._number
        line = self._line
        two = line.is_word(self.end, "two") and not line.folded(self.end).startswith("و")  # شرطي واثنين من المارة
        self.end += two
        if (noun or people) and (two or is_dual(line, noun, at)):
            return 2
        toll = noun is not None and bool(_HARMED & set(noun.entry.tags)) and is_definite(line, at)
        behind, self.end = number_behind(line, self.end, toll=toll and not line.items[at].kinds.senses)
        return behind

    def _members(self, who: Who) -> None:
        """`خلية من أربعة أفراد`: the number of a group's members."""
        line, number = self._line, line_number(self._line, self.end + 1)
        if self._number is None and who.tags & _GROUPS and line.folded(self.end) == "من" and number is not None:
            self._number = number.value
            while self.end < len(line.items) and line.items[self.end].first < number.last:
                self.end += 1

    def _named(self, actor: Actor, at: int) -> Who:
        line, first = self._line, self._line.items[at].first
        if owner := owner_of_bare(line, self.end, actor):
            at, self.end = owner, owner + 1
            actor = line.actor(at) or actor
        item = line.items[at]
        return Who(first, item.last, frozenset(actor.tags), actor, line.actors(at)[1:], item.slot, sector=actor.sector)

    def _people(self, people: CountryEntry, at: int) -> Who | None:
        """A demonym as a noun: `14 فلسطينيا`, `الأكراد`."""
        item, word = self._line.items[at], self._line.folded(at)
        if (
            word.endswith("ه")
            or is_adjective(self._line, at)
            or not (
                self._quantified
                or is_accusative(self._line, at)
                or item.definite
                or "ال" in word[:3]
                or word.endswith(("يين", "يون"))
            )
        ):
            return None
        name = people_name(people)
        return Who(item.first, item.last, frozenset(("person", "civilian")), noun=name, sector="CVL", people=people)

    def _common(self, noun: Noun | None, head: bool, actor: Actor | None, at: int) -> Who:
        item = self._line.items[at]
        tags = frozenset(noun.entry.tags) if noun else frozenset(("head",))
        phrase = noun is not None and " " in noun.entry.noun
        closed = self._line.words[item.first].text.endswith(_NOT_CONSTRUCT)
        ties = tags | ({"head"} if head else set())
        direct = not (phrase or closed or self._head_definite)
        owner, slot, people, last = belonging(
            self._line, self.end, ties, self._head, definite=self._head_definite, direct=direct
        )
        self.end = last
        owner, slot, self.end = behind_model(self._line, self.end, owner, slot, tags)
        last = self.end
        backers = backed_by(self._line, owner, at, last)
        if backers:
            return Who(item.first, self._line.items[last - 1].last, tags, noun=backers, sector="REB")
        if noun and not owner and (adjective := self._said_more(noun, last, people=people is not None)):
            noun, last, self.end = adjective, last + 1, last + 1
        back = self._line.folded(self.end) if owner is None and people is None else ""
        back = "ال" + back.removeprefix("لل") if back.startswith("لل") else back.removeprefix("ل")
        points = bool(tags & AFFILIABLE or head)
        back = back if points and back in self._line.lexicon.words["anaphor"] else ""
        self.end += bool(back)
        if actor and not owner and not people:
            owner, slot = actor, item.slot
        words_last = self._line.items[last - 1].last if last > at else item.last
        who = plain(noun, tags, item.first, words_last)
        if owner is None and people is None and (behind := of_speaker(self._line, self.end, ownable=points)):
            self.end += behind
            return replace(who, last=self._line.items[self.end - 1].last)
        if back:
            return replace(who, last=self._line.items[self.end - 1].last, back=back)
        if army := army_of(self._line, owner, tags):
            return replace(who, people=army)
        if owner and (points or "person" in tags):
            rivals = self._line.actors(self.end - 1)[1:] if self.end - 1 < len(self._line.items) else ()
            tags = tags | frozenset(owner.tags)
            weak = self._line.folded(self.end - 1).removeprefix("ل")
            who = replace(who, back=weak) if owner.weak and weak in self._line.lexicon.words["anaphor"] else who
            return replace(who, actor=owner, rivals=rivals, slot=slot, tags=tags, sector=owner.sector)
        if people is None and ("post" in tags or who.noun in _STORES):
            return self._held(who)
        someone = self._number is not None and self._line.is_word(at, "someone")
        if people is None and (tags & _HARMED or someone):
            return self._out_of(who, "armed" if someone else "civilian")
        return replace(who, people=people) if people else who

    def _owned(self, at: int) -> bool:
        """Whether the head carries a pronoun, or له stands behind it."""
        line = self._line
        suffix = bool(line.items[at].suf) or line.words[line.items[at].first].text.endswith("ه")
        return suffix or line.is_word(self.end - 1, "to_him")

    def _said_more(self, noun: Noun, at: int, *, people: bool) -> Noun | None:
        """`مسلحون متشددون`, `ناشطة محتجزة`: the noun that says more, the head or its adjective at an item."""
        if held_as(self._line, noun, at, definite=self._head_definite):
            return self._line.noun(at)
        return more_precise(self._line, noun, at) if not people and adjoins(self._line, noun, self._head, at) else None

    def _out_of(self, victims: Who, kind: str) -> Who:
        """`سبعة قتلى من المدنيين`, `24 فردا من مقاتلي الحركة`: who the dead are, or those counted; `kind` is a tag."""
        behind = self._line.items[self.end] if self.end < len(self._line.items) else None
        of_bodies = "dead" in victims.tags and behind is not None and behind.pre == "ل"
        if self._line.folded(self.end) != "من" and not of_bodies:  # خمس جثث لمهاجرين
            return victims
        reader = Reader(self._line, self.end + (not of_bodies))
        people = reader.read()
        if people is None or people.number is not None or not may_be_of(people, kind):
            return victims
        self.end = reader.end
        return replace(people, first=victims.first, tags=people.tags | (victims.tags & _HARMED))

    def _held(self, post: Who) -> Who:
        """`تجمعا لجنود العدو`, `قاعدة عسكرية للجيش`: a post stands for who holds it."""
        if self.end >= len(self._line.items) or self._line.items[self.end].pre != "ل":
            return post
        reader = Reader(self._line, self.end)
        holder = reader.read()
        if holder is None or not (holder.actor or holder.people or "armed" in holder.tags):
            return post
        self.end = reader.end
        return replace(holder, first=post.first, tags=holder.tags | {"post"}, number=None)
