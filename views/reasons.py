"""Why something has no place or was not read, in the language of the page: `reasons.yml` holds the sentences."""

import re
from functools import cache
from pathlib import Path

import yaml
from pydantic import TypeAdapter

from views.labels import Words

_REASONS = Path(__file__).with_name("reasons.yml")
_SLOT = re.compile(r"\\{(\w+)\\}")


def reason_in_words(reason: str, words: Words) -> str:
    """Return a reason, or several with semicolons between them, in words; what is not known stays as it is."""
    if words.language == "en":
        return reason
    parts = [_told(part) for part in reason.split("; ")]
    return "؛ ".join(filter(None, parts)) if all(parts) else _told(reason) or reason


def is_known(reason: str) -> bool:
    """Whether a reason has words of its own."""
    return _told(reason) is not None


def _told(reason: str) -> str | None:
    for pattern, arabic in _patterns():
        if found := pattern.fullmatch(reason):
            return arabic.format(**found.groupdict())
    return None


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    held = TypeAdapter(list[dict[str, str]]).validate_python(yaml.safe_load(_REASONS.read_text(encoding="utf-8")))
    return tuple((_pattern(entry["en"]), entry["ar"]) for entry in held)


def _pattern(english: str) -> re.Pattern[str]:
    return re.compile(_SLOT.sub(r"(?P<\1>.+?)", re.escape(english)), re.DOTALL)
