"""Buildings that a place name says are hit or besieged: `قصف مطار معيتيقة`, `تحاصر مستشفى ناصر`."""

from collections.abc import Sequence

from events.chunks import Chunk
from events.drafts import Draft
from events.line import Line
from events.model import Party
from events.prepositions import preposition
from geodata.folding import fold

_KINDS = {
    "مستشفى": "hospital",
    "مشفى": "hospital",
    "المستشفى": "hospital",
    "المشفى": "hospital",
    "جسر": "bridge",
    "سجن": "prison",
    "مصفاة": "oil refinery",
    "جامعة": "university",
    "كنيسة": "church",
    "مسجد": "mosque",
    "مدرسة": "school",
}
_BUILDINGS = {fold(word): name for word, name in _KINDS.items()}
_BESIEGED = frozenset(("hospital",))


def struck_building(line: Line, chunks: Sequence[Chunk], draft: Draft) -> str | None:
    """Return what kind of building an attack or a siege is on, None if its place is none or only near it."""
    if draft.code not in ("attack", "close_road"):
        return None
    for place in draft.places:
        name = _BUILDINGS.get(fold(place.text.split()[0])) if place.kind else None  # جسر الشغور is a town
        at = _chunk_of(line, chunks, place.span.start) if name else None
        if name and at and (draft.code == "attack" or name in _BESIEGED) and _direct(chunks, at):
            return name
    return None


def _chunk_of(line: Line, chunks: Sequence[Chunk], start: int) -> int | None:
    spans = ((line.words[chunk.first].start, line.words[chunk.last - 1].end) for chunk in chunks)
    return next((n for n, (first, last) in enumerate(spans) if first <= start < last), None)


def _direct(chunks: Sequence[Chunk], at: int) -> bool:
    """Whether the name is an object, bare or behind على."""
    return chunks[at].pre in ("", "و") and preposition(chunks[at - 1]) in ("", "target")


def generic(target: Party) -> Party:
    """Return a hospital that suffers by its kind: who hits a named one hits a hospital."""
    named = target.name is not None and target.name.endswith(" Hospital")
    return Party("hospital", target.sector, target.text) if named else target
