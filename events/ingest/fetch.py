"""Fetch from the web: public addresses only, politely, within limits of size, time and redirects."""

import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import TracebackType
from typing import Self

import httpcore
import httpx
from protego import Protego

from events.ingest.document import DOCUMENT_BYTES, MEGABYTE, DocumentError
from events.ingest.network import PublicBackend, RefusedError, Resolve, resolve

AGENT = "events-on-a-map"
USER_AGENT = f"{AGENT}/0.1 (reads news articles for a map; keeps to robots.txt)"
SECONDS = 60
"""How long one fetch may take in all, redirects included."""
REDIRECTS = 5
PAUSE = 1.0
"""Seconds between two fetches from one host, if its robots.txt does not ask for more."""
_LONGEST_PAUSE = 30.0
_TIMEOUT = httpx.Timeout(20, connect=10)
_ROBOTS_BYTES = 500_000
_ROBOTS_SECONDS = 24 * 3600  # how long a robots.txt is taken as read (RFC 9309, 2.4)


class FetchError(DocumentError):
    """Something was not fetched; the message is one line for the user."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came back: `url` is where it came from in the end, `data` None if it has not changed since (status 304).

    `kind` is the media type in lower case, `charset`, `etag` and `modified` what the server says (None: nothing).
    """

    url: str
    data: bytes | None
    kind: str
    charset: str | None
    etag: str | None
    modified: str | None


class Fetcher:
    """Fetches one thing after the other; a context manager.

    `allowed` and `lookup` are for tests: addresses that count as public, and what knows the addresses of a host.
    """

    def __init__(self, *, allowed: Collection[str] = (), lookup: Resolve = resolve, pause: float = PAUSE) -> None:
        self._backend = PublicBackend(allowed=allowed, lookup=lookup)
        self._robots: dict[str, tuple[float, Protego | None]] = {}
        self._visits: dict[str, float] = {}
        self._pause = pause

    @cached_property
    def _client(self) -> httpx.Client:
        secure = httpx.create_ssl_context(trust_env=False)
        transport = httpx.HTTPTransport(verify=secure, trust_env=False)
        # httpx has no argument for the network backend, which is a public one of the pool it is made of.
        transport._pool = httpcore.ConnectionPool(ssl_context=secure, network_backend=self._backend)
        # No proxy from the environment: behind one, what is connected to could not be checked.
        return httpx.Client(transport=transport, headers={"user-agent": USER_AGENT}, timeout=_TIMEOUT, trust_env=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _kind: type | None, _error: BaseException | None, _trace: TracebackType | None) -> None:
        if "_client" in self.__dict__:
            self._client.close()

    def get(self, url: str, headers: Mapping[str, str] | None = None) -> Fetched:
        """Fetch what is at an address; raises FetchError with the reason if it is not to be had."""
        self._backend.deadline = time.monotonic() + SECONDS
        try:
            return self._followed(httpx.URL(url), dict(headers or {}), ask=True)
        except httpx.InvalidURL as error:
            raise FetchError(f"not an address: {error}") from error
        except (httpx.HTTPError, httpx.StreamError, httpcore.ReadTimeout, ValueError) as error:
            raise FetchError(_explained(error)) from error

    def _followed(self, url: httpx.URL, headers: dict[str, str], *, ask: bool, limit: int = DOCUMENT_BYTES) -> Fetched:
        for _ in range(REDIRECTS + 1):
            if url.scheme not in ("http", "https") or not url.host:
                raise FetchError("not an address of the web (http or https)")
            if ask:
                self._ask(url)
            with self._client.stream("GET", url, headers=headers) as response:
                if response.next_request is None:
                    return _fetched(response, limit)
                url = response.next_request.url
        raise FetchError(f"passed on more than {REDIRECTS} times")

    def _ask(self, url: httpx.URL) -> None:
        """Ask the host's robots.txt, and leave the host the pause it asks for; the deadline does not count it."""
        rules = self._rules(url)
        if rules is not None and not rules.can_fetch(str(url), AGENT):
            raise FetchError("its robots.txt asks not to fetch it")
        wished = float((rules and rules.crawl_delay(AGENT)) or 0)
        pause = min(max(self._pause, wished if self._pause else 0), _LONGEST_PAUSE)
        wait = self._visits.get(url.host, 0) + pause - time.monotonic()
        if wait > 0:
            time.sleep(wait)
            self._backend.deadline += wait
        self._visits[url.host] = time.monotonic()

    def _rules(self, url: httpx.URL) -> Protego | None:
        origin = str(url.copy_with(raw_path=b"/", fragment=None, username=None, password=None))
        read, rules = self._robots.get(origin, (0.0, None))
        if not read or time.monotonic() - read > _ROBOTS_SECONDS:
            rules = self._read_rules(httpx.URL(origin).join("/robots.txt"))
            self._robots[origin] = time.monotonic(), rules
        return rules

    def _read_rules(self, url: httpx.URL) -> Protego | None:
        """None if the host has no rules; raises FetchError if it has some that cannot be read (RFC 9309, 2.3.1.4)."""
        try:
            found = self._followed(url, {}, ask=False, limit=_ROBOTS_BYTES)
        except _StatusError as error:
            if error.status < 500:
                return None
            raise FetchError(f"its robots.txt cannot be read ({error})") from error
        return Protego.parse((found.data or b"").decode(errors="replace"))


class _StatusError(FetchError):
    def __init__(self, status: int, phrase: str) -> None:
        super().__init__(f"the server says {status} {phrase}".strip())
        self.status = status


def _fetched(response: httpx.Response, limit: int) -> Fetched:
    if response.status_code not in (200, 203, 304):
        raise _StatusError(response.status_code, response.reason_phrase)
    data = _body(response, limit) if response.status_code != 304 else None
    kind, charset = response.headers.get("content-type", "").partition(";")[0], response.charset_encoding
    headers = (response.headers.get(name) for name in ("etag", "last-modified"))
    return Fetched(str(response.url), data, kind.strip().lower(), charset, *headers)


def _body(response: httpx.Response, limit: int) -> bytes:
    data = bytearray()
    for piece in response.iter_bytes():
        data += piece
        if len(data) > limit:
            raise FetchError(f"longer than {limit / MEGABYTE:g} MB")
    return bytes(data)


def _explained(error: Exception) -> str:
    cause: BaseException | None = error
    while cause is not None and not isinstance(cause, RefusedError | FetchError):
        cause = cause.__cause__ or cause.__context__
    if cause is not None:
        return str(cause)
    if isinstance(error, httpx.TimeoutException | httpcore.TimeoutException):
        return "took too long"
    return f"could not be fetched: {error or type(error).__name__}"
