"""Weigh two rows: all that speaks for and against their telling one event, added up."""

from collections.abc import Callable
from functools import cache
from typing import Literal

from events.stories.evidence import TOGETHER, UPDATES, Evidence, Link
from events.stories.kinship import kinship
from events.stories.report import Names, Report
from events.stories.spots import relation

_SAME_DAY, _DATES_OVERLAP = Evidence("same_day", 3.0), Evidence("dates_overlap", 1.5)
_SAME_HOURS, _FURTHER = Evidence("same_hours", 1.0), Evidence("further_act", -1.5)
_NIGHT = frozenset((0, 5))  # the last part of a day and the first

Grounds = list[Evidence]


def compare(one: Report, two: Report) -> Link | None:
    """Weigh two rows of one block; None if they cannot be one event (other place, day, hours or roles)."""
    first, second = (one, two) if one.id < two.id else (two, one)
    found: Grounds = []
    for weigh in _STEPS:
        if not weigh(first, second, found):
            return None
    return Link(first.id, second.id, sum(ground.weight for ground in found), tuple(found))


def _time(one: Report, two: Report, found: Grounds) -> bool:
    if one.first is not None and two.first is not None:
        return _both_dated(one, two, found)
    if one.first is None and two.first is None:
        return _none_dated(one, two, found)
    dated, undated = (one, two) if one.first is not None else (two, one)
    return _one_dated(dated, undated, found)


def _both_dated(one: Report, two: Report, found: Grounds) -> bool:
    gap = max(one.first or 0, two.first or 0) - min(one.last or 0, two.last or 0)
    if gap <= 0:
        exact = one.exact and two.exact
        found.append(_SAME_DAY if exact else _DATES_OVERLAP)
    elif gap == 1 and one.wording.hours & _NIGHT and two.wording.hours & _NIGHT:
        found.append(Evidence("one_night", 1.5))  # the night belongs to the day before for one, after for another
    else:
        return False
    return True


def _one_dated(dated: Report, undated: Report, found: Grounds) -> bool:
    together = dated.article == undated.article
    if undated.published is None or dated.first is None or dated.last is None:
        return together and _add(found, Evidence("reported_together", 1.5))
    lag = undated.published - dated.last
    if undated.published < dated.first or lag > UPDATES:
        return False
    soon = Evidence("reported_together" if together else "reported_then", 1.5)
    return _add(found, soon if together or lag <= 1 else Evidence("reported_later", -1.0))


def _none_dated(one: Report, two: Report, found: Grounds) -> bool:
    if one.article == two.article:
        return _add(found, Evidence("reported_together", 1.5))
    if one.published is None or two.published is None:
        return False
    gap = abs(one.published - two.published)
    if gap > TOGETHER:
        return False
    return _add(found, Evidence("reported_apart", -1.5) if gap else Evidence("reported_together", 2.0))


def _add(found: Grounds, ground: Evidence) -> bool:
    found.append(ground)
    return True


def _place(one: Report, two: Report, found: Grounds) -> bool:
    if not one.spot.key and not two.spot.key:
        return True
    how = relation(one.spot, two.spot)
    if how == "apart" or (how != "same" and one.article == two.article and one.quote == two.quote):
        return False  # one sentence that names two places tells of two
    if how == "same":
        found.append(Evidence("same_place", 4.0, one.spot.name))
    elif how == "inside":
        found.append(Evidence("place_inside", 1.5))
    else:
        found.append(Evidence("wide_place", -0.5) if how == "wide" else Evidence("place_unknown", -1.0))
    return True


def _action(one: Report, two: Report, found: Grounds) -> bool:
    ground = _of_actions(one.action, two.action)
    return ground is not None and _add(found, ground)


@cache
def _of_actions(one: str, two: str) -> Evidence | None:
    tables = kinship()
    if one == two:
        return Evidence("same_action", 0.5 if one in tables.catch_all else 2.0, one)
    return Evidence("kin_action", -1.0, f"{one}, {two}") if frozenset((one, two)) in tables.kin else None


def _hours(one: Report, two: Report, found: Grounds) -> bool:
    here, there = one.wording, two.wording
    if here.hours and there.hours:
        steps = {abs(a - b) for a in here.hours for b in there.hours}
        if not steps & {0, 1, 5}:  # 5: night and dawn
            return False
        if 0 in steps:
            found.append(_SAME_HOURS)
    if here.further != there.further:
        found.append(_FURTHER)
    return True


