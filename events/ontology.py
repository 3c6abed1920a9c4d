"""The action classes of `ontology.yml` with their names in the field's two standards."""

from functools import cache
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from events.lexicon import LexiconError, load_yaml
from events.schema import Strict

ONTOLOGY = Path(__file__).with_name("ontology.yml")


def _none_is_none(value: Any) -> Any:
    return None if value == "none" else value


Name = Annotated[str | None, BeforeValidator(_none_is_none)]
"""A name in a standard; None (`none` in the file) where the standard has no counterpart."""


class Plover(Strict):
    """The counterpart in the PLOVER 2021 manual."""

    event: Name
    mode: Name = None
    other_modes: tuple[str, ...] = ()
    context: str | None = None
    note: str | None = None


class Acled(Strict):
    """The counterpart in the ACLED codebook."""

    event_type: Name
    sub_event_type: Name
    others: tuple[str, ...] = ()
    note: str | None = None


class ActionClass(Strict):
    """One class of acts; `id` is what a row's `action` holds."""

    id: str
    label_en: str
    label_ar: str
    definition: str
    plover: Plover
    acled: Acled


class Ontology(BaseModel):
    """The whole of `ontology.yml`; further sections belong to other readers."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    classes: tuple[ActionClass, ...] = Field(min_length=1)


@cache
def load_actions(path: Path = ONTOLOGY) -> dict[str, ActionClass]:
    """Return the action classes by id, in the file's order; raises LexiconError naming file and entry."""
    classes = load_yaml(path, Ontology).classes
    actions: dict[str, ActionClass] = {}
    for entry in classes:
        if entry.id in actions:
            raise LexiconError(f"{path.name}: entry {entry.id}: listed twice")
        actions[entry.id] = entry
    return actions


def action_class(code: str) -> ActionClass:
    """Return the class of an action; raises LexiconError for a code outside the ontology."""
    try:
        return load_actions()[code]
    except KeyError:
        raise LexiconError(f"{ONTOLOGY.name}: no action class {code!r}") from None
