"""What follows a head noun and belongs to it: its owner, its people, adjectives that agree, what a force is for."""

from typing import NamedTuple

from events.affiliation import AFFILIABLE, agrees, describes_task, names_task, names_trade, owner_at
from events.line import Line
from events.readings import Actor
from events.schema import CountryEntry

_REACH = 5  # items behind the head


class Belonging(NamedTuple):
    """The body a noun belongs to with its slot, the people of an adjective, and the item behind them."""

    owner: Actor | None
    slot: str | None
    people: CountryEntry | None
    end: int


def is_definite(line: Line, at: int) -> bool:
    """Tell whether an item carries the article."""
    item = line.items[at]
    if item.definite and line.folded(at).removeprefix("و").startswith("للا") and at + 1 < len(line.items):
        return line.folded(at + 1).startswith("ال")  # للاجئين: of refugees or of the refugees
    return item.definite or bool(item.suf) or line.folded(at).startswith(("ال", "وال"))


def _apart(line: Line, word: int) -> bool:
    """`أطلق الخاطفون اليوم سراح`: a number or a time belongs to no noun."""
    return word in line.numbers or word in line.times


def belonging(line: Line, start: int, tags: frozenset[str], head: str, *, definite: bool, direct: bool) -> Belonging:
    """Read what belongs to a noun from the item behind it; `head` is it as written, `direct`: it may be annexed."""
    people, at = None, start
    for step in range(_REACH):
        if at >= len(line.items):
            break
        ahead = owner_at(line, at, tags, direct=direct and step == 0)
        if ahead is not None:
            return Belonging(line.actor(ahead), line.items[ahead].slot, people, ahead + 1)
        if line.mark(at) or line.items[at].pre or _apart(line, line.items[at].first):
            break
        task = _task_end(line, at, tags, definite=definite, direct=direct) if step == 0 else at
        if task > at:
            ahead = owner_at(line, task, tags, direct=False)  # قوة فض الاشتباك التابعة لوزارة الدفاع
            if ahead is not None and line.lexicon.begins("belonging_start", line.folded(task).removeprefix("ال")):
                return Belonging(line.actor(ahead), line.items[ahead].slot, people, ahead + 1)
            return Belonging(None, None, people, task)
        demonym = line.demonym(at + 1) if step == 0 and direct and _unit(line, at) else None
        if demonym:
            return Belonging(None, None, demonym.country, at + 2)  # طيران الاستطلاع الإسرائيلي
        demonym = line.demonym(at)
        if demonym and (is_definite(line, at) == definite or step > 0):
            people = people or demonym.country
        elif not agrees(line, at, tags, head, definite=definite):
            break
        at += 1
    return Belonging(None, None, people, at)


def _task_end(line: Line, at: int, tags: frozenset[str], *, definite: bool, direct: bool) -> int:
    """The item behind what a force is for (`مكافحة الشغب`) or a worker's trade; `at` itself where there is none."""
    if not definite and tags & AFFILIABLE and names_task(line, at):
        end = at + 1
        while describes_task(line, end):
            end += 1
        return end
    return at + 1 if direct and not definite and names_trade(line, at, tags) else at


def _unit(line: Line, at: int) -> bool:
    """`طيران | الاستطلاع الإسرائيلي`: a plain word with the adjective of a people behind it."""
    plain = not (line.demonym(at) or line.functions(at) or line.items[at].kinds.senses)
    return plain and at + 1 < len(line.items) and not line.items[at + 1].pre
