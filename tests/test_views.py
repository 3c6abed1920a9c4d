"""The drawing functions: rows in, drawing out."""

import ast
import dataclasses
import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import get_args
from xml.etree import ElementTree as ET

import numpy as np
import pandas as pd
import pytest
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as some
from sample_events import ASHRAFIEH, HOSTILE, SHEIKH_MAQSOUD, article, located, rows_of

from events.export import FORMATS
from events.ingest.document import NOT_READ
from events.lexicon import LANGUAGES as LANGUAGES_OF_TEXTS
from events.lexicon import load_yaml
from events.ontology import load_actions
from events.row import COUNTS
from events.schema import ActorEntry, InstitutionEntry, NounEntry
from events.stories.claims import Stance
from events.stories.evidence import Kind
from geodata.gazetteer import default_gazetteer
from views import names
from views.about import PARTS
from views.adding import FATES, WAYS
from views.address import Address, read_address, write_address
from views.assets import ensure_assets
from views.blur import blurred
from views.charts import over_time, pairs, ranked, time_chart, told
from views.columns import LEVELS
from views.controls import VIEWS
from views.event_map import clicked
from views.event_table import COLUMNS, PAGE, SORTED, Order, in_order, in_words
from views.evidence import ROLES, card_html, cards
from views.facets import SETS, facets_of
from views.families import families, family_of
from views.filter_panel import MODALITIES, typed
from views.filters import Filter, Selection, masks, select
from views.graphic import is_graphic
from views.labels import LANGUAGES, Words, load_labels
from views.legend import SHAPES
from views.panel import PANELS
from views.picture import picture
from views.quote_words import number_marks, speaker_in, trigger_of
from views.reasons import is_known, reason_in_words
from views.rows import NO_PIN, newest_first, pin_numbers, prepare
from views.source_text import Mark, article_html, find_marks, label, laid_over, marked, safe_link
from views.stories import SHOWN, story_codes
from views.story_html import story_html
from views.time_bar import MAP_WORDS
from views.timeline import Span, span_of
from views.trees import actions_of, place_tree
from views.why import SPEECH, why, why_html

ROOT = Path(__file__).parents[1]
EN, AR = Words("en"), Words("ar")
_LISTS = LANGUAGES_OF_TEXTS / "ar"


@pytest.fixture(scope="session")
def served() -> None:
    """The served folder, whole."""
    ensure_assets()


@pytest.fixture
def rows(tmp_path: Path) -> pd.DataFrame:
    """Seven events: dated, undated, a month, a span of days, denied, unplaced."""
    source = article("قصف الجيش الأشرفية. انسحبت قسد من الشيخ مقصود. نفى الجيش القصف.")
    first, second, third = (f"{part}." for part in source.text.rstrip(".").split(". "))
    return newest_first(
        prepare(
            rows_of(
                tmp_path,
                located(source, first, action="attack", date="2026-01-10", actor="Syrian army", actor_text="الجيش"),
                located(source, first, action="attack", date="2026-01-10", at=SHEIKH_MAQSOUD, place="Sheikh Maqsoud"),
                located(source, second, date="2026-01-03", until="2026-01-08", at=SHEIKH_MAQSOUD, actor="SDF"),
                located(source, second, date="2025-12", at=SHEIKH_MAQSOUD, actor="SDF"),
                located(source, second, at=SHEIKH_MAQSOUD, actor="SDF", confidence=0.4),
                located(source, third, action="attack", modality="denied", date="2026-01-10"),
                located(source, third, action="statement", at=None, date="2026-01-11", place_text="قرية مجهولة"),
                source=source,
            )
        )
    )


# ---- rows


def test_newest_first_and_undated_last(rows: pd.DataFrame) -> None:
    days = rows["event_date"].tolist()
    assert days[0] == "2026-01-11"
    assert pd.isna(days[-1])


def test_a_month_counts_from_its_first_to_its_last_day(rows: pd.DataFrame) -> None:
    month = rows.loc[rows["event_date"] == "2025-12"].iloc[0]
    assert (month["first_day"], month["last_day"]) == (pd.Timestamp("2025-12-01"), pd.Timestamp("2025-12-31"))


def test_no_rows_are_ready_too(tmp_path: Path) -> None:
    ready = prepare(rows_of(tmp_path))
    assert ready.empty
    assert span_of(ready) is None


