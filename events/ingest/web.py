"""What is at an address: a page, a file, or a feed with its articles."""

import io
import json
from collections.abc import Iterator, Set
from pathlib import PurePosixPath
from urllib.parse import urljoin, urlsplit

from events.ingest.address import host
from events.ingest.document import NOT_READ, Document, DocumentError, Kind, Known, Problem
from events.ingest.feed_entries import Entry, read_feed
from events.ingest.fetch import Fetched, Fetcher
from events.ingest.files import File, documents, kind_of, sniffed
from events.ingest.header import Header
from events.ingest.sources import Feed, Piece
from events.store import Store
from events.store_feeds import Mark

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


class WebReader:
    """Gives the documents at addresses and in feeds.

    A feed that has not changed since it was last read gives nothing; an entry of a feed that was read before is not
    fetched again, unless the feed says that it has changed since.
    """

    def __init__(self, fetcher: Fetcher, store: Store) -> None:
        self._fetcher, self._store = fetcher, store
        self._marks: dict[str, Mark] = {}
        self._read: dict[str, set[str]] = {}

    def __call__(self, source: str | Feed) -> Iterator[Piece]:
        """Yield what is at an address or in a feed, a problem for each thing that is amiss."""
        address = source.url if isinstance(source, Feed) else source
        try:
            yield from self._feed(source) if isinstance(source, Feed) else self._at(source)
        except DocumentError as error:
            yield Problem(address, str(error))

    def keep_marks(self, failed: Set[str], *, all_known: bool) -> None:
        """Keep what the servers of feeds gave, to be asked with next time: of feeds of which nothing failed.

        A feed of which something failed is asked for again as if it were new, so that it is tried again. Call it when
        all that was read is kept; `all_known` says whether `failed` are all sources that failed.
        """
        for url, mark in self._marks.items():
            if all_known and not self._read[url] & failed:
                with self._store.batch() as batch:
                    batch.keep_mark(url, mark)

    def _at(self, address: str) -> Iterator[Piece]:
        found = self._fetcher.get(address)
        if kind_at(found) is Kind.FEED:
            yield from self._entries(Feed(address), found)
        else:
            yield from documents(_file(address, found, Header()))

    def _feed(self, feed: Feed) -> Iterator[Piece]:
        found = self._fetcher.get(feed.url, _conditions(self._store.mark(feed.url)))
        if found.data is not None:
            yield from self._entries(feed, found)
            self._marks[feed.url] = Mark(found.etag, found.modified)

    def _entries(self, feed: Feed, found: Fetched) -> Iterator[Piece]:
        said = {"publisher": feed.publisher, "language": feed.language}
        given = Header.model_validate({name: value for name, value in said.items() if value})
        read = self._read[feed.url] = set()
        blank = True
        for number, entry in enumerate(read_feed(found.data or b"", found.charset), 1):
            blank = False
            where = f"{feed.url}#{number}"
            pieces = (
                self._entry(entry, given, found.url, where) if isinstance(entry, Entry) else [Problem(where, entry)]
            )
            for piece in pieces:
                read.add(piece.where)
                yield piece
        if blank:
            raise DocumentError("a feed without entries")

    def _entry(self, entry: Entry, given: Header, feed: str, where: str) -> Iterator[Piece]:
        if entry.header.url is None:
            yield _carried(where, given.over(entry.header), entry.text)
            return
        address = urljoin(feed, entry.header.url.strip())
        own = entry.header.model_copy(update={"url": address})
        said = given.over(own)
        before = self._store.recorded(address)
        if before and before.fate != "failed" and not (entry.changed and entry.changed > before.when):
            yield Known(address, before.article_id, said.title)
        elif entry.whole and host(address) == host(feed):
            # Only of its own pages a feed's word is taken: another's would let it write over their articles.
            yield _carried(address, said, entry.text)
        else:
            # The page knows better who published it: a feed's title is often that of one of its sections.
            yield from self._page(address, given.over(own.model_copy(update={"publisher": None})))

    def _page(self, address: str, given: Header) -> Iterator[Piece]:
        try:
            found = self._fetcher.get(address)
            yield from documents(_file(address, found, given))
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
    kind = kind_at(found)
    if kind in (Kind.PAGE, Kind.TEXT):  # of anything else the address is not the article's
        given = Header.model_validate({"url": found.url}).over(given)
    return File(where, kind, io.BytesIO(found.data or b""), given, found.charset)


def _carried(where: str, given: Header, text: str) -> Document:
    said = given.model_dump(mode="json", exclude_none=True)
    return Document(where, Kind.RECORD, json.dumps(said | {"text": text}).encode())


def _conditions(mark: Mark | None) -> dict[str, str]:
    asked = {"if-none-match": mark and mark.etag, "if-modified-since": mark and mark.modified}
    return {name: value for name, value in asked.items() if value}
