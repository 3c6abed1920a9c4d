"""What a format is."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Literal

from events.row import Row


def _takes_all(_row: Row) -> str | None:
    return None


@dataclass(frozen=True, slots=True)
class Format:
    """A format of exports; each has a module of its own, which ends with one of these.

    `suffix`: the ending of its files, with the dot; `put`: writes rows, read once, to a text stream in UTF-8 that
    keeps line ends as they are, or to a binary one where `stream` says so; `about`: what is particular in it, one
    line; `stream` "table": text that spreadsheets open, which may begin with a byte order mark; `refuse`: why a row
    does not belong in this format, None if it does.
    """

    suffix: str
    media_type: str
    put: Callable[[Iterable[Row], Any], None]
    about: str
    stream: Literal["text", "table", "binary"] = "text"
    refuse: Callable[[Row], str | None] = _takes_all