@given(some.floats(-90, 90), some.floats(-180, 180))
def test_a_pin_number_is_exact_in_a_browser_and_stands_for_one_place(latitude: float, longitude: float) -> None:
    there = pin_numbers(pd.Series([latitude]), pd.Series([longitude]))[0]
    assert 0 <= there < 2**53
    north, east = divmod(int(there), 2**26)
    assert abs(north / 1e5 - 90 - latitude) <= 1e-5
    assert abs(east / 1e5 - 180 - longitude) <= 1e-5


def test_no_coordinates_no_pin() -> None:
    assert pin_numbers(pd.Series([np.nan, 1.0]), pd.Series([1.0, np.nan])).tolist() == [NO_PIN, NO_PIN]


# ---- filters


@pytest.mark.parametrize(
    ("title", "wanted", "number"),
    [
        ("untouched: all but what is denied", {}, 6),
        ("with denials", {"modality": ("asserted", "denied")}, 7),
        ("one day leaves undated events out", {"period": (date(2026, 1, 10), date(2026, 1, 10))}, 2),
        ("one day and undated events", {"period": (date(2026, 1, 10), date(2026, 1, 10)), "undated": True}, 3),
        ("inside a span of days", {"period": (date(2026, 1, 5), date(2026, 1, 6))}, 1),
        ("inside a month", {"period": (date(2025, 12, 20), date(2025, 12, 21))}, 1),
        ("between events", {"period": (date(2026, 1, 1), date(2026, 1, 2))}, 0),
        ("an action", {"chosen": {"action": ("withdraw",)}}, 3),
        ("two filters together", {"chosen": {"action": ("withdraw", "attack"), "actor": ("SDF",)}}, 3),
        ("least confidence", {"confidence": 0.5}, 5),
    ],
)
def test_filter(rows: pd.DataFrame, title: str, wanted: dict[str, object], number: int) -> None:
    assert masks(facets_of(rows), Filter(**{"chosen": {}} | wanted)).all().sum() == number, title


def test_a_filter_counts_what_each_value_would_show(rows: pd.DataFrame) -> None:
    found = masks(facets_of(rows), Filter({"action": ("withdraw",)}))

    def counts(column: str) -> dict[str, int]:
        return dict(zip(found.facets[column].values, found.counts(column).tolist(), strict=True))

    assert counts("action") == {"withdraw": 3, "attack": 2, "statement": 1}
    assert counts("actor")["SDF"] == 3
    assert counts("actor")["Syrian army"] == 0


def test_the_filter_that_leaves_nothing_is_named(rows: pd.DataFrame) -> None:
    assert masks(facets_of(rows), Filter({}), np.zeros(len(rows), bool)).emptied_by() == "words"
    assert masks(facets_of(rows), Filter({})).emptied_by() is None


# ---- levels to choose from


def test_a_family_stands_for_its_actions(rows: pd.DataFrame) -> None:
    tree = actions_of(tuple(rows["action"].cat.categories), EN)
    assert set(tree.values(["force", "withdraw"])) == {"attack", "withdraw"}
    totals = tree.totals(np.array([{"attack": 2, "withdraw": 3}.get(action, 0) for action in tree.values_held]))
    assert dict(zip(tree.nodes, totals.tolist(), strict=True)) == {
        "force": 2, "attack": 2, "control": 3, "withdraw": 3, "talks": 0, "statement": 0,
    }  # fmt: skip
    assert tree.ordered(totals, 3, ["statement"]) == [
        "control", "withdraw", "force", "talks", "statement",
    ]  # fmt: skip


def test_a_quarter_lies_in_its_city_governorate_and_country(tmp_path: Path) -> None:
    places = default_gazetteer().all_places()
    quarter = next(p for p in places if p.name == "Sheikh Maqsoud" and p.parent == "Aleppo")
    city = next(p for p in places if p.name == "Aleppo" and p.precision == "city")
    source = article()
    one = located(source, place="Sheikh Maqsoud")
    match = dataclasses.replace(one.match, place=quarter) if one.match else None
    tree = place_tree(prepare(rows_of(tmp_path, dataclasses.replace(one, match=match), source=source)))
    assert [tree.nodes[key].name for key in (*tree.nodes[quarter.id].path, quarter.id)] == [
        "Syria", "Aleppo", "Aleppo", "Sheikh Maqsoud",
    ]  # fmt: skip
    assert tree.nodes[quarter.id].named(AR) == "الشيخ مقصود"
    for level in ("SY", "SY/Aleppo", city.id, quarter.id):
        assert tree.values([level]) == (quarter.id,)


