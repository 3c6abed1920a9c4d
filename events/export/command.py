"""The command `python -m events export`: which rows, in which format, to which file."""

import sys
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from events.export.csv_table import CsvError
from events.export.dictionary import data_dictionary
from events.export.door import FORMATS, Written, write
from events.export.options import Name, Options
from events.export.selection import Selection
from events.ontology import load_actions
from events.row import MODALITIES

if TYPE_CHECKING:
    import pandas as pd

_DAY = ["%Y-%m-%d"]
_AGAIN = "may be given more than once"


class ExportError(ValueError):
    """What was asked for cannot be exported; the message is one line."""


# The options of a command are its parameters.
def export(  # noqa: PLR0913
    *,
    first: Annotated[datetime | None, typer.Option("--from", formats=_DAY, help="The first day.")] = None,
    last: Annotated[datetime | None, typer.Option("--to", formats=_DAY, help="The last day.")] = None,
    undated: Annotated[bool, typer.Option("--undated", help="With --from or --to, undated events as well.")] = False,
    action: Annotated[list[str] | None, typer.Option(help=f"An action class; {_AGAIN}.")] = None,
    actor: Annotated[
        list[str] | None, typer.Option(help=f"Who acted: a name or words of it, Arabic or English; {_AGAIN}.")
    ] = None,
    place: Annotated[
        list[str] | None,
        typer.Option(help=f"A place, governorate or country by its Arabic or English name, or a code; {_AGAIN}."),
    ] = None,
    modality: Annotated[list[str] | None, typer.Option(help=f"{', '.join(MODALITIES)}; {_AGAIN}.")] = None,
    table: Annotated[
        Path | None, typer.Option("--read", metavar="CSV", help="The rows of an exported CSV, not those of the store.")
    ] = None,
    name: Annotated[Name | None, typer.Option("--format", help="By default as FILE ends, or csv.")] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Not standard output.")] = None,
    blur: Annotated[
        float | None,
        typer.Option(min=1, metavar="METRES", help="Points no finer than cells of so many metres; words stay."),
    ] = None,
    bom: Annotated[bool, typer.Option("--bom", help="Mark tables as UTF-8, for spreadsheets.")] = False,
) -> None:
    """Write rows of the store (EVENTS_DB), or of an exported CSV, as a file that other programs read."""
    chosen = name or _by_suffix(output)
    if first and last and first > last:
        raise ExportError(f"--from {first:%Y-%m-%d} is after --to {last:%Y-%m-%d}")
    if output is None and FORMATS[chosen].stream == "binary" and sys.stdout.isatty():
        raise ExportError(f"{chosen} is no text for a terminal: give a file with -o")
    wanted = Selection(
        first=first.date() if first else None,
        last=last.date() if last else None,
        undated=undated,
        actions=_known(action, load_actions(), "action class"),
        actors=actor or [],
        places=place or [],
        modalities=_known(modality, MODALITIES, "modality"),
    )
    undated_rows: list[int] = []
    with _rows(table) as pieces, _target(output) as stream:
        rows = _with_progress(_taken(wanted, pieces, undated_rows))
        written = write(rows, chosen, stream, options=Options(blur, bom))
    typer.echo(_told(written), err=True)
    if left := sum(undated_rows):
        typer.echo(f"{left} more without a date left out; --undated takes {'it' if left == 1 else 'them'} in", err=True)
    if blur:
        typer.echo("points are blurred; names and quotes still say where it was", err=True)


@contextmanager
def _rows(table: Path | None) -> "Iterator[Iterator[pd.DataFrame]]":
    """Yield all rows of the store, or of an exported CSV."""
    if table is None:
        from events.store import open_store

        yield open_store().row_chunks()
        return
    from events.export.again import frames

    try:
        source = table.open(encoding="utf-8", newline="")
    except OSError as error:
        raise ExportError(f"{table}: {error.strerror or error}") from error
    with source:
        try:
            yield frames(source, table)
        except CsvError as error:
            raise ExportError(str(error)) from error


def _by_suffix(output: Path | None) -> Name:
    if output is None:
        return "csv"
    fitting: list[Name] = [name for name, kind in FORMATS.items() if output.name.endswith(kind.suffix)]
    if fitting:
        return max(fitting, key=lambda name: len(FORMATS[name].suffix))  # .hxl.csv ends in .csv as well
    raise ExportError(f"{output.name}: give a --format, one of {', '.join(FORMATS)}")


def _known(values: Sequence[str] | None, among: Collection[str], what: str) -> Sequence[str]:
    for value in values or []:
        if value not in among:
            raise ExportError(f"no {what} {value!r}; there are {', '.join(among)}")
    return values or []


@contextmanager
def _target(output: Path | None) -> Iterator[BinaryIO]:
    """Yield where to write; a file gets its name only when it is whole, so that no half one is ever there."""
    if output is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    part = output.with_name(f".{output.name}.part")
    try:
        with part.open("wb") as file:
            yield file
        part.replace(output)
    except OSError as error:
        raise ExportError(f"{output}: {error.strerror or error}") from error
    finally:
        part.unlink(missing_ok=True)


def _told(written: Written) -> str:
    rows = "1 row" if written.rows == 1 else f"{written.rows} rows"
    found = f"{rows}, {written.without_coordinates} without coordinates"
    return "; ".join([found, *(f"{n} left out: {why}" for why, n in written.left_out.items())])


def _taken(wanted: Selection, pieces: "Iterator[pd.DataFrame]", undated: list[int]) -> "Iterator[pd.DataFrame]":
    """Yield what is wanted of each piece; `undated` gets how many rows of it only lack a date."""
    for piece in pieces:
        undated.append(wanted.left_undated(piece))
        yield wanted.of(piece)


def _with_progress(pieces: "Iterator[pd.DataFrame]") -> "Iterator[pd.DataFrame]":
    done = 0
    for piece in pieces:
        yield piece
        done += len(piece)
        if sys.stderr.isatty():
            typer.echo(f"\r{done} rows\r", nl=False, err=True)


def dictionary() -> None:
    """Print what each column of a row holds and what is particular in each format, as Markdown."""
    typer.echo(data_dictionary(), nl=False)
