"""Asides of a sentence that must not part or add anything: times between commas, who a speaker is."""

from collections.abc import Sequence

from events.chunks import Chunk, rightward
from events.values import replace


def commas_of_times(chunks: list[Chunk]) -> list[Chunk]:
    """Return a sentence without the commas around a time, which part nothing: `شهد الحي، ليل الأحد، اشتباكات`."""
    inside = {at for at, chunk in enumerate(chunks) if chunk.time and _between_commas(chunks, at)}
    return [chunk for at, chunk in enumerate(chunks) if not (chunk.mark and {at - 1, at + 1} & inside)]


def speakers_described(chunks: list[Chunk]) -> list[Chunk]:
    """Return a sentence whose words on a speaker (`قال المصدر الذي طلب عدم كشف اسمه إن`) tell and say nothing."""
    for at, chunk in enumerate(chunks):
        if not chunk.speaks:
            continue
        relative = next((n for n, near in rightward(chunks, at, 4) if "relative" in near.functions), None)
        if relative is None or chunks[relative - 1].who is None:
            continue
        content = next((n for n, near in rightward(chunks, relative - 1, 16) if "that" in near.functions), relative)
        for n in range(relative, content):
            chunks[n] = replace(chunks[n], senses=(), operators=(), functions=frozenset())
    return chunks


def _between_commas(chunks: Sequence[Chunk], at: int) -> bool:
    return 0 < at < len(chunks) - 1 and chunks[at - 1].is_mark("،,") and chunks[at + 1].is_mark("،,")
