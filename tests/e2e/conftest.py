"""The browser and the site of the tests in this folder."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1]))  # sample_events lies beside the other tests

from browser import chromium, launch, start_server, stop_server


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium without a window; its absence is a failure in CI and a reason to skip elsewhere."""
    path = chromium()
    if path is None:
        message = "no Chromium on this machine: the browser tests need one (apt-get install chromium)"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as playwright:
        opened = launch(playwright, path)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def site(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a dashboard whose store is empty at first."""
    folder = tmp_path_factory.mktemp("site")
    process, address = start_server(f"sqlite:///{folder / 'events.db'}", folder / "server.log")
    yield address
    stop_server(process)
