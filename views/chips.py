"""What narrows the page, as chips: each goes away with one click, and what was cleared comes back with one."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

import streamlit as st

from views import state
from views.evidence import modality_name
from views.facets import SETS
from views.filter_panel import value_name
from views.labels import Words
from views.source_text import label
from views.timeline import Span
from views.trees import Tree

_LONGEST = 60


class Chip(NamedTuple):
    """One thing that narrows the page: its words, and what takes it away."""

    key: str
    text: str
    drop: Callable[[], None]


def chips(trees: Mapping[str, Tree], span: Span | None, words: Words) -> None:
    """Draw a chip for each choice; the row stands there also when it is empty, so that the map stays where it is."""
    with st.container(key="chips", horizontal=True, gap="xsmall"):
        for chip in (chip for name in state.changed(span) for chip in _chips(name, trees, span, words)):
            text = label(chip.text if len(chip.text) <= _LONGEST else f"{chip.text[:_LONGEST]}…")
            hint = words("filter.remove")
            st.button(text, key=f"chip_{chip.key}", on_click=chip.drop, icon=":material/close:", help=hint)
        if len(state.changed(span)) > 1:
            st.button(words("filter.clear"), key="clear_chips", on_click=state.clear, type="tertiary")
        if state.can_undo(span):
            st.button(words("filter.undo"), key="undo", on_click=state.undo, icon=":material/undo:", type="tertiary")


def said(trees: Mapping[str, Tree], span: Span | None, words: Words) -> list[str]:
    """Return what narrows the page in words, a line for each choice."""
    return [chip.text for name in state.changed(span) for chip in _chips(name, trees, span, words)]


def _chips(name: str, trees: Mapping[str, Tree], span: Span | None, words: Words) -> list[Chip]:
    chosen = st.session_state.get(name)
    title = words(f"filter.{'period' if name == 'since' else name}")
    if name in SETS:
        return [
            Chip(f"{name}_{number}", f"{title}: {_value(name, value, trees, words)}", state.drop_value(name, value))
            for number, value in enumerate(chosen or ())
        ]
    if name == "since" and (period := state.period(span)):
        first, last = period
        told = " – ".join(dict.fromkeys(words.day(day) for day in (first, last)))
        return [Chip(name, told, state.drop("since", "until"))]
    if name == "modality":
        title = ", ".join(modality_name(code, words) for code in chosen or ())
    elif name == "confidence":
        title = f"{title}: {words.percent(float(chosen or 0))}"
    elif name == "words":
        title = f"«{chosen}»"
    return [Chip(name, title, state.drop(name))]


def _value(name: str, value: str, trees: Mapping[str, Tree], words: Words) -> str:
    node = trees[name].nodes.get(value) if name in trees else None
    return node.named(words) if node else value_name(name, value, words)
