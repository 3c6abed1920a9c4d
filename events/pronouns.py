"""Whom the object pronoun of a verb means: persons spoken of before, counted where a clause says more of them."""

from collections.abc import Sequence

from events.chunks import Chunk, Who, leftward

PARTICLES = frozenset(("negation", "future", "maybe", "was"))  # أنها لم تخسر
"""Small words between a subject and its verb."""


def spoken_of(chunks: Sequence[Chunk], at: int, lefts: Sequence[Who]) -> Who:
    """`قتلهم مسلحون`: the persons spoken of before; `137 تلميذا خطفهم مسلحون` says how many they are."""
    chunk = chunks[at]
    number = {"ه": 1, "هما": 2}.get(chunk.suf)
    counted = None if chunk.joined or number else _counted_before(chunks, at, lefts)
    return counted or Who(chunk.first, chunk.last, frozenset(("person",)), number=number, pronoun=True)


def _counted_before(chunks: Sequence[Chunk], at: int, lefts: Sequence[Who]) -> Who | None:
    """The counted persons that a clause says more of, before its verb and its subject (`كان مسلحون قد خطفوهم`)."""
    for _, chunk in leftward(chunks, at, 5):
        if chunk.who and chunk.who not in lefts:
            return chunk.who if chunk.who.number is not None and "person" in chunk.who.tags else None
        if not (chunk.who or chunk.functions & (PARTICLES | {"relative"})):
            return None
    return None
