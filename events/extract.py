"""Read an article: sentences → chunks → drafts → acts → events."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Literal

from events.casualties import settle
from events.chunker import Chunker
from events.chunks import Chunk, Who
from events.context import Context, countries_of
from events.drafts import Draft, Rejoinder, drafts_of, rejoinders_of
from events.find import Finder
from events.lexicon import LANGUAGES, Lexicon, load_lexicon
from events.line import Line
from events.model import Article, Event, Party, PlaceMention, Span, When
from events.numbers import NumberGrammar
from events.segment import split_sentences
from events.speech import Stance, stances
from events.times import TimeGrammar
from events.told import Told, drop_words_only, mark_disputed, merge_repeated
from events.words import split_words
from geodata.gazetteer import Gazetteer
from geodata.model import Match
from geodata.resolution import Context as PlaceContext
from geodata.resolution import Resolver

VERSION = "1"
_PLACELESS = frozenset(("statement", "agreement"))
_AGENTS_SPEAK = frozenset(
    (
        "arrest",
        "take_control",
        "release",
        "withdraw",
        "deploy",
        "close_road",
        "reopen_road",
        "evacuate",
        "attack",
        "humanitarian_aid",
        "ceasefire",
        "surrender",
        "other",
        "drone_flight",
    )
)
_OWN_DATE_ONLY = frozenset(("planned", "demanded", "hypothetical"))
_RECENT_MONTHS = 24
_NO_TARGET = frozenset(("road", "place", "toll"))
_STATE = frozenset(("armed", "state", "group"))


class Extractor:
    """Reads articles of one language with one lexicon and one gazetteer; deterministic, no state between articles."""

    def __init__(self, lexicon: Lexicon, gazetteer: Gazetteer, times: TimeGrammar, numbers: NumberGrammar) -> None:
        self._lexicon = lexicon
        self._resolver = Resolver(gazetteer)
        self._times = times
        self._chunker = Chunker(Finder(lexicon, gazetteer), times, numbers)
        self.name = f"rules-{lexicon.language}-{VERSION}"

    def extract(self, article: Article) -> tuple[Event, ...]:
        """Return the events of an article in the order of the text, one for each place."""
        told = self.read(article)
        return tuple(event for act in told for event in self._events(article, act))

    def lines(self, article: Article) -> list[tuple[Line, list[Chunk]]]:
        """Return the sentences of an article with their chunks."""
        found = []
        for sentence in split_sentences(article):
            words = split_words(article.text, sentence.span.start, sentence.span.end)
            line = self._chunker.line(article.text, words, article.published)
            found.append((line, self._chunker.chunk(line)))
        return found

    def read(self, article: Article) -> list[Told]:
        """Return the acts of an article, those told twice once."""
        lines = self.lines(article)
        countries = countries_of(lines, self._country)
        context = Context(self._lexicon, lambda name: self._place_name(name, countries), countries)
        told: list[Told] = []
        headline = When()
        for number, (line, chunks) in enumerate(lines):
            reading = _Sentence(self, article, context, line, chunks, number, headline)
            told.extend(reading.read(told))
            headline = reading.headline
        recent = [act for act in told if not _history(act, article.published)]
        return drop_words_only(mark_disputed(merge_repeated(recent)))

    def _country(self, name: str) -> str | None:
        match = self._resolver.resolve(name, PlaceContext())
        return match.place.country if isinstance(match, Match) else None

    def _place_name(self, name: str, countries: tuple[str, ...]) -> str:
        match = self._resolver.resolve(name, PlaceContext(countries=countries))
        return match.place.name if isinstance(match, Match) else name

    def future(self, line: Line, draft: Draft, article: Article) -> When:
        """Return a planned act's date, a weekday being the next one."""
        if draft.time is None:
            return When()
        words = line.words[draft.time.first : draft.time.last]
        times = self._times.find(words, article.published, future=True)
        return times[0].when if times else draft.time.when

    def _events(self, article: Article, act: Told) -> list[Event]:
        places: Sequence[PlaceMention | None] = act.places or (None,)
        return [self._event(article, act, place) for place in places]

    def _event(self, article: Article, act: Told, place: PlaceMention | None) -> Event:
        quote = article.text[act.span.start : act.span.end]
        key = "\x1f".join(
            str(part)
            for part in (
                article.id,
                *act.span,
                act.code,
                act.actor.name,
                act.target.name,
                act.claim.name,
                place.text if place else None,
            )
        )
        return Event(
            hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:16],
            article.id,
            act.code,
            act.modality,
            act.span,
            quote,
            confidence(act),
            self.name,
            act.actor,
            act.target,
            act.claim.name,
            place,
            act.when,
            dict(act.counts),
            act.trail,
        )


