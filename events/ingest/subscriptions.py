"""The feeds that are watched: a file in TOML, read anew each round, written whole or not at all."""

import os
import re
import tempfile
import tomllib
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, ValidationError

from events.ingest.header import explain
from events.ingest.sources import Feed

DEFAULT = Path(__file__).parents[2] / "data" / "feeds.toml"
"""The list that is watched where no other is named."""

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}
_SHORTEST = 60  # seconds; more often no feed should be asked


class SubscriptionError(ValueError):
    """The list of feeds cannot be used; the message is one line that names the file."""


def seconds(written: str) -> float:
    """Return the seconds of a time as it is written: 90s, 15m, 2h or 1d; raises ValueError if it is none."""
    match = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*([smhd])\s*", written)
    if match is None:
        raise ValueError(f"not a time such as 15m or 2h: {written!r}")
    return max(_SHORTEST, float(match[1]) * _UNITS[match[2]])


def _address(value: str) -> str:
    if not value.strip().lower().startswith(("http://", "https://")):
        raise ValueError("not an address (http or https)")
    return value.strip()


class Subscription(BaseModel):
    """A feed in the file; `publisher` and `language` go before what the feed says."""

    model_config = ConfigDict(extra="forbid")

    url: Annotated[str, AfterValidator(_address)]
    publisher: str | None = None
    language: str | None = None


class Subscriptions(BaseModel):
    """The file: `every` says how often (`15m`), `feed` what is read."""

    model_config = ConfigDict(extra="forbid")

    every: Annotated[float | None, BeforeValidator(seconds)] = None
    feed: list[Subscription] = []

    @property
    def feeds(self) -> list[Feed]:
        """The feeds as sources."""
        return [Feed(one.url, one.publisher, one.language) for one in self.feed]


def load(path: Path) -> Subscriptions:
    """Read the list; raises SubscriptionError if it cannot be read."""
    try:
        return Subscriptions.model_validate(tomllib.loads(path.read_text("utf-8-sig")))
    except OSError as error:
        raise SubscriptionError(f"{path}: {error.strerror or error}") from error
    except (ValidationError, ValueError) as error:
        raise SubscriptionError(f"{path}: {explain(error)}") from error


def subscribe(feed: Feed, path: Path = DEFAULT) -> bool:
    """Add a feed to the list, which is made if it is not there; return False if it is in it already.

    What else stands in the file, comments too, stays as it is. Raises SubscriptionError if the list or the feed
    cannot be used.
    """
    before = path.read_text("utf-8-sig") if path.exists() else ""
    if before and feed.url in {known.url for known in load(path).feeds}:
        return False
    said = {"url": feed.url, "publisher": feed.publisher, "language": feed.language}
    try:
        Subscription.model_validate(said)
    except ValidationError as error:
        raise SubscriptionError(f"{feed.url}: {explain(error)}") from error
    lines = [f"{name} = {_quoted(value)}" for name, value in said.items() if value]
    _write(path, "\n".join([before.rstrip(), "", "[[feed]]", *lines, ""]).lstrip("\n"))
    return True


def _quoted(value: str) -> str:
    escaped = "".join(
        f"\\U{ord(letter):08x}" if letter in '"\\' or not letter.isprintable() else letter for letter in value
    )
    return f'"{escaped}"'


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    Path(name).replace(path)
