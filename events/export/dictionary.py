"""The data dictionary: what `python -m events dictionary` prints and docs/data-dictionary.md holds."""

from collections.abc import Iterable, Iterator

from events.columns import columns
from events.export.door import FORMATS

_INTRODUCTION = """\
# Data dictionary

<!-- Made by `python -m events dictionary > docs/data-dictionary.md` from events/columns.yml; a test compares. -->

A row is one act by one actor on one target at one place, as one speaker tells it, with the words it was read from.
An event at two places is two rows; an event told by five outlets is five rows or more, which share a `story_id` where
that was found out. So rows are reports and not events: sums over rows count what several reports tell several times.
What is not said is empty, never guessed. All exports use these names.
"""
_BLUR = """\
`--blur METRES` moves every point, those in `geo_others` too, to the middle of its cell in a fixed grid of so many
metres, before any format gets it: the same place is always at the same point, no point moves farther than 0.71 times
METRES, and `geo_precision` is 2 at best. Names and quotes still say where it was; take care what you share.
"""


def data_dictionary() -> str:
    """Return the data dictionary as Markdown, as it stands in docs/data-dictionary.md."""
    held = ((f"`{c.name}`", c.type_name, c.unit.get("en", ""), c.meaning["en"], f"`{c.hxl}`") for c in columns())
    files = ((f"`{name}`", f"`{kind.suffix}`", kind.about) for name, kind in FORMATS.items())
    return "\n".join(
        [
            _INTRODUCTION,
            *_table(("column", "type", "unit", "meaning", "HXL"), held),
            "\n## The formats of `python -m events export`\n",
            *_table(("`--format`", "file", "what is particular"), files),
            f"\n{_BLUR}",
        ]
    )


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    head = list(head)
    for cells in (head, ["---"] * len(head), *rows):
        yield f"| {' | '.join(cells)} |"
