"""Keep what was read: articles with their rows, links between copies, and fates, in one batch."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from events.ingest.copies import link_copies
from events.ingest.document import Found, Known, Problem
from events.ingest.identity import Decision, decide
from events.ingest.language import readable
from events.ingest.report import Outcome
from events.ingest.sources import is_address
from events.ingest.work import Coded, Ready, code_found
from events.store import Batch, Fate, RowsError
from events.store_alike import Alike

_LONGEST = 1_000  # characters of a name or a reason


@dataclass(frozen=True, slots=True)
class _Plan:
    """An item with what is decided about its article."""

    coded: Coded
    decision: Decision


def keep(batch: Batch, items: Sequence[Ready]) -> list[Outcome]:
    """Keep items and their fates; what is known by now, also from earlier in the batch, is left alone."""
    plans = _plans(batch, items)
    kept = _saved(batch, plans)
    done = [plan for plan, outcome in zip(plans, kept, strict=True) if outcome.fate in ("added", "updated")]
    originals = link_copies(batch, [plan.decision for plan in done if isinstance(plan, _Plan)])
    outcomes = [_finished(item, outcome, originals) for item, outcome in zip(plans, kept, strict=True)]
    batch.record_all((one.source, one.fate, one.reason, one.article_id) for one in outcomes)
    return outcomes


def _plans(batch: Batch, items: Sequence[Ready]) -> list[_Plan | Known | Problem]:
    alike = batch.alike([item.article for item in items if isinstance(item, Coded)])
    plans: list[_Plan | Known | Problem] = []
    for item in items:
        plan = _plan(item, alike) if isinstance(item, Coded) else item
        if isinstance(plan, _Plan) and _is_old(batch, plan):
            plan = Known(plan.coded.where, plan.coded.article.id, plan.coded.article.title)
        if isinstance(plan, _Plan):
            alike.put(plan.decision.article)
        plans.append(plan)
    return plans


def _is_old(batch: Batch, plan: _Plan) -> bool:
    """Whether a file holds what an article once was: two versions in one folder would take turns at every run.

    What stands on the web is what stands there now, and a file that alone holds the article may be set back.
    """
    known, where = plan.decision.known, plan.coded.where
    return known is not None and not is_address(where) and batch.had(plan.decision.article, storable(where))


def _plan(coded: Coded, alike: Alike) -> _Plan | Known | Problem:
    decision = decide(coded.article, alike.of(coded.article))
    article = decision.article
    if decision.unchanged:
        return Known(coded.where, article.id, article.title)
    if article == coded.article:
        return _Plan(coded, decision)
    # Since it was coded, another process or an earlier item of this batch has come under another id.
    again = code_found(Found(coded.where, article, coded.note))
    return _Plan(again, decision) if isinstance(again, Coded) else again


def _saved(batch: Batch, plans: Sequence[_Plan | Known | Problem]) -> list[Outcome]:
    new = [plan.coded.prepared for plan in plans if isinstance(plan, _Plan) and not plan.decision.known]
    try:
        batch.put_new(new)
        added = {prepared.article["id"] for prepared in new}
    except RowsError:  # one by one, to find the one that breaks a rule
        added = set()
    return [_outcome(batch, plan, added) for plan in plans]


def _outcome(batch: Batch, plan: _Plan | Known | Problem, added: set[str]) -> Outcome:
    match plan:
        case Problem():
            return Outcome(storable(plan.where), "failed", storable(plan.message))
        case Known():
            return Outcome(storable(plan.where), "unchanged", None, plan.article_id, plan.title)
    article, rows = plan.coded.article, len(plan.coded.prepared.rows)
    outcome = Outcome(storable(plan.coded.where), "added", None, article.id, article.title, rows)
    if article.id in added and not plan.decision.known:
        return outcome
    try:
        return replace(outcome, fate=batch.put(plan.coded.prepared))
    except RowsError as error:
        return replace(outcome, fate="failed", reason=str(error), rows=0)


def _finished(plan: _Plan | Known | Problem, outcome: Outcome, originals: dict[str, str]) -> Outcome:
    if not isinstance(plan, _Plan) or outcome.fate == "failed":
        return outcome
    language, original = plan.coded.article.language, originals.get(plan.coded.article.id)
    read = language in readable()
    notes = (plan.coded.note, None if read else f"language: {language}", f"copy of {original}" if original else None)
    return replace(outcome, fate=_fate(outcome, read=read), reason="; ".join(filter(None, notes)) or None)


def _fate(outcome: Outcome, *, read: bool) -> Fate:
    if not read:
        return "unsupported_language"
    return outcome.fate if outcome.rows else "no_events"


def storable(text: str) -> str:
    """Return text that any database holds and finds: names of files may be any bytes, errors quote them at length."""
    return text.encode("utf-8", "replace").decode().replace("\0", "?")[:_LONGEST]
