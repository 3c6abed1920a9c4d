"""Compile rules over word classes into regular expressions over one character per word."""

import re
from collections.abc import Iterator, Mapping, Sequence

_PIECE = re.compile(r"[A-Za-z_]+|\(\?[=!]|[()|?*+]")
_GROUPS = frozenset({"(", "(?=", "(?!"})


class ClassRules:
    """Ordered rules of which the first that matches counts.

    A pattern is a regular expression whose letters are class names; spaces part names and mean nothing else.
    `define` names pieces of patterns. Raises KeyError for an unknown name, ValueError for a rule that matches nothing.
    """

    def __init__(self, patterns: Sequence[str], define: Mapping[str, str], kinds: Sequence[str]) -> None:
        """Write down, for each class, the rules that can start with it."""
        self._chars = {kind: chr(0xE000 + index) for index, kind in enumerate(kinds)}
        expanded = [list(_expanded(pattern, define)) for pattern in patterns]
        firsts = [_first(iter([*pieces, ")"])) for pieces in expanded]
        if any(nullable for _, nullable in firsts):
            raise ValueError("a rule matches no words at all")
        self._by_kind: dict[str, tuple[str, list[int]]] = {}
        self._compiled: dict[str, re.Pattern[str]] = {}
        for kind in kinds:
            rules = [index for index, (first, _) in enumerate(firsts) if kind in first]
            if rules:
                whole = "|".join(f"({self._written(expanded[index])})" for index in rules)
                self._by_kind[kind] = (whole, rules)

    def _pattern(self, kind: str) -> re.Pattern[str]:
        """Compile the rules of a class when it is first met: all of them at once take a tenth of a second."""
        pattern = self._compiled.get(kind)
        if pattern is None:
            pattern = self._compiled[kind] = re.compile(self._by_kind[kind][0])
        return pattern

    def _written(self, pieces: Sequence[str]) -> str:
        return "".join(
            self._chars[piece] if piece[0].isalpha() else "(?:" if piece == "(" else piece for piece in pieces
        )

    def find(self, kinds: Sequence[str]) -> Iterator[tuple[int, int, int]]:
        """Yield (rule, first, last) of the matches in a sequence of classes, left to right, without overlap."""
        chars, by_kind = self._chars, self._by_kind
        text = "".join([chars[kind] for kind in kinds])
        end = 0
        for at, kind in enumerate(kinds):
            if at >= end and kind in by_kind:
                match = self._pattern(kind).match(text, at)
                if match is not None and match.lastindex is not None:
                    end = match.end()
                    yield by_kind[kind][1][match.lastindex - 1], at, end


def _expanded(pattern: str, define: Mapping[str, str]) -> Iterator[str]:
    for piece in _PIECE.findall(pattern):
        if piece in define:
            yield from ("(", *_expanded(define[piece], define), ")")
        else:
            yield piece


def _first(pieces: Iterator[str]) -> tuple[set[str], bool]:
    """Classes that can stand first in a group, up to its closing bracket, and whether the group may be empty."""
    first: set[str] = set()
    open_, empty = True, False  # whether all so far may be empty; whether an alternative was
    last: tuple[set[str], bool] = (set(), True)  # the piece before, taken in once its suffix is known
    for piece in pieces:
        if piece in "?*":
            last = (last[0], True)
            continue
        if piece == "+":
            continue
        first |= last[0] if open_ else set()
        open_ = open_ and last[1]
        last = (set(), True)
        if piece == ")":
            break
        if piece == "|":
            open_, empty = True, empty or open_
        elif piece in _GROUPS:
            inside = _first(pieces)
            last = inside if piece == "(" else (set(), True)
        else:
            last = ({piece}, False)
    return first, empty or open_
