"""What is known to a region only, in a real browser: drawn as its outline, "somewhere in here", never as a point."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from browser import start_server, stop_server
from playwright.sync_api import Browser, Locator, Page, expect
from sample_events import article, filled, located
from shapely import Point
from test_map import drawn, frame, inner, look, view
from test_time import MAP, counts, settle, visit

from geodata.gazetteer import default_gazetteer
from geodata.governorates import governorate_shapes

ALEPPO_CITY = (36.2021, 37.1343)
DAY = "2026-01-04"
FIELDS = {
    "aleppo": ("OCHA:SY02", "attack"),
    "idlib": ("OCHA:SY07", "arrest"),
    "west bank": ("region:west-bank", "arrest"),
    "halabja": ("adm1:IQ.19", "statement"),
    "syria": ("iso:SY", "agreement"),
}


def point(id_: str) -> tuple[float, float]:
    place = default_gazetteer().place(id_)
    assert place is not None
    assert place.latitude is not None
    assert place.longitude is not None
    return place.latitude, place.longitude


@pytest.fixture(scope="module")
def regional(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A page of events known to four governorates or regions and a country only, and 20 in the city of Aleppo."""
    folder = tmp_path_factory.mktemp("regional")
    source = article("قصف الطيران ريف حلب. اعتقل الأمن ثلاثة. سيطر الجيش على المدينة.")
    events = [
        located(source, "قصف الطيران", id=name, action=action, at=point(id_), place=name, precision=3, date=DAY)
        for name, (id_, action) in FIELDS.items()
    ]
    events += [
        located(
            source,
            "اعتقل الأمن",
            id="a2",
            action="attack",
            at=point("OCHA:SY02"),
            place="aleppo",
            precision=3,
            date=DAY,
        )
    ]
    events += [
        located(source, "سيطر الجيش", id=f"c{n}", action="take_control", at=ALEPPO_CITY, place="Aleppo", date=DAY)
        for n in range(20)
    ]
    filled(folder / "events.db", (source, events)).close()
    process, address = start_server(f"sqlite:///{folder / 'events.db'}", folder / "server.log")
    yield address
    stop_server(process)


def sign(page: Page, name: str) -> Locator:
    return frame(page).locator(f".pin[title*='Somewhere in {name}']")


def spot(page: Page, pin: Locator) -> tuple[float, float]:
    """Return longitude and latitude of the middle of a sign on the map."""
    box, outer = pin.bounding_box(), page.locator(MAP).bounding_box()
    assert box is not None
    assert outer is not None
    x, y = box["x"] + box["width"] / 2 - outer["x"], box["y"] + box["height"] / 2 - outer["y"]
    at = inner(page).evaluate(f"map.containerPointToLatLng([{x}, {y}])")
    return at["lng"], at["lat"]


def drawn_areas(page: Page) -> int:
    number: int = inner(page).evaluate("Object.keys(eventMap.state.canvas._layers || {}).length")
    return number


def move_to(page: Page, latitude: float, longitude: float) -> None:
    """Move the mouse to a spot of the map where no sign stands."""
    at = inner(page).evaluate(f"map.latLngToContainerPoint([{latitude}, {longitude}])")
    box = page.locator(MAP).bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + at["x"], box["y"] + at["y"], steps=3)


def click_ground(page: Page, latitude: float, longitude: float) -> None:
    move_to(page, latitude, longitude)
    page.mouse.down()
    page.mouse.up()
    settle(page)


def test_a_governorate_is_an_area_with_its_sign_on_the_border(browser: Browser, regional: str) -> None:
    page = visit(browser, regional, "lang=en")
    look(page, 36.1, 37.2, 8)
    expect(sign(page, "Aleppo")).to_have_attribute("data-n", "2")
    expect(sign(page, "Idlib")).to_have_attribute("data-n", "1")
    expect(frame(page).locator("[data-n='20']")).to_be_visible()
    aleppo = governorate_shapes()["OCHA:SY02"]
    assert aleppo.boundary.distance(Point(*spot(page, sign(page, "Aleppo")))) < 0.03, "its sign stands on the border"
    assert inner(page).evaluate("eventMap.state.reaches.getLayers().length") == 0, "no circle beside the outline"
    page.close()


def test_clicking_the_ground_of_a_governorate_opens_its_evidence_and_so_does_its_sign(
    browser: Browser, regional: str
) -> None:
    page = visit(browser, regional, "lang=en")
    look(page, 36.1, 37.2, 8)
    same = view(page)
    click_ground(page, 35.9, 37.6)
    expect(page.locator(".st-key-here")).to_contain_text("2 events")
    assert view(page) == same, "neither rebuilt nor moved"
    page.locator(".st-key-close button").click()
    settle(page)
    sign(page, "Idlib").focus()
    page.keyboard.press("Enter")
    settle(page)
    expect(page.locator(".st-key-here")).to_contain_text("1 event")
    sign(page, "Aleppo").click()
    settle(page)
    expect(page.locator(".st-key-here")).to_contain_text("2 events")
    page.close()


