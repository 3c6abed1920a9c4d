"""Points no finer than the cells of a grid, for a page that is shared: the exporters' cells, for all rows at once."""

import numpy as np
import pandas as pd

from events.export.blur import cell_middle
from views.rows import NO_PIN, pin_numbers

_NEAR = 2  # geo_precision of a point that stands for somewhere around it


def blurred(rows: pd.DataFrame, metres: float) -> pd.DataFrame:
    """Return rows of `prepare` with every point in the middle of its cell of `metres`; `geo_precision` 2 at best."""
    pins, first, back = np.unique(rows["pin"].to_numpy(), return_index=True, return_inverse=True)
    points = rows[["latitude", "longitude"]].to_numpy(float)[first]
    moved = np.array(
        [cell_middle(lat, lon, metres) if pin != NO_PIN else (lat, lon)
         for pin, (lat, lon) in zip(pins.tolist(), points.tolist(), strict=True)]
    ).reshape(-1, 2)[back]  # fmt: skip
    latitude, longitude = (pd.Series(column, index=rows.index) for column in moved.T)
    return rows.assign(
        latitude=latitude,
        longitude=longitude,
        pin=pin_numbers(latitude, longitude),
        geo_precision=rows["geo_precision"].where(
            rows["geo_precision"].isna(), rows["geo_precision"].clip(lower=_NEAR)
        ),
    )
