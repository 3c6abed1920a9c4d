"""From an RSS or Atom feed to its entries."""

import io
import re
from calendar import timegm
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from events.ingest.document import DocumentError
from events.ingest.header import Header
from events.ingest.pages import plain_text

_WHOLE = 600  # letters, from which on an entry's text counts as the article and not as a teaser for it


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed: what it says of the article, and as much of the text as it carries (maybe none).

    `whole`: the text is the article and no teaser for it; `changed` is when the entry was, as the feed says (UTC).
    """

    header: Header
    text: str
    whole: bool
    changed: datetime | None = None


def read_feed(data: bytes, charset: str | None = None) -> Iterator[Entry | str]:
    """Yield the entries of a feed in its order; for one that cannot be read, a line that says why.

    Raises DocumentError if the bytes are no feed.
    """
    import feedparser

    options: dict[str, Any] = {"sanitize_html": False, "resolve_relative_uris": False}
    if charset:
        options["response_headers"] = {"content-type": f"application/xml; charset={charset}"}
    # Bytes alone feedparser would take for the name of a file or an address, and open it.
    feed = feedparser.parse(io.BytesIO(data), **options)
    if not feed.version and not feed.entries:
        raise DocumentError("not an RSS or Atom feed")
    for entry in feed.entries:
        try:
            yield _entry(entry, feed.feed)
        except ValueError as error:
            yield str(error)


def _entry(entry: Any, feed: Any) -> Entry:
    contents = [str(content.get("value") or "") for content in entry.get("content", [])]
    text = max((plain_text(html) for html in (*contents, entry.get("summary") or "")), key=len)
    source = entry.get("source") or {}
    header = {
        "title": plain_text(entry.get("title") or ""),
        "url": entry.get("link"),
        "published": _day(entry),
        "publisher": source.get("title") or feed.get("title"),
    }
    said = Header.model_validate({name: value for name, value in header.items() if value})
    return Entry(said, text, bool(contents) and len(text) >= _WHOLE, _changed(entry))


def _changed(entry: Any) -> datetime | None:
    moment = dict.get(entry, "updated_parsed")
    try:
        return datetime.fromtimestamp(timegm(moment), UTC) if moment else None
    except (ValueError, OverflowError):
        return None


def _day(entry: Any) -> date | None:
    """Return the day as it is printed: feedparser's own is in UTC, and late hours would move it."""
    kind = "published" if dict.get(entry, "published") else "updated"  # feedparser's own `get` mixes them up
    written, moment = str(dict.get(entry, kind) or ""), dict.get(entry, f"{kind}_parsed")
    try:
        return parsedate_to_datetime(written).date()
    except (TypeError, ValueError):
        if re.match(r"\d{4}-\d\d-\d\d", written):
            return date.fromisoformat(written[:10])
        return date(*moment[:3]) if moment else None
