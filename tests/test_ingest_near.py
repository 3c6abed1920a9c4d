"""Agency copy in many outlets is one story with many publishers; reports that only look alike are not."""

from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.ingest.near import bands, nearest
from events.ingest.sources import Pasted
from events.model import Article
from events.store import Store, open_store
from tests.ingest_samples import DAY, OTHER, report

AGENCY = """قُتل ثلاثة مدنيين وأصيب سبعة آخرون في قصف على حي الأشرفية في حلب مساء السبت، بحسب مديرية الصحة.
وقال محافظ حلب إن فرق الإسعاف نقلت المصابين إلى مستشفيي الرازي والجامعة، وإن الطرق المؤدية إلى الحي أغلقت.
وأعلنت وزارة الداخلية اعتقال خمسة أشخاص في حي السريان على خلفية إطلاق نار وقع قبل ساعات من القصف.
وكانت المدينة شهدت يوم الخميس هدنة قصيرة بوساطة وجهاء من عشائر المنطقة قبل أن تنهار صباح الجمعة."""
FIRST = AGENCY.splitlines()[0]
UNRELATED = """افتتح وزير الثقافة معرض الكتاب في دمشق بمشاركة مئتي دار نشر من عشرين دولة عربية وأجنبية هذا العام.
ويستمر المعرض عشرة أيام، وتقام على هامشه ندوات عن الرواية والشعر وأدب الأطفال وورش للرسم والخط العربي.
وقال مدير المعرض إن عدد الزوار في اليوم الأول فاق التوقعات، وإن أسعار الكتب خفضت إلى النصف في معظم الأجنحة."""


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    opened = open_store(url)
    yield opened
    opened.close()


def article(text: str, number: int = 2, day: date | None = DAY) -> Article:
    return Article(f"a-{number}", text, published=day)


PAIRS = [
    ("the same, without vowel marks and with another hamza", AGENCY.replace("ُ", "").replace("أ", "ا"), True),
    ("with a line of the outlet's own", f"{AGENCY}\nشارك في إعداد هذا التقرير قسم الأخبار في الجريدة.", True),
    ("shortened by its last paragraph", "\n".join(AGENCY.splitlines()[:3]), True),
    ("only its first paragraph", FIRST, False),
    ("another text", UNRELATED, False),
]


@pytest.mark.parametrize(("text", "copy"), [case[1:] for case in PAIRS], ids=[case[0] for case in PAIRS])
def test_what_is_a_near_copy(text: str, copy: bool) -> None:
    original = article(AGENCY, 1)
    assert (nearest(article(text), [original]) == original) is copy
    if copy:
        assert set(bands(text)) & set(bands(AGENCY))


def test_a_form_that_is_filled_in_every_month_is_no_copy() -> None:
    original = article(AGENCY, 1)
    assert nearest(article(AGENCY, day=date(2026, 2, 11)), [original]) is None
    assert nearest(article(AGENCY, day=None), [original]) == original


def test_short_texts_are_alike_by_chance() -> None:
    assert bands("قُتل ثلاثة مدنيين في قصف على حلب") == ()


@given(st.text(max_size=2000))
def test_any_text_has_hashes_that_a_database_holds(text: str) -> None:
    assert all(-(2**63) <= band < 2**63 for band in bands(text))
    assert bands(text) == bands(text)


def test_hashes_are_the_same_in_every_version() -> None:
    """Stores hold them: with others, near copies of older articles would no longer be found."""
    assert (len(bands(AGENCY)), sum(bands(AGENCY)) % 2**32) == (20, 4239151869)


def test_rows_of_near_copies_are_counted_once_with_all_publishers(store: Store) -> None:
    report(store, Pasted(AGENCY, DAY, publisher="أ"))
    rows = store.rows()
    longer, shorter = PAIRS[1][1], PAIRS[2][1]
    found = report(store, Pasted(longer, DAY, publisher="ب"), Pasted(shorter, DAY, publisher="ج"))
    first = store.alike([article(AGENCY)]).of(article(AGENCY))[0].id
    assert [outcome.reason for outcome in found.outcomes] == [f"copy of {first}"] * 2
    assert len(store.rows()) == len(rows)
    publishers = store.publishers(list(rows["number"]))
    assert [publishers[number] for number in rows.sort_values("quote_start")["number"]] == [
        *[["أ", "ب", "ج"]] * (len(rows) - 1),
        ["أ", "ب"],
    ]


def test_rows_that_only_the_copy_has_are_kept(store: Store) -> None:
    report(store, Pasted(AGENCY, DAY, publisher="أ"))
    rows = len(store.rows())
    report(store, Pasted(f"{AGENCY}\n{OTHER}", DAY, publisher="ب"))
    assert len(store.rows()) > rows


def test_an_article_that_is_no_copy_any_more_is_unlinked(store: Store) -> None:
    report(store, Pasted(AGENCY, DAY, url="https://a.example/1"))
    report(store, Pasted(PAIRS[1][1], DAY, url="https://b.example/1"))
    rows = len(store.rows())
    changed = Pasted(f"{OTHER}\n{UNRELATED}", DAY, url="https://b.example/1")
    assert report(store, changed).counts == {"updated": 1}
    assert len(store.rows()) > rows
    again = Pasted(PAIRS[2][1], DAY, url="https://b.example/1")
    assert report(store, again).outcomes[0].reason.startswith("copy of")
    assert len(store.rows()) == rows
