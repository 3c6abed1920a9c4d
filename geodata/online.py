"""An online geocoder for names that the gazetteer lacks; off unless the configuration names one.

Any geocoder of geopy serves (`EVENTS_GEOCODER=nominatim`, options as JSON in `EVENTS_GEOCODER_OPTIONS`). Nominatim's
usage policy is kept: one request a second at most, an agent of our own, every answer kept on disk for good. "Asked and
not found" is None and kept too; "could not ask" is an exception and is not kept.
"""

import json
import os
import sqlite3
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from threading import Lock
from typing import Any

from geopy.exc import GeopyError
from geopy.geocoders import get_geocoder_for_service

from geodata.index import cache_folder
from geodata.model import Match, Place
from geodata.names import key

AGENT = "events-on-a-map/0.1 (news events; one look-up a name)"
_PAUSE = 1.0
_SCORE = 0.5
"""An online answer is one candidate without context."""


class CouldNotAskError(RuntimeError):
    """The online geocoder gave no answer: unreachable, too slow, overloaded, or not speaking its protocol."""


class OnlineGeocoder:
    """Asks a geopy geocoder, politely and once for each name."""

    def __init__(self, geocoder: Any, cache: Path, *, pause: float = _PAUSE) -> None:
        """`geocoder` is any geopy geocoder; `cache` a SQLite file; `pause` the seconds between requests."""
        self._geocoder = geocoder
        self._pause = pause
        self._last = -pause
        self._asking = Lock()
        cache.parent.mkdir(parents=True, exist_ok=True)
        self._cache = sqlite3.connect(cache, check_same_thread=False)
        self._cache.execute("CREATE TABLE IF NOT EXISTS answer (question TEXT PRIMARY KEY, location TEXT)")
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="geocoder")

    def geocode(self, name: str, *, country: str | None = None) -> Match | None:
        """Return the place named, None if the service knows none; waits for its turn. Raises `CouldNotAskError`."""
        with self._asking:
            known, match = self.known(name, country=country)
            return match if known else self._ask(name, country)

    def known(self, name: str, *, country: str | None = None) -> tuple[bool, Match | None]:
        """Return whether the name was asked before, and the answer; never waits for the network."""
        row = self._cache.execute(
            "SELECT location FROM answer WHERE question = ?", (_question(name, country),)
        ).fetchone()
        return row is not None, _match(row[0]) if row and row[0] else None

    def ask_later(self, name: str, *, country: str | None = None) -> "Future[Match | None]":
        """Ask in the background, so that a page need not wait; the answer is in the cache next time."""
        return self._worker.submit(self.geocode, name, country=country)

    def close(self) -> None:
        """Finish what is being asked and close the cache."""
        self._worker.shutdown(cancel_futures=True)
        self._cache.close()

    def _ask(self, name: str, country: str | None) -> Match | None:
        self._wait()
        wanted = {"country_codes": country.lower()} if country and "Nominatim" in type(self._geocoder).__name__ else {}
        try:
            location = self._geocoder.geocode(name, exactly_one=True, **wanted)
        except GeopyError as error:
            said = " ".join(str(error).split()) or type(error).__name__
            raise CouldNotAskError(f"{type(self._geocoder).__name__}: {said}") from error
        kept = None
        if location is not None:
            kept = json.dumps([location.address, location.latitude, location.longitude, country], ensure_ascii=False)
        with self._cache:
            self._cache.execute("INSERT OR REPLACE INTO answer VALUES (?, ?)", (_question(name, country), kept))
        return _match(kept) if kept else None

    def _wait(self) -> None:
        time.sleep(max(0.0, self._last + self._pause - time.monotonic()))
        self._last = time.monotonic()


def from_settings(
    settings: Mapping[str, str] = os.environ, *, find: Callable[[str], Any] = get_geocoder_for_service
) -> OnlineGeocoder | None:
    """Return the geocoder that the settings name, None if they name none (the default).

    Raises `ValueError` with a one-line message if they name no geocoder of geopy, or options that it does not take.
    """
    service = settings.get("EVENTS_GEOCODER", "").strip()
    if not service:
        return None
    try:
        options = {"user_agent": AGENT, **json.loads(settings.get("EVENTS_GEOCODER_OPTIONS") or "{}")}
        geocoder = find(service)(**options)
    except (GeopyError, TypeError, ValueError) as error:
        raise ValueError(f"EVENTS_GEOCODER={service}: {error}") from error
    return OnlineGeocoder(geocoder, cache_folder() / "online-answers.sqlite")


def _question(name: str, country: str | None) -> str:
    return f"{country or ''}|{key(name)}"


def _match(kept: str) -> Match:
    address, latitude, longitude, country = json.loads(kept)
    name = address.split(",")[0].strip()
    place = Place(
        id=f"online:{latitude:.5f},{longitude:.5f}", name=name, name_ar=None, names=(name,), feature_code="PPL",
        precision="town", latitude=latitude, longitude=longitude, country=country, admin1=None, parent=None,
        population=0, source="OpenStreetMap (asked online)", licence="ODbL", confidence="low",
    )  # fmt: skip
    return Match(place, geo_precision=2, score=_SCORE)