@pytest.mark.parametrize(
    ("text", "value"),
    [("SDF", ["SDF"]), ("قسد", []), ("الديموقراطيه", []), ("الديمقراطيه", ["SDF"]), ("army", ["Iraqi army"]), ("", [])],
)
def test_what_is_typed_becomes_a_known_value(text: str, value: list[str]) -> None:
    spelt = {name: (name, names.actor(name, AR)) for name in ("SDF", "Syrian army", "Iraqi army")}
    assert typed(text, spelt) == value


@pytest.mark.parametrize(
    ("english", "arabic"),
    [
        ("SDF", "قوات سوريا الديمقراطية"),
        ("Syrian army", "الجيش السوري"),
        ("Lebanese Health Ministry", "وزارة الصحة اللبنانية"),
        ("Aleppo governor", "محافظ حلب"),
        ("wounded; civilians", "جرحى؛ مدنيون"),
        ("Nobody's Brigade", "Nobody's Brigade"),
        ("army", "الجيش"),
        ("security forces", "قوات الأمن"),
        ("Syrian Ministry of Transport", "وزارة النقل السورية"),
    ],
)
def test_parties_have_names_in_both_languages(english: str, arabic: str) -> None:
    assert (names.actor(english, AR), names.actor(english, EN)) == (arabic, english)


def test_names_chosen_by_hand_are_those_of_parties_that_rows_can_have() -> None:
    entries = (*load_yaml(_LISTS / "institutions.yml", tuple[InstitutionEntry, ...]),
               *load_yaml(_LISTS / "actors.yml", tuple[ActorEntry, ...]),
               *load_yaml(_LISTS / "nouns.yml", tuple[NounEntry, ...]))  # fmt: skip
    known = {entry.name for entry in entries} | {
        name for entry in entries if isinstance(entry, InstitutionEntry) for name in entry.but.values()
    }
    assert set(load_yaml(ROOT / "events/actor_names.yml", dict[str, str])) - known == set()


@pytest.mark.parametrize(
    ("place_id", "arabic"),
    [("OCHA:SY12#western-countryside", "ريف درعا الغربي"), ("OCHA:SY02#countryside", "ريف حلب")],
)
def test_land_around_a_place_has_an_arabic_name(place_id: str, arabic: str) -> None:
    assert names.place(place_id, "Western Daraa countryside", AR) == arabic


def test_a_name_in_a_label_is_no_markdown() -> None:
    assert label("![x](https://evil.invalid/t.png) :red[a]\u202e") == (
        r"\!\[x\]\(https\:\/\/evil\.invalid\/t\.png\) \:red\[a\]"
    )


# ---- time


def test_the_time_covers_all_days_and_at_least_a_week(rows: pd.DataFrame) -> None:
    assert span_of(rows) == Span(date(2025, 12, 1), date(2026, 1, 11))
    day = span_of(rows.loc[rows["event_date"] == "2026-01-10"])
    assert day == Span(date(2026, 1, 7), date(2026, 1, 13))


@pytest.mark.parametrize(
    ("title", "since", "until", "shown"),
    [
        ("nothing chosen", None, None, None),
        ("all of it", date(2026, 1, 1), date(2026, 1, 31), None),
        ("a part", date(2026, 1, 3), date(2026, 1, 5), (date(2026, 1, 3), date(2026, 1, 5))),
        ("open at one end", date(2026, 1, 3), None, (date(2026, 1, 3), date(2026, 1, 31))),
        ("before all events", date(2020, 1, 1), date(2020, 1, 2), (date(2026, 1, 1), date(2026, 1, 1))),
        ("after all events", date(2030, 1, 1), None, (date(2026, 1, 31), date(2026, 1, 31))),
        ("ends before it begins", date(2026, 1, 9), date(2026, 1, 5), (date(2026, 1, 9), date(2026, 1, 9))),
    ],
)
def test_a_period_stays_within_the_time(
    title: str, since: date | None, until: date | None, shown: tuple[date, date] | None
) -> None:
    assert Span(date(2026, 1, 1), date(2026, 1, 31)).within(since, until) == shown, title


# ---- map


def test_a_click_is_read_by_the_number_it_carries() -> None:
    pin = int(pin_numbers(pd.Series([ASHRAFIEH[0]]), pd.Series([ASHRAFIEH[1]]))[0])
    assert clicked({"pin": pin, "clicks": 2, "at": None}) == (pin, 2)
    assert clicked({}) is None
    assert clicked({"pin": "<b>", "clicks": 1}) is None
    assert clicked({"pin": pin, "clicks": "1"}) is None


