"""How sure a row is: the chance that its act, actor and place are what a human coder would write."""

import math

from events.told import PLACELESS, Told

_WEIGHTS = {
    "base": 0.66,
    "place inherited": -0.91,
    "no place": -0.85,
    "no class": -0.36,
    "no actor": -0.25,
    "actor elided": -0.12,
    "told by a noun": -0.2,
    "background": -0.43,
    "not asserted": 0.19,
    "claimed by somebody": -0.54,
    "counted": 0.32,
    "dated": 0.27,
    "short quote": -0.62,
}
_SHORT = 20  # code points


def confidence(act: Told) -> float:
    """Return the chance, from 0 to 1, that act, actor and place of a row are right.

    A logistic sum over what was inherited, elided or left open; the weights are fitted and checked by
    `python -m tests.score.calibrate`, see docs/decisions/confidence.md.
    """
    points = sum(_WEIGHTS[name] * value for name, value in traits(act).items())
    return round(1 / (1 + math.exp(-points)), 2)


def traits(act: Told) -> dict[str, float]:
    """Return what speaks for or against an act, 1 where it holds and 0 where not."""
    draft = act.draft
    form = draft.sense.form if draft else ""
    holds = {
        "base": True,
        "place inherited": act.inherited and bool(act.places),
        "no place": not act.places and act.code not in PLACELESS,
        "no class": act.code == "other",
        "no actor": not act.actor.name,
        "actor elided": act.actor.name is not None and act.actor.text is None,
        "told by a noun": form in ("noun", "masdar"),
        "background": act.background,
        "not asserted": act.modality != "asserted",
        "claimed by somebody": act.claim.name is not None,
        "counted": bool(act.counts),
        "dated": act.when.start is not None,
        "short quote": act.span.end - act.span.start < _SHORT,
    }
    return {name: float(held) for name, held in holds.items()}
