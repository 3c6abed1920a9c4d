"""Families of actions: which actions share a colour on the map, in the chart and in the quotes."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

_FILE = Path(__file__).with_name("families.yml")


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    id: str
    colour: str = Field(pattern="^#[0-9a-f]{6}$")
    icon: str = Field(pattern=r"^[A-Za-z0-9 .,-]+$")
    actions: list[str]


@dataclass(frozen=True, slots=True)
class Family:
    """A family of actions with its colour (`#rrggbb`) and its sign (an SVG path on 24 × 24 units).

    Its place in `families()` is its number on the map.
    """

    id: str
    colour: str
    icon: str
    actions: tuple[str, ...]


@cache
def families() -> tuple[Family, ...]:
    """Return the families in the order of `families.yml`; raises pydantic.ValidationError for a slip in the file."""
    entries = TypeAdapter(list[_Entry]).validate_python(yaml.safe_load(_FILE.read_text(encoding="utf-8")))
    return tuple(Family(e.id, e.colour, e.icon, tuple(e.actions)) for e in entries)


@cache
def family_numbers() -> dict[str, int]:
    """Return the number of each action's family."""
    return {action: number for number, family in enumerate(families()) for action in family.actions}


def family_of(action: str) -> Family:
    """Return an action's family; an action that no family lists belongs to the last one."""
    return families()[family_numbers().get(action, len(families()) - 1)]
