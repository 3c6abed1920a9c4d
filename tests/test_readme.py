"""The README shows what the program does today: its sentence gives its rows, and its files are there."""

import re
from datetime import date
from pathlib import Path

import pytest

from events.model import Article
from events.pipeline import code
from events.row import COLUMNS as ALL
from events.row import Row, to_row

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
COLUMNS = ("action", "modality", "claim_source", "actor", "place", "latitude", "longitude", "event_date", "quote")


def test_the_sentence_gives_the_rows_beneath_it() -> None:
    sentence, shown = re.search(r'<p dir="rtl">(.+)</p>.*?(\| action .+?)\n\n', README, re.DOTALL).groups()
    article = Article("readme", sentence, published=date(2026, 1, 11))
    table = [("---",) * len(COLUMNS), *(_cells(to_row(event, article)) for event in code(article))]
    assert f"({len(COLUMNS)} of their {len(ALL)} columns)" in README
    assert shown == "\n".join(_line(cells) for cells in (COLUMNS, *table))


def _cells(row: Row) -> tuple[str, ...]:
    return tuple("" if row[name] is None else str(row[name]) for name in COLUMNS)


def _line(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"


@pytest.mark.parametrize("target", re.findall(r"\]\(([^)#:]+)\)", README))
def test_links_lead_to_files(target: str) -> None:
    assert (ROOT / target).exists()
