"""Filters, table, charts, stories, articles, downloads and access, as a visitor meets them; and a hostile article."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from browser import open_page, start_server, stop_server
from PIL import Image
from playwright.sync_api import Browser, Frame, Page, expect
from sample_events import HOSTILE, SHEIKH_MAQSOUD, article, filled, located
from test_page import MAP, WAIT, map_state, settle

from events.store import open_store
from events.stories.keeping import regroup

VIEWS = ("map", "table", "charts", "stories", "articles", "about")
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def told(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A page of three articles: two tell one event, the third is hostile in every field."""
    folder = tmp_path_factory.mktemp("told")
    words = {"actor": "SDF", "target": "civilians", "place_text": "الأشرفية", "date": "2026-01-10"}
    first = article("قتلت قسد ثلاثة مدنيين في حي الأشرفية.", id="a1", publisher="p1", url="https://example.org/1")
    second = article("قسد تقتل خمسة مدنيين في حي الأشرفية.", id="a2", publisher="p2")
    third = article("سيطر الجيش على الشيخ مقصود.", id="a3")
    hostile = article(f"قصف {HOSTILE} الأشرفية", id="a4", title=HOSTILE, publisher=HOSTILE, url="javascript:alert(1)")
    named = dict.fromkeys(
        ("actor", "actor_text", "target", "target_text", "place", "place_text", "claim_source"), HOSTILE
    )
    store = filled(
        folder / "events.db",
        (first, [located(first, action="attack", counts={"killed": 3}, **words)]),
        (second, [located(second, action="attack", counts={"killed": 5}, claim_source="SOHR", **words)]),
        (
            third,
            [located(third, action="take_control", at=SHEIKH_MAQSOUD, place="Sheikh Maqsoud", actor="Syrian army")],
        ),
        (hostile, [located(hostile, action="attack", **named), located(hostile, at=None, **named | {"place": None})]),
    )
    regroup(store)
    store.close()
    process, address = start_server(f"sqlite:///{folder / 'events.db'}", folder / "server.log")
    yield address
    stop_server(process)


def visit(browser: Browser, site: str, query: str, **size: Any) -> Page:
    page = open_page(browser, **size)
    page.goto(f"{site}/?{query}")
    expect(page.locator(".st-key-head h1")).to_be_visible(timeout=WAIT)
    settle(page)
    return page


def summary(page: Page) -> str:
    return page.locator(".summary b").inner_text()


def test_filters_by_keyboard_chips_and_the_way_back(browser: Browser, told: str) -> None:
    page = visit(browser, told, "lang=en")
    before = map_state(page)
    page.get_by_role("combobox", name="Action").focus()
    page.keyboard.type("Forces and")
    page.keyboard.press("Enter")
    settle(page)
    assert summary(page) == "2 of 5 events"
    chip = page.locator(".st-key-chip_action_0 button").first
    expect(chip).to_contain_text("Forces and control")
    page.locator(".st-key-words input").fill("دمشق")
    page.keyboard.press("Enter")
    settle(page)
    expect(page.locator(".empty")).to_contain_text("Words in the quote")
    page.locator(".st-key-drop_empty button").click()
    settle(page)
    chip.click()
    settle(page)
    assert summary(page) == "5 events"
    assert map_state(page)["since"] == before["since"], "the map was not rebuilt"
    page.close()


def test_a_row_of_the_table_moves_the_map(browser: Browser, told: str) -> None:
    page = visit(browser, told, "lang=en&view=table&actor=Syrian+army")
    expect(page.frame_locator(MAP).locator(".pin").first).to_be_visible(timeout=WAIT)
    page.locator(".dvn-scroller").first.click(position={"x": 18, "y": 54})
    settle(page)
    assert "pin=" in page.url
    centre = map_state(page)["center"]
    assert abs(centre["lat"] - SHEIKH_MAQSOUD[0]) < 0.01
    assert page.locator(".card blockquote").first.inner_text() == "سيطر الجيش على الشيخ مقصود."
    page.close()


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_table_begins_with_its_first_column(browser: Browser, told: str, language: str) -> None:
    page = visit(browser, told, f"lang={language}&view=table", width=390, height=844)
    scroller = page.locator(".dvn-scroller").first
    expect(scroller).to_be_visible(timeout=WAIT)
    left, right = scroller.evaluate("s => [s.scrollLeft, s.scrollWidth - s.clientWidth - s.scrollLeft]")
    assert (right if language == "ar" else left) <= 1
    assert (left if language == "ar" else right) > 100
    page.close()


def test_a_bar_of_a_chart_narrows_the_page(browser: Browser, site: str) -> None:
    page = visit(browser, site, "lang=en&view=charts")
    page.locator(".st-key-box_places").scroll_into_view_if_needed()  # a chart is drawn when it comes into sight
    chart = page.locator('.st-key-box_places [data-testid="stVegaLiteChart"] :is(canvas, svg)')
    expect(chart).to_be_visible(timeout=WAIT)
    for y in range(6, 60, 9):  # where the one bar stands depends on the font
        if "place_id" not in page.url:
            chart.click(position={"x": 260, "y": y})
            settle(page)
    assert "place_id=" in page.url
    page.close()


