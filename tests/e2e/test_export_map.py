"""The exported map page in a real browser, opened from a file: it works without a network, and no text ever runs."""

import json
import re
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from events.export import html_map
from events.row import MODALITIES, Row
from tests.export_rows import PLACED, TEXTS, UNPLACED, exported, hostile

NORTH = {"place": "Sheikh Maqsoud", "place_text": "الشيخ مقصود", "latitude": 36.2366, "longitude": 37.1529}
FAR = {"place": "Hasakah", "place_text": "الحسكة", "latitude": 36.5, "longitude": 40.75}
ROWS: list[Row] = [
    {**PLACED, "event_id": "a"},
    {**PLACED, "event_id": "b", "modality": "denied", "event_date": "2026-01-12"},
    {**PLACED, "event_id": "c", **NORTH, "event_date": "2026-01"},
    {**PLACED, "event_id": "d", **FAR, "event_date": "2026-02-03", "geo_precision": 2, "killed": None},
    {**PLACED, "event_id": "e", **FAR, "event_date": None, "source_url": "javascript:alert(1)"},
    {**UNPLACED, "event_id": "f"},
]

Open = Callable[..., Page]


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[Open]:
    """Return a function that opens the page of some rows; it must ask for nothing and complain of nothing."""
    contexts, asked, complaints = [], [], []

    def open_page(rows: list[Row] = ROWS, **options: Any) -> Page:
        file = tmp_path / "map.html"
        file.write_bytes(exported("html", rows))
        context = browser.new_context(**{"locale": "en-GB", "viewport": {"width": 1280, "height": 900}} | options)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("dialog", lambda dialog: complaints.append(dialog.message))
        page.goto(file.as_uri())
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert (set(asked), complaints) == ({(tmp_path / "map.html").as_uri()}, [])


def ids(page: Page) -> list[str]:
    return page.eval_on_selector_all("#cards .card", "cards => cards.map(card => card.dataset.id)")


def test_all_rows_are_there_newest_first_with_their_quotes(opened: Open) -> None:
    page = opened()
    expect(page.locator("#count")).to_have_text("6 reports")
    assert ids(page) == ["d", "b", "a", "c", "e"]
    expect(page.locator("#cards blockquote").first).to_have_text(PLACED["quote"])
    assert page.locator("#cards blockquote").first.evaluate("node => getComputedStyle(node).direction") == "rtl"


def test_a_pin_stands_for_each_place_and_counts_its_reports(opened: Open) -> None:
    page = opened()
    page.locator(".pin").first.wait_for()
    assert sorted(page.eval_on_selector_all(".pin", "pins => pins.map(pin => +pin.dataset.n)")) == [2, 3]
    names = page.eval_on_selector_all(".pin", "pins => pins.map(pin => pin.getAttribute('aria-label'))")
    assert sorted(names) == ["2 places, 3 reports", "Hasakah · الحسكة, 2 reports"]


def test_a_pin_of_two_places_opens_into_them_and_lists_their_reports(opened: Open) -> None:
    page = opened()
    page.get_by_label("2 places, 3 reports").click()
    expect(page.get_by_label("Ashrafieh · الأشرفية, 2 reports")).to_be_visible()
    expect(page.locator("#chosen h2")).to_have_text("2 places")
    assert ids(page) == ["b", "a", "c"]


def test_a_pin_is_chosen_and_left_with_the_keyboard(opened: Open) -> None:
    page = opened()
    page.get_by_label("Hasakah").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#chosen h2")).to_have_text("Hasakah · الحسكة")
    assert ids(page) == ["d", "e"]
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "Hasakah · الحسكة, 2 reports"
    page.keyboard.press("Escape")
    expect(page.locator("#chosen")).to_be_hidden()
    assert len(ids(page)) == 5


