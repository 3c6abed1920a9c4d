"""What of the page is in its address: a link opens the same language, view, filters and place."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from views.facets import SETS
from views.rows import FIRM

Values = Mapping[str, Sequence[str]]
_LISTS = (*SETS, "modality")


class Address(BaseModel):
    """The state of the page; every field has the value of a page that nobody has touched."""

    model_config = ConfigDict(frozen=True)

    lang: Literal["ar", "en"] | None = None
    view: Literal["map", "table", "charts", "stories", "articles", "about"] = "map"
    panel: Literal["evidence", "unplaced", "undated"] = "evidence"
    action: tuple[str, ...] = ()
    actor: tuple[str, ...] = ()
    target: tuple[str, ...] = ()
    place_id: tuple[str, ...] = ()
    claim_source: tuple[str, ...] = ()
    publisher: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    modality: tuple[str, ...] = FIRM
    since: date | None = None
    until: date | None = None
    undated: bool = False
    confidence: float = Field(default=0.0, ge=0, le=1)
    words: str = Field(default="", max_length=200)
    blur: bool = False
    cover: bool = False
    pin: int | None = Field(default=None, ge=0, lt=2**53)
    at: str | None = Field(default=None, pattern=r"^-?\d{1,2}(\.\d{1,6})?_-?\d{1,3}(\.\d{1,6})?_\d{1,2}$")
    """The map's view: latitude, longitude and zoom. The last field, since `pins.js` writes it into the address too."""


def read_address(values: Values) -> Address:
    """Return the state that a query string stands for; a field that makes no sense is left as it would be untouched."""
    raw: dict[str, Any] = {name: list(v) if name in _LISTS else v[-1] for name, v in values.items() if v}
    try:
        return Address.model_validate(raw)
    except ValidationError as error:
        wrong = {problem["loc"][0] for problem in error.errors()}
        return Address.model_validate({name: value for name, value in raw.items() if name not in wrong})


def write_address(state: Address) -> dict[str, list[str]]:
    """Return the query string's values: only what differs from an untouched page."""
    touched = state.model_dump(mode="json", exclude_defaults=True)
    return {
        name: [str(v) for v in value] if isinstance(value, list) else [str(value)] for name, value in touched.items()
    }
