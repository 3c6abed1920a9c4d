"""From a document to its articles: one for a text, a page or a record, many for a feed."""

import hashlib
import json
from collections.abc import Iterator

from events.ingest.address import canonical, host
from events.ingest.decode import decode
from events.ingest.document import NO_DATE, Document, DocumentError, Found, Item, Kind, Problem
from events.ingest.feed_entries import Entry, read_feed
from events.ingest.header import Header, Record, explain, split_front_matter
from events.ingest.language import language_of
from events.ingest.pages import read_page
from events.model import Article


def read_document(document: Document) -> list[Item]:
    """Return what a document holds, a problem for each thing that is amiss; never raises."""
    try:
        if document.kind is Kind.FEED:
            return list(_from_feed(document))
        return [_found(document.where, *_read_one(document))]
    except (ValueError, RecursionError) as error:
        return [Problem(document.where, explain(error))]
    except Exception as error:  # noqa: BLE001 - whatever one document stumbles over, the others go through
        return [Problem(document.where, f"could not be read: {type(error).__name__}: {error}")]


def _read_one(document: Document) -> tuple[Header, str, str | None]:
    match document.kind:
        case Kind.TEXT:
            text, note = decode(document.data, document.charset)
            said, text = split_front_matter(text)
        case Kind.PAGE:
            said, text, note = read_page(document.data, document.charset)
        case Kind.RECORD:
            record = Record.model_validate(json.loads(document.data.decode()))
            said, text, note = record, record.text, None
        case _:
            raise DocumentError(f"a {document.kind} is not one article")
    given = document.given
    if said.url and given.url and document.kind is Kind.PAGE and host(said.url) == host(given.url):
        given = given.model_copy(update={"url": None})  # the page names its own address best, but none of another's
    return given.over(said), text, note


def _from_feed(document: Document) -> Iterator[Item]:
    blank = True
    for number, entry in enumerate(read_feed(document.data, document.charset), 1):
        blank = False
        where = f"{document.where}#{number}"
        if isinstance(entry, Entry):
            yield _found(where, document.given.over(entry.header), entry.text, None)
        else:
            yield Problem(where, entry)
    if blank:
        yield Problem(document.where, "a feed without entries")


def _found(where: str, header: Header, text: str, note: str | None) -> Item:
    if not text.strip():
        return Problem(where, "empty")
    if "published" not in header.model_fields_set:
        note = "; ".join(filter(None, (note, NO_DATE)))
    return Found(where, article_of(header, text), note)


def article_of(header: Header, text: str) -> Article:
    """Return the article; its id is the one it is given, or comes from its address, or else from its text."""
    return Article(
        id=header.id or derived_id(header.url, header.publisher, text),
        text=text,
        title=header.title,
        language=header.language or language_of(text),
        published=header.published,
        publisher=header.publisher,
        url=header.url,
    )


def derived_id(url: str | None, publisher: str | None, text: str) -> str:
    """Return the id of an article that brings none: sixteen hexadecimal digits made from its address.

    Without an address, from its publisher and text.
    """
    content = (canonical(url) if url else None) or "\n".join(filter(None, (publisher, text)))
    return hashlib.sha256(content.encode()).hexdigest()[:16]
