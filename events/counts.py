"""How many persons an act concerns."""

from events.chunks import Who
from events.frames import Frame
from events.line import Line
from events.readings import Sense

PERSONS = frozenset(
    ("person", "civilian", "armed", "official", "detainee", "abductee", "displaced", "wounded", "dead", "speaker")
)
"""Tags of nouns that count persons."""
_COUNT_OF = {
    "arrest": "detained",
    "abduct": "abducted",
    "evacuate": "evacuated",
    "displace": "displaced",
    "return_home": "returned",
    "release": "released",
    "surrender": "surrendered",
}
_ACTOR_COUNTED = frozenset(("displace", "return_home", "surrender"))
_IN_FAMILIES = frozenset(("evacuated", "displaced", "returned"))
_TOLLS = ("killed", "injured")


def counts_of(line: Line, sense: Sense, frame: Frame) -> dict[str, int]:
    """Return the numbers of an act by the row's columns; families are counted apart."""
    key: str | None = sense.term.count or _COUNT_OF.get(sense.code)
    if key is None:
        return {}
    totals: dict[str, int] = {}
    for who in _counted(sense, frame):
        number = head_count(who)
        if key in _TOLLS:
            key = "injured" if "wounded" in who.tags else "killed" if "dead" in who.tags else key
        families = key in _IN_FAMILIES and who.head.removeprefix("و") in line.lexicon.words["family"]
        name = f"{key}_families" if families else key
        if number is not None:
            totals[name] = totals.get(name, 0) + number
    return totals


def _counted(sense: Sense, frame: Frame) -> tuple[Who, ...]:
    leaving = sense.code == "evacuate" and sense.term.frame == "agent"
    acting = sense.code in _ACTOR_COUNTED or leaving
    return frame.agents if acting and frame.agents else frame.patients


def head_count(who: Who) -> int | None:
    """Return how many persons a party is: its number, or 1 for a single indefinite person."""
    if who.number is not None:
        return who.number
    return 1 if who.single and who.tags & PERSONS else None
