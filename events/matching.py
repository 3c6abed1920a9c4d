"""Compare words of the text with the words an entry lists."""

from functools import lru_cache

from geodata.folding import fold


@lru_cache(maxsize=5_000)
def folded_set(words: tuple[str, ...]) -> frozenset[str]:
    """Return the words of an entry folded."""
    return frozenset(fold(word) for word in words)


@lru_cache(maxsize=50_000)
def bare_forms(folded: str) -> frozenset[str]:
    """Return a folded word as it stands and without conjunction, preposition or article in front."""
    bare = folded.removeprefix("و").removeprefix("ف")
    cut = (bare.removeprefix(prefix) for prefix in ("ال", "ب", "بال", "ل", "لل"))
    return frozenset((folded, bare, *cut))
