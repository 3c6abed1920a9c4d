"""Rows as KML 2.2: a placemark a row; what is not said to have happened says so in its name and looks pale."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from html import escape
from io import TextIOBase
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

from events.export.format import Format
from events.ontology import load_actions
from events.row import COLUMNS, FIRM, Row, cell

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold, not even escaped (section 2.2)."""

_STYLES = {"reported": ("ff124acf", "1.1"), "not-reported": ("80808080", "0.8")}
"""Colour (aabbggrr) and scale of the pins: of what is reported to have happened, and of all else."""


def write_kml(rows: Iterable[Row], out: TextIOBase) -> None:
    """Write a document with a folder of the rows on the map and one of those without coordinates.

    Characters that XML cannot hold become U+FFFD. Rows without coordinates are kept in memory until the end.
    """
    file = _File(out)
    unplaced: list[Row] = []
    with file.document():
        with file.element("Folder"):
            file.leaf("name", "On the map")
            for row in rows:
                if None in (row["latitude"], row["longitude"]):
                    unplaced.append(row)
                else:
                    _placemark(file, row)
        with file.element("Folder"):
            file.leaf("name", f"Without coordinates ({len(unplaced)})")
            for row in unplaced:
                _placemark(file, row)


def _placemark(file: "_File", row: Row) -> None:
    with file.element("Placemark"):
        file.leaf("name", _title(row))
        # Readers show a description as HTML: escaped once for that, and once more as XML.
        file.leaf("description", escape(_description(row)))
        _time(file, row)
        file.leaf("styleUrl", "#reported" if row["modality"] in FIRM else "#not-reported")
        with file.element("ExtendedData"):
            for name in COLUMNS:
                if row[name] is not None:
                    with file.element("Data", name=name):
                        file.leaf("value", str(cell(row[name])))
        if row["latitude"] is not None and row["longitude"] is not None:
            with file.element("Point"):
                file.leaf("coordinates", f"{row['longitude']},{row['latitude']}")


def _title(row: Row) -> str:
    known = load_actions().get(row["action"])
    what = known.label_en if known else row["action"]
    claim = "" if row["modality"] == "asserted" else f"[{row['modality']}] "
    return f"{claim}{what}, {row['place']}" if row["place"] else f"{claim}{what}"


def _description(row: Row) -> str:
    speaker = row["claim_source"] or row["publisher"] or "unknown publisher"
    return f"{row['modality']}, according to {speaker}: {row['quote']}"


def _time(file: "_File", row: Row) -> None:
    first, last = row["event_date"], row["event_date_end"]
    if first and last and last != first:
        with file.element("TimeSpan"):
            file.leaf("begin", first)
            file.leaf("end", last)
    elif first:
        with file.element("TimeStamp"):
            file.leaf("when", first)


class _File:
    """Writes XML piece by piece, so that a long document is never held in memory."""

    def __init__(self, out: TextIOBase) -> None:
        self._xml = XMLGenerator(out, encoding="utf-8", short_empty_elements=True)

    @contextmanager
    def document(self) -> Iterator[None]:
        self._xml.startDocument()
        with self.element("kml", xmlns="http://www.opengis.net/kml/2.2"), self.element("Document"):
            self.leaf("name", "News events")
            for name, style in _STYLES.items():
                self._style(name, *style)
            yield
        self._xml.endDocument()

    def _style(self, name: str, colour: str, scale: str) -> None:
        with self.element("Style", id=name), self.element("IconStyle"):
            self.leaf("color", colour)
            self.leaf("scale", scale)

    @contextmanager
    def element(self, tag: str, /, **attributes: str) -> Iterator[None]:
        self._xml.startElement(tag, AttributesImpl(attributes))
        yield
        self._xml.endElement(tag)
        self._xml.ignorableWhitespace("\n")

    def leaf(self, tag: str, text: str) -> None:
        self._xml.startElement(tag, AttributesImpl({}))
        self._xml.characters(_ILLEGAL.sub("\ufffd", text))
        self._xml.endElement(tag)


FORMAT = Format(
    ".kml",
    "application/vnd.google-earth.kml+xml",
    write_kml,
    "KML 2.2: the columns as extended data. An act that is claimed, denied, planned, demanded or hypothetical says so "
    "before its name; what is not told as having happened has small grey pins. Rows without coordinates stand in a "
    "folder of their own, without a point.",
)
