"""What a user hands in, and the documents it holds."""

import io
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from events.ingest.document import NOT_READ, SUFFIXES, Document, Kind, Known, Problem
from events.ingest.files import File, documents, kind_of, passed_over, sniffed
from events.ingest.header import Header, explain

STANDARD_INPUT = "-"
_WEB_WEIGHT = 100_000  # bytes that a page on the web counts for in the progress
_PASTED = 60  # letters of a pasted text that name it


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as bytes under the name it came with; its suffix says what it holds."""

    name: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Pasted:
    """A text that someone pasted; `published` None: the day is not known, and what came of the text says so."""

    text: str
    published: date | None = None
    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """An RSS or Atom feed by its address; what is given here goes before what the feed says."""

    url: str
    publisher: str | None = None
    language: str | None = None


Source = str | Path | Upload | Pasted | Feed
"""A path of a file or folder, an address (http or https), "-" for standard input; an upload, a pasted text, a feed."""

Piece = Document | Problem | Known
"""A document to read, what was amiss where one should have been, or what the store is known to have."""

Web = Callable[[str | Feed], Iterator[Piece]]
"""What gives the documents at an address."""


@dataclass(frozen=True, slots=True)
class _Part:
    """One thing to open: how much it weighs in the progress, and what gives its documents and the share read so far."""

    weight: int
    read: Callable[[], Iterator[tuple[Piece, float]]]


def read_sources(sources: Iterable[Source], web: Web) -> Iterator[Piece]:
    """Yield the documents of sources in order, a problem for each thing that is amiss; never raises."""
    parts = [part for source in sources for part in _parts(source, web)]
    total, done = sum(part.weight for part in parts) or 1, 0
    for part in parts:
        for item, share in part.read():
            yield replace(item, progress=(done + share * part.weight) / total) if isinstance(item, Document) else item
        done += part.weight


def is_address(source: str) -> bool:
    """Whether a source is meant as an address, and so is never taken for a file: of whatever scheme."""
    return re.match(r"\s*[a-z][a-z0-9+.-]*://", source, re.IGNORECASE) is not None


def _parts(source: Source, web: Web) -> Iterator[_Part]:
    match source:
        case Upload():
            yield _Part(len(source.data), lambda: _from_upload(source))
        case Pasted():
            yield _Part(len(source.text), lambda: iter([(_pasted(source), 1.0)]))
        case Feed():
            yield _Part(_WEB_WEIGHT, lambda: ((item, 1.0) for item in web(source)))
        case str() if is_address(source):
            yield _Part(_WEB_WEIGHT, lambda: ((item, 1.0) for item in web(source)))
        case str() if source == STANDARD_INPUT:
            yield _Part(_WEB_WEIGHT, _from_standard_input)
        case _:
            yield from _at_path(Path(source))


def _at_path(path: Path) -> Iterator[_Part]:
    if not path.is_dir():
        yield _file(path)
        return
    files = [inner for inner in sorted(path.rglob("*")) if not passed_over(inner.relative_to(path)) and inner.is_file()]
    if not files:
        nothing = Problem(str(path), f"no article in this folder (looked for {', '.join(SUFFIXES)})")
        yield _Part(0, lambda: iter([(nothing, 1.0)]))
    yield from map(_file, files)


def _file(path: Path) -> _Part:
    size = path.stat().st_size if path.is_file() else 0
    return _Part(size, lambda: _from_path(path))


def _from_path(path: Path) -> Iterator[tuple[Piece, float]]:
    kind = kind_of(path.name)
    try:
        with path.open("rb") as stream:
            if kind is None:
                yield Problem(str(path), NOT_READ), 1.0
            else:
                yield from _shares(File(str(path), kind, stream), os.fstat(stream.fileno()).st_size)
    except OSError as error:
        yield Problem(str(path), error.strerror or str(error)), 1.0


def _from_upload(upload: Upload) -> Iterator[tuple[Piece, float]]:
    kind = kind_of(upload.name)
    if kind is None:
        yield Problem(upload.name, NOT_READ), 1.0
        return
    with closing(io.BytesIO(upload.data)) as stream:
        yield from _shares(File(upload.name, kind, stream), len(upload.data))


def _shares(file: File, size: int) -> Iterator[tuple[Piece, float]]:
    share = 0.0
    for item in documents(file):
        share = max(share, min(1.0, file.stream.tell() / (size or 1)))  # a zip is not always read from front to back
        yield item, share


def _from_standard_input() -> Iterator[tuple[Piece, float]]:
    raw: Any = sys.stdin.buffer  # whatever stands for it, it has `readinto`, and that is all that is needed
    stream = io.BufferedReader(raw)
    file = File("standard input", sniffed(stream.peek()), stream)
    yield from ((item, 1.0) for item in documents(file))


def _pasted(pasted: Pasted) -> Piece:
    said = {name: getattr(pasted, name) for name in ("title", "publisher", "url", "language")}
    known = {name: value for name, value in said.items() if value}
    where = f"pasted text: {(pasted.title or pasted.text).strip()[:_PASTED]}"
    try:
        given = Header.model_validate(known | ({"published": pasted.published} if pasted.published else {}))
        return Document(where, Kind.TEXT, pasted.text.encode(), given=given)
    except ValueError as error:
        return Problem(where, explain(error))
