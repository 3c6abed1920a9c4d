"""Articles, pages and feeds for the tests of ingestion; all invented."""

import json
from datetime import date

from events.ingest.report import Report
from events.ingest.run import ingest
from events.ingest.sources import Source
from events.store import Store

DAY = date(2026, 1, 11)
TEXT = "قُتل ثلاثة مدنيين في قصف على حي الأشرفية في حلب."
OTHER = "أعلنت وزارة الداخلية اعتقال خمسة أشخاص في مدينة حمص صباح الأحد."
NO_EVENT = "افتتح معرض الكتاب أبوابه أمام الزوار بمشاركة دور نشر عربية كثيرة."
PERSIAN = "کشته شدن سه غیرنظامی در حمله به حلب در روز گذشته به گزارش خبرگزاری‌ها و شاهدان عینی در شهر."
TITLE = "ثلاثة قتلى في حلب"

PARAGRAPHS = (
    f"{TEXT} وقالت مديرية صحة حلب إن فرق الإسعاف نقلت المصابين إلى مستشفيات المدينة مساء أمس.",
    "وقال محافظ حلب إن الأهالي عادوا إلى منازلهم بعد توقف القصف، وإن الطرق فتحت أمام حركة المرور من جديد.",
)


def line(text: str = TEXT, **fields: object) -> str:
    """An article as a line of JSON Lines."""
    return json.dumps({"text": text, "published": str(DAY)} | fields, ensure_ascii=False) + "\n"


def page(
    *, title: str = TITLE, charset: str = "utf-8", published: str | None = "2026-01-11T21:15:00+03:00", head: str = ""
) -> str:
    """A web page with one article."""
    meta = f'<meta property="article:published_time" content="{published}">' if published else ""
    body = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    return (
        f'<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="{charset}">{head}'
        f"<title>{title} - وكالة المثال</title>"
        f'<meta property="og:title" content="{title}"><meta property="og:site_name" content="وكالة المثال">{meta}'
        f'</head><body><nav><a href="/">الرئيسية</a><a href="/news">أخبار</a></nav><article><h1>{title}</h1>{body}'
        "</article><footer>جميع الحقوق محفوظة</footer></body></html>"
    )


def rss(*items: str, title: str = "وكالة المثال") -> str:
    """A feed with items as `item` makes them."""
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>{title}</title>{''.join(items)}</channel></rss>"
    )


def item(link: str, text: str = "", title: str = TITLE, day: str = "Sun, 11 Jan 2026 01:30:00 +0300") -> str:
    """An item of a feed; with a text it carries the whole article."""
    content = f"<content:encoded><![CDATA[<p>{text}</p>]]></content:encoded>" if text else ""
    return f"<item><title>{title}</title><link>{link}</link><pubDate>{day}</pubDate>{content}</item>"


def taken(store: Store, *sources: Source) -> list[tuple[str, str]]:
    """Take sources in; return the last part of each item's name and its fate."""
    return [(outcome.source.rsplit("/", 1)[-1], outcome.fate) for outcome in report(store, *sources).outcomes]


def report(store: Store, *sources: Source) -> Report:
    """Take sources in."""
    return ingest(store, sources)
