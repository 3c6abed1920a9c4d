"""All rows in a few narrow columns: an Arrow file beside the database, mapped into memory, never trusted blindly."""

import glob
import hashlib
import logging
import shutil
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import sqlalchemy as sa

from events.tables import META, ROWS, ROWS_AND_ARTICLES, ROWS_HISTORY, columns
from geodata.index import cache_folder

if TYPE_CHECKING:
    import pandas as pd

FORMAT = 2
"""Grows whenever the columns below change: a file of another format is made anew."""

CATEGORIES = (
    *("event_date", "event_date_end", "action", "modality", "actor", "target", "place", "place_id", "feature_code"),
    *("admin1", "country", "claim_source", "publisher", "language"),
)
SUFFIX = ".light.arrow"
_STALE_SECONDS = 3600  # writing takes some seconds

KEYS = ("story_id", "article_id")
_PLAIN = {
    "number": pa.int32(),
    "time_precision": pa.int8(),
    "geo_precision": pa.int8(),
    "latitude": pa.float64(),
    "longitude": pa.float64(),
    "confidence": pa.float32(),
}
_NAMES = (*_PLAIN, *CATEGORIES, *KEYS)
_CHUNK = 50_000  # rows held as Python objects at a time

_log = logging.getLogger(__name__)


def beside(url: sa.URL) -> Path | None:
    """Return where the file of a database lies: beside it, or in the cache if it is a server's; None if in memory."""
    if url.get_backend_name() == "sqlite":
        return Path(f"{url.database}{SUFFIX}") if url.database and url.database != ":memory:" else None
    name = hashlib.sha256(url.render_as_string(hide_password=True).encode()).hexdigest()[:16]
    return cache_folder() / f"{name}{SUFFIX}"


def current(connection: sa.Connection, path: Path | None, known: pa.Table | None) -> pa.Table:
    """Return the table of all rows that are no copies: `known` or the file where it is of today, else brought up to it.

    `path` None keeps no file. What the connection reads must be of one moment.
    """
    state = _state(connection)
    held = next((table for table in (known, _read(path)) if table is not None and _is_of(table, state)), None)
    if held is not None and _revision(held) == state["revision"]:
        return held
    table = _tidy(_brought_up(connection, held)).replace_schema_metadata({k: str(v) for k, v in state.items()})
    return _written(table, path)


def discard_foreign(connection: sa.Connection, path: Path) -> None:
    """Take away a file that is not this store's: of a store put back from a copy it would tell what came after."""
    table = _read(path)
    if table is not None and not _is_of(table, _state(connection)):
        with suppress(OSError):
            path.unlink()


def frame(table: pa.Table) -> "pd.DataFrame":
    """Return the table as a data frame that shares its memory; the numbers of a missing key are -1."""
    import pandas as pd

    small = {pa.int8(): pd.Int8Dtype()}
    names = [name for name in _NAMES if name not in KEYS]
    plain: pd.DataFrame = table.select(names).to_pandas(types_mapper=small.get)
    return plain.assign(**{name: _codes(table[name]) for name in KEYS})


def _codes(column: pa.ChunkedArray) -> Any:
    chunks = [chunk.indices.fill_null(-1).to_numpy(zero_copy_only=False) for chunk in column.chunks]
    return np.concatenate(chunks).astype("int32") if chunks else np.array([], "int32")


def _state(connection: sa.Connection) -> dict[str, int]:
    names = ("revision", "identity")
    found = connection.execute(sa.select(META.c.name, META.c.value).where(META.c.name.in_(names)))
    return {"format": FORMAT} | {row.name: row.value for row in found}


def _is_of(table: pa.Table, state: dict[str, int]) -> bool:
    """Tell whether a table is this store's, in this format, and not newer than the store (a copy put back)."""
    found = table.schema.metadata or {}
    same = all(found.get(name.encode()) == str(state[name]).encode() for name in ("format", "identity"))
    return same and _revision(table) <= state["revision"]


def _revision(table: pa.Table) -> int:
    return int(table.schema.metadata[b"revision"])