# ---- evidence


def test_an_event_in_two_places_is_one_card(tmp_path: Path) -> None:
    source = article("انسحبت قسد من حيي الأشرفية والشيخ مقصود.")
    both = [
        located(source, place_text="الأشرفية"),
        located(source, place_text="الشيخ مقصود", at=SHEIKH_MAQSOUD, place="Sheikh Maqsoud"),
    ]
    (card,) = cards(prepare(rows_of(tmp_path, *both, source=source)))
    drawn = card_html(card, EN)
    assert '<mark class="place">الأشرفية</mark>' in drawn
    assert '<mark class="place">الشيخ مقصود</mark>' in drawn


def test_a_card_says_what_who_when_where_and_who_says_so(tmp_path: Path) -> None:
    source = article(
        "قال الدفاع المدني إن الجيش قصف الأشرفية وقتل ثلاثة.", publisher="وكالة", url="https://example.org/1"
    )
    event = located(
        source, action="attack", date="2026-01-10", actor="Syrian army", actor_text="الجيش", place_text="الأشرفية",
        claim_source="Civil Defence", modality="claimed", counts={"killed": 3},
    )  # fmt: skip
    drawn = card_html(cards(prepare(rows_of(tmp_path, event, source=source)))[0], EN)
    for words in ("Attack", "Claimed", "10 January 2026", "Syrian army", "Ashrafieh", "According to Civil Defence"):
        assert words in drawn
    for words in ("3 killed", "وكالة", 'href="https://example.org/1"', '<mark class="action">قصف</mark>', 'dir="auto"'):
        assert words in drawn


@pytest.mark.parametrize("modality", MODALITIES)
def test_what_is_not_said_to_have_happened_looks_otherwise(tmp_path: Path, modality: str) -> None:
    source = article()
    drawn = card_html(cards(prepare(rows_of(tmp_path, located(source, modality=modality), source=source)))[0], EN)
    assert f'class="badge {modality}"' in drawn
    assert EN(f"modality.{modality}") in drawn
    assert ('class="card firm"' in drawn) == (modality in ("asserted", "claimed"))


def test_no_place_says_why(tmp_path: Path) -> None:
    source = article()
    event = located(source, at=None, place_text="قرية مجهولة")
    drawn = card_html(cards(prepare(rows_of(tmp_path, event, source=source)))[0], EN)
    assert "قرية مجهولة" in drawn
    assert "not in gazetteer" in drawn


def test_the_action_is_found_in_the_quote_by_the_lexicon() -> None:
    assert trigger_of("واعتقلت الشرطة ثلاثة أشخاص", "arrest", "ar") == "واعتقلت"
    assert trigger_of("لا شيء هنا", "arrest", "ar") is None
    assert trigger_of("nothing", "arrest", "xx") is None


# ---- source text


def test_marks_do_not_overlap_and_prefer_whole_words() -> None:
    text = "خرجت حافلات حلبية من حلب نحو حلب الجديدة"
    assert find_marks(text, [("place", "حلب"), ("actor", None), ("target", "دمشق"), ("action", "من حلب")]) == [
        Mark(21, 24, "place")
    ]
    assert text[21:24] == "حلب"


@pytest.mark.parametrize(
    ("quote", "numbers", "marked_words"),
    [
        ("إجلاء 360 مقاتلا و59 جريحا", [419], ["360", "59"]),
        ("إجلاء 360 مقاتلا و59 جريحا", [59], ["59"]),
        ("مقتل ثلاثة مدنيين عام 2026", [3], ["ثلاثة"]),
        ("مقتل ثلاثة مدنيين", [4], []),
        ("مقتل ثلاثة مدنيين", [], []),
    ],
)
def test_the_numbers_of_a_row_are_marked_in_its_quote(quote: str, numbers: list[int], marked_words: list[str]) -> None:
    assert [quote[m.start : m.end] for m in number_marks(quote, numbers, "ar")] == marked_words


def test_a_number_cuts_the_mark_it_lies_in() -> None:
    over = laid_over([Mark(0, 12, "target")], [Mark(4, 6, "number")])
    assert over == [Mark(0, 4, "target"), Mark(4, 6, "number"), Mark(6, 12, "target")]


def test_the_speaker_is_marked_by_any_of_its_names() -> None:
    assert speaker_in("أعلنت «قسد» انسحابها", "SDF", "ar") == "قسد"
    assert speaker_in("أعلنت «قسد» انسحابها", "Syrian army", "ar") is None
    assert speaker_in("أعلنت «قسد» انسحابها", None, "ar") is None