def test_days_narrow_the_rows_and_a_month_counts_for_all_of_its_days(opened: Open) -> None:
    page = opened()
    page.locator("#from").fill("2026-01-12")
    page.locator("#to").fill("2026-01-31")
    assert ids(page) == ["b", "c", "e"]
    page.locator("#undated").uncheck()
    assert ids(page) == ["b", "c"]
    expect(page.locator("#count")).to_have_text("2 of 6 reports")
    expect(page.locator("#unplaced")).to_be_hidden()  # its row has no date
    page.get_by_role("button", name="Show everything").click()
    assert len(ids(page)) == 5


def test_the_days_offered_are_the_first_and_the_last_of_the_rows(opened: Open) -> None:
    page = opened([{**PLACED, "event_date": "2026-02"}, {**PLACED, "event_date": "2026-01-30"}])
    assert (page.input_value("#from"), page.input_value("#to")) == ("2026-01-30", "2026-02-28")


def test_words_are_found_in_another_spelling(opened: Open) -> None:
    page = opened()
    page.locator("#search").fill("الحسكه")
    assert ids(page) == ["d", "e"]
    page.locator("#search").fill("nothing of the kind")
    expect(page.locator("#empty")).to_have_text("Nothing matches these choices.")


@pytest.mark.parametrize("modality", MODALITIES)
def test_what_is_not_told_as_having_happened_looks_so_on_map_and_card(opened: Open, modality: str) -> None:
    page = opened([{**PLACED, "modality": modality}])
    firm = modality in ("asserted", "claimed")
    expect(page.locator(".card")).to_have_class("card" if firm else "card soft")
    expect(page.locator(".card .badge")).to_have_text(re.compile("Stated|Claimed|Denied|Planned|Demanded|Hypothetical"))
    assert page.locator(".pin circle[stroke='#cf4a12']").count() == firm
    assert page.locator(".pin circle[stroke-dasharray='3 2.5']").count() == (not firm)


def test_a_modality_is_switched_off_and_on(opened: Open) -> None:
    page = opened()
    page.get_by_role("button", name="Denied 1").click()
    assert "b" not in ids(page)
    expect(page.get_by_role("button", name="Denied 1")).to_have_attribute("aria-pressed", "false")
    page.get_by_role("button", name="Denied 1").click()
    assert "b" in ids(page)


def test_rows_without_a_place_stand_in_a_list_of_their_own_with_the_reason(opened: Open) -> None:
    page = opened()
    page.get_by_text("Not on the map (1)").click()
    card = page.locator("#unplaced .card")
    expect(card).to_have_count(1)
    expect(card).to_contain_text(UNPLACED["quote"])
    expect(card).to_contain_text("no place named")


def test_a_point_that_only_stands_near_is_drawn_in_a_halo(opened: Open) -> None:
    page = opened([{**PLACED, "geo_precision": 2}])
    expect(page.locator(".pin circle[fill-opacity]")).to_have_count(1)
    expect(page.locator(".card")).to_contain_text("near it, or a part of a region")


def test_only_addresses_of_the_web_are_links(opened: Open) -> None:
    page = opened()
    links = page.eval_on_selector_all(".card a", "links => links.map(link => [link.href, link.rel])")
    assert links == [["https://example.org/1", "noopener noreferrer nofollow"]] * 4


def test_arabic_from_the_browser_and_by_the_button(opened: Open) -> None:
    page = opened(locale="ar-SY")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.locator("h1")).to_have_text("ما الذي ورد، وأين")
    expect(page.locator("#count")).to_have_text("٦ أخبار")
    expect(page.locator(".card header").first).to_contain_text("٣ شباط ٢٠٢٦")
    expect(page.locator(".card .counts").nth(1)).to_have_text("القتلى: ٣ · المفقودون: ١")
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("dir", "ltr")
    expect(page.locator(".card .counts").nth(1)).to_have_text("3 killed · 1 missing")


@pytest.mark.parametrize("locale", ["en-GB", "ar-SY"])
def test_on_a_telephone_nothing_sticks_out_and_a_pin_leads_to_its_reports(opened: Open, locale: str) -> None:
    page = opened(
        [*ROWS, hostile("ا" * 500), {**hostile("a" * 500), "event_date": "2026-02-03"}],
        viewport={"width": 390, "height": 844},
        locale=locale,
    )
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.locator(".pin").first.click()
    expect(page.locator("#chosen")).to_be_in_viewport()


