"""Keep what was read: the article with its rows and its fate, in one batch."""

from dataclasses import replace

from events.ingest.document import Found, Known, Problem
from events.ingest.identity import Decision, decide
from events.ingest.language import readable
from events.ingest.report import Outcome
from events.ingest.work import Coded, code_found
from events.store import Batch, Fate, RowsError

Ready = Coded | Known | Problem
"""What waits to be kept."""


def keep(batch: Batch, item: Ready) -> Outcome:
    """Keep an item and its fate; what is known by now, also from earlier in this batch, is left alone."""
    found = _kept(batch, item)
    outcome = replace(found, source=_storable(found.source), reason=found.reason and _storable(found.reason))
    batch.record(outcome.source, outcome.fate, outcome.reason, outcome.article_id)
    return outcome


def _storable(text: str) -> str:
    """Names of files may be any bytes, and errors quote them: half characters and NUL are no text to a database."""
    return text.encode("utf-8", "replace").decode().replace("\0", "?")


def _kept(batch: Batch, item: Ready) -> Outcome:
    match item:
        case Problem():
            return Outcome(item.where, "failed", item.message)
        case Known():
            return Outcome(item.where, "unchanged", None, item.article_id, item.title)
        case Coded():
            return _decided(batch, item, decide(item.article, batch.alike(item.article)))


def _decided(batch: Batch, coded: Coded, decision: Decision) -> Outcome:
    if decision.unchanged:
        return _kept(batch, Known(coded.where, decision.article.id, decision.article.title))
    if decision.article == coded.article:
        return _saved(batch, coded, decision.copy_of)
    # Since it was coded, another process or an earlier item of this batch has kept it under another id.
    again = code_found(Found(coded.where, decision.article, coded.note))
    return _saved(batch, again, decision.copy_of) if isinstance(again, Coded) else _kept(batch, again)


def _saved(batch: Batch, coded: Coded, copy_of: str | None) -> Outcome:
    article = coded.article
    outcome = Outcome(coded.where, "added", coded.note, article.id, article.title, len(coded.located))
    try:
        saved = batch.save(article, coded.located)
    except RowsError as error:
        return replace(outcome, fate="failed", reason=str(error), rows=0)
    if copy_of:
        batch.link(article.id, copy_of)
    return replace(outcome, fate=_fate(coded, saved), reason=_reason(coded, copy_of))


def _fate(coded: Coded, saved: Fate) -> Fate:
    if coded.article.language not in readable():
        return "unsupported_language"
    return saved if coded.located else "no_events"


def _reason(coded: Coded, copy_of: str | None) -> str | None:
    language = coded.article.language
    notes = (
        coded.note,
        f"language: {language}" if language not in readable() else None,
        f"the text of {copy_of}, by another publisher" if copy_of else None,
    )
    return "; ".join(filter(None, notes)) or None
