"""Every case of the reader's table; known failures are strict: one that passes must leave the list."""

import pytest

from tests.reader_cases import Case, faults, known_failures, load

FAILING = known_failures()
CASES = load()


def test_known_failures_name_cases() -> None:
    assert {case.title for case in CASES} >= FAILING


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(
            case,
            id=case.title,
            marks=pytest.mark.xfail(strict=True, reason="known failure") if case.title in FAILING else (),
        )
        for case in CASES
    ],
)
def test_case(case: Case) -> None:
    assert faults(case) == []
