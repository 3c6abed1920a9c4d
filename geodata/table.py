"""Read the hand-made gazetteer tables (`places.csv` and its neighbours), strictly: a slip names file and line."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from geodata.kinds import KINDS
from geodata.names import is_arabic

TABLES = tuple(sorted(Path(__file__).parent.glob("places*.csv")))
"""The hand-made tables, in the order they are read."""


NAMES = Path(__file__).parent / "names.csv"
"""How news agencies write places of GeoNames and countries."""

_Shape = TypeVar("_Shape", bound=BaseModel)


class TableError(ValueError):
    """A table cannot be read; the message names file, line and column in one line."""


class Row(BaseModel):
    """One line of a table.

    `aliases` and `same_as` are lists joined by `|` and `;`; coordinates are degrees WGS 84, both empty where no source
    gives them (the place then stands at its parent's point). `salience` (`strong` or `weak`) overrides the rules.
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

    @property
    def ids(self) -> tuple[str, ...]:
        """Every id, its own first: the row is the place that other sources list under them."""
        return (self.id, *(other for other in self.same_as.split(";") if other))


@dataclass(frozen=True, slots=True)
class Line:
    """A row and where it stands (`places.csv:12`), for messages."""

    where: str
    row: Row


def read_table(path: Path) -> list[Line]:
    """Return the rows of one table; raise `TableError` at the first that is malformed."""
    return [Line(where, _checked(Row, record, where)) for where, record in _records(path)]


def _records(path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            for record in (reader := csv.DictReader(file, strict=True)):
                yield f"{path.name}:{reader.line_num}", record
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise TableError(f"{path.name}: {error}") from error


class Named(BaseModel):
    """One line of `names.csv`: how news agencies write a place of another source, and further spellings (by `|`)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(min_length=1)
    name: str = Field(min_length=1)
    aliases: str

    @property
    def names(self) -> tuple[str, ...]:
        """Every spelling, the main one first."""
        return tuple(dict.fromkeys((self.name, *(alias for alias in self.aliases.split("|") if alias))))

    @property
    def name_ar(self) -> str | None:
        """The first Arabic spelling, None if the line has none."""
        return next((name for name in self.names if is_arabic(name)), None)


def read_names(path: Path = NAMES) -> dict[str, Named]:
    """Return the lines of `names.csv` by id; raise `TableError` at the first that is malformed."""
    named = {}
    for where, record in _records(path):
        line = _checked(Named, record, where)
        named[line.id] = line
    return named


def _checked(shape: type[_Shape], record: dict[str, str], where: str) -> _Shape:
    try:
        return shape.model_validate(record)
    except ValidationError as error:
        first = error.errors()[0]
        column = ".".join(str(part) for part in first["loc"])
        raise TableError(f"{where}: {column}: {first['msg']}") from error
