"""Read an article: sentences → chunks → drafts → acts → events."""

import hashlib
from collections.abc import Sequence
from functools import cache
from typing import Literal

from events.article_countries import countries_of
from events.chunker import Chunker
from events.chunks import Chunk
from events.confidence import confidence
from events.context import Context
from events.embedded_posts import signature, told_by_post
from events.find import Finder
from events.issuer import issuer_of
from events.lexicon import LANGUAGES, Lexicon, load_lexicon
from events.line import Line
from events.model import Article, Event, Party, PlaceMention, When
from events.non_events import LongAgo, gives_no_row, of_other_genre, to_come
from events.numbers import NumberGrammar
from events.segment import split_sentences
from events.sentence import SentenceReader
from events.times import Rereading, TimeGrammar
from events.told import (
    MEMORY,
    Told,
    drop_headline_tolls,
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
_LONGEST = 250  # words; what has no sentence mark for so long is no sentence, and is read in pieces
_SURE = 0.7  # from this score a name tells what country a text is about


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
            for first in range(0, len(words), _LONGEST):
                line = self._chunker.line(article.text, words[first : first + _LONGEST], article.published)
                found.append((line, self._chunker.chunk(line)))
        return found

    def read(self, article: Article) -> list[Told]:
        """Return the acts of an article, those told twice once; none of a sports page or a weather report."""
        lines = self.lines(article)
        if of_other_genre((line for line, _ in lines), self._lexicon):
            return []
        countries = countries_of(lines, self._country)
        context = Context(
            self._lexicon,
            lambda name: self._place_name(name, countries),
            lambda name: self._country(name, countries),
            countries,
        )
        context.issuer = self._issuer(article, context)
        told: list[Told] = []
        headline = When()
        past = LongAgo(article)
        for number, (line, chunks) in enumerate(lines):
            dates = Rereading(self._times, line.words, article.published)
            reader = SentenceReader(context, line, chunks, number, headline, dates)
            told.extend(past.recent(line, reader.read(told[-MEMORY:])))
            if reader.unverified:
                told[-MEMORY:] = unverified(told[-MEMORY:])
            if signed := signature(chunks):
                claim = context.party(line, signed.who, speaking=True) if signed.who else Party()
                told[-MEMORY:] = told_by_post(article, told[-MEMORY:], line.words[0].start, signed.when, claim)
            headline = reader.headline
        told = [to_come(act, article.published) for act in told]
        recent = [act for act in told if not gives_no_row(act, article.published)]
        return drop_words_only(
            share_dates(mark_disputed(mark_accusations(drop_headline_tolls(merge_repeated(recent)))))
        )

    def _issuer(self, article: Article, context: Context) -> Party:
        """The body whose bulletin the title says the text is (`بيان من القيادة العامة`), nobody if it is a headline."""
        words = split_words(article.title or "", 0, len(article.title or ""))
        line = self._chunker.line(article.title or "", words[:_LONGEST], article.published)
        who = issuer_of(self._chunker.chunk(line)) if words else None
        return context.party(line, who, speaking=True) if who else Party()

    def _country(self, name: str, countries: tuple[str, ...] = ()) -> str | None:
        """The country of what a name surely means, empty if it may mean several places, None if it is not listed."""
        match = self._resolver.resolve(name, PlaceContext(countries=countries))
        if isinstance(match, Match):
            return match.place.country if match.score >= _SURE else ""
        return "" if match.others else None

    def _place_name(self, name: str, countries: tuple[str, ...]) -> str:
        match = self._resolver.resolve(name, PlaceContext(countries=countries))
        return match.place.name if isinstance(match, Match) else name

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


@cache
def default_extractor(language: Literal["ar"] = "ar") -> Extractor:
    """Load lexicon, grammars and gazetteer of a language once; raises LexiconError and the gazetteer's errors."""
    home = LANGUAGES / language
    return Extractor(load_lexicon(language), default_gazetteer(), TimeGrammar.load(home), NumberGrammar.load(home))


def extract(article: Article) -> tuple[Event, ...]:
    """Return the events of an article, none for a language that has no lexicon."""
    return default_extractor().extract(article) if article.language == "ar" else ()