def test_a_story_from_its_card(browser: Browser, told: str) -> None:
    page = visit(browser, told, "lang=ar&actor=SDF")
    page.locator('.card-tools [data-do="story"]').first.click()
    story = page.locator(".story")
    expect(story).to_be_visible(timeout=WAIT)
    expect(story.locator(".asserting")).to_contain_text("المرصد السوري لحقوق الإنسان")
    expect(story.locator(".ranges")).to_contain_text("3–5")
    page.close()


def test_a_file_is_added_and_read(browser: Browser, tmp_path: Path) -> None:
    process, address = start_server(f"sqlite:///{tmp_path / 'events.db'}", tmp_path / "server.log")
    try:
        page = visit(browser, address, "lang=en&view=articles")
        page.locator('[data-testid="stExpander"] summary').first.click()
        file = {"name": "today.txt", "mimeType": "text/plain", "buffer": "انسحبت قسد من حي الأشرفية في حلب.".encode()}
        page.locator('input[type="file"]').set_input_files(file)
        page.get_by_role("button", name="Read and add").click()
        expect(page.get_by_text("added: 1")).to_be_visible(timeout=WAIT)
        page.get_by_role("tab", name="What became of sources").click()
        expect(page.locator(".st-key-fates canvas, [data-testid=stDataFrame] canvas").last).to_be_visible()
        assert open_store(f"sqlite:///{tmp_path / 'events.db'}").search("الاشرفيه").size
        page.close()
    finally:
        stop_server(process)


def test_downloads_hold_what_is_filtered(browser: Browser, told: str) -> None:
    page = visit(browser, told, "lang=en&actor=SDF")
    page.locator(".st-key-export button").first.click()
    save = page.get_by_role("button", name="Save 2 events")
    with page.expect_download() as got:
        save.click()
    lines = got.value.path().read_text(encoding="utf-8").splitlines()
    assert len(lines) == 1 + 2
    page.keyboard.press("Escape")
    page.locator(".st-key-picture button").click()
    picture = page.frame_locator('[role="dialog"] iframe')
    with page.expect_download() as got:
        picture.locator("button").click()
    image = Image.open(io.BytesIO(got.value.path().read_bytes()))
    assert (image.format, image.size) == ("PNG", (1600, 1200))
    assert len(image.convert("RGB").getcolors(1 << 20) or ()) > 50, "it is not blank"
    page.close()


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_hostile_article_is_text_in_every_view(browser: Browser, told: str, language: str) -> None:
    page = open_page(browser)
    for view in VIEWS:
        page.goto(f"{told}/?lang={language}&view={view}&panel=unplaced")
        expect(page.locator(".st-key-head h1")).to_be_visible(timeout=WAIT)
        settle(page)
        if view == "map":
            page.locator(".st-key-picture button").click()
            expect(page.frame_locator('[role="dialog"] iframe').locator("svg")).to_be_visible(timeout=WAIT)
            assert page.frames[-1].evaluate("window.hacked") is None
        for inner in page.frames:
            assert inner.evaluate("window.hacked") is None, view
        assert page.locator('a[href^="javascript"], img[src*="evil"]').count() == 0
    assert not [url for url in page.outside if "evil" in url]  # type: ignore[attr-defined]
    page.close()


def serious(frame: Frame) -> list[str]:
    frame.evaluate(AXE)
    found = frame.evaluate("axe.run()")["violations"]
    return [
        f"{problem['id']}: {node['html'][:200]} {node['failureSummary'][:200]}"
        for problem in found
        if problem["impact"] in ("serious", "critical")
        for node in problem["nodes"]
    ]


@pytest.mark.parametrize(
    ("language", "scheme", "width"), [("ar", "dark", 1400), ("en", "light", 1400), ("ar", "light", 390)]
)
def test_axe_finds_no_serious_problem(
    browser: Browser, told: str, tmp_path: Path, language: str, scheme: str, width: int
) -> None:
    page = open_page(browser, scheme=scheme, width=width)
    for view in VIEWS:
        page.goto(f"{told}/?lang={language}&view={view}")
        expect(page.locator(".st-key-head h1")).to_be_visible(timeout=WAIT)
        settle(page)
        if view in ("map", "table"):  # what they are called comes with the first rows
            expect(page.locator(".time-window[aria-valuenow]")).to_be_attached(timeout=WAIT)
            expect(page.frame_locator(MAP).locator(".fit[aria-label], .fit[title]")).to_be_attached(timeout=WAIT)
        elif view in ("charts", "stories"):
            expect(page.locator(".time-window[aria-valuenow]")).to_be_attached(timeout=WAIT)
        page.screenshot(path=tmp_path / f"{view}-{language}-{scheme}-{width}.png", full_page=True)
        for frame in page.frames:
            assert serious(frame) == [], f"{view} {frame.name}"
        assert page.evaluate("document.scrollingElement.scrollWidth") <= width, view
    page.close()
