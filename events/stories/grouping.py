"""Put rows that tell one event into stories: linked by evidence, never against it, whatever order they come in."""

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from events.stories.evidence import FLOOR, LINK, Evidence, Link
from events.stories.index import Index
from events.stories.report import Report, reports
from events.stories.spots import Lookup, gazetteer_place, relation
from events.stories.weighing import compare

_CLEARER = 1.0  # by how much a town's row must fit one quarter better than the others, to be of its story

Pair = frozenset[str]
"""Two event ids."""


@dataclass(frozen=True, slots=True)
class Decisions:
    """What the user has decided: pairs of rows that are not one event, and pairs that stay together all the same."""

    apart: Collection[Pair] = frozenset()
    together: Collection[Pair] = frozenset()


UNDECIDED = Decisions()


@dataclass(frozen=True, slots=True)
class Story:
    """Rows that tell one event: event ids in the order in which they were published, and what put them together.

    `links` are a tree: each joined two parts of the story, strongest first; a row alone has none. `id` is made from
    the row published first, so that later reports of the event do not change it.
    """

    id: str
    event_ids: tuple[str, ...]
    links: tuple[Link, ...]


def group(
    rows: Iterable[Mapping[str, Any]], *, decisions: Decisions = UNDECIDED, lookup: Lookup = gazetteer_place
) -> list[Story]:
    """Return the stories of rows (mappings with the contract's names), by id; every row is in one.

    The same rows give the same stories in any order. All rows of an article must be among `rows`. `lookup` finds
    the gazetteer's place by its id, for the town that a quarter belongs to; `decisions` are the user's.
    """
    blocks: dict[str, list[Report]] = {}
    for report in reports(rows, lookup):
        blocks.setdefault(report.block, []).append(report)
    found = [story for block in blocks.values() for story in stories_around(block, Index(block), decisions)]
    return sorted(found, key=lambda story: story.id)


def why(
    rows: Iterable[Mapping[str, Any]], *, decisions: Decisions = UNDECIDED, lookup: Lookup = gazetteer_place
) -> tuple[Link, ...]:
    """Return what put the rows of one story together: links that join them all, strongest first.

    `Link.evidence` says for each pair which grounds speak for and against their being one event.
    """
    links = (link for story in group(rows, decisions=decisions, lookup=lookup) for link in story.links)
    return tuple(sorted(links, key=_strength))


def stories_around(seeds: Iterable[Report], index: Index, decisions: Decisions = UNDECIDED) -> list[Story]:
    """Return the stories of `seeds` and of every report that links reach from them; all of one block.

    What is not reached has nothing to do with the seeds: its stories are what they were.
    """
    reach = Reach(seeds, decisions)
    reach.follow(index, lambda _: True)
    return reach.stories()


class Reach:
    """The reports that links reach from some of one block, each compared with those near it once.

    `waiting` are those not compared yet: reports may be loaded piece by piece, in whatever order.
    """

    def __init__(self, seeds: Iterable[Report], decisions: Decisions) -> None:
        self.reached = {report.id: report for report in seeds}
        self.waiting = list(self.reached.values())
        self._decisions = decisions
        self._links: list[Link] = []
        self._done: set[str] = set()
        self._partners: dict[str, list[str]] = {}
        for one, two in map(tuple, decisions.together):
            self._partners.setdefault(one, []).append(two)
            self._partners.setdefault(two, []).append(one)

    def follow(self, index: Index, ready: Callable[[Report], bool]) -> None:
        """Compare all reports that are `ready`, whose neighbours are all in the index; the others wait on."""
        later: list[Report] = []
        while self.waiting:
            report = self.waiting.pop()
            if ready(report):
                self._done.add(report.id)
                self._add(self._linked(report, index))
            else:
                later.append(report)
        self.waiting = later

    def stories(self) -> list[Story]:
        """Return the stories of all that was reached."""
        return _Merging(self.reached, self._decisions).stories(_decided(self._links, self.reached))

    def _linked(self, report: Report, index: Index) -> Iterator[Report]:
        """Note the links to reports that are not compared yet; yield those reports, and whom the user put beside."""
        for other in {other.id: other for other in index.near(report) if other.id not in self._done}.values():
            link = compare(report, other)
            if link and link.score >= LINK:
                self._links.append(link)
                yield other
        yield from (other for other in map(index.get, self._partners.get(report.id, ())) if other)

    def _add(self, found: Iterable[Report]) -> None:
        for report in found:
            if report.id not in self.reached:
                self.reached[report.id] = report
                self.waiting.append(report)


