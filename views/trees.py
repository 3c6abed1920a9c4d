"""What can be chosen in levels: actions by family, places by country, governorate, city and quarter."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
import numpy.typing as npt
import pandas as pd

from geodata.gazetteer import default_gazetteer
from geodata.model import Place
from views import names
from views.families import families
from views.labels import Words

_CITIES = ("city", "town")


@dataclass(frozen=True, slots=True)
class Node:
    """A level that can be chosen: `key` stands in the address, `path` are the keys above it, the widest first."""

    key: str
    path: tuple[str, ...]
    name: str
    name_ar: str

    def named(self, words: Words) -> str:
        """Return its name in the interface's language."""
        return self.name_ar if words.language == "ar" else self.name


Totals = npt.NDArray[np.int64]
"""The events of each node of a tree, in the order of its `nodes`."""


@dataclass(frozen=True, eq=False)
class Tree:
    """Nodes by key, and for each value of a column the node it belongs to.

    `values_held`: the column's values in the order in which they are counted.
    """

    nodes: Mapping[str, Node]
    leaf: Mapping[str, str]
    values_held: Sequence[str]

    def values(self, keys: Iterable[str]) -> tuple[str, ...]:
        """Return the column's values under the nodes of `keys`; a key that is no node stands for itself."""
        wanted = set(keys)
        if not wanted:
            return ()
        found = [value for value, key in self.leaf.items() if wanted & {key, *self.nodes[key].path}]
        return (*found, *(key for key in wanted if key not in self.nodes))

    @cached_property
    def number(self) -> Mapping[str, int]:
        """Where each node stands in the order of `nodes`."""
        return {key: number for number, key in enumerate(self.nodes)}

    @cached_property
    def _above(self) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Every value with every node it lies under, as two arrays of numbers."""
        pairs = [
            (value, self.number[level])
            for value, name in enumerate(self.values_held)
            if (key := self.leaf.get(name))
            for level in (key, *self.nodes[key].path)
        ]
        values, nodes = np.array(pairs, np.int64).reshape(-1, 2).T
        return values, nodes

    def totals(self, tally: Totals) -> Totals:
        """Return each node's count from the counts of `values_held`."""
        values, nodes = self._above
        return np.bincount(nodes, tally[values], len(self.nodes)).astype(np.int64)

    def ordered(self, totals: Totals, most: int, always: Iterable[str]) -> list[str]:
        """Return at most `most` nodes by their counts, each below the one it belongs to, and those of `always`."""
        keys = list(self.nodes)
        fullest = (keys[number] for number in np.argsort(-totals, kind="stable")[:most].tolist())
        kept = dict.fromkeys((*fullest, *(key for key in always if key in self.nodes)))
        for key in list(kept):
            kept |= dict.fromkeys(self.nodes[key].path)
        return sorted(kept, key=lambda key: self._rank(key, totals))

    def _rank(self, key: str, totals: Totals) -> tuple[tuple[int, str], ...]:
        return tuple((-int(totals[self.number[level]]), level) for level in (*self.nodes[key].path, key))


@lru_cache(maxsize=8)
def actions_of(values: tuple[str, ...], words: Words) -> Tree:
    """Return the families with the actions `values`."""
    there, nodes = set(values), {}
    for family in families():
        for action in (action for action in family.actions if action in there):
            title = words(f"family.{family.id}")
            nodes[family.id] = Node(family.id, (), title, title)
            nodes[action] = Node(action, (family.id,), words.action(action), words.action(action))
    return Tree(nodes, {action: action for action in nodes if action in there}, values)


def place_tree(rows: pd.DataFrame) -> Tree:
    """Return the tree of the places of `rows` (of `prepare`)."""
    there = rows.drop_duplicates("place_id")
    there = there.loc[there["place_id"].notna(), ["place_id", "place", "admin1", "country"]].astype("object")
    nodes: dict[str, Node] = {}
    leaf: dict[str, str] = {}
    for place_id, name, admin1, country in there.itertuples(index=False, name=None):
        for node in _levels(place_id, name, *(None if pd.isna(value) else value for value in (admin1, country))):
            nodes.setdefault(node.key, node)
            leaf[place_id] = node.key
    return Tree(nodes, leaf, tuple(map(str, rows["place_id"].cat.categories)))


def _levels(place_id: str, name: str, admin1: str | None, country: str | None) -> Iterator[Node]:
    path: tuple[str, ...] = ()
    ar, en = Words("ar"), Words("en")
    city = _city(place_id)
    admin1 = city.admin1 if city and city.admin1 else admin1
    if country:
        yield Node(country, path, names.country(country, en), names.country(country, ar))
        path = (country,)
        if place_id.startswith("iso:"):
            return
    if country and admin1:
        key = f"{country}/{admin1}"
        yield Node(key, path, admin1, names.governorate(admin1, country, ar))
        path = (*path, key)
        if place_id.startswith("adm1:"):
            return
    if city:
        yield Node(city.id, path, city.name, city.name_ar or city.name)
        path = (*path, city.id)
    yield Node(place_id, path, name, names.place(place_id, name, ar))


def _city(place_id: str) -> Place | None:
    """Return the city a quarter or a landmark belongs to; None for a city itself, or if the gazetteer knows none."""
    place = names.by_id(place_id.partition("#")[0])
    if place is None or not place.parent or place.precision in _CITIES:
        return None
    above = (found for found, _ in default_gazetteer().find(place.parent) if found.country == place.country)
    return next((found for found in above if found.precision in _CITIES and found.id != place.id), None)
