"""The filters beside the page; each choice shows how many events it would leave."""

from collections import Counter
from collections.abc import Callable, Mapping
from functools import partial

import numpy as np
import pandas as pd
import streamlit as st

from geodata.folding import fold
from views import names, state
from views.evidence import modality_name
from views.facets import SETS, Counts, Facet
from views.filters import Found, Selection
from views.labels import LANGUAGES, Words
from views.rows import FIRM
from views.trees import Tree

MODALITIES = ("asserted", "claimed", "denied", "planned", "demanded", "hypothetical")
LISTS = ("actor", "target", "claim_source", "publisher", "language")
"""Filters that are plain lists of a column's values."""

PARTIES = ("actor", "target", "claim_source")
MOST = 50
"""Choices that a list sends to the browser; a longer list takes what is typed and looks for it among all there are."""

_ACTIONS = 200  # more than there are: they are all sent

_INDENT = " " * 3
_LABELS = 5_000  # labels of a list that are remembered
_SAMPLE = 300  # rows read to tell what a party is called in the texts

Spelt = Callable[[], Mapping[str, tuple[str, ...]]]
"""Gives every value of a list with its names in all languages; asked only when something was chosen."""

Texts = Callable[[pd.DataFrame], pd.DataFrame]
"""From narrow rows to full ones."""


def filter_panel(shown: Selection, found: Found, trees: Mapping[str, Tree], texts: Texts, words: Words) -> None:
    """Draw the filters; their choices are in the session under the columns' names."""
    st.html(f"<h2>{words('filter.title')}</h2>")
    st.text_input(words("filter.words"), key="words", placeholder=words("filter.words_hint"), icon=":material/search:")
    _modality(found, words)
    for column in SETS:
        if column in trees:
            _levels(trees[column], column, found.counts(column), words)
        else:
            _choice(found.facets[column], found.counts(column), column, words)
            if column in ("actor", "target") and st.session_state[column]:
                _called(shown, column, texts, words)
    st.slider(words("filter.confidence"), 0.0, 1.0, step=0.05, key="confidence")
    st.button(words("filter.clear"), on_click=state.clear, width="stretch", icon=":material/filter_alt_off:")


def _modality(found: Found, words: Words) -> None:
    tally = dict(zip(found.facets["modality"].values, found.counts("modality").tolist(), strict=True))
    st.pills(
        words("filter.modality"), MODALITIES, key="modality", selection_mode="multi", on_change=_never_none,
        format_func=lambda code: f"{modality_name(code, words)} {words.number(tally.get(code, 0))}",
    )  # fmt: skip


def _never_none() -> None:
    st.session_state["modality"] = st.session_state["modality"] or list(FIRM)


def _levels(tree: Tree, column: str, tally: Counts, words: Words) -> None:
    totals = tree.totals(tally)
    options = tree.ordered(totals, _ACTIONS if column == "action" else MOST, st.session_state[column])
    twice = Counter((tree.nodes[key].named(words), len(tree.nodes[key].path)) for key in options)

    def written(key: str) -> str:
        if key not in tree.nodes:
            return key
        node = tree.nodes[key]
        name = node.named(words)
        if twice[name, len(node.path)] > 1 and node.path:  # there are many quarters of a name
            name = f"{name} – {tree.nodes[node.path[-1]].named(words)}"
        return f"{_INDENT * len(node.path)}{name} ({words.number(int(totals[tree.number[key]]))})"

    spelt = partial(_spelt, tree)
    _multiselect(column, options, written, spelt, words, more=len(options) < len(tree.nodes))


def _spelt(tree: Tree) -> dict[str, tuple[str, ...]]:
    return {key: (node.name, node.name_ar) for key, node in tree.nodes.items()}


def _choice(facet: Facet, tally: Counts, column: str, words: Words) -> None:
    known, held = facet.values, list(st.session_state[column])
    chosen = [value for value in held if value in facet.number]
    if chosen != held:
        st.session_state[column] = chosen
    if len(known) > 1 or chosen:
        fullest = [known[number] for number in np.argsort(-tally, kind="stable")[:MOST].tolist()]
        options = [*fullest, *(value for value in chosen if value not in fullest)]

        def written(value: str) -> str:
            number = int(tally[facet.number[value]]) if value in facet.number else 0
            return f"{value_name(column, value, words)} ({words.number(number)})"

        _multiselect(
            column, options, written, lambda: {v: (v, value_name(column, v, words)) for v in known}, words,
            more=len(options) < len(known),
        )  # fmt: skip


def _multiselect(
    column: str,
    options: list[str],
    written: Callable[[str], str],
    by_name: Spelt,
    words: Words,
    *,
    more: bool,
) -> None:
    # `more`: there are more values than the browser gets; what is typed is looked for among them.
    # The browser answers with labels, also with those of a run before, when the counts were others.
    seen = st.session_state.setdefault(f"labels_{column}", {})
    if len(seen) > _LABELS:
        seen.clear()
    seen.update({written(value): value for value in options})
    st.multiselect(
        words(f"filter.{column}"), options, key=column, placeholder=words("filter.any"), format_func=written,
        accept_new_options=more, on_change=_take_typed(column, by_name),
    )  # fmt: skip


def _take_typed(column: str, by_name: Spelt) -> Callable[[], None]:
    """Return a callback that puts known values in place of labels, and of what was typed in any spelling."""

    def go() -> None:
        seen = st.session_state.get(f"labels_{column}", {})
        chosen = [seen.get(value, value) for value in st.session_state[column]]
        known = by_name()
        st.session_state[column] = list(dict.fromkeys(v for value in chosen for v in typed(value, known)))

    return go


def typed(text: str, by_name: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Return the value that a text names: itself, else the shortest name that holds its words; empty if none does."""
    if text in by_name:
        return [text]
    wanted = fold(text)
    held = [(len(name), value) for value, spelt in by_name.items() for name in spelt if wanted in fold(name)]
    return [min(held)[1]] if held and wanted else []


def value_name(column: str, value: str, words: Words) -> str:
    """Return a column's value in the interface's language."""
    if column == "action":
        return words.action(value)
    if column in PARTIES:
        return names.actor(value, words)
    return LANGUAGES.get(value, value) if column == "language" else value


def _called(shown: Selection, column: str, texts: Texts, words: Words) -> None:
    """Say by which names the texts call the chosen parties."""
    called = texts(shown.part(0, _SAMPLE))[f"{column}_text"].value_counts().head(8)
    if len(called):
        listed = "، ".join(called.index) if words.rtl else ", ".join(called.index)
        st.text(words("filter.called", names=listed))
