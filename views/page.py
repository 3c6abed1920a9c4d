"""The frame of the page: its looks in both directions and themes, and clear words where something cannot be shown."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from html import escape
from pathlib import Path
from threading import Lock

import streamlit as st

from events.lexicon import LexiconError
from events.store import StoreError
from geodata.index import GazetteerError
from geodata.table import TableError
from views import state
from views.assets import ensure_assets
from views.filters import Found
from views.labels import Words

_HERE = Path(__file__).parent
_LIGHT = (
    "--ink:#1d232e;--soft-ink:#5b6371;--line:#dcd7cb;--paper:#ffffff;--link:#0b6b74;--hint:#fff3d6;--hint-ink:#6b4a00;"
    "--actor:#d9e6fb;--target:#e9def5;--place:#d3efe3;--number:#ffe2c9;--speaker:#e6e2d6;--quoted:#ffe9a8;color-scheme:light"
)
_DARK = (
    "--ink:#e8e6e1;--soft-ink:#a5adb9;--line:#363f4c;--paper:#1b212a;--link:#6cc5cd;--hint:#3b3013;--hint-ink:#ffd98a;"
    "--actor:#25405f;--target:#43305a;--place:#1f4d3d;--number:#5e3a16;--speaker:#3d4150;--quoted:#6b5510;color-scheme:dark"
)
TABLES = "<script>import(new URL('app/static/tables.js', document.baseURI).href)</script>"
"""What starts `tables.js`: the one script in the HTML of an Arabic page."""
_READ = "events_notice_read"
"""Name of the cookie, and of the session's value, of visitors who know what they may read here."""

turn = Lock()
"""Held by the visitor whose page is being drawn.

Python runs one of them at a time anyway; if fifty take turns every few lines, the slowest waits ten times as long.
"""

_log = logging.getLogger(__name__)


def set_up() -> None:
    """Configure the page and complete the served folder; the first call of the script."""
    st.set_page_config(page_title="Events on a map", page_icon=str(_HERE / "icon.svg"), layout="wide")
    complete_once()


@cache
def complete_once() -> None:
    """Complete the served folder, once for each server."""
    ensure_assets()


def dark() -> bool:
    """Whether the visitor's theme is dark."""
    return st.context.theme.type == "dark"


def dress(words: Words) -> None:
    """Put the styles of the language's direction and of the theme into the page."""
    st.html(_styles(dark(), words))
    if words.rtl:
        st.html(TABLES, unsafe_allow_javascript=True)


@cache
def _styles(dark: bool, words: Words) -> str:
    sheets = ["style.css", *(["rtl.css"] if words.rtl else [])]
    rules = "\n".join((_HERE / name).read_text(encoding="utf-8") for name in sheets)
    return f"<style>:root {{ {_DARK if dark else _LIGHT}; {_own_words(words)} }}\n{rules}</style>"


def _own_words(words: Words) -> str:
    """Return as variables the words that the style sheet puts in place of Streamlit's own, which are English only."""
    own = {"filters": "filter.title", "upload": "add.upload", "all": "filter.all", "other": "filter.other"}
    return ";".join(f"--{name}:'{words(key)}'" for name, key in own.items())


@contextmanager
def guarded(words: Words) -> Iterator[None]:
    """Show a message in place of what fails inside; the details go to the log, never to the page."""
    try:
        yield
    except StoreError as error:
        _log.warning("%s", error)
        _message(words("error.store"), words("error.store_hint"), str(error))
        st.button(words("error.retry"))
    except (LexiconError, GazetteerError, TableError) as error:
        _log.error("%s", error)
        _message(words("error.data"), str(error))
        st.button(words("error.retry"))
    except Exception:  # noqa: BLE001 - a visitor never sees a traceback
        _log.exception("the page could not be drawn")
        _message(words("error.page"), words("error.page_hint"))
        st.button(words("error.retry"))


def problems(found: list[str], words: Words) -> None:
    """List what could not be read, folded away."""
    if found:
        with st.expander(words("build.problems"), icon=":material/warning:"):
            for problem in found:
                st.text(problem)


def content_notice(words: Words) -> None:
    """Say once to each browser that the quotes may distress; a cookie remembers that it was read."""
    with st.container(key="notice", horizontal=True, vertical_alignment="center"):
        if st.session_state.get(_READ):
            st.html(f"<script>document.cookie = '{_READ}=1; max-age=31536000; samesite=strict; path=/'</script>",
                    unsafe_allow_javascript=True)  # fmt: skip
        elif st.context.cookies.get(_READ) != "1":
            st.html(f'<p role="note">{escape(words("about.content_text"))}</p>', width="stretch")
            st.button(words("notice.read"), key="notice_read", on_click=lambda: st.session_state.update({_READ: True}))


def empty_store(words: Words) -> None:
    """Say that there are no events, and what to do."""
    _message(words("empty.store"), words("empty.store_hint"))


def empty_filter(found: Found, words: Words) -> None:
    """Say that no event passes, and which filter it is that keeps them away."""
    name = found.emptied_by()
    why = words("empty.because", name=words(f"filter.{name}")) if name else words("empty.together")
    _message(words("empty.filter"), why)
    if name:
        drop = state.drop("since", "until") if name == "period" else state.drop(name)
        st.button(words("empty.drop", name=words(f"filter.{name}")), key="drop_empty", on_click=drop, width="stretch")


def _message(title: str, *lines: str) -> None:
    text = "".join(f"<p><bdi>{escape(line)}</bdi></p>" for line in lines)
    st.html(f'<div class="empty" role="status"><h2>{escape(title)}</h2>{text}</div>')
