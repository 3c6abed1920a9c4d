"""What an article tells that gives no row: history, bare words, figures of speech, plans of no class, other genres."""

from collections.abc import Iterable
from datetime import date
from itertools import pairwise

from events.casualties import HOSTS
from events.lexicon import Lexicon
from events.line import Line
from events.modality import FACTS
from events.model import Article
from events.told import Told
from events.values import replace

_RECENT_MONTHS = 24
_LONG_AGO_YEARS = 10
_GENRES = {"sport": 4, "weather": 4, "culture": 4, "market": 6}
"""How many distinct words of a genre make a text one of it."""
_PHYSICAL = HOSTS | {"close_road", "reopen_road", "take_control", "withdraw", "deploy", "casualties"}


def of_other_genre(lines: Iterable[Line], lexicon: Lexicon) -> bool:
    """Tell whether a text is a sports page, a weather report or the like, which has no events."""
    words = {word.folded.removeprefix("و").removeprefix("ال") for line in lines for word in line.words}
    return any(len(words & lexicon.words[genre]) >= enough for genre, enough in _GENRES.items())


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
        years += _bare_years(line)
        if any(year > published.year - _LONG_AGO_YEARS for year in years):
            self._old = False
        elif years or any(word.folded in line.lexicon.words["century"] for word in line.words):
            self._old = True
        return [act for act in acts if act.modality not in FACTS] if self._old else acts


def _bare_years(line: Line) -> list[int]:
    """`أواخر 1967`, `صيف 1982`: years behind a word for a part of one."""
    words = [word.folded for word in line.words]
    parts = line.lexicon.words["part_of_year"]
    behind = (year for part, year in pairwise(words) if part.removeprefix("و") in parts)
    return [int(year) for year in behind if year.isdecimal() and len(year) == 4 and year[:2] in ("18", "19", "20")]


def _history(act: Told, published: date | None) -> bool:
    """Tell whether an act lies more than 24 months before the article: background that gives no row."""
    time = act.draft.time if act.draft else None
    start = time.when.start if time else act.when.start
    if not start or published is None:
        return False
    months = (published.year - int(start[:4])) * 12 + (published.month - int(start[5:7]) if len(start) >= 7 else 0)
    return months > _RECENT_MONTHS


def to_come(act: Told, published: date | None) -> Told:
    """Return an act, planned if it is dated after the article: `إعادة فتح الجسر السبت المقبل`."""
    start = act.when.start
    if act.modality == "asserted" and start and len(start) == 10 and published and start > published.isoformat():
        return replace(act, modality="planned")
    return act


def gives_no_row(act: Told, published: date | None) -> bool:
    """Tell whether an act is no event of the article; `published` None: how old it is cannot be told."""
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
    word = act.background and draft.last - draft.first == 1  # في سبها عقب احتجاجات
    before = word and all(place.span.start < act.span.start for place in draft.places)
    where = draft.place_role == "elsewhere" if before else draft.places or draft.place_role
    own = draft.agents or draft.patients or where or draft.time or draft.counts
    if own or (draft.supported and act.modality in FACTS) or act.modality == "denied":
        return False
    return (
        act.background
        or act.code in HOSTS
        or act.code == "other"
        or (act.modality == "asserted" and not act.claim.name)
    )
