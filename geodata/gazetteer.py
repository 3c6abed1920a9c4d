"""The gazetteer: which places a name may mean, and how surely a name in running text is a place at all."""

import re
import sqlite3
import sys
from functools import cache, lru_cache
from pathlib import Path
from threading import Lock

from rapidfuzz import fuzz, process

from geodata.index import open_index, place_of
from geodata.model import Place
from geodata.names import is_arabic, key
from geodata.salience import Salience
from geodata.sound import likeness, readings, skeleton, sound
from geodata.table import TABLES
from geodata.world import ARABIC

Named = tuple[tuple[Place, bool], ...]
"""Places that a name may mean, each with whether the name is whole, with its article."""

_SETTLED = frozenset({"city", "town", "village", "district"})
_KNOWN, _SHORT, _KNOWN_SHORT, _SURE_SHORT = 2_000, 2, 5_000, 85.0
"""Inhabitants of a town known by its sound; consonants of the shortest name, and what is asked of so short a one."""
_PERSIAN = re.compile("[پچژگکیہەےںٹڈڑڕۆێ]")
_SURE = 90.0
"""Likeness in percent asked of a place that the sources name in Arabic, where Arabic names are borrowed ones."""
_TOO_SHORT = 3
"""Letters of a Latin name that is not listened for."""
_TIED = 8.0
"""Percent of likeness by which the best of several sounds must lead."""
_SLIP_LENGTH, SLIP_RATIO = 7, 92.0
"""Letters, and likeness in percent, from which a slip of the pen is believed: one letter in twelve, two in 25."""