def _decided(links: Sequence[Link], reports: Mapping[str, Report]) -> list[Link]:
    """The links without those of a row that names a town, and fits several of its quarters alike."""
    finer: dict[str, list[tuple[float, str, Link]]] = {}
    for link in links:
        one, two = reports[link.one].spot, reports[link.two].spot
        if one.key != two.key and one.level is not two.level:
            coarse, fine = (link.one, two) if one.level < two.level else (link.two, one)
            finer.setdefault(coarse, []).append((link.score, fine.key, link))
    dropped = {id(link) for found in finer.values() for link in _undecided(found, reports)}
    return [link for link in links if id(link) not in dropped]


def _undecided(found: list[tuple[float, str, Link]], reports: Mapping[str, Report]) -> Iterator[Link]:
    """The links of one row to smaller places that are not clearly the one it means."""
    best_of: dict[str, float] = {}
    for score, spot, _ in found:
        best_of[spot] = max(score, best_of.get(spot, score))
    if len(best_of) < 2:
        return
    spots = {r.spot.key: r.spot for _, _, link in found for r in (reports[link.one], reports[link.two])}
    top = max(best_of.values())
    likely = [spots[spot] for spot, score in best_of.items() if score > top - _CLEARER]
    clear = all(relation(one, two) != "apart" for one in likely for two in likely)
    kept = {spot.key for spot in likely} if clear else set()
    yield from (link for _, spot, link in found if spot not in kept)


class _Merging:
    """Reports as parts that grow together; two parts stay apart if any two reports of them do."""

    def __init__(self, reports: Mapping[str, Report], decisions: Decisions) -> None:
        self._reports = reports
        self._apart = decisions.apart
        self._together = sorted(tuple(sorted(pair)) for pair in decisions.together if pair not in decisions.apart)
        self._part = {id_: [id_] for id_ in reports}
        self._fits: dict[tuple[str, str], bool] = {}

    def stories(self, links: Iterable[Link]) -> list[Story]:
        used: dict[int, list[Link]] = {}
        for one, two in self._together:
            if one in self._reports and two in self._reports:
                self._join(Link(one, two, LINK, (Evidence("kept_together", LINK),)), used)
        for link in sorted(links, key=_strength):
            one_part, two_part = self._part[link.one], self._part[link.two]
            if one_part is not two_part and all(self._fit(a, b) for a in one_part for b in two_part):
                self._join(link, used)
        parts = {id(part): part for part in self._part.values()}
        return [self._story(part, used.get(key, [])) for key, part in parts.items()]

    def _join(self, link: Link, used: dict[int, list[Link]]) -> None:
        one, two = self._part[link.one], self._part[link.two]
        if one is two:
            return
        if len(one) < len(two):
            one, two = two, one
        one.extend(two)
        self._part.update(dict.fromkeys(two, one))
        used.setdefault(id(one), []).extend((*used.pop(id(two), []), link))

    def _fit(self, one: str, two: str) -> bool:
        pair = (one, two) if one < two else (two, one)
        fits = self._fits.get(pair)
        if fits is None:
            link = compare(self._reports[one], self._reports[two])
            fits = link is not None and link.score >= FLOOR and frozenset(pair) not in self._apart
            self._fits[pair] = fits
        return fits

    def _story(self, part: Sequence[str], links: Iterable[Link]) -> Story:
        ordered = sorted(part, key=lambda id_: (_published(self._reports[id_]), id_))
        digest = hashlib.sha256(ordered[0].encode()).hexdigest()[:16]
        return Story(f"s{digest}", tuple(ordered), tuple(sorted(links, key=_strength)))


def _strength(link: Link) -> tuple[float, str, str]:
    return -link.score, link.one, link.two


def _published(report: Report) -> int:
    """The day a report was published, else that of its event; last of all what has neither."""
    day = report.published if report.published is not None else report.day
    return day if day is not None else 10**7
