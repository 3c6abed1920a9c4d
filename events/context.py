"""What an article has said so far: its countries, its parties, who spoke last, the places named last."""

from collections import deque
from collections.abc import Callable

from events.anaphors import ANAPHORS, called, often_named
from events.armies import forces_of, national_name, owned_by, speakers_own, troops
from events.chunks import Who
from events.kind_words import SETTLED, around, called_so, is_gate, local_sense
from events.lexicon import Lexicon
from events.line import Line
from events.model import Party, PlaceMention, When
from events.party_names import name_of
from events.readings import Actor
from events.schema import CountryEntry
from events.told import MEMORY
from events.values import dataclass, field, replace
from geodata.folding import fold

_ARMED = frozenset(("armed", "group"))
_MACHINES = frozenset(("aircraft", "weapon"))
_NATIONAL = {"police": "الشرطة", "security forces": "الأمن"}  # policemen are their country's police
_PERSONS = frozenset(("person", "civilian", "detainee", "abductee", "displaced", "resident", "crowd"))


@dataclass(slots=True)
class Context:
    """The state of one article's reading; one object an article, never shared."""

    lexicon: Lexicon
    place_name: Callable[[str], str]
    place_country: Callable[[str], str | None]
    countries: tuple[str, ...] = ()
    actors: deque[tuple[Actor, Party]] = field(default_factory=lambda: deque(maxlen=MEMORY))
    issuer: Party = Party()  # whose bulletin the text is; nameless: the outlet's
    speaker: Party | None = None
    subject: Party | None = None
    persons: Party | None = None
    sides: tuple[Party, ...] = ()  # of the clash or deal told last
    quoting: bool = False
    flown: dict[str, Party] = field(default_factory=dict)  # whose aircraft and whose guns were named last
    statement: bool = False  # the lines below a heading such as `جاء في بيان للجيش:`
    local: str | None = None
    acting: str | None = None  # who acts, while the target is looked for: nobody attacks himself
    last_date: When = When()  # named last in the text
    mentioned: deque[tuple[Actor, Party]] = field(default_factory=lambda: deque(maxlen=MEMORY))  # by no act or speech
    places: tuple[PlaceMention, ...] = ()
    history: deque[PlaceMention] = field(default_factory=lambda: deque(maxlen=MEMORY))

    def party(
        self, line: Line, who: Who, *, speaking: bool = False, acting: bool = False, owner: Party | None = None
    ) -> Party:
        """Resolve a party against the article: patterns filled, weak names checked, definite heads looked up.

        `speaking`, `acting`: people of a trade then have a name of their own (`medical sources`, `doctors`).
        """
        text = line.slice(who.first, who.last).strip("«»\"()“”'[] ،")
        back = speakers_own(who, owner) or self._anaphor(who, speaking=speaking)
        if back:
            return Party(back.name, back.sector, text)
        party = self._named(who, text) or self._owned(who, text, owner)
        if party:
            return self._flies(who, party)
        if who.noun is None and who.pronoun and who.tags == {"person"}:
            last = self.persons
            return Party(last.name, last.sector, text) if last else Party(None, None, text)
        role = who.speaking if speaking else who.acting if acting else None
        party = self._common(replace(who, noun=role) if role else who, text, speaking=speaking)
        self._flies(who, party)
        if who.people and party.name and who.tags & _ARMED:
            self.remember(Actor(party.name, "MIL", ("armed",)), party)
        if who.tags & _PERSONS and not speaking:
            self.persons = party
        return party

    def _named(self, who: Who, text: str) -> Party | None:
        """The first of the actors a name may mean that fits the article."""
        for actor in (who.actor, *who.rivals) if who.actor else ():
            name = self.actor_name(actor, who.slot)
            if name:
                party = Party(name, actor.sector, text)
                self.remember(actor, party)
                return Party(f"{name} supporters", "CVL", text) if who.noun == "supporters" else party
        return None

    def _owned(self, who: Who, text: str, owner: Party | None) -> Party | None:
        """`قواته`, `موظفيها`: what a pronoun says belongs to `owner`, or to who acted or spoke last."""
        if not who.pronoun or who.actor:
            return None
        owner = self._ours(who, owner) or (owner if owner and owner.name else self.subject or self.speaker)
        return owned_by(self.lexicon.countries, owner, who, text) if owner else None

    def _ours(self, who: Who, claim: Party | None) -> Party | None:
        """`قواتنا`, `قواتكم المسلحة`: those of whoever speaks in the sentence or issues the text."""
        if not who.head.endswith(("نا", "كم")):
            return None
        return next((party for party in (claim, self.issuer, self.speaker) if party and party.name), None)

    def troops(self, party: Party) -> Party:
        """Return the army of a defence ministry that fights or moves; any other party as it is."""
        return troops(self.lexicon.countries, party)

    def _common(self, who: Who, text: str, *, speaking: bool) -> Party:
        name, sector = name_of(who)
        machine = who.tags & _MACHINES
        owner = next((self.flown[tag] for tag in sorted(machine) if tag in self.flown), None)
        if name is None and who.definite and owner:
            return Party(owner.name, owner.sector, text)
        if name is None and who.head.startswith("انتحاري") and not who.definite and who.people is None:
            return Party(None, sector, text)
        if name is None and "armed" in who.tags and who.people is None and not speaking and not machine:
            force = next((p for actor, p in reversed(self.actors) if set(actor.tags) & _ARMED), None)
            return Party(force.name, force.sector, text) if force else Party(None, sector, text)
        if name in ("soldiers", "officers") and who.people is None:
            last = next((p for actor, p in reversed(self.actors) if actor.sector == "MIL"), None)
            army = forces_of(self.lexicon.countries, last, who, text) if last else self._army()
            return Party(army.name, army.sector, text) if army else Party(name, sector, text)
        if name in _NATIONAL and who.people is None and (body := self._body(_NATIONAL[name])):
            return Party(body, sector, text)
        if name and name.endswith("sources") and not speaking:
            return Party("civilians", "CVL", text)
        return Party(name, sector, text)

    def _flies(self, who: Who, party: Party) -> Party:
        """Remember whose aircraft or guns a party is: `الطائرات` later on are theirs, but not those of who has guns."""
        self.flown |= dict.fromkeys(who.tags & _MACHINES if party.name else (), party)
        return party

    def _body(self, word: str) -> str | None:
        """The body of the article's country that a bare word means (`الشرطة` for policemen)."""
        readings = self.lexicon.trie.get(fold(word), {}).get(None, ())
        bodies = (self.actor_name(one, None) for one in readings if isinstance(one, Actor) and one.pattern)
        return next((name for name in bodies if name), None)

    def _country(self) -> CountryEntry | None:
        """The country that the article is about."""
        return self.lexicon.countries.get(self.countries[0]) if self.countries else None

    def _army(self) -> Party | None:
        country = self._country()
        return Party(country.soldiers or country.army, "MIL") if country else None

    def again(self, kind: str | None) -> tuple[PlaceMention, ...]:
        """Return the places meant by `المدينة`, `الحي` (its `kind`) or a pronoun (None): the last that fits."""
        for mention in reversed(self.history) if kind else ():
            town = around(mention) if kind == "city" else None
            if town or called_so(mention, kind, self.lexicon.country_names):
                return (town or mention,)
        return self.places

    def town(self) -> PlaceMention | None:
        """Return the town named last in the country that the article is about."""
        towns = (place for place in reversed(self.history) if place.kind in (None, *SETTLED))
        return next((town for town in towns if self.place_country(town.text) in self.countries[:1]), None)

    def place(self, place: PlaceMention) -> PlaceMention:
        """Return a place with the countries the article is about, read as the first of them does."""
        return replace(local_sense(place, self.countries[:1]), countries=self.countries)

    def hear(self, who: Who) -> None:
        """Keep a named body that a sentence mentions: `الرابطة` later on is that one if none of those that act fits."""
        name = self.actor_name(who.actor, who.slot) if who.actor and not who.actor.weak else None
        if who.actor and name:
            self.mentioned.append((who.actor, Party(name, who.actor.sector, name)))

    def remember(self, actor: Actor, party: Party) -> None:
        """Keep an actor as the one named last."""
        self.actors.append((actor, party))

    def _anaphor(self, who: Who, *, speaking: bool) -> Party | None:
        head = who.back or who.head.removeprefix("و").removeprefix("ف")
        words = self.lexicon.words
        single = who.actor is None or who.actor.weak
        if not single or who.people or (who.number is not None and not who.back):
            return None
        if who.back == "him":
            return self.subject or Party()
        if head in words["latter"]:
            return self.actors[-1][1] if self.actors else None
        if head in words["source_head"] and (speaking or who.noun is None) and who.last - who.first <= 2:
            return self.speaker
        two = (self.sides or often_named(self.actors)[:2]) if head in words["both"] else ()
        if len(two) == 2:
            return Party("; ".join(str(p.name) for p in two), two[0].sector)
        test = ANAPHORS.get("التنظيم" if head == "المنظمه" and "armed" in who.tags else head)
        if test is None or (who.last - who.first > 1 and not who.back):
            return None
        known = (*self.mentioned, *self.actors)
        fits = [party for actor, party in reversed(known) if test(actor) and party.name != self.acting]
        return called(head, self.actor_name(who.actor, who.slot) if who.actor else None, fits)

    def actor_name(self, actor: Actor, slot: str | None) -> str | None:
        """Return an actor's canonical name; a pattern is filled from its slot or from the article's country."""
        if actor.pattern is None:
            if actor.weak and actor.countries and self.countries and not set(actor.countries) & set(self.countries[:3]):
                return None
            return actor.name
        if "{place}" in actor.name:
            name = self._slot_place(slot, province="overnor" in actor.name)
            return actor.name.replace("{place}", name) if name else None
        if "{" not in actor.name and slot is not None:  # قائد عمليات الأنبار: of the army, wherever it is
            return actor.name
        return self._national(actor, slot)

    def _slot_place(self, slot: str | None, *, province: bool) -> str | None:
        """The English name of a body's place; `شرطة المدينة` and a bare `المحافظ` take the place named last.

        `province`: the body is a governorate's, so that it takes the one that the text told around that place.
        """
        back = slot is None or fold(slot) in self.lexicon.words["place_again"]
        last = self.places[-1] if self.places else None
        last = self.town() or last if last and back and is_gate(last) else last  # معبر رأس اجدير has no council
        town = last.text.partition(" ")[2] if last and last.kind == "landmark" else last and last.text
        around = last.within[-1] if province and last and last.within else town
        written = around if back else slot
        return self.place_name(written) if written else None

    def _national(self, actor: Actor, slot: str | None) -> str | None:
        pattern = actor.pattern
        if pattern is None:
            return None
        named = (self._army_named(actor) or self._named_before(actor)) if slot is None else None
        if named:
            return named
        allowed = pattern.only
        nearest = (self.local, *self.countries) if self.local in self.countries[:4] else self.countries
        code = slot or next((c for c in nearest if c and (not allowed or c in allowed)), None)
        if code is None and len(allowed) == 1:
            code = allowed[0]
        country = self.lexicon.countries.get(code or "")
        if country is None:
            return None
        if slot is None and country.soldiers and actor.sector == "MIL" and "armed" in actor.tags:
            return country.soldiers
        return national_name(actor, country)

    def _named_before(self, actor: Actor) -> str | None:
        """`أوقفت الشرطة الإسرائيلية …، وأغلقت الشرطة`: a body named with a country that fits here."""
        local = self.lexicon.countries.get(self.local or "")
        states = [self.lexicon.countries[code] for code in self.countries[:4] if code in self.lexicon.countries]
        occupied = local is not None and local.soldiers is not None
        names = {national_name(actor, state) for state in states if occupied or local in (None, state)}
        return next((party.name for _, party in reversed(self.actors) if party.name in names), None)

    def _army_named(self, actor: Actor) -> str | None:
        """The army that `الجيش` is where the article has named that of its first country, wherever the act is."""
        country = self._country()
        if country is None or country.soldiers or actor.sector != "MIL" or "armed" not in actor.tags:
            return None
        return country.army if any(party.name == country.army for _, party in self.actors) else None
