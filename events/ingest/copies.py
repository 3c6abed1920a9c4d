"""Link the articles of a batch to those they are near copies of."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from events.ingest.identity import Decision
from events.ingest.near import bands, nearest
from events.model import Article
from events.store import Batch

_CANDIDATES = 5  # of each article, those that share most


def link_copies(batch: Batch, decisions: Sequence[Decision]) -> dict[str, str]:
    """Link the articles of a batch whose text is new; return, by id, the article that each is a copy of.

    What came earlier is the original, in the store as in the batch.
    """
    fresh = [decision for decision in decisions if not decision.known or decision.known.text != decision.article.text]
    own = {decision.article.id: bands(decision.article.text) for decision in fresh}
    candidates = _candidates(batch, own)
    others = batch.articles({key for keys in candidates.values() for key in keys})
    originals = {}
    for decision in {decision.article.id: decision for decision in fresh}.values():
        article = decision.article
        original = decision.copy_of or _nearest(article, [others[key] for key in candidates[article.id]])
        if original:
            originals[article.id] = original
        if original or decision.known:
            batch.link(article.id, original)
    _keep_bands(batch, fresh, own)
    return originals


def _candidates(batch: Batch, own: dict[str, tuple[int, ...]]) -> dict[str, list[str]]:
    shared = defaultdict(list, batch.sharing({band for mine in own.values() for band in mine}))
    candidates = {}
    for article_id, mine in own.items():
        found = Counter(other for band in mine for other in shared[band] if other != article_id)
        candidates[article_id] = sorted(found, key=lambda other: (-found[other], other))[:_CANDIDATES]
        for band in mine:
            shared[band].append(article_id)
    return candidates


def _nearest(article: Article, others: Iterable[Article]) -> str | None:
    found = nearest(article, list(others))
    return found.id if found else None


def _keep_bands(batch: Batch, fresh: Sequence[Decision], own: dict[str, tuple[int, ...]]) -> None:
    old = {(band, decision.article.id) for decision in fresh if decision.known for band in bands(decision.known.text)}
    new = {(band, article_id) for article_id, mine in own.items() for band in mine}
    batch.keep_bands(sorted(new), sorted(old - new))
