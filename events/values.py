"""Dataclasses that are frozen for the type checker and plain at run time, where frozen ones cost three times as much.

The reader makes several values for each word of a text. mypy takes these names for the standard library's: it refuses
an assignment to a field, and a field that `replace` does not know.
"""

from typing import TYPE_CHECKING

__all__ = ["dataclass", "field", "replace"]

if TYPE_CHECKING:
    from dataclasses import dataclass, field, replace
else:
    import dataclasses
    from dataclasses import field
    from operator import attrgetter

    _READERS = {}  # of a class: what reads the fields of a value, in their order

    def dataclass(*, frozen=False, slots=True):
        """Make a class of values with the standard library's equality, hash and slots; nothing checks `frozen`."""
        return dataclasses.dataclass(slots=slots, unsafe_hash=frozen)

    def replace(value, /, **changes):
        """Return a copy with some fields changed; raises AttributeError for a field that the class does not have."""
        kind = type(value)
        read = _READERS.get(kind)
        if read is None:
            read = _READERS[kind] = attrgetter(*kind.__slots__)
        copy = kind(*read(value))
        for name, new in changes.items():
            setattr(copy, name, new)
        return copy
