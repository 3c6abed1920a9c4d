"""Quotes with words that some readers want to be asked about first; the list is short and in `graphic.yml`."""

import re
from functools import cache
from pathlib import Path

import yaml
from pydantic import TypeAdapter

from geodata.folding import fold

_FILE = Path(__file__).with_name("graphic.yml")
_IN_FRONT = "(?:[وفبكل]{0,2}(?:ال|لل)?)"
"""What Arabic writes before a word without a space."""


def is_graphic(text: str) -> bool:
    """Whether a text has a graphic word, in any spelling."""
    return bool(_pattern().search(fold(text)))


@cache
def _pattern() -> re.Pattern[str]:
    listed = TypeAdapter(dict[str, list[str]]).validate_python(yaml.safe_load(_FILE.read_text(encoding="utf-8")))
    arabic, latin = (sorted({re.escape(fold(word)) for word in listed[name]}) for name in ("ar", "en"))
    return re.compile(rf"\b(?:{_IN_FRONT}(?:{'|'.join(arabic)})|(?:{'|'.join(latin)}))")
