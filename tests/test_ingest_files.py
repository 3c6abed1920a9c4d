"""Files as they come: any encoding, any archive, any bytes; articles or a named failure, never an exception."""

import gzip
import io
import stat
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events.ingest import archives, document, files
from events.ingest.articles import read_document
from events.ingest.document import SUFFIXES, Document, Found, Item, Problem
from events.ingest.read import offline
from events.ingest.sources import Upload, read_sources
from tests.ingest_samples import OTHER, PARAGRAPHS, TEXT, item, line, page, rss

BODY = "\n".join(PARAGRAPHS)


def items(name: str, data: bytes) -> list[Item]:
    found: list[Item] = []
    for piece in read_sources([Upload(name, data)], offline):
        found += read_document(piece) if isinstance(piece, Document) else [piece]
    return found


def texts(name: str, data: bytes) -> list[str]:
    return [found.article.text if isinstance(found, Found) else f"! {found.message}" for found in items(name, data)]


ENCODINGS = [
    ("UTF-8", BODY.encode()),
    ("UTF-8 with its mark", BODY.encode("utf-8-sig")),
    ("windows-1256", BODY.encode("cp1256")),
    ("UTF-16 with its mark", BODY.encode("utf-16")),
    ("UTF-16, big end first, with its mark", b"\xfe\xff" + BODY.encode("utf-16-be")),
    ("UTF-16 without a mark", BODY.encode("utf-16-le")),
    ("UTF-16, big end first, without a mark", BODY.encode("utf-16-be")),
    ("UTF-32 with its mark", BODY.encode("utf-32")),
]


@pytest.mark.parametrize("data", [case[1] for case in ENCODINGS], ids=[case[0] for case in ENCODINGS])
def test_encodings_of_a_text(data: bytes) -> None:
    assert texts("a.txt", data) == [BODY]


PAGES = [
    ("windows-1256, and it says so", page(charset="windows-1256").encode("cp1256")),
    ("windows-1256 that says UTF-8", page(charset="utf-8").encode("cp1256")),
    ("windows-1256 that says ISO-8859-1", page(charset="iso-8859-1").encode("cp1256")),
    ("windows-1256 that says nothing known", page(charset="x-unknown").encode("cp1256")),
    ("UTF-8 that says windows-1256", page(charset="windows-1256").encode()),
    ("UTF-8 with one broken byte", page().encode().replace("الرئيسية".encode(), b"\xd8 ")),
    ("UTF-16 that says UTF-8", page().encode("utf-16")),
    ("ISO-8859-6, and it says so", page(charset="iso-8859-6").encode("iso-8859-6")),
]


@pytest.mark.parametrize("data", [case[1] for case in PAGES], ids=[case[0] for case in PAGES])
def test_encodings_of_a_page(data: bytes) -> None:
    assert texts("a.html", data) == [BODY]


def test_a_feed_in_windows_1256() -> None:
    feed = rss(item("https://e.org/1", TEXT)).replace('encoding="utf-8"', 'encoding="windows-1256"')
    assert texts("a.xml", feed.encode("cp1256")) == [TEXT]


@pytest.mark.parametrize("reference", ["&#0;", "&#xD800;", "&#x110000;", "&#xFFFE;", "&#1;"])
def test_references_to_no_character_leave_a_text_that_can_be_kept(reference: str) -> None:
    for name, data in (
        ("a.html", page().replace("حلب", f"حلب{reference}")),
        ("a.xml", rss(item("/1", f"{TEXT}{reference}"))),
    ):
        assert sound(items(name, data.encode()))


def test_what_the_server_says_of_the_encoding_is_used_where_the_bytes_leave_it_open() -> None:
    polish = "Zażółć gęślą jaźń. " * 20
    document = Document("x", document_kind("a.txt"), polish.encode("iso-8859-2"), charset="iso-8859-2")
    [found] = read_document(document)
    assert isinstance(found, Found)
    assert found.article.text == polish


def document_kind(name: str) -> document.Kind:
    kind = files.kind_of(name)
    assert kind
    return kind


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1256"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"], ids=["comma", "semicolon", "tab"])
def test_tables_as_spreadsheets_write_them(encoding: str, delimiter: str) -> None:
    rows = [("Title", "Text", "Date"), ("x", f'"{OTHER}\nثم ""عاد"""', "2026-01-11"), ("", OTHER, "")]
    table = "".join(delimiter.join(row) + "\r\n" for row in rows)
    first, second = items("a.csv", table.encode(encoding))
    assert isinstance(first, Found)
    assert first.article.text == f'{OTHER}\nثم "عاد"'
    assert (first.where, str(first.article.published), first.article.title) == ("a.csv:2", "2026-01-11", "x")
    assert isinstance(second, Found)
    assert (second.article.published, second.note) == (None, None)


