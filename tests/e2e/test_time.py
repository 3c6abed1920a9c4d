"""The timeline in a real browser: brush, keys, presets, playback, undated events; both directions, mouse and touch."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from browser import open_page, start_server, stop_server
from playwright.sync_api import Browser, Page, expect
from sample_events import ASHRAFIEH, SHEIKH_MAQSOUD, article, filled, located

MAP = 'iframe[title="streamlit_folium.st_folium"]'
WAIT = 90_000
FIRST = date(2026, 1, 1)
DAYS = 40


@pytest.fixture(scope="module")
def dated(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A page of one event a day for 40 days at two places in turn, one of ten days, and two without a date."""
    folder = tmp_path_factory.mktemp("dated")
    source = article("انسحبت القوات. سيطر الجيش. قصف الطيران.")
    events = [
        located(
            source,
            "انسحبت القوات",
            id=f"d{n}",
            date=str(FIRST + timedelta(days=n)),
            at=(SHEIKH_MAQSOUD, ASHRAFIEH)[n % 2],
        )
        for n in range(DAYS)
    ]
    events += [located(source, "سيطر الجيش", id=f"u{n}", action="take_control") for n in range(2)]
    long = {"date": "2026-01-11", "until": "2026-01-20", "at": (36.30, 37.20)}
    events.append(located(source, "قصف الطيران", id="long", action="attack", **long))
    filled(folder / "events.db", (source, events)).close()
    process, address = start_server(f"sqlite:///{folder / 'events.db'}", folder / "server.log")
    yield address
    stop_server(process)


def visit(browser: Browser, address: str, query: str = "lang=en", **size: Any) -> Page:
    page = open_page(browser, **size)
    page.goto(f"{address}/?{query}")
    expect(page.locator(".time-count[data-n]")).to_be_visible(timeout=WAIT)
    expect(page.frame_locator(MAP).locator(".pin").first).to_be_visible(timeout=WAIT)
    settle(page)
    return page


def settle(page: Page) -> None:
    page.wait_for_timeout(600)
    expect(page.locator('[data-testid="stApp"][data-test-script-state="running"]')).to_have_count(0, timeout=WAIT)
    page.wait_for_timeout(400)


def counts(page: Page, number: int) -> None:
    """Expect so many events on the timeline's own count."""
    expect(page.locator(".time-count")).to_have_attribute("data-n", str(number), timeout=WAIT)


def on_map(page: Page) -> int:
    return sum(
        map(int, page.frame_locator(MAP).locator(".pin[data-n]").evaluate_all("pins => pins.map(p => p.dataset.n)"))
    )


def drag(page: Page, start: float, end: float) -> None:
    """Drag over the chart, from one part of its width to another, counted from where reading begins."""
    box = page.locator(".time-chart").bounding_box()
    assert box is not None
    rtl = page.locator(".time").get_attribute("dir") == "rtl"
    ends = [box["x"] + box["width"] * (1 - part if rtl else part) for part in (start, end)]
    page.mouse.move(ends[0], box["y"] + 40)
    page.mouse.down()
    page.mouse.move(ends[1], box["y"] + 40, steps=6)
    page.mouse.up()


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("width", [1400, 390])
def test_brushing_the_histogram_narrows_map_list_and_address(
    browser: Browser, dated: str, language: str, width: int
) -> None:
    page = visit(browser, dated, f"lang={language}", width=width, height=900)
    counts(page, DAYS + 1)  # the two undated ones are counted apart
    drag(page, 10.2 / DAYS, 19.8 / DAYS)
    counts(page, 11)  # ten days and the event that lasts all of them; the undated ones are apart
    settle(page)
    assert "since=2026-01-11" in page.url
    assert "until=2026-01-20" in page.url
    assert on_map(page) == 11
    expect(page.locator('.st-key-panel [aria-checked="true"]')).to_contain_text("11")
    assert page.evaluate("document.scrollingElement.scrollWidth") <= width
    assert page.outside == []  # type: ignore[attr-defined]
    page.close()


def test_a_range_inside_a_long_event_shows_it(browser: Browser, dated: str) -> None:
    page = visit(browser, dated, "lang=en&since=2026-01-14&until=2026-01-15")
    counts(page, 3)
    page.close()


def test_arrow_keys_step_by_days_and_move_either_end(browser: Browser, dated: str) -> None:
    page = visit(browser, dated, "lang=en&since=2026-01-05&until=2026-01-06")
    page.locator(".time-window").focus()
    page.keyboard.press("ArrowRight")
    settle(page)
    assert "since=2026-01-06" in page.url
    assert "until=2026-01-07" in page.url
    page.locator(".time-handle").nth(0).focus()
    page.keyboard.press("ArrowLeft")
    page.locator(".time-handle").nth(1).focus()
    page.keyboard.press("ArrowUp")
    settle(page)
    assert "since=2026-01-05" in page.url
    assert "until=2026-01-08" in page.url
    page.keyboard.press("Escape")
    settle(page)
    assert "since" not in page.url
    page.close()


def test_arrow_keys_follow_the_direction_of_reading(browser: Browser, dated: str) -> None:
    page = visit(browser, dated, "lang=ar&since=2026-01-05&until=2026-01-06")
    first, last = (page.locator(".time-handle").nth(i).bounding_box() for i in (0, 1))
    assert first is not None
    assert last is not None
    assert first["x"] > last["x"], "time runs from right to left"
    page.locator(".time-window").focus()
    page.keyboard.press("ArrowLeft")
    settle(page)
    assert "since=2026-01-06" in page.url
    page.close()


