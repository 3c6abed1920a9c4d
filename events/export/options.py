"""What whoever exports may choose; each format takes what concerns it."""

from dataclasses import dataclass
from typing import Literal

Name = Literal["csv", "jsonl", "geojson", "kml", "hxl", "parquet", "acled", "html"]
"""The formats by the names that the command line and the dashboard use."""


@dataclass(frozen=True, slots=True)
class Options:
    """Choices of an export.

    `blur_m`: no point is given finer than cells of so many metres (see `events.export.blur`), None leaves points as
    they are; `bom`: text tables begin with a byte order mark, by which spreadsheets know UTF-8.
    """

    blur_m: float | None = None
    bom: bool = False
