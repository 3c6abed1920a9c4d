"""The hand-made groups of `tests/stories/*.yml` as rows, and how well a grouping fits them.

`python -m tests.story_groups` prints precision, recall and F1 of pairs for each half, and what is wrong in `tune.yml`;
the misses of `holdout.yml` are not shown, so that nobody tunes on them.
"""

import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import yaml

from events.lexicon import LANGUAGES, load_yaml
from events.model import Article
from events.pipeline import code
from events.row import COLUMNS, to_row
from events.schema import ActorEntry, NounEntry
from events.stories.grouping import Story, group
from geodata.gazetteer import default_gazetteer

FOLDER = Path(__file__).with_name("stories")
HALVES = ("tune", "holdout")
_STATE = {"army": "MIL", "Ministry of Defence": "MIL", "police": "COP", "Ministry": "GOV", "government": "GOV"}

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Score:
    """How pairs of rows were put together: right, wrongly together, wrongly apart."""

    right: int
    wrong: int
    missed: int

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall of pairs."""
        return 2 * self.right / (2 * self.right + self.wrong + self.missed)

    def __str__(self) -> str:
        precision, recall = self.right / (self.right + self.wrong), self.right / (self.right + self.missed)
        return f"precision {precision:.3f} recall {recall:.3f} F1 {self.f1:.3f} ({self.right} pairs right)"


def rows(half: str) -> list[tuple[Row, str, str]]:
    """Return the rows of a half, each with its story and its group's title; stories of groups differ."""
    groups = yaml.safe_load((FOLDER / f"{half}.yml").read_text("utf-8"))
    return [
        (_row(entry, f"{half}{number}-{place}"), f"{number}{entry['s']}", one["title"])
        for number, one in enumerate(groups)
        for place, entry in enumerate(one["rows"])
    ]


def read_rows() -> list[tuple[Row, str, str]]:
    """Return the rows that the reader makes of `articles.yml` and that a story names, as `rows` does."""
    groups = yaml.safe_load((FOLDER / "articles.yml").read_text("utf-8"))
    return [found for number, one in enumerate(groups) for found in _read(number, one)]


def _read(number: int, one: Mapping[str, Any]) -> Iterator[tuple[Row, str, str]]:
    for place, entry in enumerate(one["articles"]):
        article = Article(f"articles{number}-{place}", entry["text"], published=entry["day"], publisher=entry["by"])
        for row in (to_row(located, article) for located in code(article)):
            keys = ([place, row["action"]], [place, row["action"], row["place_text"]])
            story = next((name for name, told in one["stories"].items() if any(key in told for key in keys)), None)
            if story:
                yield row, f"{number}{story}", one["title"]


def score(half: str) -> Score:
    """Group all rows of a half (or of `articles`) at once and return how pairs fit."""
    told = read_rows() if half == "articles" else rows(half)
    wanted = _pairs({row["event_id"]: story for row, story, _ in told})
    found = _pairs(_by_row(group(row for row, _, _ in told)))
    return Score(len(wanted & found), len(found - wanted), len(wanted - found))


def _by_row(stories: Iterable[Story]) -> dict[str, str]:
    return {event_id: story.id for story in stories for event_id in story.event_ids}


def _pairs(story_of: Mapping[str, str]) -> set[tuple[str, str]]:
    return {(one, two) for one, two in combinations(sorted(story_of), 2) if story_of[one] == story_of[two]}


def _row(entry: Mapping[str, Any], event_id: str) -> Row:
    values = {
        "event_id": event_id,
        "article_id": f"{entry['by']} {entry['day']} {event_id.partition('-')[0]}",
        "action": entry["action"],
        "modality": entry.get("modality", "asserted"),
        "event_date": str(entry["date"]) if entry.get("date") else None,
        "time_precision": 1 if entry.get("date") else None,
        "claim_source": entry.get("said"),
        "publisher": entry["by"],
        "published": str(entry["day"]),
        "language": entry.get("lang", "ar"),
        "quote": entry["quote"],
        **entry.get("n", {}),
        **_place(entry.get("place")),
    }
    for role in ("actor", "target"):
        values |= {role: entry.get(role), f"{role}_sector": _sector(entry.get(role))}
    return {name: values.get(name) for name in COLUMNS}


def _place(name: str | None) -> Row:
    if name is None:
        return {}
    known = _places()[name]
    place = default_gazetteer().place(known if isinstance(known, str) else known["at"])
    assert place is not None, name
    spot = {} if isinstance(known, str) else {"place": known["name"], "geo_precision": 2}
    fields = ("feature_code", "admin1", "country", "latitude", "longitude")
    values = {field: getattr(place, field) for field in fields}
    return {"place": place.name, "place_text": name, "place_id": place.id, "geo_precision": 1, **values, **spot}


@cache
def _places() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((FOLDER / "places.yml").read_text("utf-8"))
    return found


def _sector(name: str | None) -> str | None:
    if name is None:
        return None
    first = name.split(";")[0]
    return _sectors().get(first) or next((code for word, code in _STATE.items() if word in first), None)


@cache
def _sectors() -> dict[str, str | None]:
    nouns = load_yaml(LANGUAGES / "ar" / "nouns.yml", tuple[NounEntry, ...])
    actors = load_yaml(LANGUAGES / "ar" / "actors.yml", tuple[ActorEntry, ...])
    return {noun.name: noun.sector for noun in nouns if noun.name} | {actor.name: actor.sector for actor in actors}


def main() -> None:
    """Print the score of both halves, and the wrong pairs of the half for tuning."""
    for half in (*HALVES, "articles"):
        sys.stdout.write(f"{half} {score(half)}\n")
    told = {row["event_id"]: (row, story, title) for row, story, title in rows("tune")}
    wanted = _pairs({event_id: story for event_id, (_, story, _) in told.items()})
    found = _pairs(_by_row(group(row for row, _, _ in told.values())))
    for pair in sorted(wanted ^ found):
        sys.stdout.write(f"{'missed' if pair in wanted else 'wrong'}: {told[pair[0]][2]}\n")
        for event_id in pair:
            sys.stdout.write(f"    {event_id} {told[event_id][0]['quote']}\n")


if __name__ == "__main__":
    main()
