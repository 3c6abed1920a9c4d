"""Read articles from files: front matter and text, JSON Lines, folders of both."""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import AliasChoices, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from events.model import Article

SUFFIXES = (".txt", ".md", ".jsonl")
"""The kinds of file that are read; in a folder all others and every README are passed over."""

_FRONT_MATTER = re.compile(r"---[ \t]*\r?\n(.*?)(?<=\n)---[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_NO_DATE = "no date (published): relative dates such as 'yesterday' stay open"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that could not be read or coded: `where` names file and line or the article."""

    where: str
    message: str

    def __str__(self) -> str:
        return f"{self.where}: {self.message}"


def _day(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.date()
    # A time of day is dropped, not converted: the day is the one the publisher printed.
    return value[:10] if isinstance(value, str) and re.match(r"\d{4}-\d\d-\d\d[T ]", value) else value


def _encodable(value: Any) -> Any:
    if isinstance(value, str):
        value.encode()  # half a surrogate pair (`"\ud83d"`) is a UnicodeEncodeError, which is a ValueError
    return value


Text = Annotated[str, BeforeValidator(_encodable)]


class Header(BaseModel):
    """What a file says of its article; `published: null` says that the date is not known."""

    model_config = ConfigDict(extra="forbid", coerce_numbers_to_str=True)

    id: Text | None = None
    language: Text | None = Field(None, validation_alias=AliasChoices("language", "lang"))
    published: Annotated[date | None, BeforeValidator(_day)] = None
    title: Text | None = None
    url: Text | None = None
    publisher: Text | None = None


class Record(Header):
    """One line of a JSON Lines file; keys of other programs are let through."""

    model_config = ConfigDict(extra="ignore", coerce_numbers_to_str=True)

    text: Text


def read(paths: Iterable[Path]) -> Iterator[Article | Problem]:
    """Yield the articles of files and folders as they come, and a problem for each thing that is amiss.

    An article without a date is yielded all the same, behind its problem.
    """
    for path in paths:
        if path.is_dir():
            yield from _read_folder(path)
        else:
            yield from _read_file(path)


def _read_folder(folder: Path) -> Iterator[Article | Problem]:
    files = [path for path in sorted(folder.rglob("*")) if _is_source(path.relative_to(folder)) and path.is_file()]
    if not files:
        yield Problem(str(folder), f"no article in this folder (looked for {', '.join(SUFFIXES)})")
    for path in files:
        yield from _read_file(path)


def _is_source(path: Path) -> bool:
    hidden = any(part.startswith(".") for part in path.parts)
    return path.suffix.lower() in SUFFIXES and path.stem.lower() != "readme" and not hidden


def _read_file(path: Path) -> Iterator[Article | Problem]:
    if path.suffix.lower() not in SUFFIXES and path.exists():
        yield Problem(str(path), f"not a kind of file that is read ({', '.join(SUFFIXES)})")
        return
    try:
        if path.suffix.lower() == ".jsonl":
            yield from _read_lines(path)
        else:
            yield from _article(str(path), path.read_bytes())
    except OSError as error:
        yield Problem(str(path), error.strerror or str(error))


def _article(where: str, data: bytes) -> Iterator[Article | Problem]:
    try:
        text = data.decode("utf-8-sig")
        fields, body = _split_front_matter(text)
        header = Header.model_validate(fields)
    except ValueError as error:
        yield Problem(where, _explain(error))
        return
    yield from _checked(where, header, body)


def _split_front_matter(text: str) -> tuple[dict[str, Any], str]:
    """Return the fields between the `---` lines and the text behind them, to the last byte as it stands."""
    match = _FRONT_MATTER.match(text)
    if match is None:
        return {}, text
    try:
        fields = yaml.safe_load(match[1])
    except yaml.YAMLError as error:
        raise ValueError(f"front matter: {' '.join(str(error).split())}") from error
    if not isinstance(fields, dict | None):
        raise ValueError("front matter: not a list of 'key: value' lines")
    return fields or {}, text[match.end() :]


def _read_lines(path: Path) -> Iterator[Article | Problem]:
    blank = True
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            data = line.removeprefix(b"\xef\xbb\xbf").strip() if number == 1 else line.strip()
            if data:
                blank = False
                yield from _record(f"{path}:{number}", data)
    if blank:
        yield Problem(str(path), "empty")


def _record(where: str, line: bytes) -> Iterator[Article | Problem]:
    try:
        record = Record.model_validate(json.loads(line.decode("utf-8")))
    except RecursionError:
        yield Problem(where, "broken JSON: nested too deeply")
    except ValueError as error:
        yield Problem(where, _explain(error))
    else:
        yield from _checked(where, record, record.text)


def _checked(where: str, header: Header, text: str) -> Iterator[Article | Problem]:
    if not text.strip():
        yield Problem(where, "empty")
        return
    if "published" not in header.model_fields_set:
        yield Problem(where, _NO_DATE)
    yield Article(
        id=header.id or _stable_id(header.url or text),
        text=text,
        title=header.title,
        language=header.language or "ar",
        published=header.published,
        publisher=header.publisher,
        url=header.url,
    )


def _stable_id(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()[:16]


def _explain(error: ValueError) -> str:
    """Return one line that says what is wrong and at which byte, column or field."""
    match error:
        case UnicodeDecodeError():
            return f"not UTF-8 at byte {error.start}"
        case json.JSONDecodeError():
            return f"broken JSON at column {error.colno}: {error.msg}"
        case ValidationError():
            first = error.errors(include_url=False)[0]
            field = ".".join(str(part) for part in first["loc"]) or "record"
            return f"{field}: {first['msg']}"
    return str(error)
