"""The key of the map: its colours and signs, and what shapes, dashes and numbers say."""

import base64
from functools import cache
from html import escape

import streamlit as st

from views.families import Family, families
from views.labels import Words

_GREY = "#7a828e"  # stands out on light and dark paper
SHAPES = {
    "exact": '<path d="M12 23C9 19 4 16 4 10a8 8 0 1 1 16 0c0 6-5 9-8 13z"/>',
    "neighbourhood": '<circle cx="12" cy="12" r="7.5"/><circle cx="12" cy="12" r="10.8" fill="none"/>',
    "city": '<rect x="3" y="3" width="18" height="18" rx="4"/>',
    "region": '<circle cx="12" cy="12" r="10.5" fill-opacity=".15" stroke-dasharray="2 3"/>',
    "soft": '<circle cx="12" cy="12" r="9.5" fill="none" stroke-dasharray="4 3"/>',
    "pale": '<circle cx="12" cy="12" r="9.5" fill-opacity=".4"/>',
}
"""What the shape of a pin says, each with its drawing on 24 × 24 units."""


def legend(words: Words) -> None:
    """Draw the key of the map."""
    signs = (_item(_sign(family), words(f"family.{family.id}")) for family in families())
    shapes = (_item(_picture(shape), words(f"legend.{name}")) for name, shape in SHAPES.items())
    size = f'<span class="note">{escape(words("legend.size"))}</span>'
    head = f'<div class="legend" role="note" tabindex="0" aria-label="{escape(words("legend.title"))}">'
    st.html(f"{head}{''.join(signs)}<hr>{''.join(shapes)}{size}</div>")


@cache
def _sign(family: Family) -> str:
    sign = f'<path d="{family.icon}" fill="#fff" stroke="none" transform="translate(4.2 4.2) scale(.65)"/>'
    return _picture(f'<circle cx="12" cy="12" r="11"/>{sign}', family.colour)


@cache
def _picture(drawing: str, colour: str = _GREY) -> str:
    """Return a drawing as the address of a picture: the page lets no SVG through."""
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-1 -1 26 26" fill="{colour}" stroke="{colour}" '
        f'stroke-width="1.6">{drawing}</svg>'
    )
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"


def _item(picture: str, text: str) -> str:
    return f'<span><img src="{picture}" alt="">{escape(text)}</span>'
