"""What a source wrote, as HTML that is safe to show: every word of an article is escaped here and nowhere else."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from html import escape
from typing import NamedTuple
from urllib.parse import urlsplit

from events.model import Article


class Mark(NamedTuple):
    """A run of a text (half-open code points) and the role it plays: `actor`, `action`, `target`, `place` and so on."""

    start: int
    end: int
    role: str


def find_marks(quote: str, wanted: Iterable[tuple[str, str | None]]) -> list[Mark]:
    """Return where the `(role, words)` stand in a quote; the earlier role wins where two overlap.

    Words that are None or not in the quote (an actor named only earlier in the text) give no mark.
    """
    found: list[Mark] = []
    for role, words in wanted:
        mark = _find(quote, words, role) if words else None
        if mark and all(mark.end <= other.start or other.end <= mark.start for other in found):
            found.append(mark)
    return sorted(found)


def laid_over(marks: Sequence[Mark], over: Sequence[Mark]) -> list[Mark]:
    """Return both, sorted: a mark of `over` cuts what lies under it (the number in `ثلاثة مدنيين`)."""
    pieces = list(marks)
    for start, end, _ in over:
        pieces = [piece for mark in pieces for piece in (Mark(mark.start, min(mark.end, start), mark.role),
                                                         Mark(max(mark.start, end), mark.end, mark.role))
                  if piece.start < piece.end]  # fmt: skip
    return sorted([*pieces, *over])


def _find(quote: str, words: str, role: str) -> Mark | None:
    # A whole word first: «حلب» in «مدينة حلب», not in «حلبية».
    whole = re.search(rf"{re.escape(words)}(?!\w)", quote)
    start = whole.start() if whole else quote.find(words)
    return Mark(start, start + len(words), role) if start >= 0 else None


def marked(text: str, marks: Sequence[Mark]) -> str:
    """Return escaped HTML of a text with its marks; `marks` are sorted and do not overlap."""
    pieces, at = [], 0
    for start, end, role in marks:
        pieces += [escape(text[at:start]), f'<mark class="{escape(role)}">{escape(text[start:end])}</mark>']
        at = end
    return "".join([*pieces, escape(text[at:])])


def quote_html(quote: str, marks: Sequence[Mark], language: str | None) -> str:
    """Return a quote as an HTML block that runs in its own direction."""
    return f'<blockquote dir="auto"{_lang(language)}>{marked(quote, marks)}</blockquote>'


def article_html(article: Article, start: int, end: int) -> str:
    """Return the whole article as HTML, the code points from `start` to `end` marked; each line runs its own way."""
    title = f'<h3 dir="auto">{escape(article.title)}</h3>' if article.title else ""
    return f'<div class="article"{_lang(article.language)}>{title}{"".join(_lines(article.text, start, end))}</div>'


def _lines(text: str, start: int, end: int) -> Iterable[str]:
    at = 0
    for line in text.splitlines(keepends=True):
        first, last = max(start - at, 0), min(end - at, len(line.rstrip()))
        marks = [Mark(first, last, "quoted")] if first < last else []
        if line.strip():
            yield f'<p dir="auto">{marked(line.rstrip(), marks)}</p>'
        at += len(line)


_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")


def label(text: str) -> str:
    """Return text as a label that Streamlit shows as it is: nothing in it is Markdown, a link or a picture.

    Control characters go, those that turn the direction of writing too: they would reach into what stands beside.
    """
    plain = "".join(" " if unicodedata.category(char) in ("Cc", "Cf") and char != "\u200c" else char for char in text)
    return _PUNCTUATION.sub(r"\\\1", " ".join(plain.split()))


def safe_link(url: str | None, words: str) -> str:
    """Return an HTML link to a web page; nothing if the address is not http or https."""
    if not url or not _is_web(url):
        return ""
    return f'<a href="{escape(url)}" rel="noopener noreferrer nofollow" target="_blank">{escape(words)}</a>'


def _is_web(url: str) -> bool:
    try:
        return urlsplit(url).scheme in ("http", "https") and bool(urlsplit(url).hostname)
    except ValueError:
        return False


def _lang(language: str | None) -> str:
    return f' lang="{escape(language)}"' if language else ""
