"""The kinds of place that news names, with GeoNames' feature code and what their coordinates stand for."""

from geodata.model import Place

KINDS: dict[str, tuple[str, str]] = {
    "country": ("PCLI", "country"),
    "governorate": ("ADM1", "governorate"),
    "district": ("ADM2", "district"),
    "subdistrict": ("ADM3", "district"),
    "region": ("RGN", "region"),
    "sea": ("SEA", "region"),
    "strait": ("STRT", "region"),
    "gulf": ("GULF", "region"),
    "desert": ("DSRT", "region"),
    "river": ("STM", "region"),
    "lake": ("LK", "region"),
    "mountain": ("MT", "region"),
    "island": ("ISL", "landmark"),
    "city": ("PPLA", "city"),
    "town": ("PPL", "town"),
    "village": ("PPL", "village"),
    "settlement": ("PPL", "village"),
    "neighbourhood": ("PPLX", "neighbourhood"),
    "camp": ("CMPRF", "neighbourhood"),
    "street": ("ST", "road"),
    "road": ("RD", "road"),
    "roundabout": ("RDCR", "landmark"),
    "square": ("SQR", "landmark"),
    "bridge": ("BDG", "landmark"),
    "crossing": ("PSTB", "landmark"),
    "checkpoint": ("PSTP", "landmark"),
    "airport": ("AIRP", "landmark"),
    "airbase": ("AIRB", "landmark"),
    "base": ("INSM", "landmark"),
    "dam": ("DAM", "landmark"),
    "port": ("PRT", "landmark"),
    "hospital": ("HSP", "landmark"),
    "prison": ("PRN", "landmark"),
    "university": ("UNIV", "landmark"),
    "field": ("OILF", "landmark"),
    "refinery": ("OILR", "landmark"),
    "power station": ("PS", "landmark"),
    "gate": ("GATE", "landmark"),
    "mosque": ("MSQE", "landmark"),
    "church": ("CH", "landmark"),
    "market": ("MKT", "landmark"),
    "station": ("RSTN", "landmark"),
    "park": ("PRK", "landmark"),
    "industrial area": ("AREA", "neighbourhood"),
    "landmark": ("BLDG", "landmark"),
}
"""Kind → (feature code, precision of its coordinates)."""

CITY, TOWN = 50_000, 5_000
"""Population from which a GeoNames place counts as a city, a town."""


def settlement_precision(population: int) -> str:
    """Return what the point of a settlement of that size stands for: `city`, `town` or `village`."""
    return "city" if population >= CITY else "town" if population >= TOWN else "village"


BUILT = frozenset(
    "airport airbase base bridge checkpoint crossing dam hospital port prison refinery road roundabout square street "
    "university".split()
)
"""Kinds of thing that stand in or by a town and are named after it, so that the town tells where they are."""
LANDMARKS = BUILT | frozenset({"field", "island", "lake", "mountain", "river"})

_SAME = {
    "neighbourhood": "neighbourhood camp industrial_area",
    "camp": "camp neighbourhood",
    "city": "city town",
    "town": "town village city",
    "village": "village town",
    "district": "district subdistrict governorate",
    "governorate": "governorate",
    "crossing": "crossing checkpoint gate",
    "airport": "airport airbase",
    "base": "base airbase airport",
    "road": "road street",
    "street": "street road",
    "roundabout": "roundabout square",
    "square": "square roundabout",
    "region": "region governorate desert mountain sea gulf strait",
    "country": "country",
}


def accepts(word: str, kind: str) -> bool:
    """Tell whether a place of `kind` may stand beside the kind word `word`; both are canonical."""
    return kind.replace(" ", "_") in _SAME.get(word, word).split()


KIND_WORDS: dict[str, str] = {
    "حي": "neighbourhood",
    "حيي": "neighbourhood",
    "حيا": "neighbourhood",
    "احياء": "neighbourhood",
    "حاره": "neighbourhood",
    "مدينه": "city",
    "مدينتي": "city",
    "بلده": "town",
    "بلدتي": "town",
    "قريه": "village",
    "قريتي": "village",
    "مخيم": "camp",
    "محافظه": "governorate",
    "ولايه": "governorate",
    "اماره": "governorate",
    "قضاء": "district",
    "مديريه": "district",
    "محليه": "district",
    "معبر": "crossing",
    "منفذ": "crossing",
    "مطار": "airport",
    "ميناء": "port",
    "مرفا": "port",
    "مصفاه": "refinery",
    "معسكر": "base",
    "ثكنه": "base",
    "حاجز": "checkpoint",
    "كوبري": "bridge",
    "ناحيه": "subdistrict",
    "معتمديه": "district",
    "مقاطعه": "district",
    "بلديه": "town",
    "جبال": "mountain",
    "تلال": "mountain",
    "بحيره": "lake",
    "سد": "dam",
    "طريق": "road",
    "شارع": "street",
    "دوار": "roundabout",
    "ساحه": "square",
    "ميدان": "square",
    "جسر": "bridge",
    "مشفي": "hospital",
    "مستشفي": "hospital",
    "سجن": "prison",
    "جزيره": "island",
    "جبل": "mountain",
    "نهر": "river",
    "اقليم": "region",
    "منطقه": "region",
    "جامعه": "university",
    "قاعده": "base",
    "حقل": "field",
    "neighborhood": "neighbourhood",
    "neighbourhood": "neighbourhood",
    "quarter": "neighbourhood",
    "city": "city",
    "town": "town",
    "village": "village",
    "camp": "camp",
    "governorate": "governorate",
    "province": "governorate",
    "district": "",
    "area": "",
    "crossing": "crossing",
    "airport": "airport",
    "dam": "dam",
    "road": "road",
    "roundabout": "roundabout",
    "square": "square",
    "bridge": "bridge",
    "hospital": "hospital",
    "prison": "prison",
    "island": "island",
    "mahallesi": "neighbourhood",
}
"""Folded kind word → canonical kind."""

_KIND_OF_CODE = {code: kind for kind, (code, _) in KINDS.items()}


def kind_of(place: Place) -> str:
    """Return the kind of a place, whatever its coordinates stand for."""
    if place.feature_code in ("PPL", "PPLA"):
        return place.precision if place.precision in ("city", "town") else "village"
    return _KIND_OF_CODE.get(place.feature_code, "landmark")
