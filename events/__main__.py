"""The command line: `python -m events --help`."""

import io
import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from events.export import write
from events.export.command import ExportError, dictionary, export
from events.export.options import Name
from events.ingest.document import Problem
from events.pipeline import extract_rows
from events.row import Row
from events.stories.command import split, stories

if TYPE_CHECKING:
    from events.ingest.report import Step

app = typer.Typer(
    help="Read news articles into rows of who did what, where and when, each with the words of the source.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

_PATH_HELP = "A .txt or .md file (front matter and text), a .jsonl file of articles, or a folder of them."


_SOURCE_HELP = (
    "A file (.txt .md .html .htm .jsonl .csv, a feed as .xml, a .zip or .gz of them), a folder, an address "
    "(http or https), or - for standard input."
)


_FEEDS_HELP = 'A list of feeds: [[feed]] with url = "https://…", and publisher and language if you like.'


class ResultFormat(StrEnum):
    """How the result of `add` is printed."""

    TABLE = "table"
    JSONL = "jsonl"


@app.callback()
def main(*, verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Show what goes on.")] = False) -> None:
    """Set up what all commands share: logs go to standard error."""
    logging.basicConfig(level=logging.DEBUG if verbose else logging.WARNING, stream=sys.stderr)


@app.command()
def add(
    sources: Annotated[list[str], typer.Argument(metavar="SOURCE...", help=_SOURCE_HELP)],
    output: Annotated[
        ResultFormat, typer.Option("--format", help="A table at the end, or one JSON object for each item.")
    ] = ResultFormat.TABLE,
) -> None:
    """Take articles into the store (EVENTS_DB, a SQLAlchemy URL); what is known is left alone.

    Interrupt it as you like: what is kept stays kept, and running it again goes on where it stopped.
    """
    from events.ingest.terminal import print_table, progress_line

    with _one_line_errors(), progress_line() as (show, grouping):
        from events.ingest.run import ingest
        from events.store import open_store

        report = ingest(open_store(), sources, _step(output, show), grouping=grouping)
    if output is ResultFormat.TABLE:
        print_table(report, _utf8_stdout())
    raise typer.Exit(1 if report.failed else 0)


@app.command()
def watch(
    feeds: Annotated[
        Path | None, typer.Argument(metavar="[FEEDS.TOML]", help=_FEEDS_HELP, show_default="data/feeds.toml")
    ] = None,
    every: Annotated[
        str | None, typer.Option(help="How often: 15m, 2h.", show_default="the file's `every`, or 15m")
    ] = None,
    once: Annotated[bool, typer.Option("--once", help="One round only, for a scheduler.")] = False,
    output: Annotated[
        ResultFormat, typer.Option("--format", help="A table after each round, or one JSON object for each item.")
    ] = ResultFormat.TABLE,
) -> None:
    """Read feeds into the store again and again, until it is interrupted; each article is read once."""
    from events.ingest.terminal import print_round

    with _one_line_errors():
        from events.ingest.subscriptions import DEFAULT, seconds
        from events.ingest.watch import watch as watch_feeds
        from events.store import open_store

        try:
            pause = seconds(every) if every else None
        except ValueError as error:
            raise typer.BadParameter(str(error)) from error
        for report in watch_feeds(open_store(), feeds or DEFAULT, pause, _step(output)):
            if output is ResultFormat.TABLE:
                print_round(report, _utf8_stdout())
            if once:
                raise typer.Exit(1 if report.failed else 0)


def _step(output: ResultFormat, show: "Callable[[Step], None] | None" = None) -> "Callable[[Step], None]":
    from events.ingest.terminal import json_line

    def step(done: "Step") -> None:
        if show:
            show(done)
        if output is ResultFormat.JSONL:
            print(json_line(done.outcome), file=_utf8_stdout(), flush=True)

    return step


@app.command()
def rebuild() -> None:
    """Read every article of the store (EVENTS_DB) anew; what was there before is kept as history."""
    with _one_line_errors():
        from events.rebuild import rebuild as rebuild_store
        from events.store import open_store

        store = open_store()
        with typer.progressbar(length=store.article_count(), label="articles", file=sys.stderr) as bar:
            report = rebuild_store(store, bar.update)
    for problem in report.problems:
        _say(str(problem))
    _say(f"{report.updated} updated, {report.unchanged} unchanged, {len(report.problems)} problems")
    raise typer.Exit(1 if report.problems else 0)


@app.command()
def extract(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help=_PATH_HELP)],
    output: Annotated[Name, typer.Option("--format", help="Name of the format.")] = "jsonl",
) -> None:
    """Print the rows of articles to standard output; the store is not touched."""
    problems: list[Problem] = []
    with _one_line_errors():
        write(_rows_alone(extract_rows(paths), problems), output, sys.stdout.buffer)
    raise typer.Exit(1 if problems else 0)


@app.command()
def explain(
    sentence: Annotated[str, typer.Argument(help="A sentence of news, in quotes.")],
    published: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day it was published, for 'yesterday'.")
    ] = None,
) -> None:
    """Print what every stage makes of one sentence."""
    with _one_line_errors():
        from events.explain import explain as explain_text

        print(explain_text(sentence, published.date() if published else None), file=_utf8_stdout())


def _rows_alone(items: Iterator[Row | Problem], problems: list[Problem]) -> Iterator[Row]:
    for item in items:
        if isinstance(item, Problem):
            problems.append(item)
            _say(str(item))
        else:
            yield item


def _utf8_stdout() -> TextIO:
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    return sys.stdout


def _say(message: str) -> None:
    print(" ".join(message.split()), file=sys.stderr)


@contextmanager
def _one_line_errors() -> Iterator[None]:
    """End the program with one line instead of a traceback where the user, and not the code, can put things right."""
    try:
        yield
    except KeyboardInterrupt as error:
        _say("interrupted")
        raise typer.Exit(130) from error
    except _known_errors() as error:
        _say(f"error: {error}")
        raise typer.Exit(1) from error


def _known_errors() -> tuple[type[Exception], ...]:
    # Called, and so imported, only when something was raised: the database library is not needed to extract.
    from events.ingest.subscriptions import SubscriptionError
    from events.lexicon import LexiconError
    from events.store import StoreError
    from geodata.index import GazetteerError
    from geodata.table import TableError

    return ExportError, LexiconError, SubscriptionError, StoreError, GazetteerError, TableError


app.command()(_one_line_errors()(export))
app.command()(dictionary)
app.command()(_one_line_errors()(stories))
app.command()(_one_line_errors()(split))

if __name__ == "__main__":
    app()
