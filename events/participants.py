"""Who acts, who suffers and who says so: the parties of a draft resolved against the article."""

from collections.abc import Iterable, Sequence

from events.anaphors import ANAPHORS
from events.chunks import Chunk, Who
from events.context import Context
from events.drafts import Draft
from events.eligible import MEANS, clan, may_be_actor, may_be_target, may_crowd
from events.line import Line
from events.modality import FACTS
from events.model import Party
from events.speech import Stance
from events.told import SYMMETRIC, Told

_NO_ACTOR = frozenset(("accident", "disaster", "explosion", "casualties"))
_NO_TARGETS = frozenset(("withdraw", "deploy", "reopen_road", "surrender", "statement", "drone_flight"))
_NOT_DOERS = frozenset(("MED", "NGO", "IGO", "CVL", "HLH", "BUS", None))
_WATCHING = ("Human Rights", "Health", "Hospital", "Observatory", "Civil Defence", "Emergency")
_VOICES = frozenset(("المتحدث", "الناطق"))
_NO_DOING = frozenset(
    ("casualties", "disaster", "accident", "explosion", "statement", "displace", "return_home", "protest")
)
# Who takes part where the text names nobody or only "people": what a coder writes (GUIDELINES.md, "Actor, target").
_LEAVE = frozenset(("withdraw", "surrender"))
_CROWDS = {"protest": "protesters", "displace": "residents", "return_home": "residents"}


