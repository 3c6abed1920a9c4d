"""The gazetteer: which places a name may mean, and how surely a name in running text is a place at all."""

import sqlite3
from functools import lru_cache
from pathlib import Path

from rapidfuzz import fuzz, process

from geodata.index import open_index, place_of
from geodata.model import Place
from geodata.names import key
from geodata.salience import Salience
from geodata.table import TABLES

_SLIP_LENGTH, _SLIP_RATIO = 7, 92.0


class Gazetteer:
    """Look-ups by name; make one with `Gazetteer.load()`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        rows = connection.execute("SELECT key, strong FROM salience")
        self._salience: dict[str, Salience] = {name: "strong" if strong else "weak" for name, strong in rows}
        self.longest: int = max((name.count(" ") + 1 for name in self._salience), default=0)
        """Words of the longest name."""
        self.spans: dict[str, int] = {}
        """For the first word of each name, the words of the longest name that begins with it."""
        for name in self._salience:
            first, words = name.partition(" ")[0], name.count(" ") + 1
            if words > self.spans.get(first, 0):
                self.spans[first] = words
        self.by_key = lru_cache(maxsize=20_000)(self._by_key)
        self.place = lru_cache(maxsize=20_000)(self._place)

    @classmethod
    def load(cls, folder: Path | None = None, *, tables: tuple[Path, ...] = TABLES) -> "Gazetteer":
        """Open the index (in the user's cache folder, or `folder`), building it on first use.

        Raises `geodata.index.GazetteerError` or `geodata.table.TableError`, each with a one-line message.
        """
        return cls(open_index(folder, tables=tables))

    def salience(self, folded_name: str) -> Salience | None:
        """Return how surely a folded name is a place: `strong` anywhere in a text, `weak` only in a place's context.

        None: not a known place name.
        """
        found = self._salience.get(folded_name)
        if found is None and ("-" in folded_name or "'" in folded_name):
            return self._salience.get(key(folded_name))
        return found

    def find(self, name: str) -> tuple[tuple[Place, bool], ...]:
        """Return the places that bear `name` in any spelling, each with whether the name is whole, with its article."""
        return self.by_key(key(name))

    def _by_key(self, folded: str) -> tuple[tuple[Place, bool], ...]:
        rows = self._connection.execute("SELECT place, whole FROM name WHERE key = ?", (folded,)).fetchall()
        return tuple((self.place(number), bool(whole)) for number, whole in rows)

    def _place(self, number: int) -> Place:
        return place_of(self._connection.execute("SELECT * FROM place WHERE number = ?", (number,)).fetchone())

    def by_slip(self, folded: str) -> tuple[tuple[Place, bool], ...]:
        """Return the places of the one name that differs from `folded` by a slip of the pen; nothing if several do.

        Only names of seven letters and more, with the same first two letters: shorter ones have too many neighbours.
        """
        if len(folded) < _SLIP_LENGTH:
            return ()
        near = process.extract(folded, self._alike(folded[:2]), scorer=fuzz.ratio, score_cutoff=_SLIP_RATIO, limit=3)
        found = {place.id: (place, False) for name, _, _ in near for place, _ in self.by_key(name)}
        return tuple(found.values()) if len(near) == 1 else ()

    @lru_cache(maxsize=256)  # noqa: B019  # one gazetteer lives as long as the process
    def _alike(self, start: str) -> list[str]:
        return [name for name in self._salience if name.startswith(start) and len(name) >= _SLIP_LENGTH - 1]
