"""The online geocoder against a loopback server that speaks Nominatim's protocol, well and badly."""

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlparse

import pytest
from geopy.geocoders import Nominatim

from geodata.online import AGENT, CouldNotAskError, OnlineGeocoder, from_settings

TALL_ARN = [{"place_id": 7, "lat": "36.1234", "lon": "37.3456", "display_name": "تل عرن, حلب, سوريا", "type": "town"}]


class _Server(ThreadingHTTPServer):
    questions: list[tuple[str, dict[str, list[str]]]]
    answer: tuple[int, str, str] = (200, "application/json", "[]")
    delay = 0.0


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:
        self.server.questions.append((self.headers["User-Agent"], parse_qs(urlparse(self.path).query)))
        time.sleep(self.server.delay)
        status, kind, body = self.server.answer
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_: object) -> None:
        """Keep the test's output clean."""


@pytest.fixture
def server() -> Iterator[_Server]:
    server = _Server(("127.0.0.1", 0), _Handler)
    server.questions = []
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def _geocoder(server: _Server, tmp_path: Path, *, pause: float = 0.0, timeout: float = 5.0) -> OnlineGeocoder:
    domain = f"127.0.0.1:{server.server_address[1]}"
    nominatim = Nominatim(domain=domain, scheme="http", user_agent=AGENT, timeout=timeout)
    return OnlineGeocoder(nominatim, tmp_path / "answers.sqlite", pause=pause)


def test_it_is_off_by_default() -> None:
    assert from_settings({}) is None


def test_a_place_is_found_once_and_kept_for_good(server: _Server, tmp_path: Path) -> None:
    server.answer = (200, "application/json", json.dumps(TALL_ARN))
    geocoder = _geocoder(server, tmp_path)
    found = geocoder.geocode("تل عرن", country="SY")
    assert found is not None
    assert (found.place.name, found.place.latitude, found.geo_precision) == ("تل عرن", 36.1234, 2)
    assert found.place.licence == "ODbL"
    geocoder.close()
    again = _geocoder(server, tmp_path)
    assert again.geocode("تل عرن", country="SY") == found
    agent, question = server.questions[0]
    assert (agent, question["q"], question["countrycodes"]) == (AGENT, ["تل عرن"], ["sy"])
    assert len(server.questions) == 1


def test_asked_and_not_found_is_none_and_is_kept(server: _Server, tmp_path: Path) -> None:
    geocoder = _geocoder(server, tmp_path)
    assert geocoder.known("لا مكان") == (False, None)
    assert geocoder.geocode("لا مكان") is None
    assert geocoder.known("لا مكان") == (True, None)
    assert geocoder.geocode("لا مكان") is None
    assert len(server.questions) == 1


@pytest.mark.parametrize(
    "answer",
    [
        (429, "text/plain", "too many requests"),
        (200, "text/html", "<html>blocked</html>"),
        (500, "text/plain", "oops"),
        (403, "text/plain", "forbidden"),
    ],
)
def test_could_not_ask_is_an_exception_and_is_asked_again(
    server: _Server, tmp_path: Path, answer: tuple[int, str, str]
) -> None:
    server.answer = answer
    geocoder = _geocoder(server, tmp_path)
    with pytest.raises(CouldNotAskError) as caught:
        geocoder.geocode("تل عرن")
    assert "\n" not in str(caught.value)
    assert geocoder.known("تل عرن") == (False, None)
    server.answer = (200, "application/json", json.dumps(TALL_ARN))
    assert geocoder.geocode("تل عرن") is not None


def test_a_slow_server_is_given_up(server: _Server, tmp_path: Path) -> None:
    server.delay = 2.0
    with pytest.raises(CouldNotAskError):
        _geocoder(server, tmp_path, timeout=0.2).geocode("تل عرن")


def test_a_dead_server(server: _Server, tmp_path: Path) -> None:
    geocoder = _geocoder(server, tmp_path)
    server.shutdown()
    server.server_close()
    with pytest.raises(CouldNotAskError):
        geocoder.geocode("تل عرن")


def test_no_more_than_one_question_a_pause(server: _Server, tmp_path: Path) -> None:
    geocoder = _geocoder(server, tmp_path, pause=0.3)
    start = time.monotonic()
    for name in ("أ ب ت", "ث ج ح", "خ د ذ"):
        geocoder.geocode(name)
    assert time.monotonic() - start >= 0.6


def test_a_page_need_not_wait(server: _Server, tmp_path: Path) -> None:
    server.answer = (200, "application/json", json.dumps(TALL_ARN))
    server.delay = 0.3
    geocoder = _geocoder(server, tmp_path)
    start = time.monotonic()
    later = geocoder.ask_later("تل عرن")
    assert time.monotonic() - start < 0.2
    assert later.result(timeout=5) is not None
    assert geocoder.known("تل عرن")[0]


def test_any_geopy_geocoder_may_be_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EVENTS_CACHE", str(tmp_path))
    options = '{"domain": "127.0.0.1:9", "scheme": "http"}'
    assert from_settings({"EVENTS_GEOCODER": "photon", "EVENTS_GEOCODER_OPTIONS": options}) is not None


@pytest.mark.parametrize(
    "settings",
    [
        {"EVENTS_GEOCODER": "nowhere"},
        {"EVENTS_GEOCODER": "nominatim", "EVENTS_GEOCODER_OPTIONS": "{"},
        {"EVENTS_GEOCODER": "nominatim", "EVENTS_GEOCODER_OPTIONS": '{"colour": "red"}'},
    ],
)
def test_a_wrong_setting_is_one_line(settings: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="EVENTS_GEOCODER=") as caught:
        from_settings(settings)
    assert "\n" not in str(caught.value)