def test_lines_in_utf_16_as_windows_writes_them() -> None:
    assert texts("a.jsonl", (line() + line(OTHER)).encode("utf-16")) == [TEXT, OTHER]


def test_a_line_that_is_too_long_is_named_and_the_next_one_goes_through(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "DOCUMENT_BYTES", 1_000_000)
    long, good = texts("a.jsonl", b'{"text": "' + b"x" * 2_500_000 + b'"}\n' + line().encode())
    assert (long, good) == ("! longer than 1 MB", TEXT)


def zipped(*members: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return out.getvalue()


def test_archives_hold_all_kinds_of_files() -> None:
    archive = zipped(
        ("day/a.txt", TEXT.encode()),
        ("day/b.jsonl", line(OTHER).encode()),
        ("c.html", page().encode()),
        ("d.jsonl.gz", gzip.compress(line().encode())),
        ("e.zip", zipped(("inner.csv", f"text\n{OTHER}\n".encode()))),
        ("f.xml", rss(item("https://e.org/1", TEXT)).encode()),
        ("README.md", b"x"),
        ("__MACOSX/a.txt", b"x"),
    )
    found = items("a.zip", archive)
    assert [found.where for found in found] == [
        *("a.zip/day/a.txt", "a.zip/day/b.jsonl:1", "a.zip/c.html", "a.zip/d.jsonl.gz:1"),
        *("a.zip/e.zip/inner.csv:2", "a.zip/f.xml#1"),
    ]
    assert all(isinstance(one, Found) for one in found)


def test_members_of_a_kind_that_is_not_read_are_told_one_by_one() -> None:
    inner = zipped(("photo.jpg", b"x"), ("README.txt", b"x"))
    found = items("a.zip", zipped(("a.txt", TEXT.encode()), ("day/report.docx", b"PK"), ("e.zip", inner)))
    assert [(one.where, isinstance(one, Found)) for one in found] == [
        *(("a.zip/a.txt", True), ("a.zip/day/report.docx", False), ("a.zip/e.zip/photo.jpg", False)),
    ]
    assert all("not a kind of file" in one.message for one in found if isinstance(one, Problem))


def link() -> zipfile.ZipInfo:
    info = zipfile.ZipInfo("passwd.txt")
    info.create_system, info.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    return info


def nested(times: int) -> bytes:
    data = zipped(("a.txt", TEXT.encode()))
    for _ in range(times):
        data = zipped(("inner.zip", data))
    return data


def locked() -> bytes:
    data = bytearray(zipped(("a.txt", TEXT.encode())))
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + flags] |= 1
    return bytes(data)


def understated() -> bytes:
    """An archive that says of a bomb that it is small."""
    data = zipped(("a.txt", b"0" * 3_000_000))
    size = (3_000_000).to_bytes(4, "little")
    return data.replace(size, (5).to_bytes(4, "little"))


TRICKS: list[tuple[str, str, Callable[[], bytes], str]] = [
    ("a path upwards", "a.zip", lambda: zipped(("../../a.txt", b"x")), "leads out of the archive"),
    (
        "a path upwards on Windows",
        "a.zip",
        lambda: zipped(("..\\a.txt", b"x")),
        "leads out of the archive",
    ),
    ("a path from the root", "a.zip", lambda: zipped(("/etc/a.txt", b"x")), "leads out of the archive"),
    ("a path on a drive", "a.zip", lambda: zipped(("c:/a.txt", b"x")), "leads out of the archive"),
    ("a link", "a.zip", lambda: zipped((link(), b"/etc/passwd")), "a link, not a file"),
    ("a zip bomb", "a.zip", lambda: zipped(("a.txt", b"0" * 3_000_000)), "unpacks to far more"),
    ("a zip bomb that says it is small", "a.zip", understated, "could not be read"),
    ("a gzip bomb", "a.txt.gz", lambda: gzip.compress(b"0" * 3_000_000), "unpacks to far more"),
    ("a bomb in an archive", "a.zip", lambda: zipped(("a.txt.gz", gzip.compress(b"0" * 3_000_000))), "unpacks to far"),
    ("archives in archives in archives", "a.zip", lambda: nested(4), "an archive in an archive in an archive"),
    ("an archive with a password", "a.zip", locked, "locked with a password"),
    ("an archive cut short", "a.zip", lambda: nested(1)[:-30], "could not be read"),
    ("a gzip file cut short", "a.jsonl.gz", lambda: gzip.compress(line().encode())[:-12], "could not be read"),
    ("an archive without articles", "a.zip", lambda: zipped(("README.md", b"x")), "no article in this archive"),
    ("an unknown kind in gzip", "a.tar.gz", lambda: gzip.compress(b"x"), "not a kind of file that is read"),
]


