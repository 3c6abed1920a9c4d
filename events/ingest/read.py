"""Read the articles of files and folders, without a store."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from events.ingest.articles import read_document
from events.ingest.document import Document, Found, Problem
from events.ingest.sources import Feed, Source, read_sources
from events.model import Article


def read(paths: Iterable[Path]) -> Iterator[Article | Problem]:
    """Yield the articles of files and folders as they come, and a problem for each thing that is amiss.

    An article without a date is yielded all the same, behind its problem.
    """
    for document in read_sources(paths, offline):
        if not isinstance(document, Document):
            if isinstance(document, Problem):
                yield document
            continue
        for item in read_document(document):
            if isinstance(item, Problem):
                yield item
            else:
                yield from _with_note(item)


def _with_note(found: Found) -> Iterator[Article | Problem]:
    if found.note:
        yield Problem(found.where, found.note)
    yield found.article


def offline(source: Source) -> Iterator[Document | Problem]:
    """Yield the problem that addresses are not fetched."""
    where = source.url if isinstance(source, Feed) else str(source)
    yield Problem(where, "an address on the web: not fetched here")