class Gazetteer:
    """Look-ups by name and place; make one with `Gazetteer.load()`. Safe to use from several threads."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._lock = Lock()
        self._salience: dict[str, Salience] = dict.fromkeys(_keys(connection, strong=False), "weak")
        self._salience |= dict.fromkeys(_keys(connection, strong=True), "strong")
        longer = [name.split(" ") for name in self._salience if " " in name]
        self.spans: dict[str, int] = dict.fromkeys(self._salience, 1)
        """For the first word of each name, the words of the longest name that begins with it."""
        seconds: dict[str, set[str]] = {}
        for words in longer:
            self.spans[words[0]] = max(len(words), self.spans.get(words[0], 0))
            seconds.setdefault(words[0], set()).add(words[1])
        self.seconds: dict[str, frozenset[str]] = {first: frozenset(words) for first, words in seconds.items()}
        """For the first word of each longer name, the words that follow it."""
        self.by_key = lru_cache(maxsize=20_000)(self._by_key)
        self._place = lru_cache(maxsize=20_000)(self._read_place)
        self._sounds = lru_cache(maxsize=32)(self._read_sounds)
        self.names_starting_with = lru_cache(maxsize=64)(self._starting_with)

    @classmethod
    def load(cls, folder: Path | None = None, *, tables: tuple[Path, ...] = TABLES) -> "Gazetteer":
        """Open the index (in the user's cache folder, or `folder`), building it on first use.

        Raises `geodata.index.GazetteerError` or `geodata.table.TableError`, each with a one-line message.
        """
        return cls(open_index(folder, tables=tables))

    def salience(self, folded_name: str) -> Salience | None:
        """Return how surely a folded name is a place: `strong` anywhere in a text, `weak` only in a place's context.

        None: texts are not to be searched for it. It may still be a place's name (`find`), after a kind word.
        """
        found = self._salience.get(folded_name)
        if found is None and ("-" in folded_name or "'" in folded_name):
            return self._salience.get(key(folded_name))
        return found

    def find(self, name: str) -> Named:
        """Return the places that bear `name` in any spelling; empty if there are none."""
        return self.by_key(key(name))

    def place(self, place_id: str) -> Place | None:
        """Return the place of an id; None if there is none."""
        rows = self._query("SELECT * FROM place WHERE id = ?", (place_id,))
        return place_of(rows[0]) if rows else None

    def by_slip(self, folded: str) -> Named:
        """Return the places that every name differing from `folded` by a slip of the pen bears; often none.

        Only names of seven letters and more, with the same first two letters: shorter ones have too many neighbours.
        """
        if len(folded) < _SLIP_LENGTH:
            return ()
        names = self.names_starting_with(folded[:2])
        near = process.extract(folded, names, scorer=fuzz.ratio, score_cutoff=SLIP_RATIO, limit=5)
        meant = [{place.id: place for place, _ in self.by_key(name)} for name, _, _ in near]
        shared = set.intersection(*map(set, meant)) if meant else set()
        return tuple((meant[0][id_], False) for id_ in sorted(shared))

    def by_sound(self, name: str, country: str) -> Named:
        """Return the towns of `country` listed without Arabic names that sound most like the Arabic `name`; often none.

        All that are equally like it, of 2,000 inhabitants and more; of 5,000 where the name has two consonants.
        """
        alike = [found for spoken in readings(name, country) for found in self._sounding(spoken, country)]
        best = max((ratio for ratio, _ in alike), default=0.0)
        return tuple({place.id: (place, False) for ratio, place in alike if ratio > best - _TIED}.values())

    def _sounding(self, spoken: str, country: str) -> list[tuple[float, Place]]:
        """Return the towns of `country` that sound like `spoken`, each with how alike they are in percent."""
        bare = skeleton(spoken)
        if len(bare) < _SHORT:
            return []
        least, alike = (_KNOWN, 1.0) if len(bare) > _SHORT else (_KNOWN_SHORT, _SURE_SHORT)
        towns = [(heard, place) for heard, place in self._sounds(country).get(bare, ()) if place.population >= least]
        likenesses = [(likeness(spoken, heard), place) for heard, place in towns]
        return [(ratio, place) for ratio, place in likenesses if ratio >= (alike if _unwritten(place) else _SURE)]

    def _read_sounds(self, country: str) -> dict[str, list[tuple[str, Place]]]:
        rows = self._query("SELECT * FROM place WHERE country = ? ORDER BY number", (country,))
        found: dict[str, list[tuple[str, Place]]] = {}
        for place in map(place_of, rows):
            heard_of = place.precision in _SETTLED and (country not in ARABIC or _unwritten(place))
            long = [name for name in place.names if len(name) > _TOO_SHORT and not is_arabic(name)] if heard_of else []
            for heard in {sound(name, country) for name in long}:
                found.setdefault(skeleton(heard), []).append((heard, place))
        return found

    def parts(self, parent: str, country: str) -> tuple[Place, ...]:
        """Return the located quarters and camps whose parent is the town `parent`, by name."""
        rows = self._query(
            "SELECT * FROM place WHERE parent = ? AND country = ? AND precision = 'neighbourhood' ORDER BY name, id",
            (parent, country),
        )
        return tuple(place_of(row) for row in rows)

    def around(self, latitude: float, longitude: float, degrees: float) -> tuple[Place, ...]:
        """Return the places with a point of their own within `degrees` of latitude and longitude of a point."""
        box = (latitude - degrees, latitude + degrees, longitude - degrees, longitude + degrees)
        rows = self._query("SELECT * FROM place WHERE latitude BETWEEN ? AND ? AND longitude BETWEEN ? AND ?", box)
        return tuple(place_of(row) for row in rows)

    def all_places(self) -> tuple[Place, ...]:
        """Return every place, in the order of the sources."""
        return tuple(place_of(row) for row in self._query("SELECT * FROM place ORDER BY number", ()))

    def _by_key(self, folded: str) -> Named:
        rows = self._query("SELECT place, whole FROM name WHERE key = ?", (folded,))
        return tuple((self._place(int(str(number))), bool(whole)) for number, whole in rows)

    def _read_place(self, number: int) -> Place:
        return place_of(self._query("SELECT * FROM place WHERE number = ?", (number,))[0])

    def _starting_with(self, start: str) -> list[str]:
        sql = "SELECT key FROM salience WHERE key >= ? AND key < ? AND length(key) >= ? ORDER BY key"
        return [str(name) for (name,) in self._query(sql, (start, start + chr(sys.maxunicode), _SLIP_LENGTH - 1))]

    def _query(self, sql: str, values: tuple[object, ...]) -> list[tuple[object, ...]]:
        try:
            with self._lock:
                return self._connection.execute(sql, values).fetchall()
        except UnicodeEncodeError:  # no name has half a surrogate pair
            return []


def _unwritten(place: Place) -> bool:
    """Tell whether the sources lack a place's Arabic name: those with letters of Persian or Urdu are none."""
    return all(_PERSIAN.search(name) for name in place.names if is_arabic(name))


def _keys(connection: sqlite3.Connection, *, strong: bool) -> list[str]:
    """The names to be looked for, as one text: a hundred thousand rows take longer."""
    sql = "SELECT group_concat(key, char(10)) FROM salience WHERE strong = ?"
    (names,) = connection.execute(sql, (strong,)).fetchone()
    return str(names).split("\n") if names else []


@cache
def default_gazetteer() -> Gazetteer:
    """Return the gazetteer over the project's tables and the world, loaded once; raises as `Gazetteer.load`."""
    return Gazetteer.load()
