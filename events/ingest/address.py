"""Addresses of articles: one article, one address, however it was passed on."""

from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

_TRACKING = ("utm_", "mtm_", "pk_")
_TRACKING_NAMES = frozenset(
    ("fbclid", "gclid", "igshid", "mc_cid", "mc_eid", "ref_src", "msclkid", "yclid", "at_medium")
)
_PORTS = {"http": 80, "https": 443}


def canonical(url: str) -> str | None:
    """Return an address without what does not tell articles apart: fragment, tracking, case of the host, http or https.

    What is no web address comes back as it is; None if it is the front page of a site, which is no article's address.
    """
    try:
        parts = urlsplit(url.strip())
        host, port = (parts.hostname or "").removeprefix("www."), parts.port
    except ValueError:
        return url
    if parts.scheme.lower() not in _PORTS or not host:
        return url
    place = host if port in (None, _PORTS[parts.scheme.lower()]) else f"{host}:{port}"
    if not parts.path.strip("/") and not parts.query:
        return None
    query = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not _tracks(pair[0])]
    return urlunsplit(("https", place, parts.path.rstrip("/"), urlencode(sorted(query)), ""))


def host(url: str) -> str:
    """Return the host of an address without "www.", "" if it has none."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _tracks(name: str) -> bool:
    return name.lower() in _TRACKING_NAMES or name.lower().startswith(_TRACKING)
