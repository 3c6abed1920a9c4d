"""The script as a whole, without a browser: Streamlit's AppTest runs it, and the map is seen by its arguments."""

import json
import re
import sqlite3
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import streamlit as st
import streamlit_folium
from sample_events import ASHRAFIEH, HOSTILE, SHEIKH_MAQSOUD, article, filled, located
from streamlit.testing.v1 import AppTest

from events.export import FORMATS, Options
from events.lexicon import LexiconError
from events.row import COLUMNS
from events.store import open_store
from events.stories.keeping import regroup
from views import loading
from views.card_list import PRESSED
from views.exporting import file
from views.filters import select
from views.labels import Words
from views.page import TABLES
from views.rows import NO_PIN, pin_numbers, prepare

ROOT = Path(__file__).parents[1]
LANGUAGES = ("ar", "en")


class Map:
    """Stands in the browser's place: keeps what is sent to it, and answers what a test puts into `report`."""

    def __init__(self) -> None:
        self.sent: dict[str, Any] = {}
        self.report: dict[str, Any] = {}

    def __call__(self, **arguments: Any) -> dict[str, Any]:
        self.sent = arguments
        return self.report

    @property
    def text(self) -> str:
        """Everything that reaches the browser's map."""
        return repr({name: value for name, value in self.sent.items() if name != "on_change"})


@pytest.fixture
def browser_map(monkeypatch: pytest.MonkeyPatch) -> Map:
    drawn = Map()
    monkeypatch.setattr(streamlit_folium, "_component_func", drawn)
    return drawn


@pytest.fixture(autouse=True)
def _fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    st.cache_resource.clear()
    monkeypatch.setattr(loading, "_reports", {})
    monkeypatch.setattr(loading, "SEEDS", ROOT / "tests" / "no such folder")


def page(language: str = "en", **query: str | list[str]) -> AppTest:
    app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60)
    for name, value in {"lang": language, **query}.items():
        app.query_params[name] = value
    return app.run()


def press(app: AppTest, do: str) -> None:
    """Press a button of the first card."""
    row = re.search(rf'data-do="{do}" data-row="(\d+)"', shown(app))
    assert row
    app.session_state[PRESSED] = (do, int(row[1]))
    app.run()


def shown(app: AppTest) -> str:
    """All HTML and text of the page."""
    kinds = (app.get("html"), app.caption, app.markdown, app.text)
    return "\n".join(str(getattr(e, "value", None) or e.proto.body) for elements in kinds for e in elements)


def with_store(monkeypatch: pytest.MonkeyPatch, path: Path, *events: tuple[Any, Any]) -> None:
    filled(path, *events).close()
    monkeypatch.setenv("EVENTS_DB", f"sqlite:///{path}")


