"""Zip and gzip files: opened member by member, never to disk, within limits that a bomb runs into."""

import gzip
import io
import stat
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import IO, Any

from events.ingest.document import MEGABYTE, DocumentError

MEMBERS = 100_000
UNPACKED_BYTES = 4_000 * MEGABYTE
RATIO = 200
"""How many times its packed size a member may have; news text packs to a fifth or so."""
DEPTH = 2
"""How deep archives may lie in archives."""
_INNOCENT = MEGABYTE  # bytes below which no ratio is asked for
_LINK = 0o120000


class _Guarded(io.RawIOBase):
    """A stream that stops with DocumentError once it gives more than it may; `packed` tells what it was made from."""

    def __init__(self, stream: IO[bytes], limit: int, packed: IO[bytes] | None = None) -> None:
        self._stream, self._limit, self._packed, self._given = stream, limit, packed, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "memoryview[int]") -> int:  # type: ignore[override]
        piece = self._stream.read(len(buffer))
        buffer[: len(piece)] = piece
        self._given += len(piece)
        if self._given > self._limit or self._blown():
            raise DocumentError("unpacks to far more than it should: not read")
        return len(piece)

    def tell(self) -> int:
        return self._given

    def _blown(self) -> bool:
        if self._packed is None or self._given <= _INNOCENT:
            return False
        try:
            return self._given > RATIO * self._packed.tell()
        except OSError:  # a pipe does not tell
            return False


def open_gzip(stream: IO[bytes]) -> io.BufferedReader:
    """Return what a gzip stream unpacks to; reading raises DocumentError where it blows up."""
    unpacked: Any = gzip.GzipFile(fileobj=stream)
    return io.BufferedReader(_Guarded(unpacked, UNPACKED_BYTES, stream))


def members(stream: IO[bytes]) -> Iterator[tuple[str, IO[bytes] | DocumentError]]:
    """Yield the names of the files in a zip archive, each with a stream of its bytes or why it is not opened.

    Raises DocumentError if the archive as a whole is not to be trusted.
    """
    with zipfile.ZipFile(stream) as archive:
        files = [info for info in archive.infolist() if not info.is_dir()]
        if len(files) > MEMBERS:
            raise DocumentError(f"{len(files)} files in it, at most {MEMBERS} are read")
        if sum(info.file_size for info in files) > UNPACKED_BYTES:
            raise DocumentError(f"more than {UNPACKED_BYTES // MEGABYTE} MB when unpacked: not read")
        for info in files:
            yield info.filename, _opened(archive, info)


def _opened(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> IO[bytes] | DocumentError:
    refused = _refusal(info)
    if refused:
        return DocumentError(refused)
    try:
        return io.BufferedReader(_Guarded(archive.open(info), info.file_size))
    except (NotImplementedError, RuntimeError, zipfile.BadZipFile) as error:
        return DocumentError(f"cannot be unpacked: {error}")


def _refusal(info: zipfile.ZipInfo) -> str | None:
    path = PurePosixPath(info.filename.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in path.parts[0]:
        return "a path that leads out of the archive"
    if stat.S_IFMT(info.external_attr >> 16) == _LINK:
        return "a link, not a file"
    if info.flag_bits & 1:
        return "locked with a password"
    if info.file_size > max(_INNOCENT, RATIO * info.compress_size):
        return "unpacks to far more than it should: not read"
    return None
