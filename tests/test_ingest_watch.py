"""Feeds that are watched: each article once, what changed meanwhile is met, what failed is tried again."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from events.ingest.fetch import Fetcher
from events.ingest.sources import Feed
from events.ingest.subscriptions import SubscriptionError, load, seconds, subscribe
from events.ingest.watch import watch
from events.store import Store, open_store
from tests.ingest_samples import item, page, rss
from tests.ingest_server import Site, serving


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        yield site


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path}/events.db")
    yield opened
    opened.close()


def put_feed(site: Site, *numbers: int) -> str:
    for number in numbers:
        site.put(f"/{number}", page().replace("ثلاثة مدنيين", f"{number + 10} مدنيا"))
    entries = (item(f"{site.address}/{number}") for number in numbers)
    return site.put("/feed", rss(*entries), "application/rss+xml", ETag=f'"{numbers}"')


def test_rounds_of_a_watch(site: Site, store: Store, tmp_path: Path) -> None:
    feeds, slept = tmp_path / "feeds.toml", []
    subscribe(Feed(put_feed(site, 1, 2), "المثال"), feeds)
    fetcher = Fetcher(allowed=("127.0.0.1",), pause=0)
    rounds = watch(store, feeds, 600, fetcher=fetcher, sleep=slept.append)
    assert next(rounds).counts == {"added": 2}
    assert next(rounds).counts == {}
    put_feed(site, 2, 3)
    assert next(rounds).counts == {"unchanged": 1, "added": 1}
    subscribe(Feed(f"{site.address}/none"), feeds)
    assert next(rounds).counts == {"failed": 1}
    assert all(500 < wait <= 600 for wait in slept)
    assert [site.paths().count(f"/{number}") for number in (1, 2, 3)] == [1, 1, 1]
    assert {article.publisher for article in store.articles()} == {"المثال"}
    rounds.close()


def test_a_new_watch_goes_on_where_the_last_one_stopped(site: Site, store: Store, tmp_path: Path) -> None:
    feeds = tmp_path / "feeds.toml"
    subscribe(Feed(put_feed(site, 1)), feeds)
    counts = []
    for _ in range(2):
        fetcher = Fetcher(allowed=("127.0.0.1",), pause=0)
        counts += [dict(report.counts) for report in islice(watch(store, feeds, fetcher=fetcher), 1)]
    assert counts == [{"added": 1}, {}]


def test_a_list_that_breaks_meanwhile_stops_one_round_only(store: Store, tmp_path: Path) -> None:
    feeds = tmp_path / "feeds.toml"
    feeds.write_text("")
    rounds = watch(store, feeds, sleep=lambda _seconds: None)
    assert next(rounds).counts == {}
    feeds.write_text("[[feed")
    assert [outcome.fate for outcome in next(rounds).failures] == ["failed"]
    feeds.write_text("")
    assert next(rounds).counts == {}
    rounds.close()


def test_how_often_is_said_in_the_file_or_by_the_caller(site: Site, store: Store, tmp_path: Path) -> None:
    feeds, slept = tmp_path / "feeds.toml", []
    feeds.write_text('every = "2h"\n')
    for every in (None, 90.0):
        rounds = watch(store, feeds, every, sleep=slept.append)
        next(rounds), next(rounds)
        rounds.close()
    assert [round(wait, -1) for wait in slept] == [7200, 90]


def test_feeds_are_added_to_what_stands_there(tmp_path: Path) -> None:
    feeds = tmp_path / "data" / "feeds.toml"
    tricky = Feed("https://e.org/a", 'The "Daily" \\ News\n[[feed]]', "ar")
    assert subscribe(Feed("https://e.org/1"), feeds)
    feeds.write_text(f"# ours\n{feeds.read_text()}", "utf-8")
    assert subscribe(tricky, feeds)
    assert not subscribe(Feed("https://e.org/1", "another name"), feeds)
    assert load(feeds).feeds == [Feed("https://e.org/1"), tricky]
    assert feeds.read_text().startswith("# ours\n")
    assert [file.name for file in feeds.parent.iterdir()] == ["feeds.toml"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "No such file"),
        ("[[feed]]\n", "feed.0.url: Field required"),
        ('[[feed]]\nurl = "file:///etc/passwd"\n', "not an address"),
        ('[[feed]]\nurl = "https://e.org"\npublishr = "x"\n', "publishr: Extra inputs"),
        ('every = "soon"\n', "not a time such as 15m"),
        ("[[feed\n", "line 1"),
    ],
    ids=["no file", "no address", "a file as address", "an unknown key", "no time", "no TOML"],
)
def test_a_list_that_cannot_be_used_is_one_line(tmp_path: Path, content: str | None, message: str) -> None:
    feeds = tmp_path / "feeds.toml"
    if content:
        feeds.write_text(content)
    with pytest.raises(SubscriptionError, match=message) as caught:
        load(feeds)
    assert str(caught.value).startswith(f"{feeds}: ")
    assert "\n" not in str(caught.value)


def test_a_feed_that_is_no_address_is_not_added(tmp_path: Path) -> None:
    with pytest.raises(SubscriptionError, match="not an address"):
        subscribe(Feed("file:///etc/passwd"), tmp_path / "feeds.toml")
    assert not (tmp_path / "feeds.toml").exists()


@pytest.mark.parametrize(("written", "wanted"), [("90s", 90), ("15m", 900), ("2h", 7200), ("1d", 86_400), ("1s", 60)])
def test_times(written: str, wanted: float) -> None:
    assert seconds(written) == wanted
