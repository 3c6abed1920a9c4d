"""What the browser holds of all rows: read back here as `columns.js` reads it."""

import base64
import gzip
import zlib
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as some
from sample_events import ASHRAFIEH, SHEIKH_MAQSOUD, article, located, rows_of

from views.columns import LEVELS, UNDATED, Columns, columns_of
from views.families import families, family_numbers
from views.rows import newest_first, pin_numbers, prepare


def read(columns: Columns) -> dict[str, np.ndarray[Any, Any]]:
    blob, layout, at, found = gzip.decompress(columns.blob), columns.layout, 0, {}
    kinds = {
        "pins": ("<f8", "places"), "place": ("<u4" if layout["wide"] else "<u2", "rows"), "day": ("<u2", "rows"),
        "until": ("<u2", "rows"), "kind": ("u1", "rows"), "sure": ("u1", "rows"), "level": ("u1", "places"),
    }  # fmt: skip
    for name, (kind, length) in kinds.items():
        found[name] = np.frombuffer(blob, kind, layout[length], at)
        at += found[name].nbytes
    assert at == len(blob), "nothing is left over"
    return found


@pytest.fixture
def rows(tmp_path: Path) -> pd.DataFrame:
    source = article("قصف الجيش الأشرفية.")
    return newest_first(
        prepare(
            rows_of(
                tmp_path,
                located(source, action="attack", date="2026-01-10", confidence=0.5),
                located(source, action="attack", modality="denied", date="2026-01-02", until="2026-01-04"),
                located(source, at=SHEIKH_MAQSOUD, precision=2),
                located(source, at=None, date="2025-12"),
                source=source,
            )
        )
    )


def test_each_row_is_where_and_when_it_is(rows: pd.DataFrame) -> None:
    columns = columns_of(rows, date(2025, 12, 1))
    held = read(columns)
    assert held["pins"][held["place"]].tolist() == rows["pin"].to_numpy()[columns.order].tolist()
    days = dict(
        zip(columns.order.tolist(), zip(held["day"].tolist(), held["until"].tolist(), strict=True), strict=True)
    )
    assert [days[i] for i in range(4)] == [(40, 40), (32, 34), (0, 30), (UNDATED, UNDATED)]


def test_kinds_are_families_and_whether_it_is_said_to_have_happened(rows: pd.DataFrame) -> None:
    columns = columns_of(rows, date(2025, 12, 1))
    kinds = dict(zip(columns.order.tolist(), read(columns)["kind"].tolist(), strict=True))
    attack = family_numbers()["attack"]
    assert (kinds[0], kinds[1]) == (attack * 2, attack * 2 + 1)
    assert columns.layout["families"] == len(families())


def test_a_place_is_as_vague_as_its_vaguest_row(rows: pd.DataFrame) -> None:
    held = read(columns_of(rows, None))
    named = {int(pin): LEVELS[level] for pin, level in zip(held["pins"], held["level"], strict=True)}
    pins = [int(pin_numbers(*(pd.Series([v]) for v in at))[0]) for at in (ASHRAFIEH, SHEIKH_MAQSOUD)]
    assert [named[pin] for pin in pins] == ["neighbourhood", "city"]


@pytest.mark.parametrize(
    ("code", "level"),
    [
        ("PPLX", "neighbourhood"), ("PPLA", "city"), ("PPL", "city"), ("ADM1", "governorate"), ("ADM3", "district"),
        ("PCLI", "country"), ("HSP", "exact"), ("RDCR", "exact"),
    ],
)  # fmt: skip
def test_what_a_point_stands_for(rows: pd.DataFrame, code: str, level: str) -> None:
    named = rows.assign(feature_code=pd.Categorical([code] * len(rows)), geo_precision=1)
    assert {LEVELS[number] for number in read(columns_of(named, None))["level"]} == {level}


def test_no_rows_are_no_columns(tmp_path: Path) -> None:
    columns = columns_of(newest_first(prepare(rows_of(tmp_path))), None)
    assert gzip.decompress(columns.blob) == b""
    assert columns.packed(np.ones(0, bool)) == ""


def test_a_day_far_off_stays_a_day(rows: pd.DataFrame) -> None:
    days = read(columns_of(rows, date(1800, 1, 1)))["day"]
    assert sorted(days.tolist())[-2:] == [UNDATED - 1, UNDATED]


@given(some.lists(some.booleans(), min_size=4, max_size=4))
def test_a_mask_reaches_the_browser_bit_by_bit(kept: list[bool]) -> None:
    order = np.array([2, 0, 3, 1], np.int32)
    packed = Columns(b"", {}, order).packed(np.array(kept))
    assert (packed == "") == all(kept)
    if packed:
        assert unpacked(packed, 4) == [kept[i] for i in order]


@pytest.mark.parametrize(("rows", "kind"), [(30_000, "b"), (60_000, "z")])
def test_a_mask_of_many_runs_is_bits_and_of_many_rows_deflated_bits(rows: int, kind: str) -> None:
    kept = np.arange(rows) % 3 == 0
    packed = Columns(b"", {}, np.arange(rows, dtype=np.int32)).packed(kept)
    assert packed[0] == kind
    assert unpacked(packed, rows) == kept.tolist()


def unpacked(packed: str, rows: int) -> list[bool]:
    data = base64.b64decode(packed[1:])
    if packed[0] in "bz":
        data = zlib.decompress(data) if packed[0] == "z" else data
        return [bool(bit) for bit in np.unpackbits(np.frombuffer(data, np.uint8))[:rows]]
    kept = np.zeros(rows, bool)
    for start, end in np.frombuffer(data, "<u4").reshape(-1, 2):
        kept[start:end] = True
    return [bool(bit) for bit in kept]
