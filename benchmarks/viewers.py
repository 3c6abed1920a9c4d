"""Many viewers at once on one server, without browsers: each changes a filter every two seconds.

    python -m benchmarks.viewers STORE.db [--viewers 50] [--seconds 30]

A viewer is a websocket that speaks Streamlit's own messages: it presses pills of the modality filter and waits until
the script has finished. Server time is from the press to that. The project promises a 95th percentile of at most 500 ms
with 50 viewers on two free cores.
"""

import argparse
import asyncio
import os
import statistics
import tempfile
import time
from pathlib import Path

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from benchmarks.page import start_server, stop_server

EVERY = 2.0
PILLS = 6
"""Stated, claimed, denied, planned, demanded, hypothetical: 63 choices of some of them, many more than the page keeps
answers to a million rows."""


def choice(viewer: int, turn: int) -> list[int]:
    """Return the pills that are on after a viewer's move; two viewers seldom have the same ones on at a time."""
    pressed = (viewer * 23 + turn * 11) % (2**PILLS - 1) + 1
    return [pill for pill in range(PILLS) if pressed & 1 << pill]


class Viewer:
    """One visitor's session."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.pills = ""
        self.options: list[str] = []

    async def run(self, chosen: list[int] | None = None) -> float:
        """Run the script, with a choice of pills if there is one; return the seconds until it has finished."""
        message = BackMsg()
        message.rerun_script.query_string = "lang=en"
        if chosen is not None and self.pills:
            state = message.rerun_script.widget_states.widgets.add()
            state.id = self.pills
            state.string_array_value.data.extend(self.options[number] for number in chosen)
        began = time.perf_counter()
        await self.socket.send(message.SerializeToString())
        await self._finished()
        return time.perf_counter() - began

    async def _finished(self) -> None:
        while True:
            message = ForwardMsg.FromString(await asyncio.wait_for(self.socket.recv(), 120))
            kind = message.WhichOneof("type")
            if kind == "delta":
                element = message.delta.new_element
                if element.WhichOneof("type") == "button_group" and "-modality" in element.button_group.id:
                    self.pills = element.button_group.id
                    self.options = [option.content for option in element.button_group.options]
            if kind == "script_finished" and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                return


async def viewer(address: str, number: int, seconds: float, opened: asyncio.Barrier, times: list[float]) -> None:
    """Open the page, then filter every two seconds until the end."""
    url = address.replace("http", "ws") + "/_stcore/stream"
    async with connect(url, subprotocols=["streamlit"], max_size=None, origin=address) as socket:
        one = Viewer(socket)
        await one.run()
        await opened.wait()
        await asyncio.sleep(EVERY * (number % 20) / 20)
        turn = 0
        until = time.perf_counter() + seconds
        while time.perf_counter() < until:
            taken = await one.run(choice(number, turn))
            times.append(taken)
            turn += 1
            await asyncio.sleep(max(EVERY - taken, 0))


async def crowd(address: str, viewers: int, seconds: float) -> list[float]:
    """Return how long each filter move of so many viewers took, once all have the page open."""
    times: list[float] = []
    opened = asyncio.Barrier(viewers)
    await asyncio.gather(*(viewer(address, number, seconds, opened, times) for number in range(viewers)))
    return times


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("store", type=Path)
    parser.add_argument("--viewers", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=30)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        process, address = start_server(f"sqlite:///{wanted.store.resolve()}", Path(folder) / "server.log")
        try:
            alone = asyncio.run(crowd(address, 1, 12))
            times = asyncio.run(crowd(address, wanted.viewers, wanted.seconds))
        finally:
            stop_server(process)
    print(f"load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    print(f"one viewer: median {1000 * statistics.median(alone):,.0f} ms over {len(alone)} moves")
    parts = statistics.quantiles(times, n=100)
    told = f"median {1000 * parts[49]:,.0f} ms, p95 {1000 * parts[94]:,.0f} ms, {len(times)} moves"
    print(f"{wanted.viewers} viewers: {told}")


if __name__ == "__main__":
    main()
