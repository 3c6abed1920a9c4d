"""The gazetteer's command line: `python -m geodata find | check | add-country`."""

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Literal, NoReturn

import typer

from geodata.check import problems
from geodata.check_outlines import outline_problems, points_outside
from geodata.download import DownloadError, fetch
from geodata.dumps import DumpError, import_dump
from geodata.gazetteer import Gazetteer
from geodata.index import GazetteerError, cache_folder
from geodata.model import Candidate, Match, Place, Unresolved
from geodata.resolution import Context, Resolver, label
from geodata.table import TableError

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Names to places, offline.")


@app.command()
def find(
    names: Annotated[list[str], typer.Argument(help="Names; a single - reads them from standard input, one a line.")],
    near: Annotated[str | None, typer.Option(help="A place that the names stand beside.")] = None,
    output: Annotated[Literal["table", "jsonl"], typer.Option("--format", help="How to print.")] = "table",
) -> None:
    """Print the place that each name means, the other candidates with their scores, and why.

    On standard input a tab and a context place may follow a name.
    """
    gazetteer = _gazetteer()
    resolver = Resolver(gazetteer)
    for name, beside in _questions(names, near):
        found = resolver.resolve(name, _context(resolver, beside))
        sys.stdout.write(_json(name, beside, found) if output == "jsonl" else _table(name, found))
        sys.stdout.flush()


@app.command()
def check() -> None:
    """Validate the gazetteer and its outlines; print each problem with its file and line, exit with 1 if any."""
    places = _gazetteer().all_places()
    found = [*problems(places), *outline_problems(places)]
    for problem in found:
        sys.stdout.write(problem + "\n")
    if found:
        raise typer.Exit(1)
    outside = points_outside(places)
    sys.stdout.write("the gazetteer is sound\n")
    sys.stderr.write(f"points just outside their governorate's outline: {', '.join(sorted(outside))}\n")


@app.command()
def add_country(
    source: Annotated[str, typer.Argument(help="A GeoNames country dump (SY.zip), a file or an http address.")],
) -> None:
    """Import a GeoNames country dump, for coverage down to the village."""
    folder = cache_folder()
    remote = source.startswith(("http://", "https://"))
    try:
        archive = fetch(source, folder / "downloads") if remote else Path(source)
        country, kept = import_dump(archive, folder)
    except (DownloadError, DumpError, OSError) as error:
        _fail(error)
    sys.stderr.write(f"geodata: {country}: {kept} places imported\n")
    _gazetteer()


def _gazetteer() -> Gazetteer:
    try:
        return Gazetteer.load()
    except (GazetteerError, TableError, DumpError) as error:
        _fail(error)


def _fail(error: Exception) -> NoReturn:
    sys.stderr.write(f"geodata: {error}\n")
    raise typer.Exit(2) from error


def _questions(names: list[str], near: str | None) -> Iterator[tuple[str, str | None]]:
    if names != ["-"]:
        yield from ((name, near) for name in names)
        return
    for line in sys.stdin:
        name, _, beside = line.rstrip("\r\n").partition("\t")
        if name.strip():
            yield name.strip(), beside.strip() or near


def _context(resolver: Resolver, beside: str | None) -> Context:
    if not beside:
        return Context()
    found = resolver.resolve(beside)
    near = (found.place,) if isinstance(found, Match) else tuple(c.place for c in found.others[:1])
    countries = tuple(place.country for place in near if place.country)
    return Context(within=(beside,), near=near, countries=countries)


def _json(name: str, near: str | None, found: Match | Unresolved) -> str:
    place = found.place if isinstance(found, Match) else None
    record = {
        "query": name, "near": near, "place": place and place.name, "place_id": place and place.id,
        "latitude": place and place.latitude, "longitude": place and place.longitude,
        "geo_precision": found.geo_precision if isinstance(found, Match) else None,
        "geo_score": found.score if isinstance(found, Match) else None,
        "others": [{"place": c.place.name, "place_id": c.place.id, "score": c.score} for c in found.others],
        "reason": None if isinstance(found, Match) else found.reason,
    }  # fmt: skip
    return json.dumps(record, ensure_ascii=False) + "\n"


def _table(name: str, found: Match | Unresolved) -> str:
    if isinstance(found, Unresolved):
        return f"{name}: {found.reason}\n" + _candidates(found.others)
    best = _line(found.place, found.score, ())
    return f"{name}: {best}, precision {found.geo_precision}\n" + _candidates(found.others)


def _candidates(others: Iterable[Candidate]) -> str:
    return "".join(f"    or {_line(c.place, c.score, c.why)}\n" for c in others)


def _line(place: Place, score: float, why: tuple[str, ...]) -> str:
    point = "no point" if place.latitude is None else f"{place.latitude:.4f}, {place.longitude:.4f}"
    return f"{label(place)} ({place.precision}; {point}; score {score:.2f}: {'; '.join(why) or 'as written'})"


if __name__ == "__main__":
    app()
