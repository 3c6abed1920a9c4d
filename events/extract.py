"""Read an article: sentences → chunks → drafts → acts → events."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Literal

from events.casualties import HOSTS
from events.chunker import Chunker
from events.chunks import Chunk
from events.context import Context, countries_of
from events.find import Finder
from events.lexicon import LANGUAGES, Lexicon, load_lexicon
from events.line import Line
from events.modality import FACTS
from events.model import Article, Event, PlaceMention, When
from events.numbers import NumberGrammar
from events.segment import split_sentences
from events.sentence import SentenceReader
from events.times import Time, TimeGrammar
from events.told import (
    PLACELESS,
    Told,
    drop_words_only,
    mark_accusations,
    mark_disputed,
    merge_repeated,
    share_dates,
    unverified,
)
from events.words import split_words
from geodata.gazetteer import Gazetteer, default_gazetteer
from geodata.model import Match
from geodata.resolution import Context as PlaceContext
from geodata.resolution import Resolver

VERSION = "1"
_RECENT_MONTHS = 24
_SURE = 0.7  # from this score a name tells what country a text is about
_GENRES = {"sport": 4, "weather": 4, "culture": 4, "market": 6}
"""How many distinct words of a genre make a text one of it."""
_LONG_AGO_YEARS = 10
_PHYSICAL = HOSTS | {"close_road", "reopen_road", "take_control", "withdraw", "deploy", "casualties"}


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
        """Return the acts of an article, those told twice once; none of a sports page or a weather report."""
        lines = self.lines(article)
        if self._other_genre(lines):
            return []
        countries = countries_of(lines, self._country)
        context = Context(
            self._lexicon,
            lambda name: self._place_name(name, countries),
            lambda name: self._country(name, countries),
            countries,
        )
        told: list[Told] = []
        headline = When()
        past = LongAgo(article)
        for number, (line, chunks) in enumerate(lines):
            reader = SentenceReader(context, line, chunks, number, headline, self._future(line, article))
            told.extend(past.recent(line, reader.read(told)))
            told = unverified(told) if reader.unverified else told
            headline = reader.headline
        told = [_to_come(act, article.published) for act in told]
        recent = [act for act in told if not _no_row(act, article.published)]
        return drop_words_only(share_dates(mark_disputed(mark_accusations(merge_repeated(recent)))))

    def _other_genre(self, lines: Sequence[tuple[Line, Sequence[Chunk]]]) -> bool:
        words = {word.folded.removeprefix("و").removeprefix("ال") for line, _ in lines for word in line.words}
        return any(len(words & self._lexicon.words[genre]) >= enough for genre, enough in _GENRES.items())

    def _country(self, name: str, countries: tuple[str, ...] = ()) -> str | None:
        match = self._resolver.resolve(name, PlaceContext(countries=countries))
        return match.place.country if isinstance(match, Match) and match.score >= _SURE else None

    def _place_name(self, name: str, countries: tuple[str, ...]) -> str:
        match = self._resolver.resolve(name, PlaceContext(countries=countries))
        return match.place.name if isinstance(match, Match) else name

    def _future(self, line: Line, article: Article) -> Callable[[Time], When]:
        """Return a function that reads a time of the sentence as one to come, a weekday being the next one."""

        def read(time: Time) -> When:
            times = self._times.find(line.words[time.first : time.last], article.published, future=True)
            return times[0].when if times else time.when

        return read

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
            act.draft.sense.term.mode if act.draft else None,
            act.trail,
        )


class LongAgo:
    """Follows an article's talk of the distant past: what a paragraph tells behind an old year is history."""

    def __init__(self, article: Article) -> None:
        self._article = article
        self._old = False
        self._end = 0

    def recent(self, line: Line, acts: list[Told]) -> list[Told]:
        """Return the acts of the next sentence that are not history."""
        published = self._article.published
        if published is None or not line.words:
            return acts
        if "\n" in self._article.text[self._end : line.words[0].start]:
            self._old = False
        self._end = line.words[-1].end
        years = [int(time.when.start[:4]) for time in line.times.values() if time.when.start]
        if any(year > published.year - _LONG_AGO_YEARS for year in years):
            self._old = False
        elif years or any(word.folded in line.lexicon.words["century"] for word in line.words):
            self._old = True
        return [act for act in acts if act.modality not in FACTS] if self._old else acts


def _history(act: Told, published: date | None) -> bool:
    """Tell whether an act lies more than 24 months before the article: background that gives no row."""
    time = act.draft.time if act.draft else None
    start = time.when.start if time else act.when.start
    if not start or published is None:
        return False
    months = (published.year - int(start[:4])) * 12 + (published.month - int(start[5:7]) if len(start) >= 7 else 0)
    return months > _RECENT_MONTHS


def _to_come(act: Told, published: date | None) -> Told:
    """`إعادة فتح الجسر السبت المقبل`: what is dated after the article is a plan, however it is told."""
    start = act.when.start
    if act.modality == "asserted" and start and len(start) == 10 and published and start > published.isoformat():
        return replace(act, modality="planned")
    return act


def _no_row(act: Told, published: date | None) -> bool:
    return _history(act, published) or _bare_word(act) or _mere_plan(act) or _figure_of_speech(act)


def _figure_of_speech(act: Told) -> bool:
    """Tell whether a physical act is told of nobody, nowhere: `يقتل الأمل`, `وانفجرت مواهب شابة`."""
    named = act.actor.sector or act.target.sector or act.claim.name
    return act.code in _PHYSICAL and act.modality == "asserted" and not (act.places or named or act.counts)


def _mere_plan(act: Told) -> bool:
    """Tell whether an act of no class is only planned, demanded or feared: no row (GUIDELINES.md, taxonomy: other)."""
    return act.code == "other" and act.modality in ("planned", "demanded", "hypothetical")


def _bare_word(act: Told) -> bool:
    """Tell whether an act is a noun with nothing of its own (`القتال`): no who, where, when or how many, not denied."""
    draft = act.draft
    if draft is None or draft.sense.form not in ("masdar", "noun"):
        return False
    own = draft.agents or draft.patients or draft.places or draft.time or draft.counts or draft.place_role
    if own or (draft.supported and act.modality in FACTS) or act.modality == "denied":
        return False
    return act.code in HOSTS or (act.modality == "asserted" and not act.claim.name)


def confidence(act: Told) -> float:
    """Return how sure the reading is, from 0 to 1: less for what was inherited, elided or left open."""
    score = 0.9
    score -= 0.15 * act.inherited + 0.15 * (not act.places and act.code not in PLACELESS)
    score -= 0.1 * (not act.actor.name) + 0.05 * (act.actor.name is not None and act.actor.text is None)
    score -= 0.1 * (act.modality != "asserted")
    return round(max(0.1, score), 2)


@cache
def default_extractor(language: Literal["ar"] = "ar") -> Extractor:
    """Load lexicon, grammars and gazetteer of a language once; raises LexiconError and the gazetteer's errors."""
    home = LANGUAGES / language
    return Extractor(load_lexicon(language), default_gazetteer(), TimeGrammar.load(home), NumberGrammar.load(home))


def extract(article: Article) -> tuple[Event, ...]:
    """Return the events of an article, none for a language that has no lexicon."""
    return default_extractor().extract(article) if article.language == "ar" else ()
