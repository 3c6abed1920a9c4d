"""Why a row says what it says: the reader's own account of the sentence, as `python -m events explain` prints it."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from html import escape
from typing import Any

from events.explain import explain
from events.model import Article

_SILENT = "] -"
"""How a line ends whose words mean nothing to the reader."""

_LONGEST = 60_000
"""Code points of an article that is read anew as a whole; of a longer one only the quote is."""


def why(article: Article, row: Mapping[str, Any]) -> list[str]:
    """Return the lines of the account that concern a row: its sentences and the events of its quote."""
    quote = str(row["quote"])
    text = article.text if len(article.text) <= _LONGEST else quote
    lines = _account(text, article.published)
    return [line for block in _blocks(lines) if _concerns(block, quote, str(row["action"])) for line in block]


@lru_cache(maxsize=16)
def _account(text: str, published: Any) -> tuple[str, ...]:
    return tuple(explain(text, published).splitlines())


def _blocks(lines: tuple[str, ...]) -> Iterator[list[str]]:
    block: list[str] = []
    for line in lines:
        if line.startswith(("sentence ", "event: ")) and block:
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _concerns(block: list[str], quote: str, action: str) -> bool:
    head = block[0]
    if head.startswith("event: "):
        told = next((line for line in block if line.startswith("  quote: ")), "")
        return head.startswith(f"event: {action} ") and _one_line(quote) in _one_line(told)
    sentence = _one_line(head.partition(": ")[2])
    return bool(sentence) and (sentence in _one_line(quote) or _one_line(quote) in sentence)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def why_html(lines: list[str]) -> str:
    """Return the account as HTML, each line in its own direction; the indents are the steps below one another."""
    said = (line for line in lines if not line.endswith(_SILENT))
    rows = "".join(f'<p class="depth{_depth(line)}"><bdi>{escape(line.strip())}</bdi></p>' for line in said)
    return f'<div class="trail" dir="ltr">{rows}</div>'


def _depth(line: str) -> int:
    return min((len(line) - len(line.lstrip(" "))) // 2, 2)
