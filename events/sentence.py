"""Resolve the drafts of one sentence against what the article said before it."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from events.casualties import HOSTS, settle
from events.chunks import Chunk, Who
from events.context import Context
from events.drafts import Draft, drafts_of
from events.line import Line
from events.model import Party, PlaceMention, Span, When
from events.rejoinders import Rejoinder, rejoinders_of
from events.scene import places_of
from events.speech import stances
from events.times import Time
from events.told import FACTS, Told

_OWN_DATE_ONLY = frozenset(("planned", "demanded", "hypothetical"))
_TO_COME = frozenset(("planned", "hypothetical"))
_NO_TARGET = frozenset(("road", "place", "toll"))
_HURT = frozenset(("dead", "wounded"))
_PERSONS = frozenset(
    ("person", "civilian", "armed", "displaced", "resident", "detainee", "wounded", "crowd", "abductee")
)
_NO_ACTOR = frozenset(("accident", "disaster", "explosion", "casualties"))
_NO_TARGETS = frozenset(("withdraw", "deploy", "reopen_road", "surrender", "statement", "drone_flight"))
_PERSON_TARGETS = frozenset(
    ("evacuate", "release", "arrest", "abduct", "kill_civilian", "humanitarian_aid", "close_road")
)
_DOERS = frozenset(
    (
        "person",
        "armed",
        "official",
        "group",
        "crowd",
        "speaker",
        "state",
        "head",
        "resident",
        "civilian",
        "displaced",
        "detainee",
        "aircraft",
        "weapon",
    )
)
_STATES_ITS_MIND = frozenset(("GOV", "IGO", "PTY", "REB", "LEG", "REL", "MIL", "OPP", "ELI"))
_NOT_DOERS = frozenset(("MED", "NGO", "IGO", "CVL", "HLH", None))
_NO_DOING = frozenset(
    ("casualties", "disaster", "accident", "explosion", "statement", "displace", "return_home", "protest")
)
# Who takes part where the text names nobody or only "people": what a coder writes (GUIDELINES.md, "Actor, target").
_LEAVE = frozenset(("withdraw", "surrender"))
_CROWDS = {"protest": "protesters", "displace": "residents", "return_home": "residents"}


class SentenceReader:
    """One sentence of an article; `future` reads a time as one to come, `headline` dates the lines under it."""

    def __init__(
        self,
        context: Context,
        line: Line,
        chunks: Sequence[Chunk],
        number: int,
        headline: When,
        future: Callable[[Time], When],
    ) -> None:
        self._context = context
        self._line = line
        self._chunks = chunks
        self._number = number
        self._future = future
        self._speakers: dict[tuple[int, int], Party] = {}
        self.headline = headline

    @property
    def unverified(self) -> bool:
        """Whether the sentence says that what was told could not be checked."""
        return any("unverified" in chunk.functions for chunk in self._chunks)

    def read(self, before: Sequence[Told]) -> list[Told]:
        """Return the acts of the sentence; `before` are those of the sentences before it."""
        quoting = self._context.quoting
        self._context.local = self._country() or self._context.local
        drafts = settle(self._line, self._chunks, drafts_of(self._line, self._chunks))
        self._hear()
        told: list[Told] = []
        for draft in drafts:
            act = self._told(draft, told, quoting=quoting)
            told.append(self._of_earlier_act(act, [*before, *told]))
        told += self._words_only(told)
        told = places_of(self._context, self._line, self._chunks, told)
        for rejoinder in rejoinders_of(self._line, self._chunks, drafts):
            answer = self._answer(rejoinder, [*before, *told])
            told += [answer] if answer else []
        self._note(told)
        return told

    def _country(self) -> str | None:
        """The country of the first place that the sentence names."""
        named = (place for chunk in self._chunks for place in chunk.places if not (chunk.who and chunk.who.actor))
        return next((code for place in named if (code := self._context.place_country(place.text))), None)

    def _words_only(self, told: Sequence[Told]) -> list[Told]:
        """A statement for each named body of the sentence whose words tell no act; `drop_words_only` keeps the first."""
        found = []
        for scope in stances(self._chunks):
            speaker = self._speakers.get((scope.speaker.first, scope.speaker.last)) if scope.speaker else None
            says = scope.kind in ("say", "comment") and scope.at >= 0 and bool(self._chunks[scope.at].operators)
            holds = any(act.draft and scope.first <= act.draft.at < scope.last for act in told)
            content = any(
                "that" in chunk.functions or chunk.folded == "«" for chunk in self._chunks[scope.first : scope.last]
            )
            if speaker and speaker.name and says and content and not holds and speaker.sector in _STATES_ITS_MIND:
                words = self._line.words
                last = self._chunks[min(scope.last, len(self._chunks)) - 1].last
                span = Span(words[self._chunks[scope.at].first].start, words[last - 1].end)
                found.append(Told("statement", "asserted", span, self._number, speaker, claim=speaker))
        return found

    def _hear(self) -> None:
        """Resolve who speaks in the sentence, and whether a quotation stays open at its end."""
        for scope in sorted(stances(self._chunks), key=lambda scope: scope.at):
            if scope.speaker:
                party = self._context.party(self._line, scope.speaker, speaking=True)
                self._speakers[(scope.speaker.first, scope.speaker.last)] = party
                if party.name:
                    self._context.speaker = party
        marks = [chunk.folded for chunk in self._chunks if chunk.mark]
        opened = marks.count("«") + marks.count("“") - marks.count("»") - marks.count("”")
        self._context.quoting = opened > 0 or (self._context.quoting and opened == 0)

    def _claim(self, speaker: Who | None, *, carried: bool) -> Party:
        if speaker is not None:
            known = self._speakers.get((speaker.first, speaker.last))
            return known or self._context.party(self._line, speaker, speaking=True)
        return self._context.speaker or Party() if carried else Party()

    def _looks_back(self) -> bool:
        """`وكان … قد …`: the outlet's own background."""
        return self._line.lexicon.words["was"] >= {self._chunks[0].folded} if self._chunks else False

    def _told(self, draft: Draft, told: Sequence[Told], *, quoting: bool) -> Told:
        carried = draft.speaker_carried or (quoting and draft.outlet_voice)
        claim = self._claim(draft.speaker, carried=carried and not self._looks_back())
        actor = self._actor(draft, told, claim)
        words = self._line.words
        return Told(
            draft.code,
            draft.modality,
            Span(words[draft.first].start, words[draft.last - 1].end),
            self._number,
            actor,
            self._target(draft, claim),
            tuple(self._context.place(place) for place in draft.places),
            self._when(draft, told),
            draft.counts,
            claim if draft.code != "statement" else actor,
            draft.background,
            trail=draft.trail,
            draft=draft,
        )

    def _actor(self, draft: Draft, told: Sequence[Told], claim: Party) -> Party:
        agents = draft.agents or (draft.patients if draft.code in _LEAVE else ())
        if draft.code in _CROWDS:
            return self._crowd(agents or draft.patients, draft.code, claim)
        agents = tuple(who for who in agents if who.actor or who.people or who.tags & _DOERS)
        nobody = draft.code in _NO_ACTOR or (draft.code == "evacuate" and draft.sense.term.frame == "agent")
        actor = Party() if nobody else self._join(agents, claim, peaceful=draft.code == "humanitarian_aid")
        if agents and actor.name:
            self._context.subject = actor
        return actor if actor.name or actor.text else self._elided(draft, told, claim)

    def _crowd(self, people: Sequence[Who], code: str, claim: Party) -> Party:
        actor = self._join(
            [who for who in people if (who.tags & _PERSONS or who.actor) and not who.tags & {"building"}], claim
        )
        if actor.name is None or (actor.name == "civilians" and code != "return_home"):
            return Party(_CROWDS[code], "CVL", actor.text)
        return actor

    def _target(self, draft: Draft, claim: Party) -> Party:
        code, patients = draft.code, draft.patients
        if code in _CROWDS or code in _NO_TARGETS:
            return Party()
        if code in _PERSON_TARGETS:
            patients = tuple(who for who in patients if who.actor or who.people or who.tags & _PERSONS)
        elif code == "take_control":
            patients = tuple(who for who in patients if who.actor or "armed" in who.tags)
        else:
            patients = tuple(who for who in patients if who.actor or not who.tags & _NO_TARGET)
        if code in HOSTS or code == "casualties":
            patients = tuple(who for who in patients if who.actor or who.people or not who.tags & _HURT)
        return self._join(patients, claim)

    def _join(self, parties: Sequence[Who], owner: Party, *, peaceful: bool = False) -> Party:
        if not parties:
            return Party()
        resolved = [self._context.party(self._line, who, owner=owner) for who in parties]
        if peaceful and parties[0].people and not parties[0].actor:
            resolved[0] = Party(parties[0].people.government, "GOV", resolved[0].text)
        names = list(dict.fromkeys(party.name for party in resolved if party.name))
        text = self._line.slice(parties[0].first, parties[-1].last)
        return Party("; ".join(names) or None, resolved[0].sector, text.strip("«»\"()“”' ،"))

    def _elided(self, draft: Draft, told: Sequence[Told], claim: Party) -> Party:
        """An elided subject: that of the act before in the sentence, the speaker who announces it, the last subject."""
        term = draft.sense.term
        if self._first_person(draft) and term.frame != "patient":
            return Party(claim.name, claim.sector)
        if term.frame not in ("agent", "agent_patient", "parties") or draft.code in _NO_DOING:
            return Party()
        if draft.sense.form == "verb":
            found = (self._subject_before(draft, told) or self._last_subject(draft)) if draft.carried else None
            return Party(found.name, found.sector) if found else Party()
        if term.frame == "parties":
            found = self._subject_before(draft, told) if draft.patients and draft.code == "clash" else None
            return Party(found.name, found.sector) if found and found.sector not in ("GOV", "MED") else Party()
        return self._announcer(draft)

    def _announcer(self, draft: Draft) -> Party:
        """`أعلن الجيش بسط السيطرة`: a named body that announces, admits or denies an act with no other doer did it."""
        speaker = draft.announcer
        fact = draft.modality in ("asserted", "claimed", "denied")
        if speaker is None or speaker.actor is None or not fact or not draft.carried or self._happened(draft):
            return Party()
        if speaker.head in self._line.lexicon.words["source_head"]:
            return Party()
        party = self._claim(speaker, carried=False)
        return Party(party.name, party.sector) if party.sector not in _NOT_DOERS else Party()

    def _first_person(self, draft: Draft) -> bool:
        """`استهدفنا`, `وصلنا إلى تفاهم`: the speaker acts."""
        near = self._chunks[max(0, draft.at - 5) : draft.at + 1]
        verbs = [chunk for chunk in near if chunk.senses or "support" in chunk.functions]
        return any(not chunk.suf and chunk.folded.endswith("نا") and not chunk.who for chunk in verbs)

    def _happened(self, draft: Draft) -> bool:
        """`وقوع أي هجوم`, `سقوط المدينة`: what happens is not said to be the speaker's doing."""
        listed = self._line.lexicon.words["occurrence"]
        return any(chunk.folded.lstrip("بول") in listed for chunk in self._chunks[max(0, draft.at - 3) : draft.at])

    def _last_subject(self, draft: Draft) -> Party | None:
        """The subject of the sentence before, for a verb that opens this one with و or ف."""
        return self._context.subject if draft.at <= 1 and self._chunks[draft.at].joined else None

    def _subject_before(self, draft: Draft, told: Sequence[Told]) -> Party | None:
        """Return the subject nearest before: of an act, or of a verb of speech."""
        acted = [(a.draft.agents[0].first, a.actor) for a in told if a.draft and a.draft.agents and a.actor.name]
        spoke = [(first, party) for (first, _), party in self._speakers.items() if party.name]
        before = [pair for pair in (*acted, *spoke) if pair[0] < draft.first]
        return max(before, key=lambda pair: pair[0])[1] if before else None

    def _when(self, draft: Draft, told: Sequence[Told]) -> When:
        if draft.time is not None:
            text = self._line.slice(draft.time.first, draft.time.last)
            if draft.time.kind != "vague":
                when = self._future(draft.time) if draft.modality in _TO_COME else draft.time.when
                return replace(when, text=text)
            if not self._hours(draft.time):
                return When(text=text)
        if draft.modality in _OWN_DATE_ONLY or draft.background:
            return When()
        earlier = next((act.when for act in reversed(told) if act.when.start and not act.background), None)
        return earlier or self._announced() or self.headline

    def _announced(self) -> When | None:
        """`وفق ما أفاد مسؤول اليوم`: the day of the announcement dates what it announces."""
        for at, chunk in enumerate(self._chunks):
            if chunk.time is None or chunk.time.kind != "date":
                continue
            for before in reversed(self._chunks[max(0, at - 6) : at]):
                if "attribution" in before.functions or any(op.kind == "say" for op in before.operators):
                    return replace(chunk.time.when, text=self._line.slice(chunk.first, chunk.last))
                if before.senses or before.functions & {"background", "break"}:
                    break
        return None

    def _hours(self, time: Time) -> bool:
        """`بعد نحو ساعتين`: still the day told before."""
        hours = self._line.lexicon.words["hours"]
        return any(word.folded in hours for word in self._line.words[time.first : time.last])

    def _of_earlier_act(self, act: Told, before: Sequence[Told]) -> Told:
        """`الحصيلة ارتفعت إلى خمسة قتلى`: a toll of the act told before, perhaps by another source."""
        if act.code != "casualties" or not act.counts or act.places or act.modality not in FACTS:
            return act
        host = next((told for told in reversed(before) if told.code in HOSTS and told.modality in FACTS), None)
        speaks_of_toll = any("toll" in chunk.functions for chunk in self._chunks)
        if host is None or not (host.sentence == act.sentence or (speaks_of_toll and host.counts)):
            return act
        claim = act.claim if act.claim.name else host.claim
        return replace(host, counts=act.counts, claim=claim, span=act.span, sentence=act.sentence, trail=act.trail)

    def _answer(self, rejoinder: Rejoinder, told: Sequence[Told]) -> Told | None:
        """A denial or accusation about the act told last."""
        about = next((act for act in reversed(told) if act.code != "statement" and act.modality in FACTS), None)
        claim = self._claim(rejoinder.speaker, carried=rejoinder.carried)
        if about is None or claim.name is None or (rejoinder.kind == "accuse" and rejoinder.accused is None):
            return None
        actor = self._context.party(self._line, rejoinder.accused) if rejoinder.accused else about.actor
        words = self._line.words
        return replace(
            about,
            modality="denied" if rejoinder.kind == "deny" else "claimed",
            span=Span(words[rejoinder.first].start, words[rejoinder.last - 1].end),
            sentence=self._number,
            actor=actor,
            counts={},
            claim=claim,
            trail=(*about.trail, f"{rejoinder.kind} without an act of its own: about the act told before"),
        )

    def _note(self, told: Sequence[Told]) -> None:
        """Remember the places named last, and the date of a headline above a list."""
        named: tuple[PlaceMention, ...] = next(
            (act.places for act in reversed(told) if act.places and not act.inherited), ()
        )
        mentioned = [chunk.places for chunk in self._chunks if chunk.places and not (chunk.who and chunk.who.actor)]
        self._context.history += [self._context.place(place) for places in mentioned for place in places]
        if named:
            self._context.places = named
        elif mentioned:
            self._context.places = tuple(self._context.place(place) for place in mentioned[-1])
        if not told and self._number <= 1 and len(self._chunks) <= 12:
            dated = next((chunk.time for chunk in self._chunks if chunk.time and chunk.time.kind == "date"), None)
            self.headline = dated.when if dated else self.headline