@pytest.mark.parametrize(
    ("text", "graphic"),
    [("عُثر على جثّة مجهولة", True), ("وبالجثث", True), ("إعدامات ميدانية", True), ("a beheaded man", True),
     ("مقتل ثلاثة مدنيين في قصف", False), ("مياه عذبة", False), ("three killed", False)],
)  # fmt: skip
def test_graphic_words_in_any_spelling(text: str, graphic: bool) -> None:
    assert is_graphic(text) == graphic


def test_a_graphic_quote_is_covered_only_on_request(tmp_path: Path) -> None:
    source = article("عثر الأهالي على جثث في الأشرفية.")
    (card,) = cards(prepare(rows_of(tmp_path, located(source), source=source)))
    assert '<details class="covered">' in card_html(card, EN, cover=True)
    assert '<details class="covered">' not in card_html(card, EN)


def test_why_this_row_is_the_readers_own_account() -> None:
    source = article("اعتقلت قوى الأمن ثلاثة أشخاص في حلب. زار الوزير دمشق.")
    row = {"quote": "اعتقلت قوى الأمن ثلاثة أشخاص في حلب", "action": "arrest"}
    told = why_html(why(source, row), EN)
    for words in (
        "act: Arrest / detention",
        "party: civilians (3)",
        ">3 detained<",
        "Aleppo",
        "not said",
        "اعتقلت قوى الأمن",
    ):
        assert words in told
    assert "دمشق" not in told
    assert why(source, row | {"action": "attack"}).events == []


def test_why_this_row_is_told_in_words_of_either_language_and_holds_nothing_of_the_program() -> None:
    source = article("انسحبت قسد أمس من الأشرفية، بينما نفت وزارة الدفاع السورية مقتل ثلاثة مدنيين في حي الميدان بحلب.")
    row = {"quote": "مقتل ثلاثة مدنيين في حي الميدان بحلب", "action": "casualties"}
    found = why(source, row)
    assert found.events
    for words in (EN, AR):
        assert not re.search(r"None|\{|\}|prep:|kind:|break", why_html(found, words))
    plain = re.sub("<[^>]+>", " ", why_html(found, AR))
    assert "كلمة قول: نفي" in plain
    assert "وزارة الدفاع السورية" in plain
    assert not re.search("[A-Za-z]{2,}", plain), plain


def test_why_this_row_escapes_what_the_article_says() -> None:
    quote = f"قصف {HOSTILE} الأشرفية"
    told = why_html(why(article(quote), {"quote": quote, "action": "attack"}), EN)
    assert "<script" not in told
    assert "<img" not in told


# ---- reasons


def _given() -> Iterator[str]:
    """Reasons that the program gives, an X for each part that changes."""
    makers = ("Unresolved", "Problem", "DocumentError", "FetchError", "RefusedError", "ConnectError")
    for path in (*ROOT.glob("events/ingest/*.py"), ROOT / "events/locate.py", ROOT / "geodata/resolution.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in makers:
                yield from (text for argument in node.args[-1:] if (text := _as_text(argument)))
            elif isinstance(node, ast.Return | ast.Assign) and path.name in ("resolution.py", "document.py", "work.py"):
                yield from (text for text in [_as_text(node.value)] if " " in text.replace(": ", ""))


def _as_text(node: ast.expr | None) -> str:
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.Name(id="NOT_READ") | ast.FormattedValue(value=ast.Name(id="NOT_READ")):
            return NOT_READ
        case ast.JoinedStr(values=parts):
            return "".join(_as_text(part) or "X" for part in parts)
    return ""


def test_every_reason_that_the_program_gives_has_arabic_words() -> None:
    given = set(_given())
    assert {"not in gazetteer", "empty", "a feed without entries"} <= given
    assert [text for text in sorted(given) if not is_known(text)] == []


@pytest.mark.parametrize(
    ("reason", "arabic"),
    [
        ("no place named", "لم يُذكر مكان"),
        ("language: en; copy of a1", "اللغة: en؛ نسخة من a1"),
        (
            "ambiguous: Ashrafieh, Aleppo, SY; Ashrafiya, Homs, SY",
            "ملتبس، فقد يكون: Ashrafieh, Aleppo, SY; Ashrafiya, Homs, SY",
        ),
        ("pasted text: قصف {x}", "نص ملصق: قصف {x}"),
        ("something new", "something new"),
    ],
)
def test_reasons_in_the_language_of_the_page(reason: str, arabic: str) -> None:
    assert (reason_in_words(reason, AR), reason_in_words(reason, EN)) == (arabic, reason)


@given(some.text(max_size=60), some.data())
def test_marking_escapes_and_loses_nothing(text: str, data: some.DataObject) -> None:
    start = data.draw(some.integers(0, len(text)))
    end = data.draw(some.integers(start, len(text)))
    html = marked(text, [Mark(start, end, "place")])
    plain = html.replace('<mark class="place">', "", 1).replace("</mark>", "", 1)
    assert "<" not in plain
    for code, char in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&#x27;", "'"), ("&amp;", "&")):
        plain = plain.replace(code, char)
    assert plain == text


def test_the_article_marks_the_quote_across_lines_and_runs_each_line_its_own_way() -> None:
    source = article("سطر أول\n\nEnglish & line\nسطر أخير", title="<b>")
    html = article_html(source, 4, 16)
    assert '<p dir="auto">سطر <mark class="quoted">أول</mark></p>' in html
    assert '<mark class="quoted">English</mark> &amp; line' in html
    assert "&lt;b&gt;" in html


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://example.org/a?b=1&c=2", True),
        ("http://example.org", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("//example.org", False),
        ("https://", False),
        ("http://[", False),
        (None, False),
    ],
)
def test_only_web_addresses_become_links(url: str | None, shown: bool) -> None:
    assert bool(safe_link(url, "source")) == shown


