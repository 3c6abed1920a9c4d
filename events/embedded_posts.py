"""Posts of social networks inside an article: what `— Name (@handle) January 11, 2026` says of the lines above it."""

import re
from collections.abc import Sequence

from events.chunks import Chunk, Who
from events.modality import FACTS
from events.model import Article, Party, When
from events.told import Told
from events.values import dataclass, replace

_WORDS = re.compile("[\u0621-\u064a]{2}")  # a link to a picture has none


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs a post, None if the name is not known, and the date under it."""

    who: Who | None
    when: When


def signature(chunks: Sequence[Chunk]) -> Signature | None:
    """Return how a line signs the post above it, None for a line that signs none."""
    signs = bool(chunks) and chunks[0].is_mark("-–—") and any(chunk.folded == "@" for chunk in chunks[1:8])
    last = chunks[-1].time if signs else None
    who = next((chunk.who for chunk in chunks if chunk.who), None)
    return Signature(who, last.when) if last and last.kind == "date" else None


def told_by_post(article: Article, acts: Sequence[Told], sign: int, when: When, claim: Party) -> list[Told]:
    """Return the acts with those of the post dated and claimed by who signs it, if its words leave that open.

    The post is the last line with words above `sign`, in code points.
    """
    lines = re.split(r"(?<=\n)", article.text[:sign])
    first = sign
    while lines and not _WORDS.search(article.text, first, sign):
        first -= len(lines.pop())
    return [_signed(act, when, claim) if first <= act.span.start < sign else act for act in acts]


def _signed(act: Told, when: When, claim: Party) -> Told:
    undated = act.modality in FACTS and not (act.when.start or act.when.text or act.background)
    return replace(act, when=when if undated else act.when, claim=act.claim if act.claim.name else claim)
