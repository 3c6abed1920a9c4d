"""What is done for one item and needs no store: run by workers, or in place; never raises."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from types import FrameType

from events.ingest.articles import read_document
from events.ingest.document import Document, Found, Item, Problem
from events.ingest.language import readable
from events.model import Article, LocatedEvent
from events.pipeline import code

SECONDS = 60
"""How long one document or article may take."""


@dataclass(frozen=True, slots=True)
class Coded:
    """An article with its located events, and what it lacks (None: nothing)."""

    where: str
    article: Article
    located: tuple[LocatedEvent, ...]
    note: str | None = None


def load() -> None:
    """Load lexicon and gazetteer; raises what they raise, which is no fault of any article."""
    code(Article(id="", text=""))


def read(document: Document) -> list[Item]:
    """Return what is in a document, a problem for each thing that is amiss."""
    try:
        with time_limit(SECONDS):
            return read_document(document)
    except TimeoutError as error:
        return [Problem(document.where, str(error))]


def code_found(found: Found) -> Coded | Problem:
    """Return an article with its events; none in a language that has no lexicon."""
    try:
        with time_limit(SECONDS):
            located = code(found.article) if found.article.language in readable() else ()
    except Exception as error:  # noqa: BLE001 - whatever one article stumbles over, the others go through
        return Problem(found.where, f"could not be coded: {type(error).__name__}: {error}")
    return Coded(found.where, found.article, located, found.note)


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise TimeoutError in what takes longer, where the system and the thread let us."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise TimeoutError(f"took longer than {seconds:g} s")

    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        with suppress(TypeError):  # a handler that was not set from Python
            signal.signal(signal.SIGALRM, before)