# ---- table


def everything(rows: pd.DataFrame) -> Selection:
    return select(rows, np.ones(len(rows), bool))


def test_a_table_is_sorted_here_with_unknown_values_last(rows: pd.DataFrame) -> None:
    actors = in_order(everything(rows), Order("actor", rising=True))["actor"].astype("object")
    assert actors.dropna().tolist() == ["SDF", "SDF", "SDF", "Syrian army"]
    assert actors.isna().tolist() == [False] * 4 + [True] * 3
    falling = in_order(everything(rows), Order("confidence", rising=False))["confidence"]
    assert falling.tolist() == sorted(falling, reverse=True)
    assert in_order(everything(rows), Order())["event_date"].iloc[0] == "2026-01-11"


def test_a_table_has_pages(tmp_path: Path) -> None:
    source = article()
    many = [located(source, id=f"e{n}", date=f"2026-01-{n % 28 + 1:02}") for n in range(PAGE + 7)]
    ready = newest_first(prepare(rows_of(tmp_path, *many, source=source)))
    assert [len(in_order(everything(ready), Order(page=page))) for page in (0, 1, 2)] == [PAGE, 7, 0]


def test_a_table_speaks_the_language_of_the_page(rows: pd.DataFrame) -> None:
    shown = in_words(rows.loc[rows["actor"] == "SDF"].head(1), COLUMNS, AR).iloc[0]
    assert (shown["actor"], shown["action"], shown["modality"]) == ("قوات سوريا الديمقراطية", "انسحاب", "أُبلغ عنه")
    assert shown["target"] == ""


# ---- charts


def test_events_over_time_by_family(rows: pd.DataFrame) -> None:
    found = over_time(everything(rows))
    assert dict(zip(found["family"], found["n"], strict=True))["force"] == 3
    assert found["n"].sum() == rows["first_day"].notna().sum()
    assert over_time(everything(rows.loc[rows["first_day"].isna()])).empty


@pytest.mark.parametrize(("words", "day"), [(EN, "11 January 2026"), (AR, "11 كانون الثاني 2026")])
def test_each_day_stands_once_under_its_bar_and_time_runs_as_the_language(
    rows: pd.DataFrame, words: Words, day: str
) -> None:
    january = rows.loc[rows["event_date"].fillna("").str.startswith("2026-01")].reset_index(drop=True)
    axis = time_chart(over_time(everything(january)), words).to_dict()["encoding"]["x"]
    labels = json.loads(axis["axis"]["labelExpr"].removeprefix("(").removesuffix(")[datum.value]"))
    assert len(set(labels.values())) == len(labels) == len(axis["axis"]["values"]) == 3
    assert day in {label.strip("\u2067\u2069") for label in labels.values()}
    assert axis["scale"]["reverse"] == words.rtl


