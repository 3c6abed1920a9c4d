"""The map in a real browser: clusters that part, shapes by precision, layers, links; nothing asked of other servers."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from browser import start_server, stop_server
from playwright.sync_api import Browser, FrameLocator, Page, expect
from sample_events import ASHRAFIEH, SHEIKH_MAQSOUD, article, filled, located
from test_time import MAP, WAIT, counts, settle, visit

DAMASCUS = (33.5138, 36.2765)


@pytest.fixture(scope="module")
def placed(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A page of 70 events: 30 places near Aleppo, two quarters, one governorate, three spots that no zoom parts."""
    folder = tmp_path_factory.mktemp("placed")
    source = article("انسحبت القوات. سيطر الجيش. قصف الطيران. اعتقل الأمن.")
    day = date(2026, 1, 1)
    spread = [(36.0 + 0.02 * (n % 6), 37.0 + 0.02 * (n // 6)) for n in range(30)]
    events = [
        located(source, "انسحبت القوات", id=f"s{n}", at=at, place=f"P{n}", date=str(day + timedelta(days=n % 20)))
        for n, at in enumerate(spread * 2)
    ]
    events += [located(source, "سيطر الجيش", id="a", action="take_control", at=ASHRAFIEH, date="2026-01-02")]
    events += [
        located(
            source, "قصف الطيران", id=f"m{n}", action="attack", at=SHEIKH_MAQSOUD, confidence=0.3, date="2026-01-03"
        )
        for n in range(3)
    ]
    events += [located(source, "اعتقل الأمن", id="r", action="arrest", at=DAMASCUS, precision=3, date="2026-01-04")]
    tight = [(36.30001, 36.80), (36.30002, 36.80), (36.30003, 36.80)]
    events += [located(source, "قصف الطيران", id=f"t{n}", action="attack", at=at) for n, at in enumerate(tight)]
    filled(folder / "events.db", (source, events)).close()
    process, address = start_server(f"sqlite:///{folder / 'events.db'}", folder / "server.log")
    yield address
    stop_server(process)


def inner(page: Page) -> Any:
    found = page.locator(MAP).element_handle().content_frame()
    assert found is not None
    return found


def frame(page: Page) -> FrameLocator:
    return page.frame_locator(MAP)


def look(page: Page, latitude: float, longitude: float, zoom: int) -> None:
    """Move the map as a visitor does."""
    inner(page).evaluate(
        f"() => {{ eventMap.state.touched = true; map.setView([{latitude}, {longitude}], {zoom}, {{animate: false}}) }}"
    )
    settle(page)


def drawn(page: Page) -> int:
    numbers = frame(page).locator(".pin[data-n]").evaluate_all("pins => pins.map(pin => Number(pin.dataset.n))")
    return sum(numbers)


def view(page: Page) -> Any:
    return inner(page).evaluate(
        "() => { window.same = window.same || Math.random();"
        "return [window.same, map.getCenter().lat, map.getCenter().lng, map.getZoom()] }"
    )


def test_clusters_part_into_pins_and_lose_nothing(browser: Browser, placed: str) -> None:
    page = visit(browser, placed)
    look(page, 35, 37, 6)
    clusters = frame(page).locator("[data-places]")
    expect(clusters.first).to_be_visible()
    assert drawn(page) == 68
    before = inner(page).evaluate("map.getZoom()")
    clusters.first.click()
    settle(page)
    assert inner(page).evaluate("map.getZoom()") > before
    look(page, 36.06, 37.04, 12)
    expect(frame(page).locator("[data-pin]")).to_have_count(30)
    page.close()


def test_a_filter_neither_rebuilds_nor_moves_the_map(browser: Browser, placed: str) -> None:
    page = visit(browser, placed)
    look(page, 36.06, 37.04, 11)
    before = view(page)
    page.get_by_role("textbox", name="Words in the quote").fill("الجيش")
    page.keyboard.press("Enter")
    counts(page, 1)
    settle(page)
    assert view(page) == before
    page.get_by_role("textbox", name="Words in the quote").fill("")
    page.keyboard.press("Enter")
    counts(page, 65)  # and three without a date
    page.locator('.time-presets [data-days="7"]').click()
    settle(page)
    assert view(page) == before
    page.close()


def test_fit_brings_all_results_into_sight(browser: Browser, placed: str) -> None:
    page = visit(browser, placed)
    look(page, 20, 10, 9)
    assert drawn(page) == 0
    frame(page).locator(".fit").click()
    settle(page)
    assert drawn(page) == 68
    page.close()


def test_shapes_tell_how_precise_a_place_is(browser: Browser, placed: str) -> None:
    page = visit(browser, placed)
    look(page, *ASHRAFIEH, 14)
    quarter = frame(page).locator("[data-pin][title*='neighbourhood' i]").first
    expect(quarter).to_be_visible()
    assert quarter.locator("circle").count() >= 2, "a quarter has a ring"
    look(page, *DAMASCUS, 9)
    region = frame(page).locator("[data-pin]")
    expect(region).to_have_count(1)
    expect(region).to_have_attribute("title", re.compile("governorate"))
    assert inner(page).evaluate("eventMap.state.reaches.getLayers().length") == 1, "drawn as an area"
    box, middle = region.bounding_box(), inner(page).evaluate(f"map.latLngToContainerPoint({list(DAMASCUS)}).y")
    outer = page.locator(MAP).bounding_box()
    assert box is not None
    assert outer is not None
    assert box["y"] + box["height"] / 2 - outer["y"] < middle - 60, "its sign stands on the edge, not on a false point"
    page.close()


def test_what_is_less_sure_is_paler(browser: Browser, placed: str) -> None:
    page = visit(browser, placed)
    look(page, 36.232, 37.15, 15)
    shown = frame(page).locator("[data-pin]")
    expect(shown).to_have_count(2)
    faint = "nodes => Math.min(...nodes.map(node => node.getAttribute('fill-opacity')))"
    opacity = {pin.get_attribute("data-n"): pin.locator("[fill-opacity]").evaluate_all(faint) for pin in shown.all()}
    assert opacity["3"] < 0.65 < opacity["1"]
    page.close()


def test_places_that_no_zoom_parts_fan_out(browser: Browser, placed: str) -> None:
    page = visit(browser, placed)
    look(page, 36.30002, 36.80, 18)
    cluster = frame(page).locator("[data-places='3']")
    cluster.click()
    settle(page)
    expect(frame(page).locator("[data-pin]")).to_have_count(3)
    frame(page).locator("[data-pin]").first.click()
    settle(page)
    expect(page.locator(".st-key-here h2")).to_be_visible()
    page.close()


def test_the_map_is_reached_and_opened_by_keyboard(browser: Browser, placed: str) -> None:
    page = visit(browser, placed)
    look(page, *SHEIKH_MAQSOUD, 15)
    pin = frame(page).locator("[data-n='3']")
    assert "3 events" in (pin.get_attribute("aria-label") or "")
    pin.focus()
    page.keyboard.press("Enter")
    settle(page)
    expect(page.locator(".st-key-here")).to_contain_text("3 events")
    page.close()


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_link_restores_view_period_and_choice(browser: Browser, placed: str, language: str) -> None:
    page = visit(browser, placed, f"lang={language}")
    page.locator('.time-presets [data-days="30"]').click()
    settle(page)
    look(page, *SHEIKH_MAQSOUD, 13)
    frame(page).locator("[data-n='3']").click()
    settle(page)
    page.locator(".copy-link").click()
    page.wait_for_timeout(300)
    link = page.locator(".copy-link").get_attribute("data-copied") or ""
    assert link == page.url
    assert "at=36.2366_37.1529_13" in link
    other = visit(browser, placed, link.split("?")[1])
    assert view(other)[1:] == pytest.approx([36.2366, 37.1529, 13], abs=1e-3)
    expect(other.locator(".st-key-here h2")).to_have_text(page.locator(".st-key-here h2").inner_text())
    assert other.locator(".time-range").inner_text() == page.locator(".time-range").inner_text()
    for opened in (page, other):
        assert opened.outside == []  # type: ignore[attr-defined]
        opened.close()


def test_back_goes_from_choice_to_choice_and_not_from_pan_to_pan(browser: Browser, placed: str) -> None:
    page = visit(browser, placed)
    look(page, *SHEIKH_MAQSOUD, 13)
    frame(page).locator("[data-n='3']").click()
    settle(page)
    look(page, *DAMASCUS, 8)
    look(page, *DAMASCUS, 9)
    assert "pin=" in page.url
    page.go_back()
    settle(page)
    assert "pin=" not in page.url
    expect(page.locator(".st-key-here")).to_have_count(0)
    assert view(page)[1:] == pytest.approx([36.2366, 37.1529, 13], abs=1e-3), "and the map looks where it looked then"
    page.close()


def test_back_shows_again_what_a_search_left_out(browser: Browser, placed: str) -> None:
    page = visit(browser, placed)
    before = view(page)[3]
    page.get_by_role("textbox", name="Words in the quote").fill("الجيش")
    page.keyboard.press("Enter")
    settle(page)
    frame(page).locator(".fit").click()
    settle(page)
    assert (view(page)[3], drawn(page)) == (14, 1)
    page.go_back()
    settle(page)
    settle(page)
    assert (view(page)[3], drawn(page)) == (before, 68)
    page.close()


def test_a_map_without_a_pin_in_sight_leads_back_to_them(browser: Browser, placed: str) -> None:
    page = visit(browser, placed)
    look(page, 20, 10, 9)
    frame(page).get_by_role("button", name="outside this part").click()
    settle(page)
    assert drawn(page) == 68
    expect(frame(page).get_by_role("button", name="outside this part")).to_be_hidden()
    page.close()


def test_the_view_outlasts_a_change_of_view(browser: Browser, placed: str) -> None:
    page = visit(browser, placed)
    look(page, 36.06, 37.04, 11)
    page.get_by_role("radio", name="Charts").click()
    settle(page)
    page.get_by_role("radio", name="Map").click()
    expect(frame(page).locator(".pin").first).to_be_visible(timeout=WAIT)
    settle(page)
    assert view(page)[1:] == pytest.approx([36.06, 37.04, 11], abs=1e-3)
    page.close()


def test_online_layers_are_asked_for_only_when_chosen_and_give_way_when_they_do_not_answer(
    browser: Browser, placed: str
) -> None:
    page = visit(browser, placed, "lang=en")
    assert page.outside == []  # type: ignore[attr-defined]
    frame(page).locator(".leaflet-control-layers").hover()
    expect(frame(page).get_by_text("Neighbourhoods (approximate)")).to_be_visible()
    frame(page).get_by_text("Streets (OpenStreetMap, online)").click()
    expect(frame(page).locator(".note")).to_contain_text("did not answer")
    assert {url.split("/")[2] for url in page.outside} == {"tile.openstreetmap.org"}  # type: ignore[attr-defined]
    assert inner(page).evaluate("map.hasLayer(eventMap.state.land)")
    page.close()
