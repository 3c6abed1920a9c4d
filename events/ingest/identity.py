"""What is the same article: one id, one address, or one text."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

from events.ingest.address import canonical
from events.ingest.articles import derived_id
from events.model import Article

_SAID = tuple(field.name for field in fields(Article))


@dataclass(frozen=True, slots=True)
class Decision:
    """What to do with an article: `known` is what the store has of it (None: it is new).

    `article` is the article to keep, `copy_of` the id of an article of the same text by another publisher.
    """

    article: Article
    known: Article | None = None
    copy_of: str | None = None

    @property
    def unchanged(self) -> bool:
        """Whether the store has the article as it is."""
        return self.article == self.known


def decide(article: Article, alike: Sequence[Article]) -> Decision:
    """Tell what an article is to the store, which has the articles `alike` (see `Store.alike`).

    Same id or same address: the same article, whose text may have changed. An address counts only where the article
    has no id of its own. Same text: the same article, unless another publisher printed it at another address; then it
    is a copy. What the new article does not say of itself is kept as it was.
    """
    same = _by_id(article, alike)
    if same:
        return Decision(_filled(replace(article, id=same.id, url=_address(article, same)), same), same)
    twin = next((other for other in alike if other.text == article.text), None)
    if twin is None:
        return Decision(article)
    if _another_publisher(article, twin):
        return Decision(article, copy_of=twin.id)
    return Decision(_filled(twin, article), twin)


def _by_id(article: Article, alike: Sequence[Article]) -> Article | None:
    by_id = next((other for other in alike if other.id == article.id), None)
    if by_id or not _goes_by_address(article):
        return by_id
    return next((other for other in alike if other.url == article.url), None)


def _goes_by_address(article: Article) -> bool:
    return article.url is not None and canonical(article.url) is not None and is_derived(article)


def is_derived(article: Article) -> bool:
    """Whether an article brought no id of its own."""
    return article.id == derived_id(article.url, article.publisher, article.text)


def _address(article: Article, known: Article) -> str | None:
    """Return the new address only where it is more than the old one as somebody passed it on."""
    if article.url and known.url and canonical(article.url) == canonical(known.url):
        return known.url
    return article.url


def _another_publisher(article: Article, other: Article) -> bool:
    return bool(article.publisher and other.publisher and article.publisher != other.publisher)


def _filled(article: Article, other: Article) -> Article:
    """Return an article with what it does not say of itself taken from another."""
    missing = {name: getattr(other, name) for name in _SAID if getattr(article, name) is None}
    return replace(article, **missing)
