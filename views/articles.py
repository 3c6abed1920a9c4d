"""The articles that the rows come from: what there is, each one's text with its events, and what became of sources."""

import pandas as pd
import streamlit as st

from events.model import Article
from events.store import Store
from views.adding import adding, fate_name, may_add
from views.labels import LANGUAGES, Words
from views.reasons import reason_in_words
from views.source_text import article_html

PAGE = 50
_MOST_FATES = 1_000
_OPENING = 60  # letters of an untitled article that name it


def articles(store: Store, words: Words) -> None:
    """Draw the articles, the way to add more, and the fates of sources."""
    if may_add():
        with st.expander(words("add.open"), icon=":material/playlist_add:"):
            adding(store, words)
    there, fates = st.tabs([words("articles.there"), words("articles.fates")])
    with there:
        _there(store, words)
    with fates:
        _fates(store, words)


def _there(store: Store, words: Words) -> None:
    total = store.article_count()
    if not total:
        st.caption(words("articles.none"))
        return
    pages = -(-total // PAGE)
    with st.container(key="article_tools", horizontal=True, vertical_alignment="center"):
        st.caption(words("articles.count", n=total))
        page = st.number_input(words("table.page", n=pages), 1, pages, key="article_page", width=130)
    listed = store.article_list((int(page) - 1) * PAGE, PAGE)
    left, right = st.columns([2, 3], gap="medium")
    with left:
        picked = st.dataframe(
            _in_words(listed, words), hide_index=True, on_select="rerun", selection_mode="single-row", height=620,
            key=f"article_grid_{page}",
        )  # fmt: skip
    with right:
        chosen = picked["selection"]["rows"]
        if chosen and chosen[0] < len(listed):
            _read(store.article(listed["id"].iloc[chosen[0]]), words)
        else:
            st.caption(words("articles.hint"))


def _in_words(listed: pd.DataFrame, words: Words) -> pd.DataFrame:
    shown = pd.DataFrame(
        {
            words("articles.title"): listed["title"].fillna(listed["opening"].map(_first_words)),
            words("column.published"): listed["published"],
            words("column.publisher"): listed["publisher"],
            words("articles.language"): listed["language"].map(lambda code: LANGUAGES.get(code, code)),
            words("articles.events"): listed["rows"],
        }
    )
    return (shown[shown.columns[::-1]] if words.rtl else shown).fillna("")


def _first_words(opening: str) -> str:
    """Return the beginning of an article that has no title, cut at a word."""
    words = " ".join(opening.split())
    return words if len(words) <= _OPENING else f"{words[:_OPENING].rpartition(' ')[0] or words[:_OPENING]}…"


def _read(article: Article, words: Words) -> None:
    facts = [article.publisher or words("evidence.no_publisher")]
    facts += [words("evidence.published", date=words.day(article.published))] if article.published else []
    with st.container(key="article", border=True):
        st.text(" · ".join(facts))
        st.html(article_html(article, 0, 0))


def _fates(store: Store, words: Words) -> None:
    found = store.fates().head(_MOST_FATES)
    if found.empty:
        st.caption(words("articles.no_fates"))
        return
    shown = pd.DataFrame(
        {
            words("add.item"): found["source"].map(lambda source: reason_in_words(source, words)),
            words("add.fate"): found["fate"].map(lambda fate: fate_name(fate, words)),
            words("add.reason"): found["reason"].map(lambda reason: reason_in_words(reason, words), na_action="ignore"),
            words("articles.when"): found["recorded"].str.slice(0, 16).str.replace("T", " "),
        }
    )
    st.dataframe((shown[shown.columns[::-1]] if words.rtl else shown).fillna(""), hide_index=True, key="fates")
