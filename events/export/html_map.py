"""Rows as one HTML page with a map, their quotes and a date filter, which works from a file without any network.

The page stands here and not in `views/`, since it is a file format like the others and the command line writes it:
it needs nothing of Streamlit or folium, only Leaflet and the outlines of `geodata`. Nothing of a row is ever markup:
rows are JSON in a data block, with every character escaped that could end it, and the script sets text only. A
content security policy names the page's own scripts by their hashes and forbids all connections.
"""

import base64
import hashlib
import importlib.util
import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TextIO

from events.export.format import Format
from events.lexicon import load_yaml
from events.ontology import load_actions
from events.row import COUNTS, MODALITIES, Row
from events.schema import Strict
from geodata.index import GazetteerError
from geodata.labels import place_labels

HTML = Path(__file__).with_name("html")

SHOWN = (
    *("event_id", "event_date", "event_date_end", "action", "modality", "claim_source", "quote", "language"),
    *("actor", "actor_text", "target", "target_text", "place", "place_text", "admin1", "country"),
    *("latitude", "longitude", "geo_precision", *COUNTS, "publisher", "source_url", "published", "reason"),
)
"""The columns that the page carries: those it shows."""

_ESCAPES = {char: f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}
_MARK = re.compile(r"\{\{(\w+)\}\}")


class _Forms(Strict):
    """The words of a key in both languages; a mapping holds the forms by CLDR's plural category."""

    en: str | dict[str, str]
    ar: str | dict[str, str]


def write_html_map(rows: Iterable[Row], out: TextIO) -> None:
    """Write the page; rows pass one after the other. Raises GazetteerError if a package it is made of is missing."""
    before, after = (HTML / "page.html").read_text("utf-8").split("{{rows}}")
    parts = _parts()
    out.write(_filled(before, parts))
    out.write(f'{{"columns":{_json(SHOWN)},"counts":{_json(COUNTS)},"modalities":{_json(MODALITIES)},"rows":[')
    out.writelines(
        (",\n" if number else "\n") + _json([row[name] for name in SHOWN]) for number, row in enumerate(rows)
    )
    out.write("\n]}")
    out.write(_filled(after, parts))


def _filled(page: str, parts: dict[str, str]) -> str:
    return _MARK.sub(lambda mark: parts[mark[1]], page)  # one pass: what is filled in is not looked at again


def _parts() -> dict[str, str]:
    from geodata.borders import outlines_json  # shapely: only where a map is made

    leaflet, script = _leaflet("leaflet.js"), _own("page.js")
    style = re.sub(r"url\([^)]*\)", "none", _leaflet("leaflet.css")) + _own("page.css")
    return {
        "policy": _policy([leaflet, script], style),
        "style": style,
        "leaflet": leaflet,
        "script": script,
        "words": _json(_words()),
        "countries": _inert(outlines_json()),
        "places": _json(place_labels()),
    }


def _policy(scripts: list[str], style: str) -> str:
    """Return a policy that lets only these run and nothing connect, load, embed or send; see CSP Level 3."""
    allowed = " ".join(map(_hash, scripts))
    return f"default-src 'none'; script-src {allowed}; style-src {_hash(style)}; base-uri 'none'; form-action 'none'"


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _json(value: Any) -> str:
    """Return JSON that no HTML parser takes for more than text and that is JavaScript as well."""
    return _inert(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def _inert(text: str) -> str:
    for char, escape in _ESCAPES.items():
        text = text.replace(char, escape)
    return text


def _words() -> dict[str, Any]:
    words: dict[str, _Forms] = load_yaml(HTML / "words.yml", dict[str, _Forms])
    actions = {f"action.{a.id}": {"en": a.label_en, "ar": a.label_ar} for a in load_actions().values()}
    return {key: forms.model_dump() for key, forms in words.items()} | actions


def _own(name: str) -> str:
    return (HTML / name).read_text("utf-8")


def _leaflet(name: str) -> str:
    spec = importlib.util.find_spec("js_lib_leaflet")
    if spec is None or spec.origin is None:
        raise GazetteerError("django-js-lib-leaflet is not installed: pip install -r requirements.txt")
    text = (Path(spec.origin).parent / "static" / "js_lib_leaflet" / name).read_text("utf-8")
    # A parser makes LF of CR LF before it hashes; the source map would be looked for beside the page.
    return re.sub(r"\n//# sourceMappingURL=.*", "", text.replace("\r\n", "\n"))


FORMAT = Format(
    ".html",
    "text/html",
    write_html_map,
    "One page with map, date filter, quotes and links, for reading: opens from a file, asks no network. It carries the "
    "columns that it shows; rows without coordinates stand in a list of their own. Made for some ten thousand rows.",
)