@pytest.mark.parametrize(
    ("first", "end", "text"),
    [
        ("2026-01-11", "2026-01-12", "11 January 2026"),
        ("2026-01-26", "2026-02-02", "26 January 2026 – 1 February 2026"),
        ("2026-02-01", "2026-03-01", "February 2026"),
    ],
)
def test_a_bar_says_its_days(first: str, end: str, text: str) -> None:
    start, stop = ((date.fromisoformat(day) - date(1970, 1, 1)).days for day in (first, end))
    assert told(start, stop, EN) == text


def test_who_acts_on_whom(tmp_path: Path) -> None:
    source = article()
    told = [located(source, id=f"e{n}", actor="SDF", target="civilians") for n in range(3)]
    ready = prepare(rows_of(tmp_path, *told, located(source, actor="SDF"), source=source))
    assert pairs(everything(ready)).to_dict("records") == [{"actor": "SDF", "target": "civilians", "n": 3}]


def test_places_ranked(rows: pd.DataFrame) -> None:
    found = ranked(everything(rows), place_tree(rows))
    assert dict(zip(found["key"], found["n"], strict=True)) == {"Ashrafieh": 5, "Sheikh Maqsoud": 1}


# ---- stories


def test_a_story_shows_claims_and_denials_in_two_columns_with_their_numbers(tmp_path: Path) -> None:
    source = article("قُتل ثلاثة مدنيين. قُتل خمسة مدنيين. نفى الجيش القصف.", publisher=HOSTILE)
    first, second, third = (f"{part}." for part in source.text.rstrip(".").split(". "))
    told = [
        located(source, first, action="attack", claim_source="White Helmets", counts={"killed": 3}),
        located(source, second, action="attack", claim_source="SOHR", counts={"killed": 5}, actor="Syrian army"),
        located(source, third, action="attack", claim_source="Syrian army", modality="denied"),
    ]
    html = story_html(rows_of(tmp_path, *told, source=source), EN)
    asserting, denying = html.split('<section class="denying">')
    assert "Killed: 3–5" in html
    assert all(name in asserting for name in ("White Helmets", "SOHR", "3 killed", "5 killed"))
    assert "Syrian army" in denying
    assert "SOHR" not in denying
    assert "<script" not in html


def test_stories_told_more_than_once_and_those_denied_are_found(rows: pd.DataFrame) -> None:
    told = rows.assign(story_id=np.array([0, 0, 1, 2, 2, -1, 3], "int32"))
    assert story_codes(everything(told), least=2) == [0, 2]
    assert story_codes(everything(told), least=1) == [0, 1, 2, 3]
    denied = told.loc[told["modality"] == "denied", "story_id"].tolist()
    assert story_codes(everything(told), least=1, rival=True) == [code for code in denied if code >= 0]


# ---- sharing


def test_a_blurred_page_has_no_exact_point(rows: pd.DataFrame) -> None:
    there = rows.loc[rows["pin"] != NO_PIN]
    moved = blurred(rows, 1000).loc[there.index]
    off = np.hypot((moved["latitude"] - there["latitude"]) * 111.2, (moved["longitude"] - there["longitude"]) * 89.6)
    assert 0 < off.max() <= 0.71
    assert (moved["geo_precision"] == 2).all()
    assert moved["pin"].nunique() <= there["pin"].nunique()
    assert blurred(rows, 1000)["latitude"].isna().sum() == rows["latitude"].isna().sum()


def test_what_is_known_to_a_region_only_keeps_the_point_by_which_the_map_knows_the_region(tmp_path: Path) -> None:
    region = prepare(rows_of(tmp_path, located(article(), at=(36.14689, 37.39516), precision=3)))
    assert blurred(region, 1000)["pin"].tolist() == region["pin"].tolist()
    assert blurred(region, 1000)["geo_precision"].tolist() == [3]


@pytest.mark.parametrize("words", [EN, AR])
@pytest.mark.usefixtures("served")
def test_the_picture_holds_names_as_text_and_every_family_it_shows(tmp_path: Path, words: Words) -> None:
    source = article()
    events = [located(source, place=HOSTILE, date="2026-01-10"), located(source, action="attack", at=SHEIKH_MAQSOUD)]
    ready = prepare(rows_of(tmp_path, *events, source=source))
    drawn = picture(everything(ready), span_of(ready), ["<b>"], words)
    assert ET.fromstring(drawn).tag.endswith("svg")  # noqa: S314 - our own
    assert "<script" not in drawn
    assert "&lt;b&gt;" in drawn
    for family in ("force", "control"):
        assert drawn.count(next(f.colour for f in families() if f.id == family)) >= 2


