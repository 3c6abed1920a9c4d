"""Reading the stored articles anew: rows of an older extractor are replaced and kept, nothing else is touched."""

from dataclasses import replace

import pytest
from typer.testing import CliRunner

from events import pipeline
from events.__main__ import app
from events.ingest import workers
from events.model import Article
from events.pipeline import code
from events.rebuild import rebuild
from events.store import Store, open_store

TEXT = "قُتل ثلاثة مدنيين في قصف على حي الأشرفية في حلب."
ARTICLES = [Article(id=f"a-{number}", text=f"{TEXT} الخبر {number}.") for number in range(5)]


@pytest.fixture
def store(url: str) -> Store:
    """A store whose rows are an older extractor's, but for the last article's."""
    opened = open_store(url)
    for article in ARTICLES[:-1]:
        opened.save(article, [replace(one, event=replace(one.event, extractor="older")) for one in code(article)])
    opened.save(ARTICLES[-1], code(ARTICLES[-1]))
    return opened


def test_rows_of_an_older_extractor_are_replaced_and_kept(store: Store) -> None:
    steps: list[int] = []
    report = rebuild(store, steps.append)
    assert (report.updated, report.unchanged, report.problems) == (4, 1, ())
    assert sum(steps) == len(ARTICLES) == store.article_count()
    assert "older" not in set(store.rows()["extractor"])
    assert set(store.history("a-0")["extractor"]) == {"older"}
    assert store.history("a-4").empty


def test_several_processes_make_the_same(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "ALONE", 0)
    report = rebuild(store)
    assert (report.updated, report.unchanged) == (4, 1)
    expected = {located.event.id for article in ARTICLES for located in code(article)}
    assert set(store.rows()["event_id"]) == expected


def test_an_article_that_cannot_be_coded_keeps_its_rows(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(article: Article):
        if article.id == "a-1":
            raise ValueError("no way")
        return code(article)

    monkeypatch.setattr(pipeline, "code", fails)
    report = rebuild(store)
    assert [str(problem) for problem in report.problems] == ["a-1: could not be coded: ValueError: no way"]
    assert set(store.rows().set_index("article_id").loc[["a-1"], "extractor"]) == {"older"}
    assert report.updated == 3


def test_a_text_that_changed_meanwhile_is_not_put_back(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    newer = replace(ARTICLES[0], text=f"{TEXT} الخبر المحدث.")

    def overtaken(article: Article):
        if article.id == "a-0":
            store.save(newer, code(newer))
        return code(article)

    monkeypatch.setattr(pipeline, "code", overtaken)
    rebuild(store)
    assert store.article("a-0") == newer


def test_the_command_says_what_it_did(store: Store, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EVENTS_DB", url)
    result = CliRunner().invoke(app, ["rebuild"])
    assert (result.exit_code, result.stderr.splitlines()[-1]) == (0, "4 updated, 1 unchanged, 0 problems")
