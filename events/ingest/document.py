"""What is read: documents as bytes, what is found in them, and the limits that a hostile one runs into."""

from dataclasses import dataclass
from enum import StrEnum

from events.ingest.header import Header
from events.model import Article

MEGABYTE = 1_000_000
DOCUMENT_BYTES = 20 * MEGABYTE
"""The longest text, feed or line that is read."""
PAGE_BYTES = 5 * MEGABYTE
"""The longest page: finding the article in it takes a second for half a megabyte of links."""

NO_DATE = "no date (published): relative dates such as 'yesterday' stay open"


class Kind(StrEnum):
    """What stands in a document or a file."""

    TEXT = "text"  # front matter, if any, and the text
    PAGE = "page"  # HTML
    FEED = "feed"  # RSS or Atom
    RECORD = "record"  # one JSON object
    LINES = "lines"  # one JSON object a line
    TABLE = "table"  # CSV with a header
    ZIP = "zip"
    GZIP = "gzip"


SUFFIXES = {
    ".txt": Kind.TEXT,
    ".md": Kind.TEXT,
    ".html": Kind.PAGE,
    ".htm": Kind.PAGE,
    ".xml": Kind.FEED,
    ".jsonl": Kind.LINES,
    ".csv": Kind.TABLE,
    ".zip": Kind.ZIP,
    ".gz": Kind.GZIP,
}
"""The kinds of file that are read."""

NOT_READ = f"not a kind of file that is read ({', '.join(SUFFIXES)})"


@dataclass(frozen=True, slots=True)
class Document:
    """Bytes that hold an article, or a feed of them; `where` names the document to the user.

    `charset` is what the server said of it; `given` is what is known from elsewhere and goes before what the document
    says of itself; `progress` is how much of all sources is read when this document is, from 0 to 1.
    """

    where: str
    kind: Kind
    data: bytes
    charset: str | None = None
    given: Header = Header()
    progress: float | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """An article that was found, where it was found, and what it lacks (None: nothing)."""

    where: str
    article: Article
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that could not be read or coded: `where` names file and line or the article."""

    where: str
    message: str

    def __str__(self) -> str:
        return f"{self.where}: {self.message}"


@dataclass(frozen=True, slots=True)
class Known:
    """Something that the store has as it is: it need not be read again."""

    where: str
    article_id: str | None
    title: str | None = None


Item = Found | Problem


class DocumentError(ValueError):
    """A document cannot be read; the message is one line for the user."""
