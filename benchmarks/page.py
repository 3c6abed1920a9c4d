"""How fast the page is in a real browser, in units of an empty Streamlit rerun of the same run.

    python -m benchmarks.page [--rows 10000 100000 1000000] [--stores FOLDER] [--moves 20] [--many 0] [--naive]

Stores are made by `benchmarks.make_events` unless the folder holds them. Every figure is a median in milliseconds, with
its multiple of the empty rerun's; what the project promises stands in the last column.
"""

import argparse
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests" / "e2e"))

from browser import chromium, launch, open_page, start_server, stop_server  # noqa: E402
from playwright.sync_api import Browser, Page, sync_playwright  # noqa: E402

WAIT = 120_000
MAP = 'iframe[title="streamlit_folium.st_folium"]'

EMPTY = """
import streamlit as st
st.text(f"now {st.slider('n', 0, 1000, 500)}")
"""
NAIVE = """
import folium, streamlit as st
from events.store import open_store
from streamlit_folium import st_folium
rows = st.cache_resource(lambda: open_store().rows().dropna(subset=["latitude"]))()
n = st.slider("n", 0, len(rows), len(rows))
drawn = folium.Map(location=[35, 38], zoom_start=6)
for row in rows.head(n).itertuples():
    folium.Marker([row.latitude, row.longitude]).add_to(drawn)
st_folium(drawn, key="map", returned_objects=[])
st.text(f"now {n}")
"""

# Milliseconds from a key until a small script's text says something else.
SHOWN = """() => { window.shown = new Promise((done) => {
  const text = () => document.querySelector('[data-testid="stText"]').textContent, old = text();
  window.addEventListener('keydown', () => {
    const began = performance.now();
    const look = () => (text() !== old ? done(performance.now() - began) : requestAnimationFrame(look));
    look();
  }, { once: true, capture: true });
}); }"""

# Milliseconds from an action in the page until the frame in which the map shows what came of it.
PAINTED = """([act, changes]) => new Promise((done, failed) => {
  const frame = document.querySelector('iframe[title^="streamlit_folium"]').contentWindow;
  const { map, eventMap: { state } } = frame, rows = window.eventRows, kept = rows.kept, range = String(rows.range);
  const drawn = () => Number(map.getContainer().dataset.drawn);
  const view = () => [map.getCenter().lat, map.getCenter().lng, map.getZoom()].join();
  const looked = view(), shown = state.shown, before = drawn(), began = performance.now();
  setTimeout(() => failed(new Error(`nothing was painted: ${act}`)), 60000);
  const look = () => {
    const moved = { filter: rows.kept !== kept, range: String(rows.range) !== range, view: view() !== looked }[changes];
    if (moved && drawn() > before && (changes === 'view' || state.shown !== shown)) done(performance.now() - began);
    else frame.requestAnimationFrame(look);
  };
  eval(act);
  frame.requestAnimationFrame(look);
})"""

PRESS = "document.querySelector('.time-handle').dispatchEvent(new KeyboardEvent('keydown', {key: '%s', bubbles: true}))"
TOGGLE = "[...document.querySelectorAll('.st-key-modality button')][%d].click()"
PAN = "frame.eventMap.state.touched = true; map.panBy([%s, 60], {animate: false})"
ZOOM = "frame.eventMap.state.touched = true; map.setZoom(map.getZoom() %s 1, {animate: false})"


def toggle(move: int) -> str:
    """Return what presses a pill of the modalities: sixteen moves go by before a choice has been there before."""
    return TOGGLE % (2 + min((move % 16 + 1 & -(move % 16 + 1)).bit_length() - 1, 3))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--stores", type=Path)
    parser.add_argument("--moves", type=int, default=20)
    parser.add_argument("--many", type=int, default=0, help="so many more filter moves, to see memory stay flat")
    parser.add_argument("--naive", action="store_true", help="also the page that puts every event into folium")
    wanted = parser.parse_args()
    path = chromium()
    if path is None:
        raise SystemExit("no Chromium on this machine")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = launch(playwright, path)
        for rows in wanted.rows:
            store = _store(wanted.stores or Path(folder), rows)
            unit = _scripted(browser, EMPTY, store, Path(folder), wanted.moves)
            print(f"\n{rows:,} rows\n{'empty rerun':32}{unit:8.0f} ms", flush=True)
            _measure(browser, store, unit, Path(folder), wanted)
            if wanted.naive and rows <= 10_000:
                _say("naive page, filter", _scripted(browser, NAIVE, store, Path(folder), 3), unit, "beside it")


def _store(folder: Path, rows: int) -> Path:
    path = folder / f"events-{rows}.db"
    if not path.exists():
        make = [sys.executable, "-m", "benchmarks.make_events", f"sqlite:///{path}", "--rows", str(rows)]
        subprocess.run(make, check=True, cwd=ROOT)
    return path


@contextmanager
def _served(store: Path, folder: Path, script: str = "dashboard.py") -> Iterator[tuple[Any, str]]:
    process, address = start_server(f"sqlite:///{store}", folder / "server.log", script)
    try:
        yield process, address
    finally:
        stop_server(process)


