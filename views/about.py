"""What the page is, how far to trust it, and whose data it shows."""

from html import escape
from pathlib import Path

import streamlit as st
import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter

from events.columns import columns
from views.labels import Words
from views.source_text import safe_link

PARTS = ("method", "limits", "borders", "content", "sharing")
"""Headings of the page, each with its text."""

_SOURCES = Path(__file__).with_name("sources.yml")


class _Source(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    name: str
    what: dict[str, str]
    licence: str
    url: str


def about(words: Words) -> None:
    """Draw the page about method, limits and licences."""
    parts = PARTS
    text = "".join(
        f"<h2>{escape(words(f'about.{part}'))}</h2><p>{escape(words(f'about.{part}_text'))}</p>" for part in parts
    )
    st.html(f'<div class="about">{text}<h2>{escape(words("about.sources"))}</h2>{_credits(words)}</div>')
    with st.expander(words("about.columns"), icon=":material/table_rows:"):
        st.html(f"<p>{escape(words('about.columns_hint'))}</p>{columns_html(words)}")


def columns_html(words: Words) -> str:
    """Return the data dictionary as a table: the columns of every export, from the program's one list of them."""
    head = "".join(f"<th>{escape(words(f'about.{name}'))}</th>" for name in ("column", "meaning", "unit"))
    rows = "".join(
        f"<tr><td><code>{escape(column.name)}</code></td><td>{escape(column.meaning[words.language])}</td>"
        f"<td>{escape(column.unit.get(words.language, ''))}</td></tr>"
        for column in columns()
    )
    return f'<table class="columns"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'


def _credits(words: Words) -> str:
    sources = TypeAdapter(list[_Source]).validate_python(yaml.safe_load(_SOURCES.read_text(encoding="utf-8")))
    return "<ul>" + "".join(f"<li>{_credit(source, words)}</li>" for source in sources) + "</ul>"


def _credit(source: _Source, words: Words) -> str:
    what = escape(source.what[words.language])
    return f"<bdi>{safe_link(source.url, source.name)}</bdi>: {what} (<bdi>{escape(source.licence)}</bdi>)"
