"""Resolve the drafts of one sentence against what the article said before it."""

from collections.abc import Sequence

from events.act_dates import date_of, last_dated
from events.casualties import HOSTS, settle
from events.chunks import Chunk
from events.context import Context
from events.drafts import Draft, drafts_of
from events.issuer import issuer_of
from events.line import Line
from events.losses import answered, denies_loss, retold, without_losses
from events.matching import bare_forms
from events.modality import FACTS
from events.model import Party, Span, When
from events.participants import Participants
from events.recast import recast
from events.rejoinders import Rejoinder, rejoinders_of
from events.scene import places_of
from events.speech import stances
from events.statements import extent, only_words, situated
from events.times import Rereading
from events.told import Told, place_names
from events.values import replace
from geodata.folding import fold

_HARMS = HOSTS - {"protest", "disaster", "accident"}
_BODIES = frozenset(("NGO", "IGO", "REB"))
_STATES_ITS_MIND = frozenset(("GOV", "IGO", "PTY", "REB", "LEG", "REL", "MIL", "OPP", "ELI"))


class SentenceReader:
    """One sentence of an article; `dates` reads its times once more, `headline` dates the lines under it."""

    def __init__(
        self,
        context: Context,
        line: Line,
        chunks: Sequence[Chunk],
        number: int,
        headline: When,
        dates: Rereading,
    ) -> None:
        self._context = context
        self._line = line
        self._chunks = chunks
        self._number = number
        self._dates = dates
        self._scopes = stances(chunks)
        self.headline = headline

    @property
    def unverified(self) -> bool:
        """Whether the sentence says that what was told could not be checked."""
        return any("unverified" in chunk.functions for chunk in self._chunks)

    def read(self, before: Sequence[Told]) -> list[Told]:
        """Return the acts of the sentence; `before` are those of the sentences before it."""
        self._note_issuer(before)
        quoting = self._context.quoting
        self._context.local = self._country() or self._context.local
        found = [recast(draft, self._chunks) for draft in drafts_of(self._line, self._chunks, self._scopes)]
        drafts = settle(self._line, self._chunks, self._scopes, found)
        participants = Participants(self._context, self._line, self._chunks, self._scopes)
        self._follow_quotation()
        self._context.statement = self._goes_on_stating()
        told: list[Told] = []
        for draft in drafts:
            act = self._by_same(self._told(draft, told, participants, quoting=quoting), before)
            told.append(self._of_earlier_act(act, [*before, *told]))
        told = without_losses(told)
        told += self._words_only(told, participants)
        told = places_of(self._context, self._line, self._chunks, told, before)
        for rejoinder in rejoinders_of(self._line, self._chunks, self._scopes, drafts):
            answer = self._answer(rejoinder, [*before, *told], participants)
            told += [answer] if answer else []
        self._note(told)
        self._context.statement = self._context.statement or self._begins_statement()
        return told

    def _note_issuer(self, before: Sequence[Told]) -> None:
        """Keep the body that a heading above everything told names as the text's issuer."""
        heads = self._number <= 1 and not before and not self._context.issuer.name
        who = issuer_of(self._chunks) if heads else None
        if who:
            self._context.issuer = self._context.party(self._line, who, speaking=True)

    def _country(self) -> str | None:
        """The country of the first place that the sentence names; `وفي النيجر` is one, `النيجر` that acts is none."""
        named = (
            place
            for at, chunk in enumerate(self._chunks)
            if not (chunk.who and chunk.who.actor) or self._in_country(at)
            for place in chunk.places
        )
        return next((code for place in named if (code := self._context.place_country(place.text))), None)

    def _in_country(self, at: int) -> bool:
        states = self._line.lexicon.country_names
        inside = at > 0 and "prep:scene" in self._chunks[at - 1].functions
        return inside and any(fold(place.text) in states for place in self._chunks[at].places)

    def _follow_quotation(self) -> None:
        """Note whether a quotation stays open at the end of the sentence."""
        marks = [chunk.folded for chunk in self._chunks if chunk.mark]
        opened = marks.count("«") + marks.count("“") - marks.count("»") - marks.count("”")
        self._context.quoting = opened > 0 or (self._context.quoting and opened == 0)

    def _goes_on_stating(self) -> bool:
        """Whether a statement whose words began in a line before goes on: up to a contrast or another speaker."""
        named = any(scope.speaker for scope in self._scopes)
        return self._context.statement and not named and "break" not in self._chunks[0].functions

    def _begins_statement(self) -> bool:
        """`صدر عن الوزارة بيان جاء فيه:` at the end of a line: the lines below are the speaker's."""
        speaks = any(scope.speaker and scope.first >= len(self._chunks) - 1 for scope in self._scopes)
        return speaks and self._chunks[-1].is_mark(":")

    def _told(self, draft: Draft, told: Sequence[Told], participants: Participants, *, quoting: bool) -> Told:
        carried = draft.speaker_carried or ((quoting or self._context.statement) and draft.outlet_voice)
        claim = participants.claim(draft.speaker, carried=carried and not self._looks_back())
        actor = participants.actor(draft, told, claim)
        others = draft.modality == "demanded" or (draft.modality == "denied" and draft.code == "abduct")
        if others and actor.name == claim.name:  # ناشدت المنظمة إجلاء الجرحى, نفت الشرطة خطف عمال: of others
            actor = Party()
        actor, target = participants.sides(draft.code, actor, participants.target(draft, claim, actor))
        return Told(
            draft.code,
            draft.modality,
            self._span(draft.first, draft.last),
            self._number,
            actor=actor,
            target=target,
            places=tuple(self._context.place(place) for place in draft.places),
            when=date_of(self._line, self._chunks, draft, told, self.headline, self._context.last_date, self._dates),
            counts=draft.counts,
            claim=claim if draft.code != "statement" else actor,
            background=draft.background,
            part_only=self._speaks_of_part(self._chunks[max(0, draft.at - 6) : draft.at]),
            trail=draft.trail,
            draft=draft,
        )

    def _by_same(self, act: Told, before: Sequence[Told]) -> Told:
        """`قُتل في الغارة ثلاثة`: a raid spoken of as known, at no other place, is that of who struck last."""
        draft = act.draft
        if act.code != "attack" or act.actor.name or draft is None or draft.sense.form == "verb":
            return act
        known = self._chunks[draft.at].definite and act.modality in FACTS
        last = next((told for told in reversed(before[-4:]) if told.code == "attack"), None) if known else None
        if last is None or last.modality not in FACTS or last.actor.name in (None, act.target.name):
            return act
        return replace(act, actor=last.actor) if not act.places or place_names(act) & place_names(last) else act

    def _speaks_of_part(self, chunks: Sequence[Chunk]) -> bool:
        listed = self._line.lexicon.words["involvement"]
        return self._line.holds("involvement") and any(bare_forms(chunk.folded) & listed for chunk in chunks)

    def _looks_back(self) -> bool:
        """`وكان … قد …`: the outlet's own background."""
        return bool(self._chunks) and self._chunks[0].folded in self._line.lexicon.words["was"]

    def _span(self, first: int, last: int) -> Span:
        """The span in the article from word `first` to word `last`, half-open, with both marks of a quotation."""
        words = self._line.words
        marks = [word.text for word in words[first:last] if word.text in "«»"]
        if marks.count("»") > marks.count("«") and first and words[first - 1].text == "«":
            first -= 1
        elif marks.count("«") > marks.count("»") and last < len(words) and words[last].text == "»":
            last += 1
        return Span(words[first].start, words[last - 1].end)

    def _words_only(self, told: Sequence[Told], participants: Participants) -> list[Told]:
        """A statement for each named body of the sentence whose words tell no act; the first of them will be kept."""
        found = []
        for scope in self._scopes:
            speaker = participants.speaker(scope)
            minded = speaker is not None and bool(speaker.name) and speaker.sector in _STATES_ITS_MIND
            holds = any(act.draft and scope.first <= act.draft.at < scope.last for act in told)
            if speaker and minded and not holds and only_words(self._line, self._chunks, scope):
                span = self._span(*extent(self._chunks, scope))
                places = tuple(self._context.place(place) for place in situated(self._line, self._chunks, scope))
                found.append(Told("statement", "asserted", span, self._number, speaker, places=places, claim=speaker))
        return found

    def _of_earlier_act(self, act: Told, before: Sequence[Told]) -> Told:
        """`الحصيلة ارتفعت إلى خمسة قتلى`: a toll of the act told before, perhaps by another source."""
        if denies_loss(act):
            host = next((told for told in reversed(before) if told.code in HOSTS and told.modality in FACTS), None)
            return answered(host, act) if host else act
        if act.code != "casualties" or not act.counts or act.places or act.modality not in FACTS:
            return act
        host = next((told for told in reversed(before) if told.code in HOSTS and told.modality in FACTS), None)
        speaks_of_toll = any("toll" in chunk.functions for chunk in self._chunks)
        if host is None or not (host.sentence == act.sentence or speaks_of_toll):
            return act
        claim = act.claim if act.claim.name else host.claim
        return retold(replace(host, counts=act.counts, claim=claim, echo=True), act)

    def _answer(self, rejoinder: Rejoinder, told: Sequence[Told], participants: Participants) -> Told | None:
        """A denial or accusation about the act told last."""
        facts = [act for act in reversed(told) if act.code != "statement" and act.modality in FACTS]
        harms = [act for act in facts if act.code in _HARMS] if rejoinder.kind == "accuse" else []
        about = next(iter(harms or facts), None)
        claim = participants.claim(rejoinder.speaker, carried=rejoinder.carried)
        if about is None or claim.name is None or (rejoinder.kind == "accuse" and rejoinder.accused is None):
            return None
        return replace(
            about,
            modality="denied" if rejoinder.kind == "deny" else "claimed",
            span=self._span(rejoinder.first, rejoinder.last),
            sentence=self._number,
            actor=self._context.party(self._line, rejoinder.accused) if rejoinder.accused else about.actor,
            counts={},
            claim=claim,
            part_only=self._speaks_of_part([c for c in self._chunks if rejoinder.first <= c.first < rejoinder.last]),
            trail=(*about.trail, f"{rejoinder.kind} without an act of its own: about the act told before"),
        )

    def _note(self, told: Sequence[Told]) -> None:
        """Remember the places named last, and the date of a headline above a list."""
        context = self._context
        mentioned = [
            tuple(context.place(place) for place in chunk.places)
            for chunk in self._chunks
            if chunk.places and not (chunk.who and chunk.who.actor)
        ]
        for chunk in self._chunks:
            if chunk.who and chunk.who.actor and chunk.who.actor.sector in _BODIES:
                context.hear(chunk.who)
        context.last_date = last_dated(self._chunks, len(self._line.words)) or context.last_date
        context.history += [place for places in mentioned for place in places]
        named = next((act.places for act in reversed(told) if act.places and not act.inherited), ())
        context.places = named or (mentioned[-1] if mentioned else context.places)
        if not told and self._number <= 1 and len(self._chunks) <= 12:
            dated = next((chunk.time for chunk in self._chunks if chunk.time and chunk.time.kind == "date"), None)
            self.headline = dated.when if dated else self.headline
