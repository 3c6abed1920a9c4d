"""Acts as an article tells them: drafts resolved against the article, and the merging of what is told twice."""

from collections.abc import Iterable, Mapping, Sequence

from events.casualties import HOSTS
from events.drafts import Draft
from events.modality import FACTS
from events.model import Party, PlaceMention, Span, When
from events.values import dataclass, field, replace

_CHARGES = frozenset(("violate_ceasefire", "attack"))
SYMMETRIC = frozenset(("clash", "ceasefire", "agreement"))
_APART = frozenset(("released", "detained", "evacuated"))  # other numbers are other acts, no dispute
PLACELESS = frozenset(("statement", "agreement"))
"""Classes that take no place but one of their own."""
_OUTSIDERS = frozenset(("IGO", "NGO", "MED"))
MEMORY = 300
"""Acts, parties and places back to which a text is read: no article tells more, and what is none takes linear time."""


@dataclass(frozen=True, slots=True)
class Told:
    """One act with its parties, places, date, counts and claim; `span` is its quote in the article.

    `echo`: only the toll of an act told before, whose quote it stays.
    `part_only`: denied is a part in it (`نفت تورطها`), not that it happened.
    """

    code: str
    modality: str
    span: Span
    sentence: int
    actor: Party = Party()
    target: Party = Party()
    places: tuple[PlaceMention, ...] = ()
    when: When = When()
    counts: Mapping[str, int] = field(default_factory=dict)
    claim: Party = Party()
    background: bool = False
    inherited: bool = False
    echo: bool = False
    part_only: bool = False
    trail: tuple[str, ...] = ()
    draft: Draft | None = None


def place_names(told: Told) -> frozenset[str]:
    """Return the names of the places of an act, as written."""
    return frozenset(place.text for place in told.places)


def compatible(one: Party, two: Party) -> bool:
    """Tell whether two parties may be one: a name is missing or they share one."""
    return not one.name or not two.name or bool(set(one.name.split("; ")) & set(two.name.split("; ")))


def merge_repeated(acts: Sequence[Told]) -> list[Told]:
    """Return the acts with those told twice by the same voice, without contradiction, as one."""
    kept: list[Told] = []
    for act in acts:
        first = max(0, len(kept) - MEMORY)
        twin = next((n for n, other in enumerate(kept[first:], first) if _repeats(other, act)), None)
        if twin is None:
            kept.append(act)
        else:
            kept[twin] = fuller(kept[twin], act)
    return kept


def drop_headline_tolls(acts: Sequence[Told]) -> list[Told]:
    """Return the acts without a headline's dead and injured whose act the text tells at the same place."""
    return [act for act in acts if not (_headline_toll(act) and any(_tells_toll(other, act) for other in acts))]


def _headline_toll(act: Told) -> bool:
    return act.code == "casualties" and act.sentence == 0 and act.modality in FACTS


def _tells_toll(act: Told, toll: Told) -> bool:
    same = place_names(act) & place_names(toll) or toll.inherited or not toll.places
    agrees = all(act.counts.get(key, number) == number for key, number in toll.counts.items())
    return act.code in HOSTS and act.sentence > 0 and bool(same) and agrees and compatible(act.target, toll.target)


def _repeats(one: Told, two: Told) -> bool:
    if one.code != two.code or one.modality != two.modality or one.sentence == two.sentence:
        return False
    if (
        one.places
        and two.places
        and not place_names(one) & place_names(two)
        and not (two.inherited and _same_sides(one, two))
        and not _headline_of(one, two)
    ):
        return False
    if not (compatible(one.actor, two.actor) and compatible(one.target, two.target) and same_time(one.when, two.when)):
        return False
    if any(two.counts.get(key, number) != number for key, number in one.counts.items()):
        return one.claim.name == two.claim.name and one.claim.name is not None
    if one.code == "statement":
        return one.actor.name == two.actor.name
    same_claim = one.claim.name == two.claim.name or not one.claim.name or not two.claim.name
    return same_claim and bool(
        one.actor.name or two.actor.name or one.target.name or two.target.name or one.code in SYMMETRIC
    )


def _headline_of(one: Told, two: Told) -> bool:
    """`هجوم في ولاية الجزيرة` above `هجوم على قرية العقدة بولاية الجزيرة`: the same numbers, in the larger place."""
    larger = place_names(one)
    inside = any(larger & set(place.within) for place in two.places)
    return one.sentence == 0 and inside and bool(one.counts) and one.counts.items() <= two.counts.items()


def _same_sides(one: Told, two: Told) -> bool:
    """Tell whether two acts share a named party or a count: enough for one told again without its place."""
    parties = (one.target.name and one.target.name == two.target.name) or (
        one.actor.name and one.actor.name == two.actor.name
    )
    counts = bool(one.counts) and dict(one.counts) == dict(two.counts)
    return counts or (bool(parties) and one.code in SYMMETRIC)


def same_time(one: When, two: When) -> bool:
    """Tell whether two dates do not contradict each other."""
    return not one.start or not two.start or one.start.startswith(two.start) or two.start.startswith(one.start)


