"""The places that a written name may mean: as it stands, without kind word or clitic, or with one slip of the pen."""

from dataclasses import dataclass, replace

from geodata.gazetteer import Gazetteer
from geodata.kinds import KIND_WORDS
from geodata.model import Place
from geodata.names import is_arabic, key

_SLIP = 0.8
_DIRECTIONS = {
    "الشمالي": "northern", "الجنوبي": "southern", "الشرقي": "eastern", "الغربي": "western", "الاوسط": "central",
    "شمالي": "northern", "جنوبي": "southern", "شرقي": "eastern", "غربي": "western",
}  # fmt: skip
_COUNTRYSIDE = ("ريف", "ارياف")


@dataclass(frozen=True, slots=True)
class Found:
    """Candidates, each with whether it was named whole, and what was learnt on the way.

    `kind` is the kind word that stood in the name, `countryside` the English of a part (`northern countryside`),
    `quality` how far the spelling can be trusted, from 0 to 1.
    """

    places: tuple[tuple[Place, bool], ...]
    kind: str | None = None
    countryside: str | None = None
    quality: float = 1.0


NOTHING = Found(())


def find(gazetteer: Gazetteer, name: str, *, kind: str | None = None) -> Found:
    """Return the candidates for `name` as written; `kind` is the kind word beside it, canonical."""
    folded = key(name)
    for attempt in (_as_it_stands, _countryside, _without_kind_word, _without_clitic, _with_a_slip):
        found = attempt(gazetteer, folded)
        if found.places:
            return found
    return NOTHING


def _as_it_stands(gazetteer: Gazetteer, folded: str) -> Found:
    return Found(gazetteer.by_key(folded))


def _countryside(gazetteer: Gazetteer, folded: str) -> Found:
    """`ريف حلب الشمالي` is part of Aleppo's governorate."""
    first, _, rest = folded.partition(" ")
    if first not in _COUNTRYSIDE or not rest:
        return NOTHING
    words = rest.split()
    directions = []
    while len(words) > 1 and words[-1] in _DIRECTIONS:
        directions.insert(0, _DIRECTIONS[words.pop()])
    places = gazetteer.by_key(" ".join(words))
    areas = tuple((place, whole) for place, whole in places if place.precision == "governorate") or places
    return Found(areas, countryside=" ".join((*reversed(directions), "countryside")))


def as_countryside(place: Place, part: str) -> Place:
    """Return a part of the land around `place` as a region of its own, standing at the place's point."""
    direction = part.removesuffix("countryside").strip()
    name = f"{direction.capitalize()} {place.name} countryside".strip()
    return replace(place, id=f"{place.id}#{part.replace(' ', '-')}", name=name, names=(name,), name_ar=None,
                   feature_code="RGN", precision="region")  # fmt: skip


def _without_kind_word(gazetteer: Gazetteer, folded: str) -> Found:
    words = folded.split()
    if len(words) < 2:
        return NOTHING
    first = _bare_word(words[0])
    if first in KIND_WORDS and (places := gazetteer.by_key(" ".join(words[1:]))):
        return Found(places, KIND_WORDS[first])
    if words[-1] in KIND_WORDS and (places := gazetteer.by_key(" ".join(words[:-1]))):
        return Found(places, KIND_WORDS[words[-1]])
    if first in KIND_WORDS:
        inner = _without_clitic(gazetteer, " ".join(words[1:]))
        return Found(inner.places, KIND_WORDS[first], quality=inner.quality)
    return NOTHING


def _bare_word(word: str) -> str:
    """Return a kind word without the clitics before it (`بحي`, `والحي`)."""
    for clitic in ("", "و", "ف", "ب", "ل", "ك", "ال", "وب", "ول", "بال", "وال", "لل"):
        if word.startswith(clitic) and word[len(clitic) :] in KIND_WORDS:
            return word[len(clitic) :]
    return word


def _without_clitic(gazetteer: Gazetteer, folded: str) -> Found:
    for bare in unclitic(folded):
        if places := gazetteer.by_key(bare):
            return Found(places)
    return NOTHING


def unclitic(folded: str) -> tuple[str, ...]:
    """Return the readings of a folded Arabic name without the clitics و ف ب ك ل before it (`للاشرفيه` → `الاشرفيه`)."""
    if not is_arabic(folded):
        return ()
    readings = []
    rest = folded[1:] if folded[0] in "وف" else ""
    for text in filter(None, (folded, rest)):
        if text is rest:
            readings.append(rest)
        if text.startswith("لل"):
            readings += ["ال" + text[2:], "ال" + text[1:]]
        if text[0] in "بكل":
            readings.append(text[1:])
    return tuple(reading for reading in readings if len(reading) > 2)


def _with_a_slip(gazetteer: Gazetteer, folded: str) -> Found:
    return Found(gazetteer.by_slip(folded), quality=_SLIP)
