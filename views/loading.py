"""From the store to rows ready for drawing: opened once, read once per change, built from `seeds/` if it is empty."""

import gc
import itertools
import logging
import os
from contextlib import nullcontext
from dataclasses import dataclass
from threading import Lock
from weakref import WeakValueDictionary

import numpy as np
import numpy.typing as npt
import pandas as pd
import streamlit as st

from events.ingest.report import Report, Step
from events.ingest.run import ingest
from events.pipeline import SEEDS
from events.store import Store, StoreError, open_store
from geodata.folding import fold
from views.answers import Answers
from views.blur import blurred
from views.columns import Columns, columns_of
from views.facets import Facets, Mask, facets_of
from views.labels import Words
from views.rows import newest_first, prepare, with_reports
from views.timeline import Span, span_of
from views.trees import Tree, place_tree

_log = logging.getLogger(__name__)
_building = Lock()
_runs = itertools.count(1)
_SEEN = "seen"  # whether the visitor has had the rows; they may be read anew at any time
_SETTLED = 1024  # runs; later ones load little
_reports: dict[str, Report] = {}
_there: WeakValueDictionary[tuple[str, int, float | None], "Loaded"] = WeakValueDictionary()
"""What is loaded, by the store's URL and version and the blur."""


@dataclass(frozen=True, eq=False)
class Loaded:
    """All rows in narrow columns, newest first, what filters ask of them, and what the browser holds of them.

    `span`: the days they cover; `places`: the tree of their places; `version`: the store's; `answers`: what passes.
    """

    rows: pd.DataFrame
    span: Span | None
    columns: Columns
    facets: Facets
    places: Tree
    version: int
    answers: Answers


def load(words: Words, blur_m: float | None = None) -> tuple[Store, Loaded]:
    """Return the store and what the page holds of it; who comes first sees it being read, or the store being built.

    `blur_m`: points no finer than cells of so many metres. Raises StoreError, and what the lexicon and the gazetteer
    raise when they do not load.
    """
    url = os.environ.get("EVENTS_DB", "")
    store = _opened(url)
    version = _version(url, store)
    with nullcontext() if st.session_state.get(_SEEN) else st.spinner(words("load.reading")):
        loaded = _blurred(url, version, blur_m) if blur_m else _loaded(url, version)
    build = loaded.rows.empty and url not in _reports
    if build:
        _build(url, store, words)
    if build or not st.session_state.get(_SEEN):
        st.session_state[_SEEN] = True
        st.rerun()  # the page starts without the progress, so that nothing above the map goes away later
    return store, loaded


def at_hand(blur_m: float | None = None) -> tuple[Store, Loaded] | None:
    """Return what `load` does if nothing need be read for it, else None; it raises nothing and draws nothing."""
    url = os.environ.get("EVENTS_DB", "")
    try:
        store = _opened(url)
        held = _there.get((url, _version(url, store), blur_m))
    except StoreError:
        return None  # `load` will say so
    return (store, held) if held and not (held.rows.empty and url not in _reports) else None


def read() -> None:
    """Read all rows of the store, for the visitors to come; raises what `load` does."""
    url = os.environ.get("EVENTS_DB", "")
    _loaded(url, _version(url, _opened(url)))


def searched(held: Loaded, words: str) -> Mask | None:
    """Return which rows hold the words in their quote or names, in any spelling; None if no word is asked for."""
    if not fold(words).split():
        return None
    return _searched(os.environ.get("EVENTS_DB", ""), held.version, words.strip(), held.rows["number"].to_numpy())


@st.cache_resource(show_spinner=False, max_entries=20)
def _searched(url: str, version: int, words: str, _numbers: npt.NDArray[np.int32]) -> Mask:  # noqa: ARG001 - of this version only
    numbers = _opened(url).search(words)
    return np.isin(_numbers, numbers)


def full_rows(store: Store, rows: pd.DataFrame) -> pd.DataFrame:
    """Return the full rows of a few narrow ones, as `prepare` makes them, in their order; what is gone is missing."""
    return prepare(store.rows(rows["number"].to_numpy()))


def settle() -> None:
    """Set apart what has been loaded so far; call at the end of a run of the script.

    Streamlit runs a full collection after every rerun, and frozen objects are not looked at again. Tables, lexicons and
    gazetteers are loaded when they are first needed, so this happens after the first runs, ever more seldom.
    """
    run = next(_runs)
    if run <= _SETTLED and run & (run - 1) == 0:
        gc.collect()
        gc.freeze()


def problems() -> list[str]:
    """Return what the first build could not read, a line each."""
    report = _reports.get(os.environ.get("EVENTS_DB", ""))
    return [f"{failure.source}: {failure.reason}" for failure in report.failures] if report else []


@st.cache_resource(show_spinner=False)
def _opened(url: str) -> Store:
    return open_store(url or None)


def _version(url: str, store: Store) -> int:
    try:
        return store.version()
    except StoreError:
        _opened.clear(url)  # a file that was away may be back: open it anew next time
        raise


@st.cache_resource(show_spinner=False, max_entries=2)
def _loaded(url: str, version: int) -> Loaded:
    rows = with_reports(newest_first(prepare(_opened(url).light())))
    return _there.setdefault((url, version, None), _held(rows, version))


def _held(rows: pd.DataFrame, version: int) -> Loaded:
    span, facets = span_of(rows), facets_of(rows)
    columns = columns_of(rows, span.first if span else None)
    return Loaded(rows, span, columns, facets, place_tree(rows), version, Answers(facets, columns))


@st.cache_resource(show_spinner=False, max_entries=2)
def _blurred(url: str, version: int, metres: float) -> Loaded:
    rows = blurred(_loaded(url, version).rows, metres)
    return _there.setdefault((url, version, metres), _held(rows, version))


def _build(url: str, store: Store, words: Words) -> None:
    with _building, st.status(words("build.running")) as status:
        if url in _reports:  # another visitor's session has just built it
            return

        def progress(step: Step) -> None:
            name = step.outcome.title or step.outcome.source
            status.update(label=words("build.step", n=sum(step.counts.values()), name=name))

        _reports[url] = ingest(store, [SEEDS], progress)
        for failure in _reports[url].failures:
            _log.warning("%s: %s", failure.source, failure.reason)
