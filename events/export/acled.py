"""Rows as a CSV whose columns are named and filled after the ACLED codebook, for tools that read ACLED's files.

ACLED has no column for what was denied, planned or demanded: who counts its rows counts events. So only rows told as
having happened go in, and of those only what ACLED codes; how many are left out is said.
"""

import csv
from collections.abc import Callable, Iterable
from operator import itemgetter
from typing import Any, TextIO

from events.export.csv_table import inert
from events.export.format import Format
from events.row import FIRM, Row

_DISORDER = {
    "Battles": "Political violence",
    "Explosions/Remote violence": "Political violence",
    "Violence against civilians": "Political violence",
    "Riots": "Political violence",
    "Protests": "Demonstrations",
    "Strategic developments": "Strategic developments",
}
"""ACLED's disorder type of each event type."""

_COLUMNS: dict[str, Callable[[Row], Any]] = {
    "event_id_cnty": itemgetter("event_id"),
    "event_date": lambda row: _day(row["event_date"]),
    "year": lambda row: row["event_date"] and row["event_date"][:4],
    "time_precision": itemgetter("time_precision"),
    "disorder_type": lambda row: _DISORDER.get(row["acled_event_type"]),
    "event_type": itemgetter("acled_event_type"),
    "sub_event_type": itemgetter("acled_sub_event_type"),
    "actor1": lambda row: row["actor"] or row["actor_text"],
    "actor2": lambda row: row["target"] or row["target_text"],
    "country": lambda row: _country(row["country"]),
    "admin1": itemgetter("admin1"),
    "location": itemgetter("place"),
    "latitude": itemgetter("latitude"),
    "longitude": itemgetter("longitude"),
    "geo_precision": itemgetter("geo_precision"),
    "source": itemgetter("publisher"),
    "notes": itemgetter("quote"),
    "fatalities": itemgetter("killed"),
    **{name: itemgetter(name) for name in ("article_id", "action", "modality", "claim_source", "source_url")},
}
"""Each column's value; the last five are ours."""


def write_acled(rows: Iterable[Row], out: TextIO) -> None:
    """Write a header and a line a row."""
    writer = csv.writer(out)
    writer.writerow(_COLUMNS)
    writer.writerows([inert(value(row)) for value in _COLUMNS.values()] for row in rows)


def _day(known: str | None) -> str | None:
    return f"{known}-01" if known and len(known) == len("2026-01") else known


def _country(code: str | None) -> str | None:
    from babel import Locale

    return Locale("en").territories.get(code, code) if code else None


def refuse(row: Row) -> str | None:
    """Return why ACLED would not count a row as an event, None if it would."""
    if row["modality"] not in FIRM:
        return "not told as having happened"
    return None if row["acled_event_type"] else "no event type in ACLED"


FORMAT = Format(
    ".acled.csv",
    "text/csv",
    write_acled,
    "Columns after ACLED's codebook, then some of ours. Only asserted and claimed acts that ACLED codes: it has no "
    "column for denied or planned ones. `fatalities` is `killed`, empty if not stated; reports of the same dead each "
    "give them. Where only the month is known, `event_date` is its first day and `time_precision` 3.",
    stream="table",
    refuse=refuse,
)
