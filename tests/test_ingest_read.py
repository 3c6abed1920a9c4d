"""Reading articles: what is well formed comes through to the last byte, what is not is one line with its place."""

import json
from datetime import date
from pathlib import Path

import pytest

from events.ingest.document import NOT_READ, Problem
from events.ingest.read import read
from events.model import Article
from events.pipeline import SEEDS

GOLD_SEED = Path(__file__).parent / "score" / "seed.jsonl"
LINE = {
    "id": "a",
    "language": "ar",
    "published": "2026-01-11",
    "title": "عنوان",
    "text": "قصف",
    "url": None,
    "publisher": "سانا",
}


def articles(*paths: Path) -> list[Article]:
    return [item for item in read(paths) if isinstance(item, Article)]


def problems(*paths: Path) -> list[str]:
    return [str(item) for item in read(paths) if isinstance(item, Problem)]


def test_the_seed_article_is_the_gold_text_to_the_last_line_end() -> None:
    gold = json.loads(GOLD_SEED.read_text("utf-8"))
    [article] = articles(SEEDS)
    assert article.text == gold["text"]
    assert (article.id, article.title, article.published) == (gold["id"], gold["title"], date(2026, 1, 11))
    assert (article.language, article.publisher, article.url) == ("ar", None, None)
    assert problems(SEEDS) == []


@pytest.mark.parametrize(
    "body", ["قصف\n\n\n", "\n  قصف", "قُصفت\r\nحلب\r\n", "سطر\n---\nسطر", "رأي\u2028آخر\x0bهنا"],
    ids=["blank lines at the end", "space at the start", "CRLF", "a rule in the text", "other line separators"],
)  # fmt: skip
def test_text_behind_front_matter_is_kept_as_it_stands(tmp_path: Path, body: str) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(b"---\r\npublished: 2026-01-11\r\n---\r\n" + body.encode())
    assert [article.text for article in articles(file)] == [body]


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"\xef\xbb\xbf---\npublished: 2026-01-11\n---\n" + "قصف".encode())
    assert articles(file)[0].text == "قصف"
    lines = tmp_path / "b.jsonl"
    lines.write_bytes(b"\xef\xbb\xbf" + json.dumps(LINE).encode())
    assert articles(lines)[0].text == "قصف"