def _parties(one: Report, two: Report, found: Grounds) -> bool:
    if one.action in kinship().two_sided and two.action in kinship().two_sided:
        return _sides(one, two, found)
    if one.actor.names & two.target.names and two.actor.names & one.target.names:
        return False  # an attack, and the answer to it
    fit = _fit(one.actor, two.actor)
    if fit == "other" and "claimed" in (one.modality, two.modality):
        found.append(Evidence("rival_blame", -1.0))
    elif fit:
        found.append(_ACTOR[fit])
    fit = _fit(one.target, two.target)
    if fit:
        found.append(_TARGET[fit])
    return True


def _sides(one: Report, two: Report, found: Grounds) -> bool:
    """Weigh the parties of acts of two sides, named in either order."""
    pairs = [(a, b) for a in (one.actor, one.target) for b in (two.actor, two.target) if a.names and b.names]
    fits = [_fit(a, b) for a, b in pairs]
    best = next((fit for fit in ("same", "kin") if fit in fits), None)
    if best:
        found.append(_ACTOR[best])
    elif fits and None not in fits:
        found.append(_ACTOR["other"])
    return True


Fit = Literal["same", "kin", "other"]

_ACTOR = {
    "same": Evidence("same_actor", 2.0),
    "kin": Evidence("kin_actor", 1.0),
    "other": Evidence("other_actor", -3.0),
}
_TARGET = {
    "same": Evidence("same_target", 1.5),
    "kin": Evidence("kin_target", 1.0),
    "other": Evidence("other_target", -6.0),
}


def _fit(one: Names, two: Names) -> Fit | None:
    """Whether two parties are the same, of one body, or others; None if that cannot be told."""
    if not one.names or not two.names:
        return None
    if one.names & two.names:
        return "same"
    if one.state_of & two.state_of or one.words & two.words:
        return "kin"
    return None if one.vague or two.vague else "other"  # civilians for one are fighters for another


def _numbers(one: Report, two: Report, found: Grounds) -> bool:
    if not (one.counts and two.counts):
        return True
    for count in one.counts.keys() & two.counts.keys():
        low, high = sorted((one.counts[count], two.counts[count]))
        if low == high:
            rare = 3.0 if low > 9 else 2.0 if low > 3 else 1.0
            found.append(Evidence("same_number", rare, f"{count} {low}"))
        elif high <= 1.5 * low + 1:
            found.append(Evidence("near_number", 0.5, f"{count} {low}–{high}"))
        elif high > 3 * low + 3:
            found.append(Evidence("far_number", -2.0, f"{count} {low}–{high}"))
    return True


def _wording(one: Report, two: Report, found: Grounds) -> bool:
    here, there = one.wording.stems, two.wording.stems
    shared = here & there
    if len(shared) < 2:
        return True
    least = min(len(here), len(there))
    share = len(shared) / least
    if len(shared) >= 3 and share >= 0.5:
        weight = 3.0 if share >= 0.8 else 2.0
        found.append(Evidence("shared_words", weight, f"{len(shared)} of {least}"))
    elif share >= 0.3:
        found.append(Evidence("shared_words", 1.0, f"{len(shared)} of {least}"))
    return True


_PARTICULAR = frozenset(("same_number", "near_number", "shared_words", "same_hours", "same_target", "one_night"))


def _particulars(one: Report, two: Report, found: Grounds) -> bool:
    """In a city or a country there is more than one raid a day: place, day and who did it are not enough."""
    if one.spot.broad and two.spot.broad and one.article != two.article and one.family in kinship().repeated:
        kinds = {ground.kind for ground in found}
        both_sides = one.action in kinship().two_sided and "same_actor" in kinds and one.target.names
        if not kinds & _PARTICULAR and not both_sides:
            found.append(Evidence("nothing_particular", -3.0))
    return True


def _one_article(one: Report, two: Report, found: Grounds) -> bool:
    """In one article one voice that tells two acts of a kind at one place means two, unless one tells less."""
    if one.article != two.article:
        return True
    same_voice = one.speaker == two.speaker and one.modality == two.modality and one.spot.key == two.spot.key
    if same_voice:
        numbers = one.counts.keys() & two.counts.keys()
        if any(one.counts[count] != two.counts[count] for count in numbers):
            found.append(Evidence("told_apart", -3.0))
    return True


_STEPS: tuple[Callable[[Report, Report, Grounds], bool], ...] = (
    _action,
    _time,
    _place,
    _hours,
    _parties,
    _numbers,
    _wording,
    _particulars,
    _one_article,
)
