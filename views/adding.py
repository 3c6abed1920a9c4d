"""Add articles in the page: files, a text, an address, a feed; what became of each item stands in a table."""

import os
from collections.abc import Iterable
from typing import get_args

import pandas as pd
import streamlit as st

from events.ingest.document import DOCUMENT_BYTES, MEGABYTE, NO_DATE, SUFFIXES
from events.ingest.report import Outcome, Report, Step
from events.ingest.run import ingest
from events.ingest.sources import Feed, Pasted, Source, Upload
from events.ingest.subscriptions import DEFAULT, SubscriptionError, load, subscribe
from events.store import Fate, Store
from views.labels import Words
from views.reasons import reason_in_words
from views.source_text import label

WAYS = ("files", "text", "address", "feed")
FATES: tuple[str, ...] = get_args(Fate)
_REPORT = "added_report"


def may_add() -> bool:
    """Whether visitors may add articles: not where EVENTS_READ_ONLY is set, as for a page that is open to anyone."""
    return not os.environ.get("EVENTS_READ_ONLY")


def adding(store: Store, words: Words) -> None:
    """Draw the ways to add articles, and what became of those that were added last."""
    way = st.segmented_control(
        words("add.way"), WAYS, key="way", default="files", required=True, label_visibility="collapsed",
        format_func=lambda name: words(f"add.{name}"),
    )  # fmt: skip
    with st.form("add", border=True, clear_on_submit=True):
        sources = list(_WAYS[str(way)](words))
        sent = st.form_submit_button(words("add.send"), type="primary", icon=":material/playlist_add:")
    if sent and sources:
        st.session_state[_REPORT] = _take_in(store, sources, words)
        _watch(sources, words)
    elif sent:
        st.warning(words("add.empty"))
    if _REPORT in st.session_state:
        _result(st.session_state[_REPORT], words)
    if way == "feed":
        _watched(words)


def _files(words: Words) -> Iterable[Source]:
    kinds = [suffix.removeprefix(".") for suffix in SUFFIXES]
    st.caption(words("add.limit", n=DOCUMENT_BYTES // MEGABYTE))
    for item in st.file_uploader(words("add.files_hint"), kinds, accept_multiple_files=True, key="add_files"):
        yield Upload(item.name, item.getvalue())


def _text(words: Words) -> Iterable[Source]:
    text = st.text_area(words("add.text_hint"), key="add_text", height=220)
    left, middle, right = st.columns(3)
    day = left.date_input(words("add.published"), value=None, key="add_day", format="YYYY-MM-DD")
    title = middle.text_input(words("add.title"), key="add_title")
    publisher = right.text_input(words("add.publisher"), key="add_publisher")
    st.caption(words("add.day_hint"))
    if text.strip():
        yield Pasted(text, published=day, title=title.strip() or None, publisher=publisher.strip() or None)


def _address(words: Words) -> Iterable[Source]:
    text = st.text_area(words("add.address_hint"), key="add_address", placeholder="https://", height=100)
    yield from (line if "://" in line else f"https://{line}" for line in map(str.strip, text.splitlines()) if line)


def _feed(words: Words) -> Iterable[Source]:
    url = st.text_input(words("add.feed_hint"), key="add_feed", placeholder="https://").strip()
    publisher = st.text_input(words("add.publisher"), key="add_feed_publisher").strip()
    st.checkbox(words("add.watch"), key="add_watch", help=words("add.watch_hint"))
    if url:
        yield Feed(url if "://" in url else f"https://{url}", publisher=publisher or None)


_WAYS = {"files": _files, "text": _text, "address": _address, "feed": _feed}


def _take_in(store: Store, sources: list[Source], words: Words) -> Report:
    with st.status(words("add.running"), expanded=True) as status:
        bar = st.progress(0.0)

        def progress(step: Step) -> None:
            done = sum(step.counts.values())
            bar.progress(min(step.share or 0.0, 1.0))
            status.update(label=words("add.step", n=done))

        report = ingest(store, sources, progress)
        status.update(label=words("add.done", n=sum(report.counts.values())), state="complete", expanded=False)
    return report


def _watch(sources: list[Source], words: Words) -> None:
    """Put a feed on the list that `python -m events watch` reads, if that was asked for."""
    for feed in (source for source in sources if isinstance(source, Feed) and st.session_state.get("add_watch")):
        try:
            new = subscribe(feed, DEFAULT)
        except (SubscriptionError, OSError) as error:
            st.warning(label(str(error)))
        else:
            st.success(words("add.watch_new" if new else "add.watch_known", url=label(feed.url)))


def _watched(words: Words) -> None:
    try:
        feeds = load(DEFAULT).feeds if DEFAULT.exists() else []
    except SubscriptionError as error:
        st.warning(label(str(error)))
        return
    if feeds:
        with st.expander(words("add.watched", n=len(feeds)), icon=":material/rss_feed:"):
            for feed in feeds:
                st.text(" · ".join(filter(None, (feed.publisher, feed.url))))


def _result(report: Report, words: Words) -> None:
    counts = " · ".join(f"{fate_name(fate, words)}: {words.number(n)}" for fate, n in report.counts.items())
    st.caption(f"{counts} · {words('result.events', n=report.rows)}" if counts else words("add.nothing_new"))
    undated = sum(NO_DATE in (outcome.reason or "") for outcome in report.outcomes)
    if undated:
        st.warning(words("add.undated", n=undated))
    if report.outcomes:
        titles = [words(f"add.{name}") for name in ("item", "fate", "rows", "reason")]
        outcomes = pd.DataFrame([_told(outcome, words) for outcome in report.outcomes], columns=titles)
        st.dataframe(outcomes[outcomes.columns[::-1]] if words.rtl else outcomes, hide_index=True, key="add_result")


def _told(outcome: Outcome, words: Words) -> tuple[str, str, int, str]:
    name = outcome.title or reason_in_words(outcome.source, words)
    return name, fate_name(outcome.fate, words), outcome.rows, reason_in_words(outcome.reason or "", words)


def fate_name(fate: str, words: Words) -> str:
    """Return what became of an item in words; one that the labels do not know keeps its id."""
    return words(f"fate.{fate}") if fate in FATES else fate
