"""Keep what was read: the article with its rows and its fate, in one batch."""

from dataclasses import replace

from events.ingest.document import Found, Known, Problem
from events.ingest.identity import Decision, decide
from events.ingest.language import readable
from events.ingest.near import bands, nearest
from events.ingest.report import Outcome
from events.ingest.work import Coded, Ready, code_found
from events.store import Batch, Fate, RowsError


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
        return _saved(batch, coded, decision)
    # Since it was coded, another process or an earlier item of this batch has kept it under another id.
    again = code_found(Found(coded.where, decision.article, coded.note))
    return _saved(batch, again, decision) if isinstance(again, Coded) else _kept(batch, again)


def _saved(batch: Batch, coded: Coded, decision: Decision) -> Outcome:
    article = coded.article
    outcome = Outcome(coded.where, "added", coded.note, article.id, article.title, len(coded.located))
    try:
        saved = batch.save(article, coded.located)
    except RowsError as error:
        return replace(outcome, fate="failed", reason=str(error), rows=0)
    original = _linked(batch, decision)
    return replace(outcome, fate=_fate(coded, saved), reason=_reason(coded, original))


def _linked(batch: Batch, decision: Decision) -> str | None:
    """Link an article to the one it is a copy of, and return that one's id; None if it is of none."""
    article, known = decision.article, decision.known
    if known and known.text == article.text:
        return None
    new = bands(article.text)
    found = nearest(article, batch.sharing(article.id, new)) if new else None
    original = decision.copy_of or (found.id if found else None)
    batch.keep_bands(article.id, new, bands(known.text) if known else ())
    if original or known:
        batch.link(article.id, original)
    return original


def _fate(coded: Coded, saved: Fate) -> Fate:
    if coded.article.language not in readable():
        return "unsupported_language"
    return saved if coded.located else "no_events"


def _reason(coded: Coded, original: str | None) -> str | None:
    language = coded.article.language
    notes = (
        coded.note,
        f"language: {language}" if language not in readable() else None,
        f"copy of {original}" if original else None,
    )
    return "; ".join(filter(None, notes)) or None
