"""Who acts where the clause names nobody: the subject of a verb before, the speaker, the issuer of the text."""

from collections.abc import Iterator, Mapping, Sequence

from events.anaphors import ANAPHORS
from events.chunks import Chunk, Who, leftward
from events.conditions import marked_passive
from events.context import Context
from events.drafts import Draft
from events.line import Line
from events.modality import FACTS
from events.model import Party
from events.prepositions import after_preposition
from events.responsibility import same_hand
from events.roles import may_act
from events.told import SYMMETRIC, Told

_NOT_DOERS = frozenset(("MED", "NGO", "IGO", "CVL", "HLH", "BUS", None))
_WATCHING = ("Human Rights", "Health", "Hospital", "Observatory", "Civil Defence", "Emergency", "Media")
_VOICES = frozenset(("المتحدث", "الناطق"))
_SOURCES = frozenset(("مصدر", "مصادر", "شاهد", "شهود"))
_PRONOUNS = frozenset(("ه", "ها", "هم", "هما"))
_CRIMES = frozenset(("abduct", "explosion_mine"))  # what a body denies, but not as its own doing
_FIGHT = frozenset(("MIL", "REB", "UAF", "COP"))
_CROWDS = frozenset(("protest", "displace", "return_home"))
_MOVES = frozenset(("withdraw", "deploy", "take_control", "surrender"))
_NO_DOING = frozenset(
    ("casualties", "disaster", "accident", "explosion", "statement", "displace", "return_home", "protest")
)