def test_no_rows_are_a_page_that_says_so(opened: Open) -> None:
    page = opened([])
    expect(page.locator("#count")).to_have_text("0 reports")
    expect(page.locator("#empty")).to_be_visible()


def test_hostile_text_is_shown_as_it_is_and_never_runs(opened: Open) -> None:
    rows = [{**hostile(text), "event_id": title, "modality": "asserted"} for title, text in TEXTS.items()]
    rows += [{**UNPLACED, "quote": text, "place_text": text, "reason": text} for text in TEXTS.values()]
    page = opened(rows)
    page.locator(".pin").first.click()
    page.locator("#unplaced summary").click()
    expect(page.locator("blockquote button")).to_have_count(2)
    page.eval_on_selector_all("blockquote button", "all => all.forEach(button => button.click())")
    quotes = "all => all.map(node => [node.parentNode.dataset.id, node.textContent])"
    shown = page.eval_on_selector_all("#cards blockquote", quotes)
    assert dict(shown) == TEXTS
    listed = page.eval_on_selector_all("#unplaced blockquote", "all => all.map(node => node.textContent)")
    assert listed == list(TEXTS.values())
    assert page.evaluate("window.hacked") is None
    assert page.eval_on_selector_all("img, iframe, object, embed, link, base", "all => all.length") == 0
    assert page.eval_on_selector_all("script", "all => all.length") == 6
    assert page.eval_on_selector_all(".card a", "all => all.every(a => /^https?:/.test(a.href))")


def test_hostile_modalities_and_actions_are_text_too(opened: Open) -> None:
    text = TEXTS["markup that runs"]
    page = opened([{**PLACED, "modality": text, "action": text, "event_date": text, "language": text}])
    expect(page.locator(".card")).to_contain_text(text)
    assert page.evaluate("window.hacked") is None


def test_the_policy_forbids_what_is_not_the_page_itself(browser: Browser, tmp_path: Path) -> None:
    """Even if a text became markup: neither would it run nor could it tell anyone."""
    file = tmp_path / "map.html"
    file.write_bytes(exported("html", ROWS))
    with socket.create_server(("127.0.0.1", 0)) as server, browser.new_context() as context:
        server.settimeout(1)
        page = context.new_page()
        page.goto(file.as_uri())
        page.evaluate(
            """address => {
              const script = document.createElement("script");
              script.textContent = "window.hacked = 1";
              const image = new Image();
              image.src = address + "/pixel.png";
              document.body.append(script, image);
              document.body.insertAdjacentHTML("beforeend", `<img src="x" onerror="window.hacked = 2">
                <link rel="stylesheet" href="${address}/style.css">`);
            }""",
            address := f"http://127.0.0.1:{server.getsockname()[1]}",
        )
        assert page.evaluate("address => fetch(address).then(() => false, () => true)", address)
        with pytest.raises(TimeoutError):
            server.accept()
        assert page.evaluate("window.hacked") is None


def test_words_are_whole_and_all_of_them_are_used() -> None:
    words = html_map._words()
    script = (html_map.HTML / "page.js").read_text("utf-8") + (html_map.HTML / "page.html").read_text("utf-8")
    for key, forms in words.items():
        assert set(forms) == {"en", "ar"}, key
        stem = key.split(".")[0]
        assert f'"{key}"' in script or f'"{stem}."' in script, key
    assert {f"modality.{name}" for name in MODALITIES} <= set(words)
    assert {f"count.{name}" for name in html_map.COUNTS} <= set(words)


def test_a_row_that_ends_the_data_block_does_not() -> None:
    page = exported("html", [hostile("</script><script>x</script><!-- <script>")]).decode()
    assert len(re.findall(r"<script", page)) == len(re.findall(r"</script>", page)) == 6
    block = re.search(r'id="rows">(.*?)</script>', page, re.DOTALL)
    assert block is not None
    assert json.loads(block[1])["rows"][0][html_map.SHOWN.index("quote")] == "</script><script>x</script><!-- <script>"