def _scripted(browser: Browser, script: str, store: Path, folder: Path, moves: int) -> float:
    """Return the median time from a key on the slider of a small script until the page shows its value."""
    path = folder / "script.py"
    path.write_text(f"import sys\nsys.path.insert(0, {str(ROOT)!r})\n{script}", encoding="utf-8")
    with _served(store, folder, str(path)) as (_, address):
        page = open_page(browser)
        page.goto(address)
        page.get_by_role("slider").wait_for(timeout=WAIT)
        page.wait_for_timeout(1000)
        page.get_by_role("slider").focus()
        times = []
        for _ in range(moves + 2):
            page.evaluate(SHOWN)
            page.keyboard.press("ArrowLeft")
            times.append(page.evaluate("window.shown"))
            page.wait_for_timeout(300)
        page.close()
    return statistics.median(times[2:])


def _measure(browser: Browser, store: Path, unit: float, folder: Path, wanted: argparse.Namespace) -> None:
    with _served(store, folder) as (process, address):
        page, received = open_page(browser), []
        page.on("websocket", lambda socket: socket.on("framereceived", lambda data: received.append(len(data))))
        _say("first paint, first viewer", _first_paint(page, address), unit, "at most 5,000 ms")
        before = _memory(process)
        moves = wanted.moves
        filters = _painted(page, "filter", toggle, moves, received)
        _say("filter: painted", filters, unit, "at most 2 times")
        size = statistics.median(received_per_move) / 1000 if (received_per_move := _sizes(page, received)) else 0
        print(f"{'filter: payload':32}{size:8.1f} KB              at most 50 KB", flush=True)
        brush = _painted(page, "range", lambda i: PRESS % ("ArrowLeft" if i % 2 else "ArrowRight"), moves)
        _say("brush: painted", brush, unit, "at most 2 times")
        _say(
            "pan: painted",
            _painted(page, "view", lambda i: PAN % (90 if i % 2 else -90), moves),
            unit,
            "at most 3 times",
        )
        _say("zoom: painted", _painted(page, "view", lambda i: ZOOM % "+-"[i % 2], moves), unit, "at most 3 times")
        print(f"{'server memory, one viewer':32}{before:8.0f} MB              at most 600 MB", flush=True)
        if wanted.many:
            _flat(page, process, wanted.many)
        others = [open_page(browser) for _ in range(4)]
        second = _first_paint(others[0], address)
        for other in others[1:]:
            _first_paint(other, address)
        _say("first paint, next viewer", second, unit, "at most 5,000 ms")
        more = (_memory(process) - before) / len(others)
        print(f"{'server memory, each further':32}{more:8.1f} MB              at most 30 MB", flush=True)
        for opened in (page, *others):
            opened.close()


def _first_paint(page: Page, address: str) -> float:
    """Return milliseconds until the first pin stands on the map."""
    page.goto(f"{address}/?lang=en", wait_until="commit")
    page.frame_locator(MAP).locator(".pin").first.wait_for(timeout=WAIT)
    return float(page.evaluate("performance.now()"))


def _painted(
    page: Page, changes: str, act: Callable[[int], str], moves: int, received: list[int] | None = None
) -> float:
    times = []
    for move in range(moves + 2):
        _quiet(page)
        if received is not None:
            received.append(-1)  # a mark: what follows belongs to this move
        times.append(page.evaluate(PAINTED, [act(move), changes]))
    _quiet(page)
    return statistics.median(times[2:])


def _sizes(page: Page, received: list[int]) -> list[int]:
    """Return the bytes that each marked move received."""
    _quiet(page)
    moves: list[int] = []
    for size in received:
        if size < 0:
            moves.append(0)
        elif moves:
            moves[-1] += size
    return moves[2:]


def _quiet(page: Page) -> None:
    """Wait until no rerun is under way."""
    page.wait_for_timeout(450)
    running = '[data-testid="stApp"][data-test-script-state="running"]'
    page.locator(running).wait_for(state="detached", timeout=WAIT)
    page.wait_for_timeout(150)


def _flat(page: Page, process: "subprocess.Popen[bytes]", moves: int) -> None:
    def heap() -> float:
        session = page.context.new_cdp_session(page)
        session.send("HeapProfiler.collectGarbage")
        found = {metric["name"]: metric["value"] for metric in session.send("Performance.getMetrics")["metrics"]}
        return float(found["JSHeapUsedSize"]) / 1e6

    page.context.new_cdp_session(page).send("Performance.enable")
    for done in range(moves + 1):
        if done % max(moves // 5, 1) == 0:
            print(f"  after {done:4} moves: server {_memory(process):6.0f} MB, page {heap():6.1f} MB", flush=True)
        page.evaluate(PAINTED, [toggle(done), "filter"])


def _memory(process: "subprocess.Popen[bytes]") -> float:
    """Return what the server holds in memory, in MB."""
    ps = ["ps", "-o", "rss=", "-p", str(process.pid)]
    told = subprocess.run(ps, check=True, capture_output=True, text=True)
    return int(told.stdout) / 1000


def _say(what: str, time: float, unit: float, promise: str) -> None:
    print(f"{what:32}{time:8.0f} ms {time / unit:6.2f} times  {promise}", flush=True)


if __name__ == "__main__":
    main()
