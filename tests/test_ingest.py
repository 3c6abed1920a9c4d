"""Taking sources in: every item has a fate that is kept, the same article is one article, nothing stops the others."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from events.ingest import work
from events.ingest.report import Step
from events.ingest.run import ingest
from events.ingest.sources import Pasted, Upload
from events.model import Article, LocatedEvent
from events.store import Store, open_store
from tests.ingest_samples import DAY, NO_EVENT, OTHER, PERSIAN, TEXT, TITLE, item, line, page, report, rss, taken


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    opened = open_store(url)
    yield opened
    opened.close()


def upload(name: str, content: str | bytes) -> Upload:
    return Upload(name, content.encode() if isinstance(content, str) else content)


FATES = [
    ("an article with events", Pasted(TEXT, DAY), "added", None),
    ("an article without a date", upload("a.txt", TEXT), "added", "no date"),
    ("an article without events", Pasted(NO_EVENT, DAY), "no_events", None),
    ("a language without a lexicon", Pasted(PERSIAN, DAY), "unsupported_language", "language: fa"),
    ("a language that the file names", Pasted(TEXT, DAY, language="fa"), "unsupported_language", "language: fa"),
    ("an empty text", Pasted(" \n", DAY), "failed", "empty"),
    ("half a character", Pasted("\ud83d", DAY), "failed", "surrogates not allowed"),
    ("a kind of file that is not read", upload("a.pdf", b"%PDF"), "failed", "not a kind of file"),
    ("a page without an article", upload("a.html", "<p></p>"), "failed", "no article text"),
    ("XML that is no feed", upload("a.xml", "<a/>"), "failed", "not an RSS or Atom feed"),
    ("a feed without entries", upload("a.xml", rss()), "failed", "a feed without entries"),
    ("an address longer than an index holds", upload("a.jsonl", line(url="x" * 3000)), "failed", "url: "),
    ("an id longer than an index holds", upload("a.jsonl", line(id="x" * 3000)), "failed", "id: "),
    ("a table without texts", upload("a.csv", "name,day\nx,y\n"), "failed", "no column named"),
]


@pytest.mark.parametrize(("source", "fate", "reason"), [case[1:] for case in FATES], ids=[case[0] for case in FATES])
def test_every_item_has_a_fate_and_it_is_kept(store: Store, source, fate: str, reason: str | None) -> None:
    [outcome] = report(store, source).outcomes
    assert (outcome.fate, bool(outcome.rows)) == (fate, fate == "added")
    assert reason is None if outcome.reason is None else reason in outcome.reason
    [kept] = store.fates().to_dict("records")
    assert (kept["source"], kept["fate"]) == (outcome.source, fate)


def test_a_text_that_is_not_read_is_kept_for_later(store: Store) -> None:
    [outcome] = report(store, Pasted(PERSIAN, DAY)).outcomes
    assert store.article(outcome.article_id).text == PERSIAN


def test_one_bad_item_never_stops_the_others(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(article: Article) -> tuple[LocatedEvent, ...]:
        return 1 / 0 if article.text == OTHER else code(article)

    code = work.code_article
    monkeypatch.setattr(work, "code_article", stumble)
    sources = [
        upload("bad.jsonl", "{\n" + line() + "[]\n"),
        Pasted(OTHER, DAY),
        Path("/nowhere"),
        upload("a.txt", NO_EVENT),
    ]
    found = report(store, *sources)
    assert [outcome.fate for outcome in found.outcomes] == [
        "failed",
        "added",
        "failed",
        "failed",
        "failed",
        "no_events",
    ]
    assert found.failures[2].reason == "could not be coded: ZeroDivisionError: division by zero"
    assert found.failed


def test_taken_in_again_all_is_known(store: Store) -> None:
    sources = [
        upload("a.jsonl", line() + line(OTHER)),
        upload("b.html", page()),
        upload("c.xml", rss(item("https://e.org/1", NO_EVENT))),
    ]
    first = report(store, *sources)
    version = store.version()
    second = report(store, *sources)
    assert (len(first.outcomes), second.counts) == (4, {"unchanged": 4})
    assert store.version() == version


def test_long_names_are_cut(store: Store) -> None:
    [outcome] = report(store, upload("x" * 5000 + ".txt", "")).outcomes
    assert len(outcome.source) == 1000


def test_what_failed_is_tried_again(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    assert taken(store, file) == [("a.txt", "failed")]
    file.write_text(TEXT)
    assert taken(store, file) == [("a.txt", "added")]
    assert list(store.fates()["fate"]) == ["added"]


URL = "https://e.org/1"
SHARED = "http://www.e.org/1/?utm_source=x#top"
FRONT = "https://e.org/"
SAME = [
    ("the same text twice", line(), line(), "unchanged"),
    ("the same address, the same text", line(url=URL), line(url=URL), "unchanged"),
    ("the address as it was shared", line(url=URL), line(url=SHARED), "unchanged"),
    ("the same address, another text", line(url=URL), line(OTHER, url=URL), "updated"),
    ("the same text under another address of the house", line(url=URL), line(url="https://e.org/2"), "unchanged"),
    ("the same text by another publisher", line(publisher="A"), line(publisher="B"), "added"),
    ("the publisher is told later", line(), line(publisher="A"), "updated"),
    ("the publisher is not told again", line(publisher="A"), line(), "unchanged"),
    ("the front page of a site as address", line(url=FRONT), line(OTHER, url=FRONT), "added"),
    ("ids go before addresses", line(id="a", url=URL), line(OTHER, id="b", url=URL), "added"),
    ("an address that has an id", line(id="a", url=URL), line(OTHER, url=URL), "updated"),
]


@pytest.mark.parametrize("apart", [False, True], ids=["in one file", "one after the other"])
@pytest.mark.parametrize(("first", "second", "fate"), [case[1:] for case in SAME], ids=[case[0] for case in SAME])
def test_one_article_is_one_article(store: Store, first: str, second: str, fate: str, apart: bool) -> None:
    files = [first, second] if apart else [first + second]
    found = [fate for content in files for _, fate in taken(store, upload("a.jsonl", content))]
    assert found == ["added", fate]
    assert len(list(store.articles())) == found.count("added")


def test_two_versions_of_an_article_in_one_folder_do_not_take_turns(store: Store) -> None:
    folder = [upload("old.jsonl", line(url=URL)), upload("new.jsonl", line(OTHER, url=URL))]
    assert report(store, *folder).counts == {"added": 1, "updated": 1}
    assert report(store, *folder).counts == {"unchanged": 2}
    assert [article.text for article in store.articles()] == [OTHER]


def test_two_titles_of_an_article_in_one_folder_do_not_take_turns(store: Store) -> None:
    folder = [upload("old.jsonl", line(url=URL, title="قديم")), upload("new.jsonl", line(url=URL, title="جديد"))]
    assert report(store, *folder).counts == {"added": 1, "updated": 1}
    assert report(store, *folder).counts == {"unchanged": 2}
    assert [article.title for article in store.articles()] == ["جديد"]


def test_a_correction_that_is_taken_back_in_its_file_is_taken_back(store: Store) -> None:
    first, second = upload("a.jsonl", line(url=URL)), upload("a.jsonl", line(OTHER, url=URL))
    assert [fate for one in (first, second, first) for _, fate in taken(store, one)] == ["added", "updated", "updated"]
    assert [article.text for article in store.articles()] != [OTHER]


def test_a_copy_by_another_publisher_is_counted_once_with_both_publishers(store: Store) -> None:
    report(store, upload("a.jsonl", line(publisher="A")))
    rows = store.rows()
    report(store, upload("b.jsonl", line(publisher="B")))
    assert len(store.rows()) == len(rows)
    assert store.publishers(list(rows["number"])) == {number: ["A", "B"] for number in rows["number"]}


def test_a_date_that_is_told_later_moves_the_days_of_its_rows(store: Store) -> None:
    text = "قُتل ثلاثة مدنيين أمس في قصف على حي الأشرفية في حلب."
    report(store, upload("a.txt", text))
    assert store.rows()["event_date"].isna().all()
    assert taken(store, Pasted(text, date(2026, 1, 11)))[0][1] == "updated"
    assert set(store.rows()["event_date"]) == {"2026-01-10"}


def test_progress_names_each_item_and_ends_with_all_read(store: Store, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(line() + line(OTHER))
    (tmp_path / "b.txt").write_text(NO_EVENT)
    steps: list[Step] = []
    ingest(store, [tmp_path / "a.jsonl", tmp_path / "b.txt"], steps.append)
    assert [Path(step.outcome.source).name for step in steps] == ["a.jsonl:1", "a.jsonl:2", "b.txt"]
    assert [sum(step.counts.values()) for step in steps] == [1, 2, 3]
    assert steps[-1].share == 1.0


def test_a_page_says_who_published_it_and_when(store: Store) -> None:
    [outcome] = report(store, upload("a.html", page())).outcomes
    article = store.article(outcome.article_id)
    assert (article.title, article.publisher, article.published) == (TITLE, "وكالة المثال", DAY)
    assert article.text.startswith(TEXT)


def test_a_page_without_a_date_has_none(store: Store) -> None:
    [outcome] = report(store, upload("a.html", page(published=None))).outcomes
    assert store.article(outcome.article_id).published is None
    assert "no date" in outcome.reason


def test_the_day_of_a_feed_is_the_day_it_prints(store: Store) -> None:
    [outcome] = report(store, upload("a.xml", rss(item("https://e.org/1", TEXT)))).outcomes
    article = store.article(outcome.article_id)
    assert (article.published, article.url, article.publisher) == (DAY, "https://e.org/1", "وكالة المثال")
