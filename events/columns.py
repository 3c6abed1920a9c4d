"""What each column of a row holds, from `columns.yml`: type, unit, meaning in words, HXL tag."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field

from events.lexicon import LexiconError, load_yaml
from events.schema import Strict

COLUMNS_FILE = Path(__file__).with_name("columns.yml")

_KINDS: dict[str, type] = {"text": str, "integer": int, "decimal": float, "list": list}


class _Words(Strict):
    en: str = Field(min_length=1)
    ar: str = Field(min_length=1)


class _Entry(_Words):
    type: Literal["text", "integer", "decimal", "list"]
    unit: str | None = None
    hxl: str = Field(pattern=r"^#[a-z]+[0-9]?(\+[a-z][a-z0-9_]*)*$")


class _File(Strict):
    units: dict[str, _Words]
    columns: dict[str, _Entry]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name in the contract, its type by name and in Python, its HXL tag, and what it holds.

    `meaning` and `unit` are words by language (`en`, `ar`); `unit` is empty for names and words.
    """

    name: str
    type_name: str
    kind: type
    hxl: str
    meaning: dict[str, str]
    unit: dict[str, str]


@cache
def columns() -> tuple[Column, ...]:
    """Return the columns in their order; raises LexiconError naming file and entry."""
    file: _File = load_yaml(COLUMNS_FILE, _File)
    return tuple(_column(name, entry, file.units) for name, entry in file.columns.items())


def _column(name: str, entry: _Entry, units: dict[str, _Words]) -> Column:
    if entry.unit and entry.unit not in units:
        raise LexiconError(f"{COLUMNS_FILE.name}: entry columns.{name}: no unit {entry.unit!r}")
    unit = units[entry.unit].model_dump() if entry.unit else {}
    meaning = {"en": entry.en, "ar": entry.ar}
    return Column(name, entry.type, _KINDS[entry.type], entry.hxl, meaning, unit)
