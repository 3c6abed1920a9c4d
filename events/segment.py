"""Sentences of an article: cut at sentence marks and line ends, never at the Arabic comma."""

import re

from events.model import Article, Sentence, Span

# A run of marks is tried once, from its start: dots without end would take quadratic time.
_END = re.compile(r"[.!?؟؛;…](?<![.!?؟؛;…].)[.!?؟؛;…]*+[»”\"')\]]*+(?=\s|$)|\n+|[.؟!](?=[^\W\d_a-zA-Z])")
_ABBREVIATION = re.compile(r"(?:^|[\s(«])(?:[دمأاس]|أ\.?د|[A-Za-z])\.$")


def split_sentences(article: Article) -> list[Sentence]:
    """Return the sentences that have any text, without the white space around them."""
    text, sentences, start = article.text, [], 0
    for mark in _END.finditer(text):
        if mark.group().startswith(".") and _ABBREVIATION.search(text, max(0, mark.start() - 4), mark.start() + 1):
            continue
        sentences.append((start, mark.end()))
        start = mark.end()
    sentences.append((start, len(text)))
    return [_trim(text, *piece) for piece in sentences if text[piece[0] : piece[1]].strip()]


def _trim(text: str, start: int, end: int) -> Sentence:
    piece = text[start:end]
    left = start + len(piece) - len(piece.lstrip())
    stripped = piece.strip()
    return Sentence(Span(left, left + len(stripped)), stripped)
