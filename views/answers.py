"""What passes each state of the filters, worked out once for all visitors who ask for it."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from threading import Lock

from views.columns import Columns
from views.facets import Facets, Mask
from views.filters import Filter, Found, masks

_ROOM = 48_000_000  # bytes of masks that are kept
_MASKS = 4  # of an answer, of a byte a row, as a rule


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """What passes: `found` on the server, `packed` as the browser reads it (the time apart; see `Columns.packed`)."""

    found: Found
    packed: str


@dataclass(eq=False)
class Answers:
    """The latest answers about the same rows; the oldest ones go when there is no room."""

    facets: Facets
    columns: Columns
    _kept: OrderedDict[Hashable, Answer] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def to(self, wanted: Filter, search: Callable[[str], Mask | None]) -> Answer:
        """Return what passes; `search` gives which rows hold some words, None if none are asked for."""
        with self._lock:  # who asks for the same at the same time waits for the one answer
            key = wanted.key
            if key not in self._kept:
                found = masks(self.facets, wanted, search(wanted.words))
                self._kept[key] = Answer(found, self.columns.packed(found.all(but="period")))
            self._kept.move_to_end(key)
            while len(self._kept) > self.most:
                self._kept.popitem(last=False)
            return self._kept[key]

    @property
    def most(self) -> int:
        """How many answers are kept."""
        return min(max(_ROOM // (_MASKS * max(len(self.facets), 1)), 4), 256)
