"""The places that a written name may mean: as it stands, without kind word or clitic, with one slip, by its sound."""

from dataclasses import dataclass, replace

from geodata.evidence import contested, known_abroad
from geodata.gazetteer import Gazetteer, Named
from geodata.kinds import BUILT, KIND_WORDS, LANDMARKS, accepts, kind_of
from geodata.model import Place
from geodata.names import is_arabic, key
from geodata.world import REGION

_SLIP = 0.8
_SOUND = 0.7
_DIRECTIONS = {
    "الشمالي": "northern", "الجنوبي": "southern", "الشرقي": "eastern", "الغربي": "western", "الاوسط": "central",
    "شمالي": "northern", "جنوبي": "southern", "شرقي": "eastern", "غربي": "western",
}  # fmt: skip
_COUNTRYSIDE = ("ريف", "ارياف")
_WORDS = {kind: tuple(w for w, k in KIND_WORDS.items() if k == kind) for kind in (*LANDMARKS, "camp")}


@dataclass(frozen=True, slots=True)
class Found:
    """Candidates, each with whether it was named whole, and what was learnt on the way.

    `kind` is the kind word that stood in the name, `countryside` the English of a part (`northern countryside`),
    `around` whether the place is only the town around what was named, `listed` whether the name was found whole with
    its kind word, `quality` how far the spelling can be trusted, from 0 to 1.
    """

    places: Named
    kind: str | None = None
    countryside: str | None = None
    around: bool = False
    listed: bool = False
    quality: float = 1.0


NOTHING = Found(())


def find(gazetteer: Gazetteer, name: str, *, kind: str | None = None, countries: tuple[str, ...] = ()) -> Found:
    """Return the candidates for `name` as written, with the kind word `kind` beside it in an article on `countries`.

    A reading that gives only places elsewhere (`كبزة`: Gebze) does not shut out a later one that gives a place in the
    article's countries (`ك` + `بزة`, a quarter of Aleppo): both are returned.
    """
    folded = key(name)
    elsewhere = Found(_with_kind_word(gazetteer, folded, kind))
    if elsewhere.places and (not countries or _lies_in(elsewhere, countries)):
        return replace(elsewhere, places=(*elsewhere.places, *gazetteer.by_key(folded)))
    if " " in folded and folded.partition(" ")[0] in KIND_WORDS and (places := gazetteer.by_key(folded)):
        return Found(places, listed=True)  # with its kind word: no shorter reading means more
    for attempt in (_as_it_stands, _countryside, _without_clitic, _without_kind_word):
        found = attempt(gazetteer, folded)
        if found.places and (not countries or _lies_in(found, countries)):
            return replace(found, places=(*found.places, *elsewhere.places))
        if attempt is not _without_clitic:  # كتارا is Katara, not ك + Tara in Siberia
            elsewhere = elsewhere if elsewhere.places else found
    if any(known_abroad(place) and _mainly(place, folded) for place, _ in elsewhere.places):
        return elsewhere
    return _nearly(gazetteer, folded, countries) or elsewhere


def _lies_in(found: Found, countries: tuple[str, ...]) -> bool:
    """Whether a candidate lies where the article plays: small towns of a far country that only acts there do not."""
    return any(
        place.country == countries[0]
        or contested(place, countries)
        or (place.country in countries and (place.country in REGION or known_abroad(place)))
        for place, _ in found.places
    )


def _mainly(place: Place, folded: str) -> bool:
    """Whether a place abroad is written so first of all: `ريني` may be Rennes, but is Reni in news of Ukraine."""
    return not is_arabic(folded) or place.name_ar is None or key(place.name_ar) in (folded, f"ال{folded}")


def _nearly(gazetteer: Gazetteer, folded: str, countries: tuple[str, ...]) -> Found | None:
    """Return what is a slip of the pen away or sounds alike, in the article's countries where they are known."""
    for found in (_with_a_slip(gazetteer, folded), _by_sound(gazetteer, folded, countries)):
        if found.places and (not countries or _lies_in(found, countries)):
            return found
    return None


def _as_it_stands(gazetteer: Gazetteer, folded: str) -> Found:
    return Found(gazetteer.by_key(folded))


def _with_kind_word(gazetteer: Gazetteer, folded: str, kind: str | None) -> Named:
    """`رفح` beside the kind word معبر may be listed as `معبر رفح`, `Rafah` beside crossing as `Rafah crossing`."""
    words = _WORDS.get(kind or "", ())
    named = [f"{word} {folded}" if is_arabic(word) else f"{folded} {word}" for word in words]
    found = (gazetteer.by_key(name) for name in named if is_arabic(name) == is_arabic(folded))
    return tuple({place.id: (place, True) for places in found for place, _ in places}.values())


def _countryside(gazetteer: Gazetteer, folded: str) -> Found:
    """`ريف حلب الشمالي` is part of Aleppo's governorate."""
    first, _, rest = folded.partition(" ")
    if first not in _COUNTRYSIDE or not rest:
        return NOTHING
    words = rest.split()
    directions: list[str] = []
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
    """`حي الأشرفية` is Ashrafieh, and a quarter; `جامعة إدلب`, which no source holds, is somewhere in Idlib."""
    first, _, rest = folded.partition(" ")
    word = _bare_word(first)
    if word in KIND_WORDS and rest:
        places = gazetteer.by_key(rest) or _without_clitic(gazetteer, rest).places
        if found := _of_kind(places, KIND_WORDS[word]):
            return found
    before, _, last = folded.rpartition(" ")
    if last in KIND_WORDS and before:
        return _of_kind(gazetteer.by_key(before), KIND_WORDS[last]) or NOTHING
    return NOTHING


def _of_kind(places: Named, kind: str) -> Found | None:
    """Return the candidates that a kind word leaves: for a landmark its kind, else the town around it."""
    if kind not in LANDMARKS:
        return Found(places, kind or None) if places else None
    exact = tuple((place, whole) for place, whole in places if accepts(kind, kind_of(place)))
    if exact:
        return Found(exact, kind)
    towns = tuple((place, whole) for place, whole in places if kind_of(place) in ("city", "town"))
    return Found(towns, around=True) if towns and kind in BUILT else None


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


def _by_sound(gazetteer: Gazetteer, folded: str, countries: tuple[str, ...]) -> Found:
    """`سيلوبي` is Silopi, which the sources have in Latin letters only: listened for in the article's first country."""
    if not is_arabic(folded) or not countries:
        return NOTHING
    _, _, rest = folded.partition(" ")
    bare = rest if rest and _bare_word(folded.partition(" ")[0]) in KIND_WORDS else folded
    return Found(gazetteer.by_sound(bare, countries[0]), quality=_SOUND)
