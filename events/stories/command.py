"""The commands `stories` and `split`: print stories with their claims, take rows out of a story and undo it."""

import json
import sys
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

if TYPE_CHECKING:
    from events.store import Store

_DAY = ["%Y-%m-%d"]


class Format(StrEnum):
    """How stories are printed."""

    TEXT = "text"
    JSONL = "jsonl"


def stories(
    first: Annotated[datetime | None, typer.Option("--from", formats=_DAY, help="The first day.")] = None,
    last: Annotated[datetime | None, typer.Option("--to", formats=_DAY, help="The last day.")] = None,
    output: Annotated[Format, typer.Option("--format", help="Text, or one JSON object a line.")] = Format.TEXT,
    *,
    several: Annotated[bool, typer.Option("--several", help="Only stories that more than one row tells.")] = False,
    anew: Annotated[bool, typer.Option("--anew", help="Put all rows of the store into stories anew first.")] = False,
) -> None:
    """Print stories: rows that tell one event, who claims what of it, and why they are together.

    A day is the event's, or the day of its article where the text leaves it open.
    """
    from events.store import open_store
    from events.stories.chosen import told_between
    from events.stories.keeping import decisions
    from events.stories.telling import as_record, as_text

    store = open_store()
    _bring_up_to_date(store, anew=anew)
    decided = decisions(store)
    out = _utf8(sys.stdout)
    for rows in told_between(store, first and first.date(), last and last.date()):
        if len(rows) == 1 and several:
            continue
        if output is Format.JSONL:
            typer.echo(json.dumps(as_record(rows, decided), ensure_ascii=False), file=out)
        else:
            typer.echo(as_text(rows, decided) + "\n", file=out)


def split(
    event_ids: Annotated[list[str] | None, typer.Argument(metavar="EVENT_ID...", show_default=False)] = None,
    undo: Annotated[int | None, typer.Option(metavar="NUMBER", help="Undo the split of this number.")] = None,
) -> None:
    """Take rows out of their story: they tell of another event. The decision is kept; without rows, list all."""
    from events.store import open_store
    from events.stories.keeping import SplitError, splits, undo_split
    from events.stories.keeping import split as take_out

    store = open_store()
    try:
        if undo is not None:
            undo_split(store, undo)
        elif event_ids:
            typer.echo(f"split {take_out(store, event_ids)}")
        else:
            for one in splits(store):
                typer.echo(f"{one.number}  {one.made}  {' '.join(one.parted)}  |  {' '.join(one.stayed)}")
    except SplitError as error:
        raise typer.BadParameter(str(error)) from error
    except KeyError as error:
        raise typer.BadParameter(f"there is no split {error}") from error


def _bring_up_to_date(store: "Store", *, anew: bool) -> None:
    from events.stories.keeping import regroup

    def show(done: int, of: int) -> None:
        if sys.stderr.isatty():
            typer.echo(f"\r{done:,} of {of:,} rows", nl=done == of, err=True)

    regroup(store, show, everything=anew)


def _utf8(out: TextIO) -> TextIO:
    reconfigure = getattr(out, "reconfigure", None)
    if reconfigure:
        reconfigure(encoding="utf-8", newline="\n")
    return out