def test_presets_count_back_from_the_last_day(browser: Browser, dated: str) -> None:
    page = visit(browser, dated)
    for days, number in ((1, 1), (7, 7), (30, 31), (0, DAYS + 1)):
        page.locator(f'.time-presets [data-days="{days}"]').click()
        counts(page, number)
        expect(page.locator(f'.time-presets [data-days="{days}"]')).to_have_attribute("aria-pressed", "true")
    page.close()


def test_undated_events_are_counted_apart_and_kept_when_asked_for(browser: Browser, dated: str) -> None:
    page = visit(browser, dated, "lang=en&since=2026-02-01&until=2026-02-02")
    counts(page, 2)
    expect(page.locator(".time-undated")).to_contain_text("2 without a date")
    page.locator(".time-undated input").check()
    settle(page)
    counts(page, 2)
    expect(page.locator(".summary b")).to_have_text("4 of 43 events")
    assert "undated=True" in page.url
    page.close()


def test_figures_add_up(browser: Browser, dated: str) -> None:
    page = visit(browser, dated)
    expect(page.locator(".summary b")).to_have_text("43 events")
    expect(page.locator(".time-count")).to_have_text("41 dated events")
    expect(page.locator(".time-undated")).to_have_text("2 without a date")
    expect(page.locator(".st-key-panel")).to_have_text(
        re.compile(r"On the map \(43\).*No place \(0\).*No date \(2\)", re.DOTALL)
    )
    page.close()


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_last_day_is_that_of_the_last_event_not_of_the_axis(
    browser: Browser, tmp_path: Path, language: str
) -> None:
    source = article("انسحبت القوات.")
    filled(tmp_path / "events.db", (source, [located(source, date="2026-01-11")])).close()
    process, address = start_server(f"sqlite:///{tmp_path / 'events.db'}", tmp_path / "server.log")
    try:
        page = visit(browser, address, f"lang={language}")
        day = {"ar": "11 كانون الثاني", "en": "11 Jan"}[language]
        expect(page.locator(".time-range")).to_have_text(f"{day} 2026")
        expect(page.locator(".time-anchor")).to_contain_text(day)
        page.locator('.time-presets [data-days="1"]').click()
        counts(page, 1)
        settle(page)
        assert "since=2026-01-11" in page.url
        assert on_map(page) == 1
        page.locator('.time-presets [data-days="0"]').click()
        page.locator(".time-back").click()
        counts(page, 1)
        page.close()
    finally:
        stop_server(process)


@pytest.mark.parametrize("language", ["ar", "en"])
def test_words_on_the_axis_and_the_steps_run_with_the_language(browser: Browser, dated: str, language: str) -> None:
    page = visit(browser, dated, f"lang={language}&since=2026-01-05&until=2026-01-06")
    directions = page.locator(".time-axis span").evaluate_all("spans => spans.map(s => getComputedStyle(s).direction)")
    assert set(directions) == {"rtl" if language == "ar" else "ltr"}
    back, on = (page.locator(f".time-{name}").bounding_box() for name in ("back", "on"))
    assert back is not None
    assert on is not None
    assert (back["x"] > on["x"]) == (language == "ar")
    signs = [
        page.locator(f".time-{name}").evaluate("b => getComputedStyle(b, '::before').content")
        for name in ("back", "on")
    ]
    assert signs == ['"‹"', '"›"'], "brackets, which the direction of writing mirrors by itself"
    page.close()


def test_playing_walks_through_the_time_and_the_map_follows(browser: Browser, dated: str) -> None:
    page = visit(browser, dated, "lang=en&since=2026-01-01&until=2026-01-01")
    expect(page.locator(".st-key-panel")).to_be_visible()
    page.locator(".time-speed").click()
    page.locator(".time-speed").click()
    expect(page.locator(".time-speed")).to_have_text("4×")
    seen, pins = set(), set()
    page.locator(".time-play").click()
    for _ in range(12):
        seen.add(page.locator(".time-range").inner_text())
        pins.add(page.frame_locator(MAP).locator("[data-pin]").first.get_attribute("data-pin"))
        page.wait_for_timeout(150)
    assert len(seen) > 3
    assert len(pins) > 1, "the map goes along"
    assert "since=2026-01-01" in page.url, "the page is told when it stops"
    page.locator(".time-play").click()
    settle(page)
    assert "since=2026-01-01" not in page.url
    page.close()


def test_a_long_time_can_be_enlarged(browser: Browser, dated: str) -> None:
    page = visit(browser, dated, "lang=en&since=2026-01-12&until=2026-01-12")
    before = page.locator(".time-window").bounding_box()
    page.locator(".time-zoom").click()
    page.wait_for_timeout(300)
    after = page.locator(".time-window").bounding_box()
    assert before is not None
    assert after is not None
    assert after["width"] > 3 * before["width"]
    page.close()


def test_a_finger_brushes_too(browser: Browser, dated: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(f"{dated}/?lang=ar")
    expect(page.locator(".time-count[data-n]")).to_be_visible(timeout=WAIT)
    settle(page)
    box = page.locator(".time-chart").bounding_box()
    assert box is not None
    touch = page.context.new_cdp_session(page)
    at = [box["x"] + box["width"] * (1 - part / DAYS) for part in (10.2, 15, 19.8)]
    points = [{"x": x, "y": box["y"] + 30} for x in at]
    touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": points[:1]})
    for point in points[1:]:
        touch.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [point]})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    settle(page)
    counts(page, 11)
    assert "since=2026-01-11" in page.url
    context.close()


def test_a_slow_page_does_not_undo_what_the_visitor_did_meanwhile(browser: Browser, dated: str) -> None:
    page = visit(browser, dated)
    for part in (0.2, 0.4, 0.6, 0.8):
        drag(page, part, part + 0.1)
        page.wait_for_timeout(120)
    wanted = page.locator(".time-range").inner_text()
    settle(page)
    assert page.locator(".time-range").inner_text() == wanted
    page.close()
