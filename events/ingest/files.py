"""From files to documents: whole ones, the lines of JSON Lines, the rows of tables, the members of archives."""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import PurePath, PurePosixPath
from typing import IO

from events.ingest import archives
from events.ingest.decode import encoding_of
from events.ingest.document import (
    DOCUMENT_BYTES,
    MEGABYTE,
    NOT_READ,
    SUFFIXES,
    Document,
    DocumentError,
    Kind,
    Problem,
)
from events.ingest.header import Header

_HEAD = 65_536  # bytes at the start of a table that its encoding and its delimiter are told from
_TEXT_COLUMNS = frozenset(("text", "body", "content"))

csv.field_size_limit(DOCUMENT_BYTES)


@dataclass(frozen=True, slots=True)
class File:
    """An open file: `where` names it to the user, `depth` says how many archives it lies in."""

    where: str
    kind: Kind
    stream: IO[bytes]
    given: Header = Header()
    charset: str | None = None
    depth: int = 0


def kind_of(name: str) -> Kind | None:
    """Return what a file of this name holds, None if it is not read."""
    return SUFFIXES.get(PurePath(name).suffix.lower())


def sniffed(head: bytes) -> Kind:
    """Return what a stream holds by its first bytes."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(b"PK\x03\x04"):
        return Kind.ZIP
    if head.startswith(b"\x1f\x8b"):
        return Kind.GZIP
    if start.startswith(b"{"):
        return Kind.LINES
    if any(mark in start for mark in (b"<rss", b"<feed", b"<rdf")):
        return Kind.FEED
    return Kind.PAGE if start.startswith((b"<!doctype html", b"<html", b"<?xml", b"<head")) else Kind.TEXT


def passed_over(path: PurePath) -> bool:
    """Whether a file in a folder or an archive is nothing that a user handed in to be read: hidden, or a README."""
    return path.stem.lower() == "readme" or any(part.startswith((".", "__MACOSX")) for part in path.parts)


def documents(file: File) -> Iterator[Document | Problem]:
    """Yield what is in a file, a problem for each thing that is amiss; never raises."""
    try:
        match file.kind:
            case Kind.LINES:
                yield from _lines(file)
            case Kind.TABLE:
                yield from _rows(file)
            case Kind.ZIP:
                yield from _members(file)
            case Kind.GZIP:
                yield from _unpacked(file)
            case _:
                data = _read(file.stream, DOCUMENT_BYTES)
                yield Document(file.where, file.kind, data, file.charset, file.given)
    except DocumentError as error:
        yield Problem(file.where, str(error))
    except Exception as error:  # noqa: BLE001 - broken archives raise what they like; the other files go through
        yield Problem(file.where, f"could not be read: {error or type(error).__name__}")


def _read(stream: IO[bytes], limit: int) -> bytes:
    data = stream.read(limit + 1)
    if len(data) > limit:
        raise DocumentError(f"longer than {limit // MEGABYTE} MB")
    return data


def _lines(file: File) -> Iterator[Document | Problem]:
    blank = True
    for number, line in enumerate(_utf8_lines(file.stream), 1):
        if len(line) > DOCUMENT_BYTES:
            yield Problem(f"{file.where}:{number}", f"longer than {DOCUMENT_BYTES // MEGABYTE} MB")
        elif line.strip():
            yield Document(f"{file.where}:{number}", Kind.RECORD, line.strip(), given=file.given)
        else:
            continue
        blank = False
    if blank:
        yield Problem(file.where, "empty")


def _utf8_lines(stream: IO[bytes]) -> Iterator[bytes]:
    """JSON Lines are in UTF-8, but for files that programs of Windows wrote with the mark of UTF-16."""
    first = _line(stream)
    if first.startswith((b"\xff\xfe", b"\xfe\xff")):
        rest = io.TextIOWrapper(_joined(first, stream), encoding="utf-16", newline="\n")
        yield from (line.encode() for line in iter(lambda: rest.readline(DOCUMENT_BYTES), ""))
        return
    yield first.removeprefix(b"\xef\xbb\xbf")
    yield from iter(lambda: _line(stream), b"")


def _line(stream: IO[bytes]) -> bytes:
    line = piece = stream.readline(DOCUMENT_BYTES + 1)
    while len(piece) > DOCUMENT_BYTES and not piece.endswith(b"\n"):
        piece = stream.readline(DOCUMENT_BYTES + 1)
    return line


def _rows(file: File) -> Iterator[Document | Problem]:
    head = file.stream.read(_HEAD)
    if not head.strip():
        raise DocumentError("empty")
    whole_lines = head[: head.rfind(b"\n") + 1] or head
    encoding = encoding_of(whole_lines, file.charset)
    lines = io.TextIOWrapper(_joined(head, file.stream), encoding=encoding, errors="replace", newline="")
    yield from _records(file, lines)


def _records(file: File, lines: io.TextIOWrapper) -> Iterator[Document | Problem]:
    first = lines.readline(_HEAD).removeprefix("\ufeff")
    delimiter = max(",;\t", key=first.count)
    names = [name.strip().lower() for name in next(csv.reader([first], delimiter=delimiter))]
    if not _TEXT_COLUMNS & set(names):
        raise DocumentError(f"no column named {', '.join(sorted(_TEXT_COLUMNS))} in its first line")
    rows, begins = csv.reader(lines, delimiter=delimiter), 2
    for row in rows:
        where, begins = f"{file.where}:{begins}", rows.line_num + 2  # a cell may run over lines
        if any("\ufffd" in cell for cell in row):
            yield Problem(where, f"not {lines.encoding.upper()}")
        elif any(row):
            record = json.dumps(dict(zip(names, row, strict=False)), ensure_ascii=False)
            yield Document(where, Kind.RECORD, record.encode(), given=file.given)


def _joined(head: bytes, stream: IO[bytes]) -> IO[bytes]:
    return io.BufferedReader(_Rejoined(head, stream))


class _Rejoined(io.RawIOBase):
    """A stream with its head, which was read already, before it."""

    def __init__(self, head: bytes, stream: IO[bytes]) -> None:
        self._head, self._stream = io.BytesIO(head), stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "memoryview[int]") -> int:  # type: ignore[override]
        piece = self._head.read(len(buffer)) or self._stream.read(len(buffer))
        buffer[: len(piece)] = piece
        return len(piece)


def _unpacked(file: File) -> Iterator[Document | Problem]:
    name, stream = PurePosixPath(file.where).stem, archives.open_gzip(file.stream)
    kind = kind_of(name) if PurePath(name).suffix else sniffed(stream.peek())
    if kind is None:
        raise DocumentError(f"{name}: {NOT_READ}")
    yield from documents(_inner(file, file.where, kind, stream))


def _members(file: File) -> Iterator[Document | Problem]:
    empty = True
    packed = file.stream if file.stream.seekable() else io.BytesIO(_read(file.stream, 10 * DOCUMENT_BYTES))
    for name, stream in archives.members(packed):
        kind = kind_of(name)
        where = f"{file.where}/{name}"
        if isinstance(stream, DocumentError):
            yield Problem(where, str(stream))
        elif passed_over(PurePosixPath(name)):
            continue
        elif kind is None:
            yield Problem(where, NOT_READ)
        else:
            with stream:
                yield from documents(_inner(file, where, kind, stream))
        empty = False
    if empty:
        yield Problem(file.where, f"no article in this archive (looked for {', '.join(SUFFIXES)})")


def _inner(file: File, where: str, kind: Kind, stream: IO[bytes]) -> File:
    if file.depth >= archives.DEPTH:
        raise DocumentError("an archive in an archive in an archive: not read")
    return replace(file, where=where, kind=kind, stream=stream, depth=file.depth + 1)
