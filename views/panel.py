"""What stands beside the map: the evidence of a place or of all, events without a place, events without a date."""

from functools import lru_cache

import pandas as pd
import streamlit as st

from events.model import Article
from events.store import Store, StoreError
from views import names, state
from views.evidence import Card, Row, both_names, card_html, cards, marks_html
from views.filters import Selection
from views.labels import Words
from views.rows import NO_PIN
from views.source_text import article_html
from views.stories import open_story
from views.why import why, why_html

PANELS = ("evidence", "unplaced", "undated")
_PAGE = 6
_SAMPLE = 100  # rows read to tell how a place is written


def panel(shown: Selection, timeless: Selection, store: Store, words: Words) -> None:
    """Draw the panel; `shown` are the filtered rows, `timeless` the same of any time.

    The first two groups add up to what is shown; the third is what the timeline counts as without a date.
    """
    groups = {
        "evidence": shown.only("pin", lambda pin: pin != NO_PIN),
        "unplaced": shown.only("pin", lambda pin: pin == NO_PIN),
        "undated": timeless.only("first_day", lambda day: day.isna()),
    }
    st.segmented_control(
        words("panel.label"), PANELS, key="panel", required=True, label_visibility="collapsed", width="stretch",
        format_func=lambda name: f"{words(f'panel.{name}')} ({words.number(len(groups[name]))})",
    )  # fmt: skip
    chosen = st.session_state["panel"]
    rows = _evidence(groups[chosen], store, words) if chosen == "evidence" else _listed(groups[chosen], chosen, words)
    show_cards(rows.part(0, _most() * 3), shown.rows, store, words, more=len(rows) > _most() * 3)


def _evidence(rows: Selection, store: Store, words: Words) -> Selection:
    here = rows.only("pin", lambda pin: pin == st.session_state["pin"]) if st.session_state["pin"] is not None else rows
    if here.empty or st.session_state["pin"] is None:
        st.caption(words("panel.all") if len(rows) else words("empty.map"))
        return rows
    with st.container(key="here", horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        _place_name(here, store, words)
        st.button(
            words("panel.close"), key="close", on_click=state.put(pin=None), type="tertiary", icon=":material/close:"
        )
    return here


def _place_name(selection: Selection, store: Store, words: Words) -> None:
    here = store.rows(selection.part(0, _SAMPLE)["number"].to_numpy())
    first, written = here.iloc[0], here["place_text"].mode()
    known = None if pd.isna(first["place_id"]) else first["place_id"]
    name = both_names(names.place(known, first["place"], words), written.iloc[0] if len(written) else None, words)
    st.html(f"<h2>{name}</h2><p>{words('result.events', n=len(selection))}</p>", width="content")


def _listed(rows: Selection, chosen: str, words: Words) -> Selection:
    st.caption(words(f"panel.{chosen}_hint") if len(rows) else words("panel.nothing"))
    return rows


def _most() -> int:
    return st.session_state.get("cards") or _PAGE


@lru_cache(maxsize=256)
def _read(store: Store, version: int, numbers: tuple[int, ...]) -> tuple[list[Card], dict[int, list[str]]]:  # noqa: ARG001 - of this version only
    """Return rows as cards, and their publishers; many visitors look at the same ones."""
    full = store.rows(numbers)
    return cards(full), store.publishers(full["number"].to_numpy()) if len(full) else {}


def show_cards(rows: pd.DataFrame, every: pd.DataFrame, store: Store, words: Words, *, more: bool = False) -> None:
    """Draw narrow rows as cards, each with buttons to its article, to why it was read so and to its story.

    A card holds all places of an event; `every` are all rows there are; `more`: there are more rows than these.
    """
    limit = _most()
    found, publishers = _read(store, store.version(), tuple(rows["number"].tolist()))
    if found:
        st.html(marks_html(words))
    story = dict(zip(rows["number"], rows["story_id"], strict=True))
    with st.container(key="cards", gap="small"):
        for place, card in enumerate(found[:limit]):
            number = card[0]["number"]
            _card(card, place, store, publishers[number], words)
            _story(int(story[number]), place, every, store, words)
    if more or len(found) > limit:
        st.button(words("panel.more"), key="more", on_click=state.put(cards=limit + _PAGE), width="stretch")


def _card(card: Card, number: int, store: Store, publishers: list[str], words: Words) -> None:
    with st.container(key=f"card_{number}", gap=None):
        st.html(card_html(card, words, cover=st.session_state["cover"], publishers=publishers))
        with st.container(key=f"more_{number}", horizontal=True, gap="xsmall"):
            if st.button(words("evidence.article"), key=f"read_{number}", type="tertiary", icon=":material/article:"):
                _open(card[0], store, words)
            if st.button(words("evidence.why"), key=f"why_{number}", type="tertiary", icon=":material/account_tree:"):
                _explain(card[0], store, words)


def _story(code: int, place: int, every: pd.DataFrame, store: Store, words: Words) -> None:
    reports = int((every["story_id"].to_numpy() == code).sum()) if code >= 0 else 1
    if reports > 1 and st.button(
        words("story.open", n=reports), key=f"story_of_{place}", type="tertiary", icon=":material/forum:"
    ):
        open_story(every, code, store, words)


def _open(row: Row, store: Store, words: Words) -> None:
    @st.dialog(words("evidence.article"), width="large")
    def read() -> None:
        if article := _article(row, store, words):
            st.html(article_html(article, row["quote_start"], row["quote_end"]))

    read()


def _explain(row: Row, store: Store, words: Words) -> None:
    @st.dialog(words("evidence.why"), width="large")
    def tell() -> None:
        if article := _article(row, store, words):
            st.caption(words("evidence.why_hint", extractor=row["extractor"]))
            found = why(article, row)
            st.html(why_html(found, words) if found.events else f"<p>{words('evidence.why_nothing')}</p>")

    tell()


def _article(row: Row, store: Store, words: Words) -> Article | None:
    try:
        return store.article(row["article_id"])
    except (KeyError, StoreError):
        st.warning(words("evidence.gone"))
        return None
