"""Import GeoNames country dumps (`SY.zip`) for coverage down to the village: streamed, resumed, checked, then kept.

A dump is a zip archive with one text file of 19 columns by tab; geonames.org's readme names them. What is imported
stands in the cache folder as `SY.geonames.txt`, in the same format, and joins the index at its next building.
"""

import re
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from geodata.kinds import KINDS, settlement_precision
from geodata.model import Place
from geodata.names import is_arabic, usable
from geodata.outlines import near_country

IMPORTED = "*.geonames.txt"
_COLUMNS = 19
_MOST_BYTES = 1 << 30
"""A dump that unpacks to more is refused; the largest country's is some 350 MB."""
_MOST_STRAY = 0.02
"""Share of points that may lie outside their country (embassies, seas); more mean swapped or wrong coordinates."""
_KINDS_KEPT = {code: precision for kind, (code, precision) in KINDS.items() if kind != "country"}
_SETTLEMENTS = re.compile(r"PPL(?!H|Q|W)")
_PARENTHESES = re.compile(r"\s*\([^)]*\)")


class DumpError(ValueError):
    """A country dump is not what it should be; the message is one line."""


def import_dump(archive: Path, folder: Path) -> tuple[str, int]:
    """Check the dump `archive` and keep its places in `folder`; return the country's code and how many were kept.

    The file of an earlier import is replaced only when all is well. Raises `DumpError`, `OSError`.
    """
    country = archive.name.split(".")[0].upper()
    if not re.fullmatch("[A-Z]{2}", country):
        raise DumpError(f"{archive.name}: the file must be named after its country, like SY.zip")
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f"{country}.part"
    try:
        kept = _write(part, _lines(archive, country), country)
        part.replace(folder / f"{country}.geonames.txt")
    finally:
        part.unlink(missing_ok=True)
    return country, kept


def _lines(archive: Path, country: str) -> Iterator[str]:
    """Yield the lines of the dump's text file, as unpacked, never more than `_MOST_BYTES`."""
    try:
        with zipfile.ZipFile(archive) as packed, packed.open(f"{country}.txt") as file:
            unpacked = 0
            for line in file:
                unpacked += len(line)
                if unpacked > _MOST_BYTES:
                    raise DumpError(f"{archive.name}: unpacks to more than {_MOST_BYTES >> 20} MB")
                yield line.decode("utf-8")
    except KeyError:
        raise DumpError(f"{archive.name}: holds no {country}.txt") from None
    except (zipfile.BadZipFile, EOFError, UnicodeDecodeError, NotImplementedError) as error:
        raise DumpError(f"{archive.name}: not a whole GeoNames dump ({error})") from error


def _write(part: Path, lines: Iterable[str], country: str) -> int:
    kept = stray = 0
    with part.open("w", encoding="utf-8") as out:
        for number, line in enumerate(lines, start=1):
            place = parse(line, f"{country}.txt:{number}")
            if place is None:
                continue
            out.write(line if line.endswith("\n") else line + "\n")
            kept += 1
            stray += not near_country(place)
    if not kept:
        raise DumpError(f"{country}.txt: no place of use in it")
    if stray > max(3, kept * _MOST_STRAY):
        raise DumpError(
            f"{country}.txt: {stray} of {kept} points lie outside {country}: latitude and longitude swapped?"
        )
    return kept


def parse(line: str, where: str) -> Place | None:
    """Return the place of one line of a dump, None if it is of a kind that news does not place events at.

    Raises `DumpError` naming `where` if the line is malformed.
    """
    fields = line.rstrip("\n").split("\t")
    if len(fields) != _COLUMNS:
        raise DumpError(f"{where}: {len(fields)} columns instead of {_COLUMNS}")
    try:
        latitude, longitude, population = float(fields[4]), float(fields[5]), int(fields[14] or 0)
    except ValueError as error:
        raise DumpError(f"{where}: {error}") from error
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise DumpError(f"{where}: coordinates {latitude}, {longitude} are out of range")
    precision = _precision(fields[7], population)
    return _place(fields, latitude, longitude, population, precision) if precision else None


def _precision(code: str, population: int) -> str | None:
    if _SETTLEMENTS.match(code) and code != "PPLX":
        return settlement_precision(population)
    return _KINDS_KEPT.get(code)


def _place(fields: list[str], latitude: float, longitude: float, population: int, precision: str) -> Place:
    name = _PARENTHESES.sub("", fields[1])
    names = tuple(dict.fromkeys((name, *(n for n in fields[3].split(",") if usable(n)))))
    code = "PPL" if _SETTLEMENTS.match(fields[7]) and fields[7] != "PPLX" else fields[7]
    return Place(
        id=f"gn:{fields[0]}", name=name, name_ar=next((n for n in names if is_arabic(n)), None), names=names,
        feature_code=code, precision=precision, latitude=latitude, longitude=longitude, country=fields[8] or None,
        admin1=f"{fields[8]}.{fields[10]}", parent=None, population=population, source="GeoNames (country dump)",
        licence="CC BY 4.0",
    )  # fmt: skip


def read_imported(folder: Path) -> Iterator[Place]:
    """Yield the places of all dumps imported into `folder`; their `admin1` is still GeoNames' code (`SY.09`)."""
    for path in sorted(folder.glob(IMPORTED)):
        with path.open(encoding="utf-8") as file:
            for number, line in enumerate(file, start=1):
                if place := parse(line, f"{path.name}:{number}"):
                    yield place