def test_json_lines_fields(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text(
        json.dumps(LINE | {"section": "world"}) + "\n\n" + json.dumps({"text": "x", "published": None, "id": 7})
    )
    first, second = articles(file)
    assert first == Article("a", "قصف", "عنوان", "ar", date(2026, 1, 11), "سانا", None)
    assert (second.id, second.published) == ("7", None)
    assert problems(file) == []


@pytest.mark.parametrize("written", ["2026-01-11", "2026-01-11T23:30:00+03:00", "2026-01-11 08:00"])
def test_the_day_is_the_one_the_publisher_printed(tmp_path: Path, written: str) -> None:
    lines, text = tmp_path / "a.jsonl", tmp_path / "a.txt"
    lines.write_text(json.dumps(LINE | {"published": written}))
    text.write_text(f"---\npublished: {written}\n---\nx")
    assert [article.published for article in articles(lines, text)] == [date(2026, 1, 11)] * 2


def test_an_id_is_made_from_the_url_or_else_the_text(tmp_path: Path) -> None:
    for name, url, text in (
        ("a", "https://example.org/1", "x"),
        ("b", "https://example.org/1", "y"),
        ("c", "", "x"),
        ("d", "", "x"),
    ):
        (tmp_path / f"{name}.txt").write_text(f"---\npublished: null\nurl: {url}\n---\n{text}")
    a, b, c, d = (article.id for article in articles(tmp_path))
    assert a == b != c == d


def test_folders_are_read_in_order_without_readme_and_hidden_files(tmp_path: Path) -> None:
    for name in ("b/2.txt", "a/1.md", "README.md", ".git/x.txt", "c.pdf"):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(f"---\npublished: null\n---\n{name}")
    assert [article.text for article in articles(tmp_path)] == ["a/1.md", "b/2.txt"]
    failed = [(item.where, item.message) for item in read([tmp_path]) if isinstance(item, Problem)]
    assert failed == [(str(tmp_path / "c.pdf"), NOT_READ)]


LINE_BYTES = json.dumps(LINE, ensure_ascii=False).encode()
BAD_FILES = [
    ("empty.txt", b"", "empty.txt: empty"),
    ("blank.md", b"---\npublished: null\n---\n \n", "blank.md: empty"),
    ("empty.jsonl", b"\n", "empty.jsonl: empty"),
    ("binary.txt", bytes(range(32)) * 9, "binary.txt: not text"),
    ("cut.txt", "---\npublished: null\n---\nحلب".encode()[:-1], "cut.txt: 1 characters could not be read"),
    ("cut.jsonl", LINE_BYTES[: LINE_BYTES.index("قصف".encode()) + 1], "cut.jsonl:1: not UTF-8 at byte"),
    ("undated.txt", "قصف".encode(), "undated.txt: no date (published)"),
    ("date.txt", b"---\npublished: yesterday\n---\nx", "date.txt: published: "),
    ("key.txt", b"---\npublishd: 2026-01-11\n---\nx", "key.txt: publishd: Extra inputs are not permitted"),
    ("yaml.txt", b"---\ntitle: 'x\n---\nx", "yaml.txt: front matter: "),
    ("list.txt", b"---\n- x\n---\nx", "list.txt: front matter: not a list of 'key: value' lines"),
    ("picture.png", b"x", "picture.png: not a kind of file that is read"),
    ("json.jsonl", b'{"text": "x",\n', "json.jsonl:1: broken JSON at column"),
    ("no_text.jsonl", b'{"published": null}', "no_text.jsonl:1: text: Field required"),
    ("array.jsonl", b"[1]", "array.jsonl:1: record: "),
    ("surrogate.jsonl", b'{"published": null, "text": "\\ud83d"}', "surrogate.jsonl:1: text: "),
    ("deep.jsonl", b"[" * 100_000, "deep.jsonl:1: nested too deeply"),
]


@pytest.mark.parametrize(("name", "content", "message"), BAD_FILES, ids=[name for name, _, _ in BAD_FILES])
def test_bad_files_are_one_line_each_and_the_others_go_through(
    tmp_path: Path, name: str, content: bytes, message: str
) -> None:
    bad, good = tmp_path / name, tmp_path / "good.jsonl"
    bad.write_bytes(content)
    good.write_text(json.dumps(LINE))
    [problem] = problems(bad, good)
    assert problem.startswith(f"{tmp_path}/{message}")
    assert "\n" not in problem
    assert articles(bad, good)[-1].text == "قصف"


def test_a_broken_line_is_named_and_the_lines_around_it_go_through(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    good = json.dumps(LINE).encode()
    file.write_bytes(good + b'\n{"text": \n' + b'{"text": "\xff"}\n' + good.replace(b'"a"', b'"b"'))
    assert [article.id for article in articles(file)] == ["a", "b"]
    assert [problem.split(":")[1] for problem in problems(file)] == ["2", "3"]


def test_an_article_without_date_is_read_behind_its_problem(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("قصف")
    problem, article = read([file])
    assert isinstance(problem, Problem)
    assert isinstance(article, Article)
    assert article.published is None


def test_missing_path_and_empty_folder(tmp_path: Path) -> None:
    assert problems(tmp_path / "none.txt") == [f"{tmp_path}/none.txt: No such file or directory"]
    assert problems(tmp_path / "none") == [f"{tmp_path}/none: No such file or directory"]
    assert problems(tmp_path)[0].startswith(f"{tmp_path}: no article in this folder")
