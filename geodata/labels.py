"""Names for maps: the places of the project's own tables, each with the zoom from which it is named."""

from geodata.table import TABLES, read_table

LEAST_ZOOM = {"city": 7, "town": 10, "neighbourhood": 13, "camp": 12, "village": 12, "airport": 11}
"""From which zoom on a map names places of a kind; the kinds not listed stay unnamed."""

Label = list[object]


def place_labels() -> list[Label]:
    """Return latitude, longitude, least zoom, English and Arabic name of each place that a map names."""
    return [
        [row.latitude, row.longitude, LEAST_ZOOM[row.kind], row.name, row.name_ar or row.name]
        for row in (line.row for table in TABLES for line in read_table(table))
        if row.latitude is not None and row.longitude is not None and row.kind in LEAST_ZOOM
    ]