class Participants:
    """The parties of one sentence; those that speak in it are resolved first and become the text's last speaker."""

    def __init__(self, context: Context, line: Line, chunks: Sequence[Chunk], scopes: Iterable[Stance]) -> None:
        self._context = context
        self._line = line
        self._chunks = chunks
        self._speakers: dict[tuple[int, int], Party] = {}
        for scope in sorted(scopes, key=lambda scope: scope.at):
            if scope.speaker:
                self._hear_of(chunks, scope.speaker)
                party = context.party(line, scope.speaker, speaking=True)
                self._speakers[(scope.speaker.first, scope.speaker.last)] = party
                context.speaker = party if party.name else context.speaker

    def _hear_of(self, chunks: Sequence[Chunk], speaker: Who) -> None:
        """`اتهمت الحكومة حزب العمال …، لكن الحزب نفى`: the sentence names before him who a definite head stands for."""
        if speaker.head not in ANAPHORS:
            return
        for chunk in chunks:
            if chunk.who and chunk.who.actor and not chunk.who.actor.weak and chunk.who.last <= speaker.first:
                self._context.party(self._line, chunk.who)

    def speaker(self, scope: Stance) -> Party | None:
        """Return who speaks in a scope, None for the outlet or a speaker carried over."""
        return self._speakers[(scope.speaker.first, scope.speaker.last)] if scope.speaker else None

    def claim(self, speaker: Who | None, *, carried: bool) -> Party:
        """Return who says so: where the sentence names nobody, its issuer or, `carried`, the text's last speaker."""
        if speaker is not None:
            known = self._speakers.get((speaker.first, speaker.last))
            return known or self._context.party(self._line, speaker, speaking=True)
        return (self._context.speaker if carried else None) or self._context.issuer

    def actor(self, draft: Draft, told: Sequence[Told], claim: Party) -> Party:
        """Return who acts; `told` are the acts before in the sentence, `claim` who speaks of this one."""
        agents = draft.agents or (draft.patients if draft.code in _LEAVE else ())
        if draft.code in _CROWDS:
            return self._crowd(draft, claim)
        if draft.code == "humanitarian_aid" and not agents:  # وصول طائرة مساعدات أردنية
            agents = tuple(who for who in draft.patients if who.people and who.tags & MEANS)
        agents = tuple(who for who in agents if may_be_actor(who))
        nobody = draft.code in _NO_ACTOR or (draft.code == "evacuate" and draft.sense.term.frame == "agent")
        dropped = draft.sense.term.gloss.startswith("airdrop") and all("aircraft" in who.tags for who in agents)
        taken_out = draft.code == "evacuate" and all(who.tags & MEANS for who in agents)
        peaceful = taken_out or (draft.code == "humanitarian_aid" and not dropped)
        actor = Party() if nobody else clan(self._join(agents, claim, peaceful=peaceful), draft.code, self._line)
        if agents and actor.name:
            self._context.subject = actor
        return actor if actor.name or actor.text else self._elided(draft, told, claim)

    def _crowd(self, draft: Draft, claim: Party) -> Party:
        """Who marches, flees or comes home: never the force that disperses or drives them out."""
        driven = draft.sense.term.frame == "agent_patient"
        people = (draft.patients or draft.agents) if driven else (draft.agents or draft.patients)
        actor = self._join([who for who in people if may_crowd(who, driven=driven)], claim)
        if actor.name is None or (actor.name == "civilians" and draft.code != "return_home"):
            return Party(_CROWDS[draft.code], "CVL", actor.text)
        return actor

    def target(self, draft: Draft, claim: Party, actor: Party) -> Party:
        """Return who or what suffers, as far as the class takes a target; nobody does so by `actor`'s own hand."""
        if draft.code in _CROWDS or draft.code in _NO_TARGETS:
            return Party()
        targets = [who for who in draft.patients if may_be_target(who, draft) and not self._place_only(who, draft)]
        target = clan(self._join(targets, claim, acting=False), draft.code, self._line)
        return Party() if target.name == actor.name and draft.code not in SYMMETRIC else target

    def sides(self, code: str, actor: Party, target: Party) -> tuple[Party, Party]:
        """Return the two sides of a clash or deal, those told as one (`الطرفان`) apart; they stay the text's sides."""
        if code not in SYMMETRIC or not actor.name:
            return actor, target
        names = actor.name.split("; ")
        if len(names) == 2 and not target.name:
            actor, target = (Party(name, actor.sector, actor.text) for name in names)
        if target.name:
            self._context.sides = (actor, target)
        return actor, target

    def _place_only(self, who: Who, draft: Draft) -> bool:
        """`أصابت الصواريخ تل أبيب`: a capital that is the place of the act is not its government."""
        if who.actor is None or "state" not in who.actor.tags:
            return False
        words = self._line.words
        spans = [place.span for place in draft.places]
        return any(words[who.first].start <= span.start < words[who.last - 1].end for span in spans)

    def _join(self, parties: Sequence[Who], owner: Party, *, acting: bool = True, peaceful: bool = False) -> Party:
        """One party out of those joined by و; `owner` is whose `قواته` are, `peaceful`: a people is its state."""
        if not parties:
            return Party()
        resolved = [self._context.party(self._line, who, owner=owner, acting=acting) for who in parties]
        if peaceful and parties[0].people and not parties[0].actor:
            resolved[0] = Party(parties[0].people.government, "GOV", resolved[0].text)
        names = list(dict.fromkeys(party.name for party in resolved if party.name))
        text = self._line.slice(parties[0].first, parties[-1].last)
        return Party("; ".join(names) or None, resolved[0].sector, text.strip("«»\"()“”' ،"))

    def _elided(self, draft: Draft, told: Sequence[Told], claim: Party) -> Party:
        """An elided subject: that of the act before in the sentence, the speaker who announces it, the last subject."""
        frame = draft.sense.term.frame
        if frame != "patient" and self._first_person(draft):
            return Party(claim.name, claim.sector)
        if frame not in ("agent", "agent_patient", "parties") or draft.code in _NO_DOING:
            return Party()
        if draft.sense.form == "verb" and self._own_words(draft) and claim.name:
            return Party(claim.name, claim.sector)
        if draft.sense.form == "verb" and not self._also_noun(draft):
            found = self._subject_elided(draft, told) if draft.carried else None
            return Party(found.name, found.sector) if found else Party()
        if draft.code == "ceasefire" and not draft.agents and not draft.patients:
            return self._announcer(draft)
        if frame == "parties":
            found = self._subject_before(draft, told) if draft.patients and draft.code == "clash" else None
            return Party(found.name, found.sector) if found and found.sector not in ("GOV", "MED", "CVL") else Party()
        return self._announcer(draft)

    def _announcer(self, draft: Draft) -> Party:
        """`أعلن الجيش بسط السيطرة`: a named body that announces, admits or denies an act with no other doer did it."""
        speaker = draft.announcer
        told = draft.modality in FACTS or draft.modality == "denied"
        unsaid = draft.carried or self._also_noun(draft)
        if speaker is None or speaker.actor is None or not told or not unsaid or self._happened(draft):
            return Party()
        voices = _VOICES if draft.modality == "denied" else frozenset()
        if speaker.head in self._line.lexicon.words["source_head"] - voices:
            return Party()
        if draft.modality == "denied" and "armed" not in speaker.tags:
            return Party()
        party = self.claim(speaker, carried=False)
        return Party() if draft.setting or _reports(party) else Party(party.name, party.sector)

    def _first_person(self, draft: Draft) -> bool:
        """`استهدفنا`, `وصلنا إلى تفاهم`: the speaker acts."""
        near = self._chunks[max(0, draft.at - 5) : draft.at + 1]
        verbs = [chunk for chunk in near if chunk.senses or "support" in chunk.functions]
        return any(not chunk.suf and chunk.folded.endswith("نا") and not chunk.who for chunk in verbs)

    def _also_noun(self, draft: Draft) -> bool:
        """`نفى الجيش قصف البلدة`: behind a word of speech it is the noun, though the verb is written so too."""
        spoken = draft.at > 0 and draft.announcer is not None and draft.announcer.last <= draft.first
        nouns = (sense for sense in self._chunks[draft.at].senses if sense.code == draft.code)
        return draft.sense.form == "verb" and spoken and any(sense.form in ("masdar", "noun") for sense in nouns)

    def _own_words(self, draft: Draft) -> bool:
        """`قالت الوزارة إنها أوصلت`: the speaker acts."""
        before = self._chunks[draft.at - 1] if draft.at else None
        return before is not None and before.folded.removeprefix("و") in self._line.lexicon.words["itself"]

    def _happened(self, draft: Draft) -> bool:
        """`وقوع أي هجوم`, `سقوط المدينة`: what happens is not said to be the speaker's doing."""
        listed = self._line.lexicon.words["occurrence"]
        before = [chunk.folded for chunk in self._chunks[max(0, draft.at - 3) : draft.at]]
        return any(word in listed or word.lstrip("بول") in listed for word in before)

    def _subject_elided(self, draft: Draft, told: Sequence[Told]) -> Party | None:
        return self._subject_before(draft, told) or self._opening_subject(draft) or self._last_subject(draft)

    def _opening_subject(self, draft: Draft) -> Party | None:
        """`منع المحافظ حمل السلاح وأغلق المدخل`: the subject of a verb that tells no act."""
        first, second = self._chunks[0], self._chunks[min(1, len(self._chunks) - 1)]
        verb = not (first.named or first.mark or first.senses or first.operators or first.functions or first.definite)
        who = second.who
        if not (verb and who and draft.at > 1 and self._chunks[draft.at].joined) or second.pre or not who.actor:
            return None
        return self._context.party(self._line, who)

    def _last_subject(self, draft: Draft) -> Party | None:
        """The subject of the sentence before, for a verb that opens this one with و or ف."""
        return self._context.subject if draft.at <= 1 and self._chunks[draft.at].joined else None

    def _disagrees(self, draft: Draft, before: Draft) -> bool:
        """`هاجم محتجون … وأحرقت كنائس`: men in the plural are no subject of a feminine verb."""
        verb = self._chunks[draft.at].folded
        men = before.agents[0].head.endswith(("ون", "ين")) and before.agents[0].actor is None
        return draft.sense.form == "verb" and draft.sense.tense == "past" and verb.endswith("ت") and men

    def _subject_before(self, draft: Draft, told: Sequence[Told]) -> Party | None:
        """The subject nearest before: of an act, or of a verb of speech."""
        drafts = [(a.draft, a.actor) for a in told if a.draft and a.draft.agents and a.actor.name]
        acted = [(one.agents[0].first, actor) for one, actor in drafts if not self._disagrees(draft, one)]
        spoke = [(first, party) for (first, _), party in self._speakers.items() if party.name and not _reports(party)]
        before = [pair for pair in (*acted, *spoke) if pair[0] < draft.first]
        return max(before, key=lambda pair: pair[0])[1] if before else None


def _reports(party: Party) -> bool:
    """Whether a party only tells what others do: an outlet, a monitor, a helper."""
    return party.sector in _NOT_DOERS or any(word in str(party.name) for word in _WATCHING)
