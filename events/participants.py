"""Who acts, who suffers and who says so: the parties of a draft resolved against the article."""

from collections.abc import Iterable, Sequence

from events.aid_senders import senders
from events.anaphors import ANAPHORS
from events.charges import sentenced, suspected
from events.chunks import Chunk, Who
from events.companions import with_companions
from events.context import Context
from events.drafts import Draft
from events.elided import Elided
from events.eligible import MEANS, clan, may_be_actor, may_be_target, may_crowd
from events.line import Line
from events.modality import FACTS
from events.model import Party
from events.responsibility import claimant
from events.speech import Stance
from events.struck_places import generic, struck_building
from events.told import SYMMETRIC, Told

_NO_ACTOR = frozenset(("accident", "disaster", "explosion", "casualties"))
_NO_TARGETS = frozenset(("withdraw", "deploy", "reopen_road", "surrender", "statement", "drone_flight"))
# Who takes part where the text names nobody or only "people": what a coder writes (GUIDELINES.md, "Actor, target").
_BY_TROOPS = frozenset(("attack", "clash", "withdraw", "deploy", "take_control", "drone_flight"))
_ANYBODY = frozenset(("civilians", "residents"))
_CAPTORS = frozenset(("UAF", "CRM"))
_LEAVE = frozenset(("withdraw", "surrender"))
_CROWDS = {"protest": "protesters", "displace": "residents", "return_home": "residents"}


class Participants:
    """The parties of one sentence; those that speak in it are resolved first and become the text's last speaker."""

    def __init__(self, context: Context, line: Line, chunks: Sequence[Chunk], scopes: Iterable[Stance]) -> None:
        self._context = context
        self._line = line
        self._chunks = chunks
        self._speakers: dict[tuple[int, int], Party] = {}
        self._elided = Elided(context, line, chunks, self._speakers)
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
            crowd = self._crowd(draft, claim)
            self._remember_force(draft)
            self._context.persons = crowd if draft.code == "protest" else self._context.persons
            return crowd
        if draft.code == "ceasefire" and draft.modality == "demanded":  # دعا الطرفين إلى هدنة: asked of whoever fights
            agents = tuple(who for who in agents if who.actor or who.people)
        if draft.code == "humanitarian_aid":
            agents = senders(self._line, self._chunks, draft) or agents
        agents = tuple(who for who in agents if may_be_actor(who, draft.code)) or _one(claimant(self._chunks, draft))
        agents = with_companions(self._chunks, agents) if draft.code in _BY_TROOPS else agents
        nobody = draft.code in _NO_ACTOR or (draft.code == "evacuate" and draft.sense.term.frame == "agent")
        dropped = draft.sense.term.gloss.startswith("airdrop") and all("aircraft" in who.tags for who in agents)
        taken_out = draft.code == "evacuate" and all(who.tags & MEANS for who in agents)
        peaceful = taken_out or (draft.code == "humanitarian_aid" and not dropped)
        actor = Party() if nobody else clan(self._join(agents, claim, peaceful=peaceful), draft.code, self._line)
        aside = draft.background and draft.sense.form != "verb"  # سيطرت القوات بعد انسحاب الجيش، ثم نهب عناصرها
        if agents and actor.name and not (aside and told):
            self._context.subject = actor
        if (actor.name or actor.text) and draft.doer not in agents:
            return actor
        actor = actor if actor.name else self._elided.subject(draft, told, claim)
        return self._context.troops(actor) if draft.code in _BY_TROOPS else actor

    def _remember_force(self, draft: Draft) -> None:
        """`فرّقت الشرطة الإسرائيلية محتجين. وأغلقت الشرطة`: who drives people off is named by it."""
        for who in draft.agents:
            if who.actor and "armed" in who.tags:
                self._context.party(self._line, who)

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
        self._context.acting = actor.name
        target = clan(self._join(targets, claim, acting=draft.code in SYMMETRIC), draft.code, self._line)
        self._context.acting = None
        if draft.code == "other" and not target.name and sentenced(self._line, self._chunks, draft):
            return Party("suspects", "CRM", target.text)
        if not target.name and (building := struck_building(self._line, self._chunks, draft)):
            return Party(building, None, target.text)
        if draft.code == "release" and target.name in _ANYBODY and actor.sector in _CAPTORS:
            return Party("abductees", "CVL", target.text)
        if draft.code == "arrest" and target.sector == "CVL":
            name = suspected(self._line, self._chunks, draft.at)
            target = Party(name, "CRM", target.text) if name else target
        if draft.code == "clash" and actor.name and not target.name:
            return self._repelling(draft, actor)
        return Party() if target.name == actor.name and draft.code not in SYMMETRIC else generic(target)

    def _repelling(self, draft: Draft, attacker: Party) -> Party:
        """`أعلن الجيش إحباط تسلل للمسلحين`: the force that announces a clash is its other side."""
        speaker = draft.announcer
        armed = speaker is not None and "armed" in speaker.tags and draft.modality in FACTS
        party = self.claim(speaker, carried=False) if armed else Party()
        return Party(party.name, party.sector) if party.name != attacker.name else Party()

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


def _one(who: Who | None) -> tuple[Who, ...]:
    return (who,) if who else ()
