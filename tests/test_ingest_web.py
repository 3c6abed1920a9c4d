"""The web: public addresses only, politely, within limits; pages and feeds become articles."""

import gzip
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from events.ingest import fetch
from events.ingest.fetch import Fetcher, FetchError
from events.ingest.network import is_public, resolve
from events.ingest.report import Outcome
from events.ingest.run import ingest
from events.ingest.sources import Feed, Source
from events.store import Store, open_store
from tests.ingest_samples import OTHER, TEXT, TITLE, item, line, page, rss
from tests.ingest_server import Site, serving, trickle

LOOPBACK = ("127.0.0.1",)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        yield site


@pytest.fixture
def fetcher() -> Iterator[Fetcher]:
    with Fetcher(allowed=LOOPBACK, pause=0) as fetcher:
        yield fetcher


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path}/events.db")
    yield opened
    opened.close()


PUBLIC = ["8.8.8.8", "2001:4860:4860::8888", "64:ff9b::808:808"]
NOT_PUBLIC = {
    "loopback": ["127.0.0.1", "127.8.8.8", "::1"],
    "private": ["10.0.0.1", "172.16.0.1", "192.168.1.1", "fc00::1"],
    "link-local, where clouds keep secrets": ["169.254.169.254", "fe80::1", "fe80::1%eth0"],
    "shared by a provider": ["100.64.0.1"],
    "multicast": ["224.0.0.1", "ff02::1"],
    "reserved or without a place": ["0.0.0.1", "240.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1", "::"],
    "wrapped in IPv6": ["::ffff:127.0.0.1", "::ffff:10.0.0.1", "2002:7f00:1::", "64:ff9b::7f00:1", "::127.0.0.1"],
    "no address": ["", "localhost", "1.2.3"],
}  # fmt: skip


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("addresses", NOT_PUBLIC.values(), ids=NOT_PUBLIC)
def test_addresses_that_are_not_public(addresses: list[str]) -> None:
    assert [address for address in addresses if is_public(address)] == []


def reason(fetcher: Fetcher, url: str) -> str:
    with pytest.raises(FetchError) as caught:
        fetcher.get(url)
    assert "\n" not in str(caught.value)
    return str(caught.value)


REFUSED = [
    ("the loopback by number", "http://127.0.0.1:{port}/", "127.0.0.1 is not on the public network"),
    ("the loopback by name", "http://localhost:{port}/", "localhost is not on the public network"),
    ("the loopback as one number", "http://2130706433:{port}/", "not on the public network"),
    ("the loopback in short", "http://127.1:{port}/", "not on the public network"),
    ("the loopback in IPv6", "http://[::1]:{port}/", "not on the public network"),
    ("the loopback wrapped in IPv6", "http://[::ffff:127.0.0.1]:{port}/", "not on the public network"),
    ("secrets of a cloud", "http://169.254.169.254/latest/meta-data/", "not on the public network"),
    ("a file", "file:///etc/passwd", "not an address of the web"),
    ("another scheme", "ftp://example.org/a.txt", "not an address of the web"),
    ("no host", "http:///a", "not an address of the web"),
    ("no address at all", "http://a:b/", "not an address"),
]


