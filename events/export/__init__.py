"""Rows out of the program, in the formats others read: `write` is the one door, `FORMATS` the table of what it can."""

from events.export.dictionary import data_dictionary
from events.export.door import FORMATS, Written, write
from events.export.format import Format
from events.export.options import Options

__all__ = ["FORMATS", "Format", "Options", "Written", "data_dictionary", "write"]