class Elided:
    """Looks for the subject that an act of one sentence leaves out; `speakers` are those of the sentence."""

    def __init__(
        self, context: Context, line: Line, chunks: Sequence[Chunk], speakers: Mapping[tuple[int, int], Party]
    ) -> None:
        self._context = context
        self._line = line
        self._chunks = chunks
        self._speakers = speakers

    def subject(self, draft: Draft, told: Sequence[Told], claim: Party) -> Party:
        """An elided subject: that of the act before in the sentence, the speaker who announces it, the last subject."""
        frame = draft.sense.term.frame
        if frame != "patient" and self._first_person(draft):
            return Party(claim.name, claim.sector)
        asked = draft.code == "ceasefire" and draft.modality == "demanded"
        if frame not in ("agent", "agent_patient", "parties") or draft.code in _NO_DOING or asked:
            return Party()
        if draft.sense.form == "verb":
            return self._of_verb(draft, told, claim)
        verb = self._undertaking(draft)
        return self._of_noun(draft, told) if verb is None else self._undertaker(draft, told, claim, verb)

    def _of_verb(self, draft: Draft, told: Sequence[Told], claim: Party) -> Party:
        if self._behind_itself(draft.at) and claim.name and not self._sources(draft.speaker):
            return Party(claim.name, claim.sector)
        if self._also_noun(draft):
            return self._of_noun(draft, told)
        found = self._subject_elided(draft, told) if draft.carried else None
        return Party(found.name, found.sector) if found else Party()

    def _undertaker(self, draft: Draft, told: Sequence[Told], claim: Party, verb: int) -> Party:
        """Who is the elided subject of the verb that sets out a noun."""
        itself = self._behind_itself(verb) and claim.name and not self._sources(draft.speaker)
        found = claim if itself else self._subject_before(draft, told) or self._last_subject(verb)
        return Party(found.name, found.sector) if found else Party()

    def _of_noun(self, draft: Draft, told: Sequence[Told]) -> Party:
        if self._their_own(draft):
            found = self._speaks_of_itself(draft) or self._subject_before(draft, told) or self._context.subject
            return Party(found.name, found.sector) if found else Party()
        if draft.code == "ceasefire" and not draft.agents and not draft.patients:
            return self._announcer(draft)
        if draft.sense.term.frame != "parties":
            announcer = self._announcer(draft)
            joined = None if announcer.name else self._joined_to(draft, told)
            return Party(joined.name, joined.sector) if joined else announcer
        if draft.code == "clash" and not draft.patients and not draft.agents:
            return self._fought(draft, told)
        found = self._subject_before(draft, told) if draft.patients and draft.code == "clash" else None
        return Party(found.name, found.sector) if found and found.sector not in ("GOV", "MED", "CVL") else Party()

    def _fought(self, draft: Draft, told: Sequence[Told]) -> Party:
        """`انتزعت القوات الحي من التنظيم بعد معارك`, `الاشتباكات`: both sides of the act or fight told before."""
        act = told[-1] if told else None
        if act and act.code in ("take_control", "attack") and act.actor.name and act.target.name:
            armed = act.actor.sector in _FIGHT and act.target.sector in _FIGHT
            return Party(f"{act.actor.name}; {act.target.name}", act.actor.sector) if armed else Party()
        sides = self._context.sides if self._chunks[draft.at].definite else ()
        return Party("; ".join(str(side.name) for side in sides), sides[0].sector) if len(sides) == 2 else Party()

    def _joined_to(self, draft: Draft, told: Sequence[Told]) -> Party | None:
        """`تمكن الجيش من تصفية … والقبض على`: who does the verbal noun before does the one joined to it."""
        act = told[-1] if told else None
        if act and same_hand(self._chunks, draft, act):
            return act.actor
        noun = (
            self._chunks[draft.at].joined and draft.sense.form in ("masdar", "phrase") and draft.code not in SYMMETRIC
        )
        if act is None or act.draft is None or not noun:
            return None
        managed = [party for first, party in self._undertaken(draft) if first < act.draft.first]
        if managed:
            return managed[-1]
        between = self._chunks[act.draft.at + 1 : draft.at]
        broken = any(c.is_mark("؛.:") or c.functions & {"break", "that"} or (c.finite and not c.who) for c in between)
        return act.actor if act.draft.sense.form == "masdar" and act.actor.name and not broken else None

    def _their_own(self, draft: Draft) -> bool:
        """`قبيل انسحابهم`, `خلال سيطرتها على البلدة`: the pronoun of a verbal noun that has no object acts."""
        term = draft.sense.term
        moves = draft.code in _MOVES and (term.frame == "agent" or bool(term.prep))
        noun = draft.sense.form in ("masdar", "noun") and not draft.agents
        return self._chunks[draft.at].suf in _PRONOUNS and noun and moves

    def _speaks_of_itself(self, draft: Draft) -> Party | None:
        """`قالت البعثة إنها أنهت انسحابها`: the speaker, where the clause goes on about it by a pronoun."""
        words = self._line.lexicon.words["itself"]
        near = any(chunk.folded.removeprefix("و") in words for _, chunk in leftward(self._chunks, draft.at, 5))
        return self._spoken(draft.speaker) if near and draft.speaker else None

    def _undertaking(self, draft: Draft) -> int | None:
        """`وشنت غارات`, `كما نفذت حملة`: the verb right before the noun of an act, whose subject is elided."""
        for back, chunk in leftward(self._chunks, draft.at, 2):
            if chunk.who or chunk.mark:
                return None
            if "undertake" in chunk.functions:
                if chunk.governed or after_preposition(self._chunks, back):  # أنباء عن فرض حظر
                    return None
                passive = marked_passive(self._line, chunk)
                return None if passive or chunk.suf else back
        return None

    def _announcer(self, draft: Draft) -> Party:
        """`أعلن الجيش بسط السيطرة`: a named body that announces, admits or denies an act with no other doer did it."""
        speaker = draft.announcer
        told = draft.modality in FACTS or draft.modality == "denied"
        unsaid = draft.carried or self._also_noun(draft)
        named = speaker is not None and (speaker.actor is not None or speaker.head in ANAPHORS)
        if speaker is None or not (named and told and unsaid) or self._happened(draft):
            return Party()
        voices = _VOICES if draft.modality == "denied" or speaker.sector == "REB" else frozenset()
        if speaker.head in self._line.lexicon.words["source_head"] - voices:
            return Party()
        if draft.modality == "denied" and ("armed" not in speaker.tags or draft.code in _CRIMES):
            return Party()
        if draft.code == "release" and "armed" not in speaker.tags and self._were_abducted(draft):
            return Party()
        party = self._spoken(speaker)
        relief = draft.code == "humanitarian_aid" and party.sector in ("NGO", "IGO")
        return Party() if draft.setting or (_reports(party) and not relief) else Party(party.name, party.sector)

    def _were_abducted(self, draft: Draft) -> bool:
        """`أعلن الحاكم إطلاق سراح تلاميذ خطفهم مسلحون`: who held them let them go, not the office that tells it."""
        held = any("abductee" in who.tags for who in draft.patients)
        return held or any(sense.code == "abduct" for chunk in self._chunks for sense in chunk.senses)

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

    def _behind_itself(self, verb: int) -> bool:
        """`قالت الوزارة إنها أوصلت`: the speaker acts."""
        return verb > 0 and self._chunks[verb - 1].folded.removeprefix("و") in self._line.lexicon.words["itself"]

    @staticmethod
    def _sources(speaker: Who | None) -> bool:
        """`قال المصدر إن المسلحين دخلوا وإنهم فجّروا`: a source only tells what others did."""
        return speaker is not None and speaker.head.removeprefix("ال") in _SOURCES

    def _happened(self, draft: Draft) -> bool:
        """`وقوع أي هجوم`, `سقوط المدينة`: what happens is not said to be the speaker's doing."""
        listed = self._line.lexicon.words["occurrence"]
        before = [chunk.folded for chunk in self._chunks[max(0, draft.at - 3) : draft.at]]
        return any(word in listed or word.lstrip("بول") in listed for word in before)

    def _subject_elided(self, draft: Draft, told: Sequence[Told]) -> Party | None:
        return self._subject_before(draft, told) or self._opening_subject(draft) or self._last_subject(draft.at)

    def _opening_subject(self, draft: Draft) -> Party | None:
        """`منع المحافظ حمل السلاح وأغلق المدخل`: the subject of a verb that tells no act."""
        first, second = self._chunks[0], self._chunks[min(1, len(self._chunks) - 1)]
        verb = not (first.named or first.mark or first.senses or first.operators or first.definite)
        verb = verb and (not first.functions or "was" in first.functions)  # وكان المتمردون قد انطلقوا … وهاجموا
        who = second.who
        if not (verb and who and draft.at > 1 and self._chunks[draft.at].joined) or second.pre or not who.actor:
            return None
        return self._context.party(self._line, who)

    def _last_subject(self, verb: int) -> Party | None:
        """The subject of the sentence before, for a verb that opens this one with و, ف or كما."""
        first = self._chunks[0]
        opens = verb <= 1 and (self._chunks[verb].joined or first.folded in ("كما", "ثم"))
        return self._context.subject if opens else None

    def _undertaken(self, draft: Draft) -> Iterator[tuple[int, Party]]:
        """Parties right behind a verb such as نفذ, before the act, with their first words."""
        for n, chunk in enumerate(self._chunks[: max(0, draft.at - 1)]):
            who = self._chunks[n + 1].who
            if (
                "undertake" in chunk.functions
                and not chunk.who
                and who
                and not self._chunks[n + 1].pre
                and may_act(who)
            ):
                party = self._context.party(self._line, who)
                if party.name:
                    yield who.first, party

    def _disagrees(self, draft: Draft, before: Draft) -> bool:
        """`هاجم محتجون … وأحرقت كنائس`: men in the plural are no subject of a feminine verb."""
        verb = self._chunks[draft.at].folded
        men = before.agents[0].head.endswith(("ون", "ين")) and before.agents[0].actor is None
        return draft.sense.form == "verb" and draft.sense.tense == "past" and verb.endswith("ت") and men

    def _subject_before(self, draft: Draft, told: Sequence[Told]) -> Party | None:
        """The subject nearest before: of an act, or of a verb of speech."""
        drafts = [(a.draft, a.actor) for a in told if a.draft and a.draft.agents and a.actor.name]
        acted = [
            (one.agents[0].first, self._doer(one, actor)) for one, actor in drafts if not self._disagrees(draft, one)
        ]
        spoke = [(first, party) for (first, _), party in self._speakers.items() if party.name and not _reports(party)]
        before = [pair for pair in (*acted, *spoke, *self._undertaken(draft)) if pair[0] < draft.first]
        return max(before, key=lambda pair: pair[0])[1] if before else None

    def _doer(self, draft: Draft, actor: Party) -> Party:
        """`فضّت الشرطة اعتصاماً واقتادت سبعة`: of a crowd that is broken up, the force goes on."""
        forced = draft.code in _CROWDS and draft.sense.term.frame == "agent_patient"
        return self._context.party(self._line, draft.agents[0]) if forced else actor

    def _spoken(self, speaker: Who) -> Party:
        known = self._speakers.get((speaker.first, speaker.last))
        return known or self._context.party(self._line, speaker, speaking=True)


def _reports(party: Party) -> bool:
    """Whether a party only tells what others do: an outlet, a monitor, a helper."""
    return party.sector in _NOT_DOERS or any(word in str(party.name) for word in _WATCHING)