@pytest.fixture
def two_places(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    source = article("انسحبت قسد من الأشرفية. سيطر الجيش على الشيخ مقصود. لم يصل أحد إلى القرية.")
    first, second, third = (f"{part}." for part in source.text.rstrip(".").split(". "))
    with_store(
        monkeypatch,
        tmp_path / "events.db",
        (
            source,
            [
                located(source, first, date="2026-01-10", actor="SDF", actor_text="قسد", place_text="الأشرفية"),
                located(source, second, action="take_control", at=SHEIKH_MAQSOUD, place="Sheikh Maqsoud"),
                located(source, second, action="take_control", at=SHEIKH_MAQSOUD, modality="planned"),
                located(source, third, action="return_home", at=None, modality="hypothetical"),
            ],
        ),
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_shows_map_and_quotes(two_places: None, browser_map: Map, language: str) -> None:
    app = page(language)
    assert not app.exception
    assert "انسحبت" in shown(app)
    assert ("direction: rtl" in shown(app)) == (language == "ar")


def test_narrowing_the_time_changes_nothing_of_the_map(two_places: None, browser_map: Map) -> None:
    app = page()
    before = dict(browser_map.sent)
    app.session_state["since"], app.session_state["until"] = date(2026, 1, 7), date(2026, 1, 8)
    app.run()
    assert not app.exception
    assert "انسحبت" not in shown(app)
    assert {**before, "on_change": None} == {**browser_map.sent, "on_change": None}


def test_undated_events_are_kept_when_asked_for(two_places: None, browser_map: Map) -> None:
    assert "على الشيخ مقصود" not in shown(page(since="2026-01-07", until="2026-01-08"))
    assert "على الشيخ مقصود" in shown(page(since="2026-01-07", until="2026-01-08", undated="True"))


def test_a_click_opens_the_place(two_places: None, browser_map: Map) -> None:
    pin = int(pin_numbers(*(pd.Series([value]) for value in SHEIKH_MAQSOUD))[0])
    app = page(pin=str(pin))
    assert "على الشيخ مقصود" in shown(app)
    assert "انسحبت" not in shown(app)
    assert f'"chosen": {pin}' in browser_map.sent["feature_group"]
    app.button(key="close").click().run()
    assert "انسحبت" in shown(app)


def test_planned_events_are_off_until_asked_for(two_places: None, browser_map: Map) -> None:
    app = page()
    assert "2 denied, planned or supposed" in shown(app)
    app.button(key="show_hidden").click().run()
    assert 'class="badge planned"' in shown(app)


def test_events_without_a_place_are_listed_with_the_reason(two_places: None, browser_map: Map) -> None:
    assert "أحد إلى القرية" not in shown(page(panel="unplaced")), (
        "supposed: counted as hidden, and shown when asked for"
    )
    app = page(panel="unplaced", modality=["hypothetical"])
    assert "not in gazetteer" in shown(app)
    assert "أحد إلى القرية" in shown(app)


def test_the_whole_article_opens_at_the_quote(two_places: None, browser_map: Map) -> None:
    app = page()
    press(app, "article")
    assert not app.exception
    assert '<mark class="quoted">انسحبت قسد من الأشرفية.</mark>' in shown(app)


@pytest.mark.parametrize("language", LANGUAGES)
def test_about_tells_method_limits_licences_and_every_column(browser_map: Map, language: str) -> None:
    app = page(language, view="about")
    assert not app.exception
    for told in ("GeoNames", "CC BY 4.0", *COLUMNS):
        assert told in shown(app)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table(two_places: None, browser_map: Map, language: str) -> None:
    app = page(language, view="table")
    assert not app.exception
    assert len(app.dataframe[0].value) == 2
    assert browser_map.sent["feature_group"], "the map stands below"
    app.selectbox(key="sort").select("actor").run()
    assert not app.exception


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_charts(two_places: None, browser_map: Map, language: str) -> None:
    app = page(language, view="charts")
    assert not app.exception
    assert len(app.get("vega_lite_chart")) == 2, "time and places; nobody is acted on"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_articles(two_places: None, browser_map: Map, language: str) -> None:
    app = page(language, view="articles")
    assert not app.exception
    assert app.dataframe[0].value.to_numpy().tolist()[0].count("عنوان") == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_story_is_split_and_put_together_again(
    browser_map: Map, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, language: str
) -> None:
    texts = ("انسحبت قسد من حي الأشرفية في حلب.", "قسد تنسحب من حي الأشرفية في حلب.")
    first, second = (article(text, id=f"a{number}", publisher=f"p{number}") for number, text in enumerate(texts))
    events = [(source, [located(source, actor="SDF", date="2026-01-10")]) for source in (first, second)]
    with_store(monkeypatch, tmp_path / "events.db", *events)
    regroup(open_store())
    app = page(language, view="stories")
    assert not app.exception
    assert shown(app).count('<article class="story">') == 1
    app.multiselect(key="parted_0").set_value([app.multiselect(key="parted_0").options[0]]).run()
    app.button(key="part_0").click().run()
    assert '<article class="story">' not in shown(app)
    app.button(key="undo_split_1").click().run()
    assert shown(app).count('<article class="story">') == 1
    assert not app.exception


def test_a_pasted_text_is_read_and_its_events_are_on_the_map(two_places: None, browser_map: Map) -> None:
    app = page(view="articles")
    app.segmented_control(key="way").set_value("text").run()
    app.text_area(key="add_text").input("انسحبت قسد من حي الشيخ مقصود في حلب.")
    app.button(key="FormSubmitter:add-Read and add").click().run()
    assert not app.exception
    assert "added: 1" in shown(app)
    assert "انسحبت قسد من حي الشيخ مقصود" in re.sub("<[^>]+>", "", shown(page()))


def test_nothing_to_add_says_so(two_places: None, browser_map: Map) -> None:
    app = page(view="articles")
    app.button(key="FormSubmitter:add-Read and add").click().run()
    assert app.warning[0].value == "There is nothing to add yet."


def test_a_page_for_reading_only_adds_nothing(
    two_places: None, browser_map: Map, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EVENTS_READ_ONLY", "1")
    assert not page(view="articles").expander


def test_the_download_counts_what_is_filtered(two_places: None, browser_map: Map) -> None:
    app = page(action=["control"], words="انسحبت")
    app.session_state["export"] = True
    app.run()
    assert app.get("download_button")[0].proto.label == "Save 1 event"


def test_a_download_holds_the_filtered_rows_and_no_others(two_places: None) -> None:
    store = open_store()
    rows = prepare(store.light())
    shown = select(rows, (rows["modality"] == "asserted").to_numpy())
    for name, kind in FORMATS.items():
        data = file(shown, store, name, Options(blur_m=1000.0))().read()
        assert data, name
        if kind.stream == "table":
            assert data.decode().count("انسحبت قسد من الأشرفية") == 1
            assert str(ASHRAFIEH[0]) not in data.decode()
    back = json.loads(file(shown, store, "geojson", Options())().read())
    assert len(back["features"]) == 2


def test_points_are_rounded_for_sharing(two_places: None, browser_map: Map, monkeypatch: pytest.MonkeyPatch) -> None:
    exact = loading.load(Words("en"))[1].rows
    rounded = loading.load(Words("en"), 1000.0)[1]
    placed = rounded.rows["pin"] != NO_PIN
    assert not set(exact["pin"]) & set(rounded.rows.loc[placed, "pin"])
    assert rounded.columns.blob != loading.load(Words("en"))[1].columns.blob
    assert not page(blur="true").exception
    monkeypatch.setenv("EVENTS_BLUR_M", "5000")
    app = page()
    app.session_state["options"] = True
    assert "rounds every point to cells of 5,000 m" in shown(app.run())


def test_the_notice_is_shown_until_it_is_read(two_places: None, browser_map: Map) -> None:
    app = page()
    assert "They may distress" in shown(app)
    app.button(key="notice_read").click().run()
    assert not [button for button in app.button if button.key == "notice_read"]


def test_filters_that_leave_nothing_say_which_one(two_places: None, browser_map: Map) -> None:
    app = page(words="دمشق")
    assert "Nothing matches" in shown(app)
    assert "Words in the quote" in shown(app)


def test_a_link_with_values_that_no_longer_exist_opens(two_places: None, browser_map: Map) -> None:
    app = page(actor=["Nobody"], pin="12", since="1999-01-01", until="1999-01-02", modality="odd")
    assert not app.exception


def test_what_narrows_the_page_goes_away_with_one_click(two_places: None, browser_map: Map) -> None:
    app = page(action=["control", "people"], words="انسحبت", confidence="0.5")
    assert {b.key for b in app.button if str(b.key).startswith("chip_")} == {
        "chip_action_0", "chip_action_1", "chip_words", "chip_confidence",
    }  # fmt: skip
    app.button(key="chip_action_1").click().run()
    assert app.session_state["action"] == ["control"]
    app.button(key="clear_chips").click().run()
    assert not [b for b in app.button if str(b.key).startswith("chip_")]
    app.button(key="undo").click().run()
    assert (app.session_state["action"], app.session_state["words"]) == (["control"], "انسحبت")
    assert not app.exception


def test_a_chip_shows_a_hostile_value_as_text(two_places: None, browser_map: Map) -> None:
    app = page(words="![pixel](https://evil.invalid/t.png)")
    assert "![" not in app.button(key="chip_words").label


# ---- what a visitor may find


def test_no_rows(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, browser_map: Map) -> None:
    with_store(monkeypatch, tmp_path / "events.db")
    app = page()
    assert not app.exception
    assert "There are no events yet" in shown(app)


def test_one_row(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, browser_map: Map) -> None:
    source = article()
    with_store(monkeypatch, tmp_path / "events.db", (source, [located(source)]))
    app = page()
    assert not app.exception
    assert "<b>1 event</b>" in shown(app)


def test_only_unplaced_rows(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, browser_map: Map) -> None:
    source = article()
    with_store(monkeypatch, tmp_path / "events.db", (source, [located(source, at=None)]))
    app = page()
    assert not app.exception
    assert "No event in this selection has a place" in shown(app)


def test_the_first_visit_builds_the_store(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, browser_map: Map) -> None:
    monkeypatch.setattr(loading, "SEEDS", ROOT / "seeds")
    monkeypatch.setenv("EVENTS_DB", f"sqlite:///{tmp_path / 'events.db'}")
    app = page()
    assert not app.exception
    assert "Ashrafieh" in shown(app)
    assert "Sheikh Maqsoud" in shown(app)


@pytest.mark.parametrize("what", ["another file", "a folder", "in a folder that is not there"])
def test_no_store_there(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, browser_map: Map, what: str) -> None:
    path = tmp_path / "events.db"
    if what == "another file":
        path.write_text("not a database, not at all")
    elif what == "a folder":
        path.mkdir()
    else:
        path = tmp_path / "none" / "events.db"
    monkeypatch.setenv("EVENTS_DB", f"sqlite:///{path}")
    app = page()
    assert not app.exception
    assert "cannot be read just now" in shown(app)


def test_a_word_list_that_does_not_load(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, browser_map: Map) -> None:
    def fails(*_: object) -> None:
        raise LexiconError("actions.yml: entry 3: duplicate term")

    monkeypatch.setattr(loading, "ingest", fails)
    with_store(monkeypatch, tmp_path / "events.db")
    app = page()
    assert not app.exception
    assert "actions.yml: entry 3: duplicate term" in shown(app)


def test_a_store_that_goes_away_and_comes_back(two_places: None, tmp_path: Path, browser_map: Map) -> None:
    app = page()
    kept = tmp_path / "events.db"
    other = sqlite3.connect(kept)
    other.execute("ALTER TABLE meta RENAME TO gone")
    other.commit()
    app.run()
    assert not app.exception
    assert "cannot be read just now" in shown(app)
    other.execute("ALTER TABLE gone RENAME TO meta")
    other.commit()
    other.close()
    app.run()
    assert "انسحبت" in shown(app)


def test_new_articles_show_without_a_restart(two_places: None, tmp_path: Path, browser_map: Map) -> None:
    app = page()
    assert "المساعدات إلى الأشرفية" not in shown(app)
    source = article("دخلت المساعدات إلى الأشرفية.", id="a2")
    filled(tmp_path / "events.db", (source, [located(source, action="other")])).close()
    app.run()
    assert "المساعدات إلى الأشرفية" in shown(app)


def test_a_store_being_written_can_be_read(two_places: None, tmp_path: Path, browser_map: Map) -> None:
    writer = sqlite3.connect(tmp_path / "events.db", isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    try:
        app = page()
        assert not app.exception
        assert "انسحبت" in shown(app)
    finally:
        writer.close()


# ---- hostile articles


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("view", ["map", "table", "charts", "stories", "articles"])
def test_a_hostile_article_is_text_and_never_reaches_the_map(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, browser_map: Map, language: str, view: str
) -> None:
    source = article(
        f"قصف {HOSTILE} الأشرفية", title=HOSTILE, publisher=HOSTILE, url="javascript:alert(1)", language=HOSTILE
    )
    words = dict.fromkeys(
        ("actor", "actor_text", "target", "target_text", "place", "place_text", "claim_source"), HOSTILE
    )
    event = located(source, **words)
    hidden = located(source, **words | {"at": None, "action": "attack"})
    with_store(monkeypatch, tmp_path / "events.db", (source, [event, hidden]))
    app = page(language, view=view, panel="evidence")
    assert not app.exception
    if view == "map":
        for piece in ("hacked", "evil", "7*191", "1337", "1351", "onerror", "gnp.exe", "\u202e", "قصف"):
            assert piece not in browser_map.text
        press(app, "article")
        assert app.get("html")
    for raw in ("<script", "<img src=x", 'javascript:alert(1)"', "1337", "1351"):
        assert raw not in shown(app).replace(TABLES, "")
    assert all("evil.invalid" not in element.value for element in (*app.markdown, *app.caption))


def test_the_filter_that_leaves_nothing_goes_away_with_one_click(two_places: None, browser_map: Map) -> None:
    app = page(action=["control"], words="دمشق")
    app.button(key="drop_empty").click().run()
    assert not app.exception
    assert (app.session_state["words"], app.session_state["action"]) == ("", ["control"])
    assert "انسحبت" in shown(app)
