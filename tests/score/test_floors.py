"""The quality of extraction on the gold sets, against the floors of `floors.yml`."""

from functools import cache, reduce
from typing import Any

import pytest
import yaml

from tests.score.run import HERE, SETS, figures

FLOORS = yaml.safe_load((HERE / "floors.yml").read_text("utf-8"))
CASES = [
    pytest.param(name, figure, bound, limit, id=f"{name}: {figure} {bound} {limit}")
    for name, bounds in FLOORS.items()
    for bound, limits in bounds.items()
    for figure, limit in limits.items()
]
figures_once = cache(figures)


@pytest.mark.parametrize(("name", "figure", "bound", "limit"), CASES)
def test_floor(name: str, figure: str, bound: str, limit: float) -> None:
    reached: Any = reduce(lambda part, key: part[key], figure.split("."), figures_once(SETS[name]))
    assert {"at_least": reached >= limit, "at_most": reached <= limit}[bound], f"{figure} is {reached}"
