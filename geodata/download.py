"""Fetch a file over HTTP in pieces, going on where a broken download stopped."""

import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urlparse

_PIECE = 1 << 16
_MOST_BYTES = 1 << 29
_SECONDS = 30.0
_AGENT = "events-on-a-map geodata (country dumps)"


class DownloadError(OSError):
    """A file could not be fetched; the message is one line. What came so far is kept for the next try."""


def fetch(url: str, folder: Path) -> Path:
    """Download `url` into `folder` under its own name and return the path; a partial file is gone on with.

    Raises `DownloadError` when the server cannot be reached, refuses, or sends less than it announced.
    """
    name = Path(urlparse(url).path).name
    if urlparse(url).scheme not in ("http", "https") or not name:
        raise DownloadError(f"{url}: not the http address of a file")
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f"{name}.download"
    start = part.stat().st_size if part.exists() else 0
    request = urllib.request.Request(url, headers={"User-Agent": _AGENT})  # noqa: S310  # the scheme is checked above
    if start:
        request.add_header("Range", f"bytes={start}-")
    try:
        _receive(request, part, url)
    except urllib.error.HTTPError as error:
        if error.code == 416:  # the part holds all there is, or more: begin again next time
            part.unlink(missing_ok=True)
        raise DownloadError(f"{url}: the server answered {error.code} {error.reason}") from error
    except (urllib.error.URLError, TimeoutError, ConnectionError) as error:
        raise DownloadError(f"{url}: {getattr(error, 'reason', error)}") from error
    return part.replace(folder / name)


def _receive(request: urllib.request.Request, part: Path, url: str) -> None:
    with urllib.request.urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310
        resumed = answer.status == 206
        announced = int(answer.headers.get("Content-Length") or -1)
        with part.open("ab" if resumed else "wb") as file:
            got = 0
            while piece := answer.read(_PIECE):
                file.write(piece)
                got += len(piece)
                if file.tell() > _MOST_BYTES:
                    raise DownloadError(f"{url}: larger than {_MOST_BYTES >> 20} MB")
    if announced >= 0 and got < announced:
        raise DownloadError(f"{url}: broken off after {got} of {announced} bytes; run it again to go on")
