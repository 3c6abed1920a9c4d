"""From a web page to its article: body, title, publisher and day by trafilatura."""

import re
from datetime import date
from typing import Any

from events.ingest.decode import decode
from events.ingest.document import MEGABYTE, PAGE_BYTES, DocumentError
from events.ingest.header import Header

# Only what the page says of itself counts as its date: a guess would move every "yesterday" in the text.
_DATES = {"extensive_search": False, "original_date": True}


def read_page(data: bytes, charset: str | None) -> tuple[Header, str, str | None]:
    """Return what a page says of its article, the article's text, and a note if some of it is lost.

    `charset` is what the server says of the encoding. Raises DocumentError if there is no article on the page.
    """
    from trafilatura import bare_extraction

    if len(data) > PAGE_BYTES:
        raise DocumentError(f"longer than {PAGE_BYTES // MEGABYTE} MB")
    html, note = decode(data, charset)
    found: Any = bare_extraction(html, with_metadata=True, include_comments=False, date_extraction_params=_DATES)
    if not found or not found.text or not found.text.strip():
        raise DocumentError("no article text found on this page")
    return _header(found), _without_title(found.text, found.title), note


def plain_text(html: str) -> str:
    """Return the text of a piece of HTML, as a feed carries it: a line for each paragraph."""
    from lxml.html import fragment_fromstring

    if "<" not in html and "&" not in html:
        return html.strip()
    try:
        root = fragment_fromstring(html, create_parent="div")
    except (ValueError, AssertionError, LookupError) as error:  # what lxml raises where nothing is left to parse
        raise DocumentError("no text in this piece of HTML") from error
    for unseen in root.xpath(".//script | .//style | .//comment()"):
        unseen.drop_tree()
    for block in root.xpath(".//p | .//br | .//div | .//li | .//h1 | .//h2 | .//h3 | .//h4 | .//blockquote | .//tr"):
        block.tail = f"\n{block.tail or ''}"
    lines = (" ".join(line.split()) for line in root.text_content().splitlines())
    return "\n".join(line for line in lines if line)


def _header(found: Any) -> Header:
    said = {
        "title": found.title,
        "url": found.url,
        "publisher": found.sitename or found.hostname,
        "published": date.fromisoformat(found.date) if found.date else None,
    }
    return Header.model_validate({name: value for name, value in said.items() if value})


def _without_title(text: str, title: str | None) -> str:
    """The headline stands above the body: kept as the title, it is not read as a sentence of the text."""
    first, _, rest = text.partition("\n")
    return rest if title and rest.strip() and _letters(first) == _letters(title) else text


def _letters(text: str) -> str:
    return re.sub(r"\W", "", text)
