"""What is said about the columns, and that docs/data-dictionary.md says the same."""

import re
from pathlib import Path

import pytest

from events import columns as module
from events.columns import columns
from events.export import FORMATS, data_dictionary
from events.lexicon import LexiconError
from events.row import COUNTS

DOCUMENT = Path(__file__).parents[1] / "docs" / "data-dictionary.md"


def test_the_document_is_up_to_date() -> None:
    """If not: python -m events dictionary > docs/data-dictionary.md."""
    assert DOCUMENT.read_text(encoding="utf-8") == data_dictionary()


def test_every_column_and_every_format_has_a_line_of_the_same_cells() -> None:
    lines = [line for line in data_dictionary().splitlines() if re.match(r"\| `\w", line)]
    assert [re.findall(r"`(\w+)`", line)[0] for line in lines] == [*(c.name for c in columns()), *FORMATS]
    assert [line.count(" | ") for line in lines] == [4] * len(columns()) + [2] * len(FORMATS)


@pytest.mark.parametrize("column", columns(), ids=lambda column: column.name)
def test_a_column_is_told_in_both_languages(column: module.Column) -> None:
    assert column.meaning["en"].endswith(".")
    assert re.search("[\u0621-\u064a]", column.meaning["ar"])
    assert column.unit.keys() in ({"en", "ar"}, set())
    assert column.kind not in (int, float) or column.unit, "a number needs a unit"


def test_counts_are_whole_numbers_of_persons_or_families() -> None:
    units = {c.name: c.unit["en"] for c in columns() if c.name in COUNTS}
    assert units == {name: "families" if name.endswith("_families") else "persons" for name in COUNTS}


SLIPS = {
    "an unknown unit": ("{type: text, unit: mile, hxl: '#loc', en: a., ar: ا}", "columns.place: no unit 'mile'"),
    "an unknown type": ("{type: word, hxl: '#loc', en: a., ar: ا}", "columns.place.type: "),
    "a tag that is none": ("{type: text, hxl: loc, en: a., ar: ا}", "columns.place.hxl: "),
    "one language only": ("{type: text, hxl: '#loc', en: a.}", "columns.place.ar: "),
}


@pytest.mark.parametrize(("entry", "message"), SLIPS.values(), ids=SLIPS)
def test_a_slip_names_file_and_entry(entry: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "columns.yml"
    file.write_text(f"units: {{}}\ncolumns:\n  place: {entry}\n", encoding="utf-8")
    monkeypatch.setattr(module, "COLUMNS_FILE", file)
    with pytest.raises(LexiconError, match=re.escape(f"columns.yml: entry {message}")):
        columns.__wrapped__()
