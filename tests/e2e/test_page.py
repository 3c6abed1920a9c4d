"""What a visitor does: sees the pins, narrows the time, clicks a pin, reads the very words of the source."""

import re
import time
from pathlib import Path
from typing import Any

import pytest
from browser import ROOT, open_page, start_server, stop_server
from playwright.sync_api import Browser, FrameLocator, Locator, Page, expect
from sample_events import HOSTILE, article, filled, located

MAP = 'iframe[title="streamlit_folium.st_folium"]'
SEED = next((ROOT / "seeds").glob("*aleppo*.md")).read_text(encoding="utf-8").split("---", 2)[2]
PLACES = {"Ashrafieh": (36.2279, 37.1470), "Sheikh Maqsoud": (36.2366, 37.1529)}
WAIT = 90_000
RIGHT_LEFT = ("ArrowRight", "ArrowLeft")


def visit(browser: Browser, site: str, query: str = "lang=en", **size: Any) -> Page:
    page = open_page(browser, **size)
    page.goto(f"{site}/?{query}")
    expect(frame(page).locator(".pin").first).to_be_visible(timeout=WAIT)
    settle(page)
    return page


def frame(page: Page) -> FrameLocator:
    return page.frame_locator(MAP)


def settle(page: Page) -> None:
    """Wait until no rerun is under way."""
    page.wait_for_timeout(500)
    expect(page.locator('[data-testid="stApp"][data-test-script-state="running"]')).to_have_count(0, timeout=WAIT)
    page.wait_for_timeout(300)


def pin_at(page: Page, place: str) -> Locator:
    """The pin within 200 m of a place, by the coordinates that its number stands for."""
    latitude, longitude = PLACES[place]
    numbers = frame(page).locator("[data-pin]").evaluate_all("pins => pins.map(pin => pin.dataset.pin)")
    for number in numbers:
        north, east = divmod(int(number), 2**26)
        if abs(north / 1e5 - 90 - latitude) < 0.0018 and abs(east / 1e5 - 180 - longitude) < 0.0022:
            return frame(page).locator(f'[data-pin="{number}"]')
    raise AssertionError(f"no pin at {place}: {numbers}")


def map_state(page: Page) -> dict[str, Any]:
    """What must stay when a filter changes: the very same map object, its centre and its zoom."""
    inner = page.locator(MAP).element_handle().content_frame()
    assert inner is not None
    inner.wait_for_function("() => window.map")
    return inner.evaluate(
        "() => { window.since = window.since || Math.random();"
        "return {since: window.since, center: map.getCenter(), zoom: map.getZoom()} }"
    )


def move_end(page: Page, steps: int) -> None:
    """Move the end of the period by some days with the keyboard."""
    page.locator(".time-handle").nth(1).focus()
    ahead, back = ("ArrowLeft", "ArrowRight") if page.locator(".time").get_attribute("dir") == "rtl" else RIGHT_LEFT
    for _ in range(abs(steps)):
        page.keyboard.press(back if steps < 0 else ahead)
    settle(page)


@pytest.mark.parametrize("language", ["ar", "en"])
def test_see_narrow_click_read(browser: Browser, site: str, language: str) -> None:
    page = visit(browser, site, f"lang={language}")
    for place in PLACES:
        expect(pin_at(page, place)).to_be_visible()
    direction = page.locator(".stApp").evaluate("app => getComputedStyle(app).direction")
    assert direction == ("rtl" if language == "ar" else "ltr")

    before = map_state(page)
    move_end(page, -6)
    expect(frame(page).locator(".pin")).to_have_count(0)
    move_end(page, 6)
    for place in PLACES:
        expect(pin_at(page, place)).to_be_visible()
    assert map_state(page) == before, "the map was neither rebuilt nor moved"

    pin_at(page, "Sheikh Maqsoud").click()
    settle(page)
    arrow = page.locator(".card .who .arrow").first.evaluate("arrow => getComputedStyle(arrow, '::before').content")
    assert arrow == ('"←"' if language == "ar" else '"→"'), "from the actor to the target"
    expect(page.locator(".st-key-here h2")).to_contain_text("الشيخ مقصود")
    quotes = page.locator(".card blockquote").all_inner_texts()
    assert quotes
    assert all(quote in SEED for quote in quotes), quotes
    assert any("الشيخ مقصود" in quote for quote in quotes)
    assert page.locator(".card blockquote").first.evaluate("quote => getComputedStyle(quote).direction") == "rtl"
    assert page.locator(".card mark.place").first.inner_text() == "الشيخ مقصود"

    page.locator('.card-tools [data-do="article"]').first.click()
    expect(page.locator(".article mark.quoted").first).to_be_visible(timeout=WAIT)
    assert page.locator(".article mark.quoted").inner_text() == quotes[0]
    assert {url.split("/")[2] for url in page.outside} == set()  # type: ignore[attr-defined]
    page.close()