def test_ground_that_fills_the_view_and_that_of_a_country_is_no_button(browser: Browser, regional: str) -> None:
    page = visit(browser, regional, "lang=en")
    look(page, 36.1, 37.6, 12)
    click_ground(page, 36.1, 37.62)
    expect(page.locator(".st-key-here")).to_have_count(0)
    look(page, 34.5, 38.5, 7)
    click_ground(page, 34.2, 38.8)
    expect(page.locator(".st-key-here")).to_have_count(0)
    expect(sign(page, "Syria")).to_have_count(1)
    sign(page, "Syria").click()
    settle(page)
    expect(page.locator(".st-key-here")).to_contain_text("1 event")
    page.close()


def test_a_governorate_newer_than_the_outlines_stays_a_circle(browser: Browser, regional: str) -> None:
    page = visit(browser, regional, "lang=en")
    look(page, *point("adm1:IQ.19"), 9)
    circle = frame(page).locator("[data-pin]")
    expect(circle).to_have_count(1)
    expect(circle).to_have_attribute("title", re.compile("A governorate or region: somewhere in it"))
    assert inner(page).evaluate("eventMap.state.reaches.getLayers().length") == 1
    assert drawn_areas(page) == 0
    page.close()


def test_a_small_area_is_gathered_with_what_is_around_it(browser: Browser, regional: str) -> None:
    page = visit(browser, regional, "lang=en")
    look(page, 34, 38, 5)
    assert drawn_areas(page) == 1, "the country alone"
    assert drawn(page) == 26
    look(page, 36.1, 37.2, 7)
    assert drawn_areas(page) == 3, "Aleppo, Idlib and the country"
    page.close()


def test_a_filter_takes_an_area_away_and_brings_it_back(browser: Browser, regional: str) -> None:
    page = visit(browser, regional, "lang=en")
    look(page, 36.1, 37.2, 8)
    same = view(page)
    words = page.get_by_role("textbox", name="Words in the quote")
    words.fill("سيطر")
    page.keyboard.press("Enter")
    counts(page, 20)
    settle(page)
    expect(sign(page, "Aleppo")).to_have_count(0)
    assert drawn_areas(page) == 0
    words.fill("")
    page.keyboard.press("Enter")
    counts(page, 26)
    settle(page)
    expect(sign(page, "Aleppo")).to_have_count(1)
    assert view(page) == same
    page.close()


def test_a_link_to_a_governorate_shows_all_of_it(browser: Browser, regional: str) -> None:
    page = visit(browser, regional, "lang=en")
    look(page, 36.1, 37.2, 8)
    sign(page, "Aleppo").click()
    settle(page)
    pin = re.search(r"pin=\d+", page.url)
    assert pin is not None
    other = visit(browser, regional, f"lang=en&{pin[0]}")
    west, south, east, north = governorate_shapes()["OCHA:SY02"].bounds
    assert inner(other).evaluate(f"map.getBounds().contains([[{south}, {west}], [{north}, {east}]])")
    page.close()
    other.close()


LANGUAGES = {
    "ar, narrow": ("ar", {"width": 390, "height": 900}, "المحافظات (تقريبية)", "في موضع ما من حلب"),
    "ar, wide": ("ar", {}, "المحافظات (تقريبية)", "في موضع ما من حلب"),
    "en, narrow": ("en", {"width": 390, "height": 900}, "Governorates (coarse)", "Somewhere in Aleppo"),
    "en, dark": ("en", {"scheme": "dark"}, "Governorates (coarse)", "Somewhere in Aleppo"),
}


@pytest.mark.parametrize(("language", "size", "layer", "words"), LANGUAGES.values(), ids=LANGUAGES)
def test_borders_of_governorates_are_a_layer_at_the_zooms_where_they_help(
    browser: Browser, regional: str, language: str, size: dict[str, Any], layer: str, words: str
) -> None:
    page = visit(browser, regional, f"lang={language}", **size)
    look(page, 36.1, 37.2, 8)
    borders = frame(page).locator(".leaflet-borders-pane canvas")
    expect(borders).to_be_visible()
    expect(frame(page).locator(f".pin[title*='{words}']")).to_have_count(1)
    frame(page).locator(".leaflet-control-layers").hover()
    frame(page).get_by_text(layer).click()
    assert not inner(page).evaluate("map.hasLayer(eventMap.state.borders)")
    frame(page).get_by_text(layer).click()
    assert inner(page).evaluate("map.hasLayer(eventMap.state.borders)")
    for zoom in (4, 13):
        look(page, 36.1, 37.2, zoom)
        expect(borders).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1")
    assert page.outside == []  # type: ignore[attr-defined]
    page.close()


def test_hovering_a_sign_lights_its_area_and_hovering_the_area_names_it(browser: Browser, regional: str) -> None:
    page = visit(browser, regional, "lang=ar")
    look(page, 36.1, 37.2, 8)
    lit = "Math.max(...Object.values(eventMap.state.canvas._layers).map(layer => layer.options.fillOpacity))"
    before = inner(page).evaluate(lit)
    frame(page).locator(".pin[title*='حلب']").hover()
    assert inner(page).evaluate(lit) > before
    move_to(page, 35.9, 37.6)
    page.wait_for_timeout(300)
    expect(frame(page).locator(".somewhere")).to_contain_text("في موضع ما من حلب")
    page.close()