class _Sentence:
    """Resolves the drafts of one sentence against what the article said before."""

    def __init__(
        self,
        extractor: Extractor,
        article: Article,
        context: Context,
        line: Line,
        chunks: Sequence[Chunk],
        number: int,
        headline: When,
    ) -> None:
        self._extractor = extractor
        self._article = article
        self._context = context
        self._line = line
        self._chunks = chunks
        self._number = number
        self.headline = headline

    def read(self, before: Sequence[Told]) -> list[Told]:
        """Return the acts of the sentence; `before` are those of the sentences before it."""
        drafts = settle(self._line, self._chunks, drafts_of(self._line, self._chunks, self._number))
        speakers = self._speakers()
        told: list[Told] = []
        for draft in drafts:
            told.append(self._told(draft, told, speakers))
        told = self._with_places(told)
        for rejoinder in rejoinders_of(self._chunks, self._number, drafts):
            answer = self._answer(rejoinder, [*before, *told], speakers)
            if answer:
                told.append(answer)
        self._note(told)
        return told

    def _speakers(self) -> dict[tuple[int, int], Party]:
        speakers: dict[tuple[int, int], Party] = {}
        for scope in sorted(stances(self._chunks), key=lambda scope: scope.at):
            if scope.speaker:
                party = self._context.party(self._line, scope.speaker, speaking=True)
                speakers[(scope.speaker.first, scope.speaker.last)] = party
                if party.name:
                    self._context.speaker = party
        return speakers

    def _claim(self, speaker: Who | None, carried: bool, speakers: dict[tuple[int, int], Party]) -> Party:
        if speaker is not None:
            return speakers.get((speaker.first, speaker.last)) or self._context.party(
                self._line, speaker, speaking=True
            )
        return self._context.speaker or Party() if carried else Party()

    def _told(self, draft: Draft, told: Sequence[Told], speakers: dict[tuple[int, int], Party]) -> Told:
        claim = self._claim(draft.speaker, draft.speaker_carried, speakers)
        actor = self._join(draft.agents)
        if not actor.name and not actor.text:
            actor = self._elided(draft, told, claim, speakers)
        elif draft.agents and actor.name:
            self._context.subject = actor
        words = self._line.words
        span = Span(words[draft.first].start, words[draft.last - 1].end)
        return Told(
            draft.code,
            draft.modality,
            span,
            self._number,
            actor,
            self._join(tuple(who for who in draft.patients if not who.tags & _NO_TARGET or who.actor)),
            tuple(replace(place, countries=self._context.countries) for place in draft.places),
            self._when(draft, told),
            draft.counts,
            claim if draft.code != "statement" else actor,
            draft.background,
            trail=draft.trail,
            draft=draft,
        )

    def _join(self, parties: Sequence[Who]) -> Party:
        resolved = [self._context.party(self._line, who) for who in parties]
        if not resolved:
            return Party()
        names = list(dict.fromkeys(party.name for party in resolved if party.name))
        text = self._line.slice(parties[0].first, parties[-1].last)
        return Party("; ".join(names) or None, resolved[0].sector, text.strip("«»\"()“”' ،"))

    def _happened(self, draft: Draft) -> bool:
        """`وقوع هجوم`, `سقوط المدينة`: what happens is not said to be the speaker's doing."""
        return draft.at > 0 and bool(self._chunks[draft.at - 1].senses or self._chunks[draft.at - 1].functions & {"support"})

    def _opens_joined(self, draft: Draft) -> bool:
        """Whether the verb opens its sentence with و or ف and so goes on with the subject of the one before."""
        return draft.at <= 1 and self._chunks[draft.at].joined

    def _subject_before(self, draft: Draft, told: Sequence[Told], speakers: dict[tuple[int, int], Party]) -> Party | None:
        """Return the subject nearest before: of an act, or of a verb of speech."""
        acted = [(act.draft.agents[0].first, act.actor) for act in told if act.draft and act.draft.agents and act.actor.name]
        spoke = [(first, party) for (first, _), party in speakers.items() if party.name]
        before = [pair for pair in (*acted, *spoke) if pair[0] < draft.first]
        return max(before, key=lambda pair: pair[0])[1] if before else None

    def _elided(self, draft: Draft, told: Sequence[Told], claim: Party, speakers: dict[tuple[int, int], Party]) -> Party:
        """An elided subject: that of the act before in the sentence, the speaker who announces it, the last subject."""
        term = draft.sense.term
        if term.frame not in ("agent", "agent_patient", "parties"):
            return Party()
        if draft.sense.form == "verb" and draft.carried:
            found = self._subject_before(draft, told, speakers) or (self._context.subject if self._opens_joined(draft) else None)
            return Party(found.name, found.sector) if found else Party()
        announcer = (
            draft.speaker
            and claim.name
            and (set(draft.speaker.tags) & _STATE)
            and not set(draft.speaker.tags) & {"speaker"}
        )
        if (
            announcer
            and draft.carried
            and draft.code in _AGENTS_SPEAK
            and draft.modality in ("asserted", "denied")
            and draft.sense.form == "masdar"
            and not self._happened(draft)
        ):
            return Party(claim.name, claim.sector)
        return Party()

    def _when(self, draft: Draft, told: Sequence[Told]) -> When:
        if draft.time is not None:
            text = self._line.slice(draft.time.first, draft.time.last)
            if draft.time.kind == "vague":
                return When(text=text)
            planned = draft.modality == "planned"
            when = self._extractor.future(self._line, draft, self._article) if planned else draft.time.when
            return replace(when, text=text)
        if draft.modality in _OWN_DATE_ONLY or draft.background:
            return When()
        earlier = next((act.when for act in reversed(told) if act.when.start and not act.background), None)
        return earlier or self.headline

    def _with_places(self, told: Sequence[Told]) -> list[Told]:
        """Give acts without a place that of the sentence, or the places named last where the act must be there."""
        scene = self._scene()
        placed: list[Told] = []
        for n, act in enumerate(told):
            if act.places or act.code in _PLACELESS:
                placed.append(act)
                continue
            near = scene or next((other.places for other in (*reversed(placed), *told[n + 1 :]) if other.places), ())
            places = near or self._context.places
            placed.append(
                replace(act, places=tuple(replace(place, inherited=True) for place in places), inherited=True)
            )
        return placed

    def _scene(self) -> tuple[PlaceMention, ...]:
        """A place at the head of the sentence: وفي درعا، …"""
        for at, chunk in enumerate(self._chunks[:4]):
            if chunk.places and at and self._chunks[at - 1].functions & {"prep:scene"}:
                return tuple(replace(place, countries=self._context.countries) for place in chunk.places)
            if chunk.senses or chunk.operators:
                return ()
        return ()

    def _answer(
        self, rejoinder: Rejoinder, told: Sequence[Told], speakers: dict[tuple[int, int], Party]
    ) -> Told | None:
        """A denial or accusation about the act told last."""
        about = next(
            (act for act in reversed(told) if act.code != "statement" and act.modality in ("asserted", "claimed")), None
        )
        if about is None:
            return None
        claim = self._claim(rejoinder.speaker, rejoinder.carried, speakers)
        if rejoinder.kind == "accuse" and rejoinder.accused is None or claim.name is None:
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
        named = next((act.places for act in reversed(told) if act.places and not act.inherited), None)
        mentioned = [chunk.places for chunk in self._chunks if chunk.places and not (chunk.who and chunk.who.actor)]
        if named:
            self._context.places = named
        elif mentioned:
            self._context.places = tuple(replace(place, countries=self._context.countries) for place in mentioned[-1])
        if not told and self._number <= 1 and len(self._chunks) <= 12:
            dated = next((chunk.time for chunk in self._chunks if chunk.time and chunk.time.kind == "date"), None)
            if dated:
                self.headline = dated.when


