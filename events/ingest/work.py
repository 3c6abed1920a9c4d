"""What is done for one item and needs no store: run by workers, or in place; never raises."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from types import FrameType

from events.ingest.articles import read_document
from events.ingest.document import Document, Found, Kind, Known, Problem
from events.ingest.language import readable
from events.ingest.sources import Piece, is_address
from events.model import Article
from events.pipeline import code as code_article
from events.store_prepared import Prepared, prepare

SECONDS = 60
"""How long one document or article may take."""
_CRASHED = "the process that read it died over it"


@dataclass(frozen=True, slots=True)
class Coded:
    """An article, it and its rows ready for their tables, and what it lacks (None: nothing)."""

    where: str
    article: Article
    prepared: Prepared
    note: str | None = None


Looked = Found | Known | Problem
"""What was found in a document, before it is coded."""

Ready = Coded | Known | Problem
"""What waits to be kept."""


@dataclass(frozen=True, slots=True)
class ReadPiece:
    """What was found in a document, and how much of all sources is read with it (see `Document.progress`)."""

    items: list[Looked]
    share: float | None = None


def load() -> None:
    """Load lexicon and gazetteer; raises what they raise, which is no fault of any article."""
    code_article(Article(id="", text=""))


def read(piece: Piece) -> ReadPiece:
    """Return what is in a document, a problem for each thing that is amiss."""
    if not isinstance(piece, Document):
        return ReadPiece([piece])
    try:
        with time_limit(SECONDS):
            return ReadPiece([*read_document(piece)], piece.progress)
    except TimeoutError as error:
        return ReadPiece([Problem(piece.where, str(error))], piece.progress)


def code(item: tuple[Looked, float | None]) -> tuple[Ready, float | None]:
    """Return an item with its article coded, and the share that came with it."""
    looked, share = item
    return code_found(looked) if isinstance(looked, Found) else looked, share


def code_found(found: Found) -> Coded | Problem:
    """Return an article with its events; none in a language that has no lexicon."""
    try:
        with time_limit(SECONDS):
            located = code_article(found.article) if found.article.language in readable() else ()
    except Exception as error:  # noqa: BLE001 - whatever one article stumbles over, the others go through
        return Problem(found.where, f"could not be coded: {type(error).__name__}: {error}")
    return Coded(found.where, found.article, prepare(found.article, located), found.note)


def quick_to_read(piece: Piece) -> bool:
    """Whether a document is read sooner than it is sent to a worker; what comes over the web is not held back."""
    return not isinstance(piece, Document) or piece.kind in (Kind.TEXT, Kind.RECORD) or is_address(piece.where)


def quick_to_code(item: tuple[Looked, float | None]) -> bool:
    """Whether there is nothing to code; what comes over the web is not held back."""
    return not isinstance(item[0], Found) or is_address(item[0].where)


def crashed_reading(piece: Piece) -> ReadPiece:
    """Return the problem that a worker died over a document."""
    return ReadPiece([Problem(piece.where, _CRASHED)], piece.progress if isinstance(piece, Document) else None)


def crashed_coding(item: tuple[Looked, float | None]) -> tuple[Ready, float | None]:
    """Return the problem that a worker died over an article."""
    return Problem(item[0].where, _CRASHED), item[1]


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
