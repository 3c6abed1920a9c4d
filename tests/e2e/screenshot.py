"""Make the README's picture from the seed article: `python tests/e2e/screenshot.py [FILE]`."""

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from browser import chromium, launch, start_server, stop_server  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402
from test_page import pin_at, settle, visit  # noqa: E402


def main(target: Path) -> None:
    """Open the page on a store built from `seeds/`, choose a pin, and keep what a visitor sees."""
    path = chromium()
    if path is None:
        raise SystemExit("no Chromium on this machine")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        process, address = start_server(f"sqlite:///{folder}/events.db", Path(folder) / "server.log")
        try:
            page = visit(launch(playwright, path), address, "lang=en", width=1400, height=900)
            page.locator(".st-key-notice_read button").click()
            settle(page)
            pin_at(page, "Sheikh Maqsoud").click()
            settle(page)
            page.screenshot(path=target)
        finally:
            stop_server(process)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "screenshot.png")