def _history(act: Told, published: date | None) -> bool:
    """Tell whether an act lies more than 24 months before the article: background that gives no row."""
    time = act.draft.time if act.draft else None
    start = time.when.start if time else act.when.start
    if not start or published is None:
        return False
    months = (published.year - int(start[:4])) * 12 + (published.month - int(start[5:7]) if len(start) >= 7 else 0)
    return months > _RECENT_MONTHS


def confidence(act: Told) -> float:
    """Return how sure the reading is, from 0 to 1: less for what was inherited, elided or left open."""
    score = 0.9
    score -= 0.15 * act.inherited + 0.15 * (not act.places and act.code not in _PLACELESS)
    score -= 0.1 * (not act.actor.name) + 0.05 * (act.actor.name is not None and act.actor.text is None)
    score -= 0.1 * (act.modality != "asserted")
    return round(max(0.1, score), 2)


@cache
def default_extractor(language: Literal["ar"] = "ar") -> Extractor:
    """Load lexicon, grammars and gazetteer of a language once; raises LexiconError and the gazetteer's errors."""
    home = LANGUAGES / language
    return Extractor(load_lexicon(language), Gazetteer.load(), TimeGrammar.load(home), NumberGrammar.load(home))


def extract(article: Article) -> tuple[Event, ...]:
    """Return the events of an article, none for a language that has no lexicon."""
    return default_extractor().extract(article) if article.language == "ar" else ()


__all__ = ["Extractor", "Stance", "confidence", "default_extractor", "extract"]