@pytest.mark.parametrize(("name", "make", "message"), [case[1:] for case in TRICKS], ids=[case[0] for case in TRICKS])
def test_archives_that_are_not_trusted(name: str, make: Callable[[], bytes], message: str) -> None:
    problem = items(name, make())[-1]
    assert isinstance(problem, Problem)
    assert message in problem.message


def test_an_archive_of_too_many_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MEMBERS", 3)
    assert texts("a.zip", zipped(*((f"{n}.txt", b"x") for n in range(4)))) == ["! 4 files in it, at most 3 are read"]


def test_an_archive_that_is_too_large_when_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "UNPACKED_BYTES", 1000)
    assert "when unpacked" in texts("a.zip", zipped(("a.txt", b"x" * 600), ("b.txt", b"x" * 600)))[0]
    assert "unpacks to far more" in texts("a.txt.gz", gzip.compress(b"x" * 1200))[0]


def test_a_file_that_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    assert texts("a.html", b"<p>" * 2_000_000) == ["! longer than 5 MB"]
    monkeypatch.setattr(files, "DOCUMENT_BYTES", 1_000_000)
    assert texts("a.txt", b"x" * 1_000_001) == ["! longer than 1 MB"]


def test_a_feed_that_names_a_file_is_no_way_to_read_it(tmp_path) -> None:
    secret = tmp_path / "feed.xml"
    secret.write_text(rss(item("https://e.org/1", TEXT)))
    assert texts("a.xml", str(secret).encode()) == ["! not an RSS or Atom feed"]


def test_entities_that_blow_up_or_name_files_give_no_text() -> None:
    bomb = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    dtd = f'<!DOCTYPE rss [<!ENTITY a0 "ha"><!ENTITY f SYSTEM "file:///etc/hostname">{bomb}]>'
    feed = rss(item("https://e.org/1", TEXT)).replace("<rss", f"{dtd}<rss").replace(TEXT, f"{TEXT}]]>&a11;&f;<![CDATA[")
    assert all(len(text) < 2 * len(TEXT) for text in texts("a.xml", feed.encode()))


WELL_FORMED = {
    ".txt": b"---\npublished: 2026-01-11\n---\n" + TEXT.encode(),
    ".md": TEXT.encode("cp1256"),
    ".html": page().encode(),
    ".htm": page(charset="windows-1256").encode("cp1256"),
    ".jsonl": (line() + line(OTHER, url="https://e.org/1")).encode(),
    ".csv": f"text,date,url\n{TEXT},2026-01-11,\n{OTHER},,https://e.org\n".encode(),
    ".xml": rss(item("https://e.org/1", TEXT), item("https://e.org/2")).encode(),
    ".zip": zipped(("a.txt", TEXT.encode()), ("b.jsonl", line().encode())),
    ".gz": gzip.compress(TEXT.encode()),
}


def sound(found: list[Item]) -> bool:
    """Whether each item is an article that any database can hold or a failure with its reason in one line."""
    for one in found:
        if isinstance(one, Problem):
            assert one.where
            assert one.message
            assert "\n" not in one.message
            assert not one.message.startswith("could not be read: RuntimeError")
        else:
            assert one.article.text.strip()
            assert "\0" not in one.article.text
            one.article.text.encode()
    return bool(found)


@pytest.mark.parametrize("suffix", SUFFIXES)
@settings(max_examples=60, deadline=None)
@given(data=st.binary(max_size=400))
def test_any_bytes_give_articles_or_a_named_failure(suffix: str, data: bytes) -> None:
    assert sound(items(f"a{suffix}", data))


@pytest.mark.parametrize("suffix", SUFFIXES)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_damaged_files_give_articles_or_a_named_failure(suffix: str, data: st.DataObject) -> None:
    damaged = bytearray(WELL_FORMED[suffix])
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(damaged)))
        damaged[start : start + data.draw(st.integers(0, 30))] = data.draw(st.binary(max_size=30))
    assert sound(items(f"a{suffix}", bytes(damaged)))
