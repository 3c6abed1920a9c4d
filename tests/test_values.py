"""The values of the grammar: copies differ in the fields named only, equal values are one key."""

import pytest

from events.chunks import Chunk
from events.values import dataclass, replace


@dataclass(frozen=True, slots=True)
class Pair:
    left: str
    right: tuple[int, ...] = ()


def test_a_copy_differs_in_the_fields_named_and_leaves_its_original_alone() -> None:
    chunk = Chunk(3, 5, pre="و", folded="وقتل", functions=frozenset(("break",)))
    copy = replace(chunk, pre="", senses=())
    assert (copy.pre, chunk.pre) == ("", "و")
    assert replace(copy, pre="و") == chunk


def test_equal_values_are_one_key() -> None:
    assert {Pair("a", (1,)): 1}[replace(Pair("b", (1,)), left="a")] == 1
    assert Pair("a") != Pair("b")


def test_a_field_that_a_class_does_not_have_is_an_error() -> None:
    with pytest.raises(AttributeError):
        replace(Pair("a"), middle=1)  # type: ignore[call-arg]
