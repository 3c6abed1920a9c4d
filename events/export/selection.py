"""Which rows an export takes, as asked for on the command line."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from geodata.folding import fold

if TYPE_CHECKING:
    import pandas as pd

_PLACE_COLUMNS = ("place", "place_text", "admin1", "country")


@dataclass(frozen=True, slots=True)
class Selection:
    """What to take; empty or None takes everything.

    `first`, `last`: days, both included; an event that only partly lies between them is taken, one without a date is
    not as soon as either is given, unless `undated`. `places`: names of places, governorates or countries (ISO code),
    compared after folding, so that الاشرفيه finds الأشرفية and aleppo finds all of its governorate.
    """

    first: date | None = None
    last: date | None = None
    undated: bool = False
    actions: Sequence[str] = ()
    places: Sequence[str] = ()
    modalities: Sequence[str] = ()

    def of(self, rows: "pd.DataFrame") -> "pd.DataFrame":
        """Return those of the rows (of the contract) that are asked for, in their order."""
        taken = self._in_period(rows)
        if self.actions:
            taken &= rows["action"].isin(list(self.actions))
        if self.modalities:
            taken &= rows["modality"].isin(list(self.modalities))
        return rows[taken & self._at_places(rows)]

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

    def _at_places(self, rows: "pd.DataFrame") -> "pd.Series[bool]":
        wanted = {fold(name).strip() for name in self.places}
        found = rows["event_id"].isna() if wanted else rows["event_id"].notna()
        for name in _PLACE_COLUMNS if wanted else ():
            column = rows[name].astype("category")
            found |= column.isin([value for value in column.cat.categories if fold(value) in wanted])
        return found