@pytest.mark.parametrize("language", ["ar", "en"])
def test_on_a_phone(browser: Browser, site: str, language: str) -> None:
    page = visit(browser, site, f"lang={language}", width=390, height=844)
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 390
    box = page.locator(MAP).bounding_box()
    assert box is not None
    assert box["y"] < 200, "the map comes first"
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    sidebar = page.locator('[data-testid="stSidebar"]').bounding_box()
    assert sidebar is None or sidebar["x"] >= 390 or sidebar["x"] + sidebar["width"] <= 0, "the filters are put away"
    pin_at(page, "Ashrafieh").click()
    settle(page)
    expect(page.locator(".st-key-here h2")).to_be_in_viewport()
    assert page.locator(".card blockquote").first.inner_text() in SEED
    named = page.locator('[data-testid="stExpandSidebarButton"]').evaluate(
        "b => getComputedStyle(b, '::after').content"
    )
    assert named == {"ar": '"المرشّحات"', "en": '"Filters"'}[language]
    page.locator('[data-testid="stExpandSidebarButton"]').click()
    page.wait_for_timeout(600)
    sidebar = page.locator('[data-testid="stSidebar"]').bounding_box()
    assert sidebar is not None
    assert sidebar["x"] >= 0
    assert sidebar["x"] + sidebar["width"] <= 391
    page.close()


def test_a_link_restores_the_view(browser: Browser, site: str) -> None:
    page = visit(browser, site)
    pin_at(page, "Ashrafieh").click()
    settle(page)
    title = page.locator(".st-key-here h2").inner_text()
    assert re.search(r"[?&]pin=\d+", page.url)
    other = visit(browser, page.url.split("/?")[0], page.url.split("?")[1])
    expect(other.locator(".st-key-here h2")).to_have_text(title)
    page.locator(".st-key-close button").click()
    settle(page)
    assert "pin=" not in page.url
    page.go_back()
    settle(page)
    expect(page.locator(".st-key-here h2")).to_have_text(title)
    page.close()
    other.close()


def test_panning_keeps_its_place_across_reruns(browser: Browser, site: str) -> None:
    page = visit(browser, site)
    inner = page.locator(MAP).element_handle().content_frame()
    assert inner is not None
    inner.evaluate("() => { map.setView([36.3, 37.2], 9, {animate: false}) }")
    settle(page)
    moved = map_state(page)
    page.locator('.time-presets [data-days="1"]').click()
    settle(page)
    page.locator('.time-presets [data-days="0"]').click()
    settle(page)
    assert map_state(page) == moved
    page.close()


def test_replaced_pins_are_let_go(browser: Browser, site: str) -> None:
    page = visit(browser, site)
    inner = page.locator(MAP).element_handle().content_frame()
    assert inner is not None
    for _ in range(3):
        move_end(page, -6)
        move_end(page, 6)
    assert inner.evaluate("window.feature_group.length") == 1
    page.close()


def test_a_hostile_article_runs_nothing(browser: Browser, tmp_path: Path) -> None:
    source = article(f"قصف {HOSTILE} الأشرفية", title=HOSTILE, publisher=HOSTILE, url="javascript:alert(1)")
    words = dict.fromkeys(("actor", "actor_text", "target_text", "place", "place_text", "claim_source"), HOSTILE)
    filled(tmp_path / "events.db", (source, [located(source, **words)])).close()
    process, address = start_server(f"sqlite:///{tmp_path / 'events.db'}", tmp_path / "server.log")
    try:
        page = visit(browser, address)
        frame(page).locator(".pin").first.click()
        settle(page)
        assert page.locator(".card blockquote").first.inner_text().replace("\n", " ") == source.text
        page.locator('.card-tools [data-do="article"]').first.click()
        expect(page.locator(".article mark.quoted")).to_be_visible(timeout=WAIT)
        for view in ("table", "about", "map"):
            page.goto(f"{address}/?lang=en&view={view}")
            settle(page)
        inner = page.locator(MAP).element_handle().content_frame()
        assert inner is not None
        assert page.evaluate("window.hacked") is None
        assert inner.evaluate("window.hacked") is None
        assert not [url for url in page.outside if "evil" in url]  # type: ignore[attr-defined]
        assert page.locator('a[href^="javascript"]').count() == 0
        page.close()
    finally:
        stop_server(process)


def test_the_first_visit_is_quick(browser: Browser, tmp_path: Path) -> None:
    process, address = start_server(f"sqlite:///{tmp_path / 'events.db'}", tmp_path / "server.log")
    try:
        began = time.monotonic()
        visit(browser, address).close()
        assert time.monotonic() - began < 60, "far beyond the few seconds that a first build takes"
    finally:
        stop_server(process)
