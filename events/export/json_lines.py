"""Rows as JSON Lines: one object a line, UTF-8, the contract's names, null for what is unknown."""

import json
from collections.abc import Iterable
from typing import TextIO

from events.export.format import Format
from events.row import COLUMNS, Row


def write_json_lines(rows: Iterable[Row], out: TextIO) -> None:
    """Write each row as one JSON object a line."""
    out.writelines(json.dumps({name: row[name] for name in COLUMNS}, ensure_ascii=False) + "\n" for row in rows)


FORMAT = Format(
    ".jsonl", "application/jsonl", write_json_lines, "One object a line; unknown is null, `geo_others` a list."
)