@pytest.mark.usefixtures("served")
def test_a_picture_of_nothing_is_a_picture_too(rows: pd.DataFrame) -> None:
    assert "<svg" in picture(select(rows, np.zeros(len(rows), bool)), None, [], EN)


# ---- address


def test_the_address_holds_what_was_changed_and_nothing_else() -> None:
    assert write_address(Address()) == {}
    state = Address(lang="ar", action=("attack",), since=date(2026, 1, 10), pin=5, words="حلب")
    values = write_address(state)
    assert values == {"lang": ["ar"], "action": ["attack"], "since": ["2026-01-10"], "pin": ["5"], "words": ["حلب"]}
    assert read_address(values) == state


@pytest.mark.parametrize(
    "values",
    [
        {"lang": ["xx"]},
        {"since": ["soon"]},
        {"pin": ["-1"]},
        {"confidence": ["nan"]},
        {"view": ["<script>"]},
        {"x": ["y"]},
    ],
)
def test_nonsense_in_the_address_is_as_if_it_were_not_there(values: dict[str, list[str]]) -> None:
    assert read_address(values | {"undated": ["true"]}) == Address(undated=True)


# ---- words


def test_every_action_has_exactly_one_family() -> None:
    listed = [action for family in families() for action in family.actions]
    assert sorted(listed) == sorted(load_actions())
    assert family_of("no such action") == families()[-1]


def test_every_label_has_both_languages() -> None:
    for key, forms in load_labels().items():
        assert set(forms) == set(LANGUAGES), key
        for language, text in forms.items():
            wanted = {"one", "other"} if language == "en" else {"zero", "one", "two", "few", "many", "other"}
            assert text, key
            assert isinstance(text, str) or set(text) == wanted, f"{key} {language}"


def _literals() -> Iterator[str]:
    for path in (*ROOT.glob("views/*.py"), ROOT / "dashboard.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


def _made() -> set[str]:
    """Keys that are put together from a list in the code."""
    made = {
        "view": VIEWS, "panel": PANELS, "filter": (*SETS, "modality", "period", "confidence", "words", "undated"),
        "modality": MODALITIES, "family": [f.id for f in families()], "count": COUNTS,
        "column": (*COLUMNS, *SORTED, *COUNTS), "format": FORMATS, "fate": FATES, "chart": ("time", "pairs", "places"),
        "add": (*WAYS, "item", "fate", "rows", "reason"),
        "precision": "123", "map": (*MAP_WORDS, *LEVELS), "legend": SHAPES,
        "evidence": ROLES, "when": "23", "story": (*SHOWN, "asserting", "denying", "others"), "ground": get_args(Kind),
        "stance": get_args(Stance), "why": SPEECH, "about": (*PARTS, "column", "meaning", "unit"),
    }  # fmt: skip
    keys = {f"{prefix}.{name}" for prefix, names in made.items() for name in names}
    return keys | {f"about.{part}_text" for part in PARTS} | {"panel.unplaced_hint", "panel.undated_hint"}


def test_no_label_is_missing_or_unused() -> None:
    prefixes = {key.split(".")[0] for key in load_labels()}
    written = {text for text in _literals() if text.count(".") == 1 and text.split(".")[0] in prefixes}
    files = (".yml", ".css", ".js")
    written = {text for text in written if not text.endswith(files) and " " not in text and text.split(".")[1]}
    assert (written | _made()) - set(load_labels()) == set(), "used but not in labels.yml"
    assert set(load_labels()) - written - _made() == set(), "in labels.yml but not used"


@pytest.mark.parametrize(
    ("number", "arabic"),
    [(0, "لا أحداث"), (1, "حدث واحد"), (2, "حدثان"), (3, "3 أحداث"), (11, "11 حدثا"), (100, "100 حدث")],
)
def test_arabic_counts_in_all_its_plurals(number: int, arabic: str) -> None:
    assert AR("result.events", n=number) == arabic


@pytest.mark.parametrize("number", [0, 7, 999, 1000, 1234, 98765, 1_000_000, -1234])
def test_whole_numbers_are_written_as_babel_writes_them(number: int) -> None:
    for words, locale in ((EN, "en_GB"), (AR, "ar_SY")):
        assert words.number(number) == format_decimal(number, locale=locale, numbering_system="default")


def test_dates_in_the_language_of_the_page() -> None:
    assert EN.iso("2026-01-11") == "11 January 2026"
    assert AR.iso("2026-01") == "كانون الثاني 2026"
    assert EN.iso("no date") == "no date"
    assert (AR.rtl, EN.rtl) == (True, False)
