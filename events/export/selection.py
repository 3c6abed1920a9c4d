"""Which rows an export takes, as asked for on the command line."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from events.actor_names import PARTIES, named
from geodata.folding import fold
from geodata.gazetteer import default_gazetteer
from geodata.model import Place

if TYPE_CHECKING:
    import pandas as pd

_PLACE_COLUMNS = ("place", "place_text", "admin1", "country")
_GOVERNORATE, _COUNTRY = "ADM1", "PCL"
"""Beginnings of the feature codes of what stands in `admin1` and `country`."""


@dataclass(frozen=True, slots=True)
class Selection:
    """What to take; empty or None takes everything.

    `first`, `last`: days, both included; an event that only partly lies between them is taken, one without a date is
    not as soon as either is given, unless `undated`. `places`: names of places, governorates or countries (ISO code),
    in English or Arabic and in any spelling: حلب and aleppo find the city and all of its governorate, الاشرفيه the
    Ashrafieh of every town. `actors`: names, or whole words of them, as the row or its text has them.
    """

    first: date | None = None
    last: date | None = None
    undated: bool = False
    actions: Sequence[str] = ()
    actors: Sequence[str] = ()
    places: Sequence[str] = ()
    modalities: Sequence[str] = ()

    def of(self, rows: "pd.DataFrame") -> "pd.DataFrame":
        """Return those of the rows (of the contract) that are asked for, in their order."""
        taken = self._in_period(rows)
        if self.actions:
            taken &= rows["action"].isin(list(self.actions))
        if self.modalities:
            taken &= rows["modality"].isin(list(self.modalities))
        if self.actors:
            taken &= self._by_actors(rows)
        if self.places:
            taken &= self._at_places(rows)
        return rows[taken]

    def left_undated(self, rows: "pd.DataFrame") -> int:
        """Return how many rows are left out for nothing but having no date."""
        if self.undated or not (self.first or self.last):
            return 0
        return int(replace(self, first=None, last=None).of(rows)["event_date"].isna().sum())

    def _in_period(self, rows: "pd.DataFrame") -> "pd.Series[bool]":
        """Compare ISO dates as texts: a month (`2026-01`) begins before all of its days and ends after them."""
        begin = rows["event_date"].astype("str")
        end = rows["event_date_end"].astype("str").fillna(begin)
        inside = begin.notna()
        if self.first:
            inside &= (end + "~") >= self.first.isoformat()
        if self.last:
            inside &= begin <= self.last.isoformat()
        open_ended = self.undated or not (self.first or self.last)
        return inside | begin.isna() if open_ended else inside

    def _by_actors(self, rows: "pd.DataFrame") -> "pd.Series[bool]":
        wanted = [fold(name).split() for name in self.actors]
        known = {english for name in self.actors for english in named(name)}
        meant = _where(rows["actor"], lambda cell: not known.isdisjoint(cell.split(PARTIES)))
        for column in ("actor", "actor_text"):
            meant |= _where(rows[column], lambda cell: any(_holds(fold(cell).split(), words) for words in wanted))
        return meant

    def _at_places(self, rows: "pd.DataFrame") -> "pd.Series[bool]":
        wanted = {fold(name).strip() for name in self.places}
        meant = _where(rows["place_id"], _ids(self._known()).__contains__)
        for name in _PLACE_COLUMNS:
            meant |= _where(rows[name], lambda cell: fold(cell) in wanted)
        for place in self._known():
            if place.feature_code == _GOVERNORATE:
                meant |= (rows["admin1"] == place.name) & (rows["country"] == place.country)
            elif place.feature_code.startswith(_COUNTRY):
                meant |= rows["country"] == place.country
        return meant

    def _known(self) -> list[Place]:
        """Return the places that bear the names, whatever the language they are written in."""
        return [place for name in self.places for place, whole in default_gazetteer().find(name) if whole]


def _ids(places: Collection[Place]) -> set[str]:
    return {place.id for place in places}


def _holds(words: Sequence[str], some: Sequence[str]) -> bool:
    return bool(some) and any(list(words[at : at + len(some)]) == list(some) for at in range(len(words)))


def _where(column: "pd.Series[Any]", meets: Callable[[str], bool]) -> "pd.Series[bool]":
    """Return which rows' value meets a condition; each different value is looked at once."""
    held = column.astype("category")
    return held.isin([value for value in held.cat.categories if meets(value)])