def _brought_up(connection: sa.Connection, held: pa.Table | None) -> pa.Table:
    if held is None:
        return _fetched(connection, sa.true())
    since = _revision(held)
    fresh = _fetched(connection, ROWS.c.revision > since)
    seen = connection.scalars(sa.select(ROWS.c.number).where(ROWS.c.revision > since))
    gone = connection.scalars(sa.select(ROWS_HISTORY.c.number).where(ROWS_HISTORY.c.revision > since))
    stale = np.fromiter((*seen, *gone), "int32")
    old = np.isin(held["number"].to_numpy(), stale)
    kept = held.filter(pa.array(~old)) if old.any() else held
    return pa.concat_tables([kept.replace_schema_metadata(None), fresh], promote_options="permissive")


def _fetched(connection: sa.Connection, which: sa.ColumnElement[bool]) -> pa.Table:
    query = sa.select(*columns(_NAMES)).select_from(ROWS_AND_ARTICLES).where(which, ROWS.c.copy_of.is_(None))
    result = connection.execution_options(yield_per=_CHUNK).execute(query)
    pieces = [_piece(chunk) for chunk in result.partitions()]
    return pa.concat_tables(pieces) if pieces else _piece([])


def _piece(chunk: Sequence[Sequence[Any]]) -> pa.Table:
    values = zip(*chunk, strict=True) if chunk else ((),) * len(_NAMES)
    arrays = {}
    for name, column in zip(_NAMES, values, strict=True):
        kind = _PLAIN.get(name)
        arrays[name] = pa.array(column, kind) if kind else pa.array(column, pa.string()).dictionary_encode()
    return pa.table(arrays)


def _tidy(table: pa.Table) -> pa.Table:
    """Return the table in one piece by number, its categories sorted and in use, in the narrowest whole numbers."""
    table = table.unify_dictionaries().combine_chunks()
    if (np.diff(table["number"].to_numpy()) < 0).any():
        table = table.sort_by("number")
    for place, name in enumerate(table.column_names):
        if name not in _PLAIN:
            table = table.set_column(place, name, _narrow(table[name].combine_chunks()))
    return table


def _narrow(column: pa.DictionaryArray) -> pa.DictionaryArray:
    codes = column.indices.fill_null(-1).to_numpy(zero_copy_only=False)
    used = np.flatnonzero(np.bincount(codes + 1, minlength=len(column.dictionary) + 1)[1:])
    words = column.dictionary.take(pa.array(used))
    order = pa.compute.sort_indices(words).to_numpy()
    renamed = np.full(len(column.dictionary) + 1, -1, "int32")  # the last entry is what -1 stands for
    renamed[used[order]] = np.arange(len(used))
    kind = next(kind for kind in (pa.int8(), pa.int16(), pa.int32()) if len(used) < 2 ** (kind.bit_width - 1))
    narrow = renamed[codes]
    indices = pa.array(narrow, mask=narrow < 0).cast(kind)
    return pa.DictionaryArray.from_arrays(indices, words.take(pa.array(order)))


def _read(path: Path | None) -> pa.Table | None:
    if path is None or not path.exists():
        return None
    try:
        return pa.ipc.open_file(pa.memory_map(str(path))).read_all()
    except (OSError, pa.ArrowException) as error:
        _log.debug("%s is read anew: %s", path, error)
        return None


def _written(table: pa.Table, path: Path | None) -> pa.Table:
    """Put the table in place of the file in one step; a folder that cannot be written keeps it in memory."""
    if path is None:
        return table
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _sweep(path)
        with (
            NamedTemporaryFile(dir=path.parent, prefix=path.name, delete=False) as file,
            pa.ipc.new_file(file, table.schema) as writer,
        ):
            writer.write_table(table)
        if (database := path.with_name(path.name.removesuffix(SUFFIX))).exists():
            shutil.copymode(database, file.name)  # who may read the store may read this
        Path(file.name).replace(path)
    except OSError as error:
        _log.debug("%s is not kept: %s", path, error)
        return table
    return _read(path) or table


def _sweep(path: Path) -> None:
    """Take away what writers that were killed have left beside the file."""
    for left in path.parent.glob(f"{glob.escape(path.name)}?*"):
        if time.time() - left.stat().st_mtime > _STALE_SECONDS:
            left.unlink(missing_ok=True)