@pytest.mark.parametrize(("url", "message"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_addresses_that_are_refused(site: Site, url: str, message: str) -> None:
    with Fetcher(pause=0) as fetcher:
        assert message in reason(fetcher, url.format(port=site.address.rpartition(":")[2]))
    assert site.asked == []


def test_a_name_with_a_private_address_among_public_ones_is_refused(site: Site) -> None:
    with Fetcher(lookup=lambda _host, _port: ["8.8.8.8", "10.0.0.1"], pause=0) as fetcher:
        assert "news.example is not on the public network" in reason(fetcher, "http://news.example/")


def test_a_redirect_to_a_private_address_is_refused(site: Site, fetcher: Fetcher) -> None:
    address = site.put("/a", status=302, Location="http://10.0.0.1/secret")
    assert "10.0.0.1 is not on the public network" in reason(fetcher, address)


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://e.org/x", "javascript:1"])
def test_a_redirect_off_the_web_is_refused(site: Site, fetcher: Fetcher, target: str) -> None:
    reason(fetcher, site.put("/a", status=302, Location=target))
    assert site.paths() == ["/a"]


def test_what_is_connected_to_is_what_was_checked(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name server that gives another answer the second time has no second time: names are looked up by us only."""
    looked_up: list[str] = []
    look_up = socket.getaddrinfo

    def remember(host: str, *rest: object, **named: object) -> object:
        looked_up.append(host)
        return look_up(host, *rest, **named)

    monkeypatch.setattr(socket, "getaddrinfo", remember)
    site.put("/a", "x")
    with Fetcher(allowed=LOOPBACK, lookup=lambda _host, _port: ["127.0.0.1"], pause=0) as fetcher:
        port = site.address.rpartition(":")[2]
        assert fetcher.get(f"http://news.example:{port}/a").data == b"x"
    assert set(looked_up) == {"127.0.0.1"}
    assert site.asked[-1][1]["host"] == f"news.example:{port}"


def test_the_system_is_asked_for_addresses() -> None:
    assert "127.0.0.1" in resolve("localhost", 80)


def test_robots_txt_is_kept_to(site: Site, fetcher: Fetcher) -> None:
    site.put("/robots.txt", "User-agent: *\nDisallow: /*/private$\nAllow: /\n", "text/plain")
    allowed, refused = site.put("/a/public", "x"), site.put("/a/private", "x")
    assert fetcher.get(allowed).data == b"x"
    assert "robots.txt" in reason(fetcher, refused)
    assert site.paths() == ["/a/public"]
    assert [path for path, _ in site.asked].count("/robots.txt") == 1


def test_robots_txt_is_asked_after_a_redirect_too(site: Site, fetcher: Fetcher) -> None:
    site.put("/robots.txt", "User-agent: events-on-a-map\nDisallow: /b\n", "text/plain")
    site.put("/b", "x")
    assert "robots.txt" in reason(fetcher, site.put("/a", status=301, Location="/b"))


def test_without_a_robots_txt_all_may_be_fetched_and_with_a_broken_one_nothing(site: Site) -> None:
    address = site.put("/a", "x")
    with Fetcher(allowed=LOOPBACK, pause=0) as fetcher:
        assert fetcher.get(address).data == b"x"
    site.put("/robots.txt", status=503)
    with Fetcher(allowed=LOOPBACK, pause=0) as fetcher:
        assert "robots.txt cannot be read (the server says 503 Service Unavailable)" in reason(fetcher, address)


def test_the_pause_that_a_host_asks_for_is_kept(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    monkeypatch.setattr(fetch.time, "sleep", slept.append)
    site.put("/robots.txt", "User-agent: *\nCrawl-delay: 7\n", "text/plain")
    address = site.put("/a", "x")
    with Fetcher(allowed=LOOPBACK) as fetcher:
        fetcher.get(address)
        fetcher.get(address)
    assert [round(seconds) for seconds in slept] == [7]


def test_it_says_who_it_is(site: Site, fetcher: Fetcher) -> None:
    fetcher.get(site.put("/a", "x"))
    assert {headers["user-agent"] for _, headers in site.asked} == {fetch.USER_AGENT}


def test_redirects_are_followed_to_where_they_lead_but_not_for_ever(site: Site, fetcher: Fetcher) -> None:
    end = site.put("/end", "x")
    assert fetcher.get(site.put("/a", status=302, Location="/end")).url == end
    assert "passed on more than 5 times" in reason(fetcher, site.put("/loop", status=302, Location="/loop"))


def test_what_is_too_large_is_not_read(site: Site, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Fetcher._followed, "__kwdefaults__", {"limit": 1_000_000})
    assert "longer than 1 MB" in reason(fetcher, site.put("/a", b"x" * 1_000_001))
    packed = gzip.compress(b"0" * 30_000_000)
    assert "longer than 1 MB" in reason(fetcher, site.put("/b", packed, Content_Encoding="gzip"))


def test_a_server_that_never_ends_is_left(site: Site, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch) -> None:
    fetcher.get(site.put("/first", "x"))  # which also reads robots.txt
    monkeypatch.setattr(fetch, "SECONDS", 0.3)
    site.answers["/slow"] = trickle
    assert reason(fetcher, f"{site.address}/slow") == "took too long"


def test_a_server_that_says_no(site: Site, fetcher: Fetcher) -> None:
    assert reason(fetcher, f"{site.address}/none") == "the server says 404 Not Found"


def test_a_host_that_is_not_there(fetcher: Fetcher) -> None:
    assert "could not be fetched" in reason(fetcher, "http://127.0.0.1:9/")


def took(store: Store, fetcher: Fetcher, *sources: Source) -> list[Outcome]:
    return ingest(store, sources, fetcher=fetcher).outcomes


def fates(outcomes: list[Outcome]) -> list[tuple[str, str]]:
    return [(outcome.source.rpartition("/")[2], outcome.fate) for outcome in outcomes]


def test_a_page_becomes_an_article_with_its_address(site: Site, fetcher: Fetcher, store: Store) -> None:
    end = site.put("/end", page())
    [outcome] = took(store, fetcher, site.put("/a", status=302, Location="/end"))
    article = store.article(outcome.article_id)
    assert (article.url, article.title, outcome.fate) == (end, TITLE, "added")
    assert took(store, fetcher, end)[0].fate == "unchanged"


def test_a_page_names_its_own_address_but_none_of_another_house(site: Site, fetcher: Fetcher, store: Store) -> None:
    own = page(head=f'<link rel="canonical" href="{site.address}/own">')
    [outcome] = took(store, fetcher, site.put("/own?from=feed", own))
    assert store.article(outcome.article_id).url == f"{site.address}/own"
    others = page(title="x", head='<link rel="canonical" href="https://e.org/theirs">').replace("ثلاثة", "أربعة")
    [outcome] = took(store, fetcher, site.put("/mine", others))
    assert store.article(outcome.article_id).url == f"{site.address}/mine"


KINDS = [
    ("a page", page(), "text/html; charset=utf-8", 1),
    ("a page in windows-1256, as the server says", page().encode("cp1256"), "text/html; charset=windows-1256", 1),
    ("a feed that is called a page", rss(item("{site}/x", TEXT)), "text/html", 1),
    ("lines", line() + line(OTHER), "application/x-ndjson", 2),
    ("lines without a type", line() + line(OTHER), "", 2),
    ("packed lines", gzip.compress((line() + line(OTHER)).encode()), "application/gzip", 2),
    ("a plain text", TEXT, "text/plain; charset=utf-8", 1),
    ("a picture", b"\x89PNG", "image/png", 0),
]


@pytest.mark.parametrize(("body", "kind", "articles"), [case[1:] for case in KINDS], ids=[case[0] for case in KINDS])
def test_kinds_of_things_at_an_address(site: Site, fetcher: Fetcher, store: Store, body, kind, articles) -> None:
    content = body.replace("{site}", site.address) if isinstance(body, str) else body
    if "<rss" in str(body):
        site.put("/x", page())
    outcomes = took(store, fetcher, site.put("/a", content, kind))
    assert len([outcome for outcome in outcomes if outcome.fate == "added"]) == articles
    assert bool(articles) != any(outcome.fate == "failed" for outcome in outcomes)


def feed_of(site: Site, *items: str, **headers: str) -> Feed:
    return Feed(site.put("/feed", rss(*items), "application/rss+xml", **headers), publisher="المثال")


def test_the_articles_of_a_feed_are_fetched_once(site: Site, fetcher: Fetcher, store: Store) -> None:
    feed = feed_of(site, item(site.put("/1", page()), title="من الخلاصة"), item(f"{site.address}/2"))
    first = took(store, fetcher, feed)
    assert fates(first) == [("1", "added"), ("2", "failed")]
    article = store.article(first[0].article_id)
    assert (article.title, article.publisher, str(article.published)) == ("من الخلاصة", "المثال", "2026-01-11")
    site.put("/2", page(title="آخر").replace("ثلاثة", "أربعة"))
    assert fates(took(store, fetcher, feed)) == [("1", "unchanged"), ("2", "added")]
    assert site.paths().count("/1") == 1


def test_a_feed_that_has_not_changed_gives_nothing(site: Site, fetcher: Fetcher, store: Store) -> None:
    feed = feed_of(site, item(site.put("/1", page())), ETag='"1"')
    assert fates(took(store, fetcher, feed)) == [("1", "added")]
    assert took(store, fetcher, feed) == []
    assert site.asked[-1][1]["if-none-match"] == '"1"'
    assert fates(took(store, fetcher, feed_of(site, item(f"{site.address}/1"), ETag='"2"'))) == [("1", "unchanged")]


def test_a_feed_of_which_something_failed_is_read_again(site: Site, fetcher: Fetcher, store: Store) -> None:
    feed = feed_of(site, item(f"{site.address}/1"), ETag='"1"')
    assert fates(took(store, fetcher, feed)) == [("1", "failed")]
    site.put("/1", page())
    assert fates(took(store, fetcher, feed)) == [("1", "added")]


def test_an_entry_that_changed_is_fetched_again(site: Site, fetcher: Fetcher, store: Store) -> None:
    entry = item(site.put("/1", page()))
    took(store, fetcher, feed_of(site, entry))
    site.put("/1", page().replace("ثلاثة", "أربعة"))
    changed = entry.replace("<item>", "<item><updated>2100-01-01T00:00:00Z</updated>")
    assert fates(took(store, fetcher, feed_of(site, changed))) == [("1", "updated")]


def test_addresses_in_a_feed_may_be_relative_to_it(site: Site, fetcher: Fetcher, store: Store) -> None:
    site.put("/news/1", page())
    feed = Feed(site.put("/news/feed", rss(item(" 1 ")), "application/rss+xml"))
    [outcome] = took(store, fetcher, feed)
    assert store.article(outcome.article_id).url == f"{site.address}/news/1"


LONG = f"{TEXT} " * 20


def test_a_feed_may_carry_its_own_articles(site: Site, fetcher: Fetcher, store: Store) -> None:
    [outcome] = took(store, fetcher, feed_of(site, item(f"{site.address}/1", LONG)))
    assert store.article(outcome.article_id).text == LONG.strip()
    assert site.paths() == ["/feed"]


def test_a_feed_cannot_write_over_the_articles_of_another_house(fetcher: Fetcher, store: Store, site: Site) -> None:
    [outcome] = took(store, fetcher, feed_of(site, item("http://10.0.0.1/theirs", LONG)))
    assert (outcome.fate, outcome.reason) == ("failed", "10.0.0.1 is not on the public network")


@pytest.mark.parametrize("scheme", ["file", "FILE", "ftp", "x"])
def test_an_address_is_never_taken_for_a_file(fetcher: Fetcher, store: Store, tmp_path: Path, scheme: str) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    [outcome] = took(store, fetcher, f"{scheme}://{tmp_path}/a.txt")
    assert (outcome.fate, outcome.reason) == ("failed", "not an address of the web (http or https)")


def test_a_feed_that_cannot_be_read_stops_no_other(site: Site, fetcher: Fetcher, store: Store) -> None:
    site.put("/1", page())
    outcomes = took(store, fetcher, Feed(f"{site.address}/none"), Feed("nonsense"), f"{site.address}/1")
    assert fates(outcomes) == [("none", "failed"), ("nonsense", "failed"), ("1", "added")]
