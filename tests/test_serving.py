"""What the server answers past Streamlit: only to who knows the key, always the latest, and nothing once it is gone."""

import gc
from collections.abc import Iterator
from threading import Thread

import numpy as np
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from views import serving
from views.columns import Columns
from views.serving import ROUTES, Line, served


@pytest.fixture
def client() -> Iterator[TestClient]:
    with TestClient(Starlette(routes=ROUTES)) as opened:
        yield opened


@pytest.fixture
def line() -> Line:
    made = Line()
    serving._lines[made.key] = made
    return made


def test_a_browser_hears_what_was_said_before_it_came_and_what_is_said_after(client: TestClient, line: Line) -> None:
    line.say("first")
    line.say("second")
    with client.websocket_connect(f"/{line.address}") as socket:
        assert socket.receive_text() == "second"
        speaker = Thread(target=line.say, args=("third",))  # a page's script runs in a thread of its own
        speaker.start()
        assert socket.receive_text() == "third"
        speaker.join()


def test_after_a_break_the_latest_message_comes_again(client: TestClient, line: Line) -> None:
    line.say("latest")
    for _ in range(2):
        with client.websocket_connect(f"/{line.address}") as socket:
            assert socket.receive_text() == "latest"
    assert not line.ears, "who has gone is not spoken to"


def test_a_line_that_nobody_has_is_closed_for_good(client: TestClient, line: Line) -> None:
    address = f"/{line.address}"
    for wrong in (f"{address}x", "/kept/x"):
        with client.websocket_connect(wrong) as socket, pytest.raises(WebSocketDisconnect) as closed:
            socket.receive_text()
        assert closed.value.code == 4404


def test_arrays_are_there_as_long_as_the_rows_are(client: TestClient) -> None:
    columns = Columns(b"", {}, np.zeros(0, np.int32))
    address = f"/{served(columns)}"
    assert client.get(address).status_code == 200
    assert client.get(f"{address}x").status_code == 404
    del columns
    gc.collect()
    assert client.get(address).status_code == 404
