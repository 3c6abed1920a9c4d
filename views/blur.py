"""Points no finer than the cells of a grid, for a page that is shared: the exporters' cells, for all rows at once."""

import numpy as np
import pandas as pd

from events.export.blur import cell_middle
from views.rows import NO_PIN, pin_numbers

_NEAR = 2  # geo_precision of a point that stands for somewhere around it
_REGION = 3  # of one that stands for a whole region: it tells of no spot, and the map knows the region's outline by it


def blurred(rows: pd.DataFrame, metres: float) -> pd.DataFrame:
    """Return rows of `prepare` with points in the middle of their cells of `metres`; `geo_precision` 2 at best.

    What is known to a region only keeps the region's point.
    """
    pins, first, back = np.unique(rows["pin"].to_numpy(), return_index=True, return_inverse=True)
    points = rows[["latitude", "longitude"]].to_numpy(float)[first]
    moved = np.array(
        [cell_middle(lat, lon, metres) if pin != NO_PIN else (lat, lon)
         for pin, (lat, lon) in zip(pins.tolist(), points.tolist(), strict=True)]
    ).reshape(-1, 2)[back]  # fmt: skip
    region = rows["geo_precision"].fillna(0).eq(_REGION).to_numpy(bool)[:, None]
    moved = np.where(region, rows[["latitude", "longitude"]], moved)
    latitude, longitude = (pd.Series(column, index=rows.index) for column in moved.T.astype(float))
    return rows.assign(
        latitude=latitude,
        longitude=longitude,
        pin=pin_numbers(latitude, longitude),
        geo_precision=rows["geo_precision"].where(
            rows["geo_precision"].isna(), rows["geo_precision"].clip(lower=_NEAR)
        ),
    )