def fuller(one: Told, two: Told) -> Told:
    """Return one act from two tellings: quote and claim of the fuller, gaps filled from the other."""
    if two.echo and not one.counts:
        return replace(one, counts=two.counts, claim=two.claim)
    main, other = (two, one) if _weight(two) > _weight(one) else (one, two)
    return replace(
        main,
        actor=main.actor if main.actor.name else other.actor,
        target=main.target if main.target.name else other.target,
        places=other.places if main.inherited and not other.inherited else _told_best(main.places, other.places),
        when=main.when if main.when.start else other.when,
        counts={**one.counts, **two.counts},
        claim=main.claim if main.claim.name else other.claim if main.modality == "claimed" else main.claim,
        inherited=main.inherited and other.inherited,
    )


def _told_best(places: tuple[PlaceMention, ...], others: tuple[PlaceMention, ...]) -> tuple[PlaceMention, ...]:
    """The places of an act, those said bare as the other telling has them (`حي الرياض في الخرطوم`)."""
    full = {place.text: place for place in others if place.kind or place.within}
    told = (place if place.kind or place.within else full.get(place.text, place) for place in places)
    return tuple(told) or others


def _weight(told: Told) -> int:
    return (
        2 * bool(told.places and not told.inherited)
        + bool(told.actor.name)
        + bool(told.target.name)
        + 2 * len(told.counts)
        + bool(told.when.start)
    )


def mark_disputed(acts: Sequence[Told]) -> list[Told]:
    """Return the acts with those claimed that another source denies or gives another number for."""
    return [
        replace(act, modality="claimed")
        if act.modality == "asserted" and any(_disputes(other, act) for other in acts[max(0, n - MEMORY) : n + MEMORY])
        else act
        for n, act in enumerate(acts)
    ]


def _disputes(other: Told, act: Told) -> bool:
    if other is act or other.code != act.code or other.claim.name == act.claim.name:
        return False
    if not place_names(act) & place_names(other) and act.sentence != other.sentence:
        return False
    if other.modality == "denied":
        if other.part_only and not act.actor.name:
            return False
        return compatible(act.actor, other.actor) and other.claim.name is not None
    differs = any(act.counts.get(key, number) != number for key, number in other.counts.items() if key not in _APART)
    one_act = compatible(act.actor, other.actor) and compatible(act.target, other.target)
    return other.modality in FACTS and differs and one_act and same_time(act.when, other.when)


def mark_accusations(acts: Sequence[Told]) -> list[Told]:
    """Return the acts with those claimed that one side lays to the other's charge as a breach of a truce."""
    accused = {(act.sentence, act.actor.name) for act in acts if _accuses(act)}
    return [
        replace(act, modality="claimed")
        if act.modality == "asserted" and act.code in _CHARGES and (act.sentence, act.actor.name) in accused
        else act
        for act in acts
    ]


def _accuses(act: Told) -> bool:
    other = act.claim.name and act.actor.name and act.claim.name != act.actor.name
    return act.code == "violate_ceasefire" and bool(other) and act.claim.sector not in _OUTSIDERS


def unverified(acts: Sequence[Told]) -> list[Told]:
    """Return the acts with those of the last sentence claimed: the text says that they could not be checked."""
    last = acts[-1].sentence if acts else -1
    return [
        replace(act, modality="claimed") if act.sentence == last and act.modality == "asserted" else act for act in acts
    ]


def share_dates(acts: Sequence[Told]) -> list[Told]:
    """Return the acts with undated claims and denials dated like the act of the same class and place told before."""
    shared: list[Told] = []
    for act in acts:
        twin = next((other for other in reversed(shared[-MEMORY:]) if _dates(other, act)), None)
        shared.append(_as_told(act, twin) if twin else act)
    return shared


def _as_told(act: Told, twin: Told) -> Told:
    """A claim or denial with the date of the act it is about, and who gains what is denied to be lost: `نفى سقوطها`."""
    gained = act.code == "take_control" and not (act.actor.name or act.target.name)
    return replace(act, when=twin.when, actor=twin.actor if gained else act.actor)


def _dates(other: Told, act: Told) -> bool:
    undated = act.modality in ("claimed", "denied") and not act.when.start and not act.when.text
    same = other.code == act.code and bool(place_names(other) & place_names(act))
    return undated and same and bool(other.when.start) and other.modality in FACTS


def drop_words_only(acts: Iterable[Told]) -> list[Told]:
    """Drop statements of speakers whose words give another row, and all but the first of the others."""
    acts = list(acts)
    speakers = {act.claim.name for act in acts if act.code != "statement" and act.claim.name}
    kept: list[Told] = []
    said: set[str] = set()
    for act in acts:
        if act.code == "statement":
            name = act.actor.name
            if act.actor.sector == "MED" or not name or name in speakers or name in said or act.modality not in FACTS:
                continue
            said.add(name)
        kept.append(act)
    return kept
