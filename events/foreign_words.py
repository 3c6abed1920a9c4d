"""Words that are none of the language: most of them are names."""

from functools import lru_cache

_OWNED = ("ة", "ه", "ها", "هم", "نا", "هما", "كم", "هن")
"""ديارهم, حاملة: endings of common nouns, rare in names without article."""


def is_foreign(text: str) -> bool:
    """Tell whether a word is none of the language, neither with its article nor in the plural."""
    stem = text.removeprefix("ال")
    if stem == text and stem.endswith(_OWNED):
        return False
    forms = (text, stem, stem[:-2] if stem.endswith(("ين", "ان", "ات", "ون")) else stem)
    return not any(map(_is_word, forms))


@lru_cache(maxsize=10_000)
def _is_word(text: str) -> bool:
    from simplemma import is_known  # loaded when the first such word is met

    plain = "".join(char for char in text if char.isalpha())
    return not plain or is_known(plain, lang="ar")  # a digit is no name


def begins_with_clitic(text: str) -> bool:
    """Tell whether a word is one of the language behind a preposition or conjunction: `بعدد`, `وكبير`."""
    return len(text) > 3 and text[0] in "بلكوف" and _is_word(text[1:])
