"""Answers are worked out once for all who ask the same, and no more of them are kept than there is room for."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sample_events import article, located, rows_of

from views import answers
from views.answers import Answers
from views.columns import columns_of
from views.facets import facets_of
from views.filters import Filter
from views.rows import prepare


@pytest.fixture
def rows(tmp_path: Path) -> pd.DataFrame:
    source = article("قصف الجيش الأشرفية. انسحبت قسد.")
    told = [located(source, action=action, modality=modality) for action, modality in
            (("attack", "asserted"), ("attack", "denied"), ("withdraw", "asserted"))]  # fmt: skip
    return prepare(rows_of(tmp_path, *told, source=source))


def test_the_same_filter_in_another_order_is_answered_once(rows: pd.DataFrame) -> None:
    asked: list[str] = []
    held = Answers(facets_of(rows), columns_of(rows, None))
    found = [
        held.to(Filter({"action": actions}, words=words), asked.append)
        for actions, words in ((("attack", "withdraw"), "x"), (("withdraw", "attack"), "x "))
    ]
    assert found[0] is found[1]
    assert asked == ["x"]


@pytest.mark.parametrize(
    "other",
    [
        Filter({"action": ("withdraw",)}),
        Filter({"actor": ("attack",)}),
        Filter({"action": ("attack",)}, modality=("denied",)),
        Filter({"action": ("attack",)}, confidence=0.5),
        Filter({"action": ("attack",)}, words="x"),
        Filter({"action": ("attack",)}, undated=True),
    ],
)
def test_another_filter_has_another_answer(rows: pd.DataFrame, other: Filter) -> None:
    assert other.key != Filter({"action": ("attack",)}).key


def test_the_oldest_answers_go_first(rows: pd.DataFrame, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "_ROOM", 0)
    held = Answers(facets_of(rows), columns_of(rows, None))
    wanted = [Filter({}, confidence=n / 10) for n in range(6)]
    first = [held.to(one, lambda _: None) for one in wanted]
    assert len(held._kept) == held.most == 4
    assert held.to(wanted[5], lambda _: None) is first[5]
    again = held.to(wanted[0], lambda _: None)
    assert again is not first[0]
    assert np.array_equal(again.found.all(), first[0].found.all())
