"""Evidence as a list of cards: one piece of HTML whose buttons the page hears of, and what they open over the page.

A widget for each button of each card would be half of all that a filter makes Streamlit draw.
"""

from functools import lru_cache
from html import escape
from typing import NamedTuple

import pandas as pd
import streamlit as st

from events.model import Article
from events.store import Store, StoreError
from views import state
from views.evidence import Card, Row, card_html, cards, marks_html
from views.labels import Words
from views.loading import Loaded
from views.source_text import article_html
from views.stories import open_story
from views.why import why, why_html

PAGE = 6
"""Cards shown at first, and how many more each time."""

READ_AHEAD = 3
"""Rows to give for each card: an event in several places is one card of several rows."""

NAMED = ("number", "reports", "story_id")
"""Columns of the rows that cards are asked for."""

PRESSED = "pressed"
"""Where the session keeps the button that was pressed, until it is obeyed: what to open, and the row's number."""

_ICONS = {"article": "article", "why": "account_tree", "story": "forum"}

_HEAR = """export default ({ parentElement, setTriggerValue }) => {
  const page = parentElement.ownerDocument, heard = (event) => {
    const button = event.target.closest?.(".card-tools button");
    if (button) setTriggerValue("press", `${button.dataset.do} ${button.dataset.row}`);
  };
  page.removeEventListener("click", page.heardCards);
  page.addEventListener("click", (page.heardCards = heard));
}"""

_hear = st.components.v2.component("card_buttons", js=_HEAR, isolate_styles=False)


class Listed(NamedTuple):
    """Cards as HTML, and how many there are."""

    html: str
    number: int


def most() -> int:
    """Return how many cards the visitor wants to see."""
    return st.session_state.get("cards") or PAGE


def show_cards(rows: pd.DataFrame, held: Loaded, store: Store, words: Words, *, more: bool = False) -> None:
    """Draw narrow rows as cards, each with buttons to its article, to why it was read so and to its story.

    A card holds all places of an event; `more`: there are more rows than these.
    """
    numbers, reports, limit = tuple(rows["number"].tolist()), tuple(rows["reports"].tolist()), most()
    listed = _listed(store, held.version, numbers, reports, limit, words, st.session_state["cover"])
    with st.container(key="cards", gap="small"):
        st.html(listed.html)
        _hear(key="card_press", on_press_change=_take)
    if more or listed.number > limit:
        st.button(words("panel.more"), key="more", on_click=state.put(cards=limit + PAGE), width="stretch")
    if PRESSED in st.session_state:
        do, number = st.session_state.pop(PRESSED)
        _obey(do, number, rows, held, store, words)


@lru_cache(maxsize=512)
def _listed(
    store: Store,
    version: int,
    numbers: tuple[int, ...],
    reports: tuple[int, ...],
    limit: int,
    words: Words,
    cover: bool,
) -> Listed:
    """Draw rows as cards; many visitors look at the same ones."""
    found, publishers = _read(store, version, numbers)
    told = dict(zip(numbers, reports, strict=True))
    drawn = (
        f'<div class="slot">{card_html(card, words, cover=cover, publishers=publishers[card[0]["number"]])}'
        f"{_tools(card[0]['number'], told[card[0]['number']], words)}</div>"
        for card in found[:limit]
    )
    return Listed(f"{marks_html(words)}{''.join(drawn)}" if found else "<p></p>", len(found))


@lru_cache(maxsize=512)
def _read(store: Store, version: int, numbers: tuple[int, ...]) -> tuple[list[Card], dict[int, list[str]]]:  # noqa: ARG001 - of this version only
    """Return rows as cards, and their publishers."""
    full = store.rows(numbers)
    return cards(full), store.publishers(full["number"].to_numpy()) if len(full) else {}


def _tools(number: int, reports: int, words: Words) -> str:
    """Return the buttons of a card; nothing of an article goes into them."""
    texts = {"article": words("evidence.article"), "why": words("evidence.why")}
    if reports > 1:
        texts["story"] = words("story.open", n=reports)
    buttons = "".join(
        f'<button type="button" data-do="{do}" data-row="{int(number)}">'
        f'<i aria-hidden="true" translate="no">{_ICONS[do]}</i>{escape(text)}</button>'
        for do, text in texts.items()
    )
    return f'<div class="card-tools">{buttons}</div>'


def _take() -> None:
    """Take over which button was pressed; nonsense from a browser presses none."""
    do, _, row = str((st.session_state.get("card_press") or {}).get("press")).partition(" ")
    if do in _ICONS and row.isascii() and row.isdigit():
        st.session_state[PRESSED] = (do, int(row))


def _obey(do: str, number: int, rows: pd.DataFrame, held: Loaded, store: Store, words: Words) -> None:
    """Open what the button that was pressed opens, if its card is still there."""
    found, _ = _read(store, held.version, tuple(rows["number"].tolist()))
    row = next((card[0] for card in found if card[0]["number"] == number), None)
    if row is None:
        return
    if do == "story":
        open_story(held.rows, int(rows.loc[rows["number"] == number, "story_id"].iloc[0]), store, words)
    else:
        (_open if do == "article" else _explain)(row, store, words)


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
