"""What a file, a record or a feed says of an article, checked where it comes in."""

import json
import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Annotated, Any

import yaml
from pydantic import AfterValidator, AliasChoices, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

_FRONT_MATTER = re.compile(r"---[ \t]*\r?\n(.*?)(?<=\n)---[ \t]*(?:\r?\n|\Z)", re.DOTALL)


def _day(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.date()
    # A time of day is dropped, not converted: the day is the one the publisher printed.
    if isinstance(value, str) and re.match(r"\d{4}-\d\d-\d\d[T ]", value):
        return value[:10]
    return _none_if_blank(value)


def _none_if_blank(value: Any) -> Any:
    return None if isinstance(value, str) and not value.strip() else _clean(value)


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        value.encode()  # half a surrogate pair (`"\ud83d"`) is a UnicodeEncodeError, which is a ValueError
        return value.replace("\0", "")  # nobody sees it, and PostgreSQL cannot hold it
    return value


Text = Annotated[str, BeforeValidator(_clean)]
OptionalText = Annotated[str | None, BeforeValidator(_none_if_blank)]


def _short(limit: int) -> Callable[[str | None], str | None]:
    """Databases look these up in an index, which holds no long keys."""

    def check(value: str | None) -> str | None:
        if value and len(value) > limit:
            raise ValueError(f"longer than {limit} characters")
        return value

    return check


def _named(*names: str) -> Any:
    return Field(None, validation_alias=AliasChoices(*names))


class Header(BaseModel):
    """What is said of an article; None where nothing is. `published: null` says that the date is not known."""

    model_config = ConfigDict(extra="forbid", coerce_numbers_to_str=True, frozen=True)

    id: Annotated[OptionalText, AfterValidator(_short(200))] = None
    language: OptionalText = _named("language", "lang")
    published: Annotated[date | None, BeforeValidator(_day)] = _named("published", "date")
    title: OptionalText = _named("title", "headline")
    url: Annotated[OptionalText, AfterValidator(_short(2000))] = _named("url", "link", "source_url")
    publisher: OptionalText = _named("publisher", "source")

    def over(self, other: "Header") -> "Header":
        """Return this header, with what it does not say taken from another."""
        return Header.model_construct(**(_said(other) | _said(self)))


class Record(Header):
    """An article as one JSON object or one row of a table; keys of other programs are let through."""

    model_config = ConfigDict(extra="ignore", coerce_numbers_to_str=True)

    text: Text = Field(validation_alias=AliasChoices("text", "body", "content"))


def split_front_matter(text: str) -> tuple[Header, str]:
    """Return what stands between the `---` lines and the text behind them, to the last character as it stands.

    Raises ValueError if the front matter is not what it should be.
    """
    match = _FRONT_MATTER.match(text)
    if match is None:
        return Header(), text
    try:
        fields = yaml.safe_load(match[1])
    except yaml.YAMLError as error:
        raise ValueError(f"front matter: {' '.join(str(error).split())}") from error
    if not isinstance(fields, dict | None):
        raise ValueError("front matter: not a list of 'key: value' lines")
    return Header.model_validate(fields or {}), text[match.end() :]


def explain(error: ValueError | RecursionError) -> str:
    """Return one line that says what is wrong and at which byte, column or field."""
    match error:
        case RecursionError():
            return "nested too deeply"
        case UnicodeDecodeError():
            return f"not {error.encoding.upper()} at byte {error.start}"
        case json.JSONDecodeError():
            return f"broken JSON at column {error.colno}: {error.msg}"
        case ValidationError():
            first = error.errors(include_url=False)[0]
            field = ".".join(str(part) for part in first["loc"]) or "record"
            return f"{field}: {first['msg']}"
    return str(error)


def _said(header: Header) -> dict[str, Any]:
    values = {name: getattr(header, name) for name in Header.model_fields if name in header.model_fields_set}
    return {name: value for name, value in values.items() if value is not None or name == "published"}
