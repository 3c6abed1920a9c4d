"""Connections to public addresses only: the address that was checked is the one that is connected to."""

import ipaddress
import socket
import ssl
import time
from collections.abc import Callable, Collection, Iterable
from typing import Any

import httpcore

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")

Resolve = Callable[[str, int], list[str]]
"""Return the addresses of a host and port, the preferred one first; raises OSError."""


class RefusedError(httpcore.ConnectError):
    """An address that is not fetched from: private, loopback, link-local or otherwise not of the public network."""


def resolve(host: str, port: int) -> list[str]:
    """Return the addresses that the system knows for a host."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public network; also asks what is wrapped in an IPv6 address."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return all(inner.is_global and not inner.is_multicast and not inner.is_reserved for inner in _unwrapped(ip))


def _unwrapped(ip: ipaddress.IPv4Address | ipaddress.IPv6Address) -> Iterable[Any]:
    if isinstance(ip, ipaddress.IPv4Address):
        return (ip,)
    if ip in _NAT64:
        return (ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF),)
    return (ip, *filter(None, (ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ()))))


class PublicBackend(httpcore.NetworkBackend):
    """Opens connections for httpcore: looks a host up once, refuses it if any address is not public, connects to one.

    `deadline` (seconds of `time.monotonic`) is when all that is under way ends. `allowed` are addresses that are let
    through although they are not public: for tests, which have their server on the loopback.
    """

    def __init__(self, *, allowed: Collection[str] = (), lookup: Resolve = resolve) -> None:
        self._inner = httpcore.SyncBackend()
        self._allowed, self._lookup = frozenset(allowed), lookup
        self.deadline = float("inf")

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first address of a host that answers; see the class."""
        failure: Exception = httpcore.ConnectError(f"{host} has no address")
        for address in self._addresses(host, port):
            try:
                stream = self._inner.connect_tcp(address, port, self.left(timeout), local_address, socket_options)
                return _Stream(stream, self)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure

    def connect_unix_socket(self, *_: Any, **__: Any) -> httpcore.NetworkStream:
        """Refuse it: no address on the web is a socket file."""
        raise RefusedError("a socket file")

    def sleep(self, seconds: float) -> None:
        """Wait between two attempts."""
        time.sleep(seconds)

    def left(self, timeout: float | None) -> float:
        """Return how many seconds the next step may take; raises ReadTimeout if there are none left."""
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("took too long")
        return min(left, timeout or left)

    def _addresses(self, host: str, port: int) -> list[str]:
        try:
            found = self._lookup(host, port)
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(f"{host}: name not found") from error
        if not all(address in self._allowed or is_public(address) for address in found):
            raise RefusedError(f"{host} is not on the public network")
        return found


class _Stream(httpcore.NetworkStream):
    """A connection on which no step goes on after the deadline: a server that sends a byte now and then is cut off."""

    def __init__(self, inner: httpcore.NetworkStream, backend: PublicBackend) -> None:
        self._inner, self._backend = inner, backend

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._backend.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._backend.left(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        inner = self._inner.start_tls(ssl_context, server_hostname, self._backend.left(timeout))
        return _Stream(inner, self._backend)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)
