"""What is at an address: a page, a file, or a feed with its articles."""

import io
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from events.ingest.document import NOT_READ, Document, DocumentError, Kind, Known, Problem
from events.ingest.feed_entries import Entry, read_feed
from events.ingest.fetch import Fetched, Fetcher
from events.ingest.files import File, documents, kind_of, sniffed
from events.ingest.header import Header
from events.ingest.sources import Feed, Piece

_KINDS = {
    "text/html": Kind.PAGE,
    "application/xhtml+xml": Kind.PAGE,
    "application/rss+xml": Kind.FEED,
    "application/atom+xml": Kind.FEED,
    "application/rdf+xml": Kind.FEED,
    "application/xml": Kind.FEED,
    "text/xml": Kind.FEED,
    "text/csv": Kind.TABLE,
    "application/jsonl": Kind.LINES,
    "application/x-ndjson": Kind.LINES,
    "application/zip": Kind.ZIP,
    "application/gzip": Kind.GZIP,
}
_UNTOLD = ("", "text/plain", "application/octet-stream", "application/json", "binary/octet-stream")


@dataclass(frozen=True, slots=True)
class Mark:
    """What a server gave with a feed, to be asked next time whether it has changed."""

    etag: str | None = None
    modified: str | None = None


Recorded = Callable[[str], tuple[str | None, datetime] | None]
"""Return the article that came from an address and when (None: none did)."""


class WebReader:
    """Gives the documents at addresses and in feeds; `marks` are those that the feeds gave when they were last read.

    An entry of a feed that was read before is not fetched again, unless the feed says that it has changed since.
    """

    def __init__(self, fetcher: Fetcher, recorded: Recorded, marks: dict[str, Mark] | None = None) -> None:
        self._fetcher, self._recorded = fetcher, recorded
        self.marks = marks if marks is not None else {}

    def __call__(self, source: str | Feed) -> Iterator[Piece]:
        """Yield what is at an address or in a feed, a problem for each thing that is amiss."""
        address = source.url if isinstance(source, Feed) else source
        try:
            yield from self._feed(source) if isinstance(source, Feed) else self._at(source)
        except DocumentError as error:
            yield Problem(address, str(error))

    def _at(self, address: str) -> Iterator[Piece]:
        found = self._fetcher.get(address)
        if kind_at(found) is Kind.FEED:
            yield from self._entries(Feed(address), found)
        else:
            yield from documents(_file(address, found, Header.model_validate({"url": found.url})))

    def _feed(self, feed: Feed) -> Iterator[Piece]:
        found = self._fetcher.get(feed.url, _conditions(self.marks.get(feed.url)))
        if found.data is not None:
            yield from self._entries(feed, found)
            self.marks[feed.url] = Mark(found.etag, found.modified)

    def _entries(self, feed: Feed, found: Fetched) -> Iterator[Piece]:
        said = {"publisher": feed.publisher, "language": feed.language}
        given = Header.model_validate({name: value for name, value in said.items() if value})
        blank = True
        for number, entry in enumerate(read_feed(found.data or b"", found.charset), 1):
            blank = False
            if isinstance(entry, Entry):
                yield from self._entry(entry, given.over(entry.header), found.url, f"{feed.url}#{number}")
            else:
                yield Problem(f"{feed.url}#{number}", entry)
        if blank:
            raise DocumentError("a feed without entries")

    def _entry(self, entry: Entry, given: Header, feed: str, where: str) -> Iterator[Piece]:
        address = given.url
        if address is None:
            yield _carried(where, given, entry.text)
            return
        before = self._recorded(address)
        if before and not (entry.changed and entry.changed > before[1]):
            yield Known(address, before[0], given.title)
        elif entry.whole and _host(address) == _host(feed):
            # Only of its own pages a feed's word is taken: another's would let it write over their articles.
            yield _carried(address, given, entry.text)
        else:
            yield from self._page(address, given)

    def _page(self, address: str, given: Header) -> Iterator[Piece]:
        try:
            found = self._fetcher.get(address)
            yield from documents(_file(address, found, Header.model_validate({"url": found.url}).over(given)))
        except DocumentError as error:
            yield Problem(address, str(error))


def kind_at(found: Fetched) -> Kind:
    """Return what was fetched: by its media type, by its name where that says nothing, else by its first bytes.

    Raises DocumentError if it is of no kind that is read.
    """
    data = found.data or b""
    kind = _KINDS.get(found.kind)
    if kind in (Kind.PAGE, Kind.FEED):  # servers mix these up
        return next((seen for seen in [sniffed(data[:1024])] if seen in (Kind.PAGE, Kind.FEED)), kind)
    if kind is None and found.kind not in _UNTOLD:
        raise DocumentError(f"{found.kind}: {NOT_READ}")
    return kind or kind_of(PurePosixPath(urlsplit(found.url).path).name) or sniffed(data[:1024])


def _file(where: str, found: Fetched, given: Header) -> File:
    return File(where, kind_at(found), io.BytesIO(found.data or b""), given, found.charset)


def _carried(where: str, given: Header, text: str) -> Document:
    said = given.model_dump(mode="json", exclude_none=True)
    return Document(where, Kind.RECORD, json.dumps(said | {"text": text}).encode())


def _conditions(mark: Mark | None) -> dict[str, str]:
    asked = {"if-none-match": mark and mark.etag, "if-modified-since": mark and mark.modified}
    return {name: value for name, value in asked.items() if value}


def _host(address: str) -> str:
    return (urlsplit(address).hostname or "").removeprefix("www.")
