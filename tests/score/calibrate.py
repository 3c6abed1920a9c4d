"""Fit and check the confidence of rows: `python -m tests.score.calibrate`.

The weights come from the gold sets that the reader's makers have read; since these flatter it, level and slope are
then set on the held-out set, of which nothing but right or wrong is used. Prints the weights for
`events/confidence.py` and, with the weights that stand there now, a reliability table of each set.
"""

from datetime import date
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from events.confidence import confidence, traits
from events.extract import default_extractor
from events.locate import locate
from events.model import Article
from events.row import to_row
from events.told import Told
from tests.score import score_events
from tests.score.run import SETS, aliases, arabic, prediction

READ = ("dev", "unseen", "field", "wire")
BLIND = "heldout"
_EDGES = (0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 1.01)
Array = npt.NDArray[np.float64]


def judged(name: str) -> tuple[list[Told], Array]:
    """Return the acts behind the rows of a gold set, and 1 for each row whose act, place and actor are right."""
    names = score_events.Names(aliases())
    acts: list[Told] = []
    right: list[float] = []
    for doc in arabic(SETS[name]):
        told, rows = _rows(doc)
        gold = list(score_events.expand(doc))
        pairs = score_events.match(gold, rows, score_events.same_place, names)
        good = {id(row) for one, row in pairs if _same_actor(one, row, names)}
        acts += told
        right += [float(id(row) in good) for row in rows]
    return acts, np.array(right)


def _same_actor(gold: dict[str, Any], row: dict[str, Any], names: Any) -> bool:
    return bool(names.same(gold["actor"], score_events.oriented(gold, row, names).get("actor")))


def _rows(doc: dict[str, Any]) -> tuple[list[Told], list[dict[str, Any]]]:
    article = Article(doc["id"], doc["text"], doc["title"], doc["lang"], date.fromisoformat(doc["published"]))
    extractor = default_extractor()
    told = [act for act in extractor.read(article) for _ in act.places or (None,)]
    events = extractor.extract(article)
    return told, [prediction(to_row(event, article)) for event in locate(events)]


def fitted(acts: list[Told], right: Array, penalty: float = 2.0) -> dict[str, float]:
    """Return the weights of a logistic regression with a ridge penalty (Newton's method)."""
    names = list(traits(acts[0]))
    matrix = np.array([[traits(act)[name] for name in names] for act in acts])
    return dict(zip(names, _newton(matrix, right, penalty).tolist(), strict=True))


def _newton(matrix: Array, right: Array, penalty: float) -> Array:
    weights = np.zeros(matrix.shape[1])
    ridge = np.eye(len(weights)) * penalty
    ridge[0, 0] = 0
    for _ in range(50):
        chance = 1 / (1 + np.exp(-matrix @ weights))
        slope = matrix.T @ (matrix * (chance * (1 - chance))[:, None]) + ridge
        weights -= np.linalg.solve(slope, matrix.T @ (chance - right) + ridge @ weights)
    return weights


def scaled(weights: dict[str, float], acts: list[Told], right: Array) -> dict[str, float]:
    """Return the weights with level and slope set on other acts (Platt scaling)."""
    points = np.array([sum(weights[name] * value for name, value in traits(act).items()) for act in acts])
    level, slope = _newton(np.stack([np.ones_like(points), points], axis=1), right, 0.0)
    return {name: round(slope * weight + level * (name == "base"), 2) for name, weight in weights.items()}


def reliability(acts: list[Told], right: Array) -> None:
    """Print, for each band of confidence, how many rows it has, what it says and what holds."""
    said = np.array([confidence(act) for act in acts])
    print(f"  rows {len(acts)}, right {right.mean():.2f}, Brier {((said - right) ** 2).mean():.3f}")
    for low, high in pairwise(_EDGES):
        band = (said >= low) & (said < high)
        if band.any():
            shown = f"said {said[band].mean():.2f}  right {right[band].mean():.2f}"
            print(f"  {low:.1f}-{min(high, 1):.1f}  {band.sum():4}  {shown}")


def main() -> None:
    """Print fitted weights and the reliability of those in use."""
    read = [judged(name) for name in READ]
    acts, right = [act for told, _ in read for act in told], np.concatenate([each for _, each in read])
    blind = judged(BLIND)
    for name, weight in scaled(fitted(acts, right), *blind).items():
        print(f'    "{name}": {weight},')
    for name, (told, good) in {**dict(zip(READ, read, strict=True)), BLIND: blind}.items():
        print(f"== {name}")
        reliability(told, good)


if __name__ == "__main__":
    main()
