"""Read the hand-made gazetteer tables (`places.csv` and its neighbours), strictly: a slip names file and line."""

import csv
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from geodata.kinds import KINDS

TABLES = tuple(sorted(Path(__file__).parent.glob("places*.csv")))
"""The hand-made tables, in the order they are read."""


class TableError(ValueError):
    """A table cannot be read; the message names file, line and column in one line."""


class Row(BaseModel):
    """One line of a table.

    `aliases` and `same_as` are lists joined by `|` and `;`; coordinates are degrees WGS 84, both empty where no source
    gives them (the place then stands at its parent's point). `salience` overrides what the rules say: `strong` or `weak`.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(min_length=1)
    name: str = Field(min_length=1)
    name_ar: str
    aliases: str
    kind: str
    parent: str
    admin1: str
    country: str
    latitude: float | None = Field(ge=-90, le=90)
    longitude: float | None = Field(ge=-180, le=180)
    salience: str = Field(pattern="^(strong|weak|)$")
    same_as: str
    source: str = Field(min_length=1)
    spread_m: int | None
    confidence: str

    @field_validator("latitude", "longitude", "spread_m", mode="before")
    @classmethod
    def _empty_is_none(cls, value: str) -> str | None:
        return value or None

    @field_validator("kind")
    @classmethod
    def _known(cls, value: str) -> str:
        if value not in KINDS:
            raise ValueError(f"unknown kind {value!r}")
        return value

    @property
    def names(self) -> tuple[str, ...]:
        """Every spelling, the main one first, without repeats."""
        spellings = (self.name, self.name_ar, *self.aliases.split("|"))
        return tuple(dict.fromkeys(s for s in (s.strip() for s in spellings) if s))


@dataclass(frozen=True, slots=True)
class Line:
    """A row and where it stands (`places.csv:12`), for messages."""

    where: str
    row: Row


def read_table(path: Path) -> list[Line]:
    """Return the rows of one table; raise `TableError` at the first that is malformed."""
    lines = []
    try:
        with path.open(encoding="utf-8", newline="") as file:
            for record in (reader := csv.DictReader(file, strict=True)):
                lines.append(Line(f"{path.name}:{reader.line_num}", _row(record, f"{path.name}:{reader.line_num}")))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise TableError(f"{path.name}: {error}") from error
    return lines


def _row(record: dict[str, str], where: str) -> Row:
    try:
        return Row.model_validate(record)
    except ValidationError as error:
        first = error.errors()[0]
        column = ".".join(str(part) for part in first["loc"])
        raise TableError(f"{where}: {column}: {first['msg']}") from error
