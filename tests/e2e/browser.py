"""A real browser on the real page: a server of its own, and no connection but to this machine."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import Browser, Page, Playwright, Route

ROOT = Path(__file__).parents[2]
_FLAGS = (
    "--no-sandbox --disable-gpu --disable-background-networking --disable-component-update "
    "--disable-sync --no-first-run"
)


def start_server(database: str, log: Path, script: str = "dashboard.py") -> tuple[subprocess.Popen[bytes], str]:
    """Start the dashboard on a free port; return the process and its address once it answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", script, "--server.headless=true"]
    command += ["--server.address=127.0.0.1", f"--server.port={port}"]
    process = subprocess.Popen(
        command, cwd=ROOT, env=os.environ | {"EVENTS_DB": database}, stdout=log.open("wb"), stderr=subprocess.STDOUT
    )
    address = f"http://127.0.0.1:{port}"
    for _ in range(200):
        try:
            urllib.request.urlopen(f"{address}/_stcore/health", timeout=1)  # noqa: S310 - our own server
            return process, address
        except OSError:
            time.sleep(0.2)
    process.kill()
    raise RuntimeError(f"the server did not start:\n{log.read_text()}")


def stop_server(process: "subprocess.Popen[bytes]") -> None:
    """End a server that `start_server` started."""
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()


def open_page(browser: Browser, *, width: int = 1400, height: int = 1000, scheme: str = "light") -> Page:
    """Return a page that reaches this machine only; `page.outside` lists what it asked for elsewhere."""
    page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)  # type: ignore[arg-type]
    page.outside = []  # type: ignore[attr-defined]

    def guard(route: Route) -> None:
        if route.request.url.startswith(("http://127.0.0.1:", "data:", "blob:")):
            route.continue_()
        else:
            page.outside.append(route.request.url)  # type: ignore[attr-defined]
            route.abort()

    page.route("**/*", guard)
    return page


def chromium() -> str | None:
    """Return the path of the machine's Chromium; None if there is none."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def launch(playwright: Playwright, path: str) -> Browser:
    """Start a Chromium without a window."""
    return playwright.chromium.launch(executable_path=path, args=_FLAGS.split())
