"""From bytes to text: what the bytes are goes before what their label says."""

import codecs
import re

from events.ingest.document import DocumentError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark its own begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_ARABIC = "windows-1256"
_LABEL = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_HEAD = 4096  # bytes at the start of a page that are looked at for its label
_SAMPLE = 20_000  # bytes that an encoding is guessed from

_ARABIC_WORD = re.compile(r"[\u0621-\u064a]{3,}")
_FOREIGN = re.compile(r"[^\W\d_\x00-\x7f]")
_EXPECTED = re.compile(r"[\s\x20-\x7e\xa0-\xff\u0600-\u06ff\u2000-\u206f\ufeff]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f\ufffe\uffff]")
_MOST = 0.7
_FEW = 0.01


def decode(data: bytes, label: str | None = None) -> tuple[str, str | None]:
    """Return the text of a document, and a note if some of it is lost (None: nothing is).

    `label` is the name of the encoding that the server gives, if any. Raises DocumentError if the bytes are no text.
    """
    encoding = encoding_of(data, label)
    text = data.decode(encoding, errors="replace").removeprefix("\ufeff")
    if len(_CONTROL.findall(text)) > _FEW * len(text):
        raise DocumentError("not text")
    lost = text.count("\ufffd") - data.count("\ufffd".encode(encoding, "ignore") or b"\0\0\0\0")
    return text.replace("\0", ""), f"{lost} characters could not be read (shown as \ufffd)" if lost > 0 else None


def encoding_of(data: bytes, label: str | None = None) -> str:
    """Return the encoding of a text, which is not always without errors in it.

    In this order: a byte order mark; UTF-16 by its look; UTF-8 if all bytes fit; windows-1256 if that gives Arabic
    words; the label; UTF-8 with a few bad bytes; a guess. Raises DocumentError if there is not even that.
    """
    marked = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)
    sure = marked or _utf16(data) or _strict(data, "utf-8") or _arabic(data) or _labelled(data, label)
    if sure:
        return sure
    text = data[:_SAMPLE].decode(errors="replace")
    return "utf-8" if text.count("\ufffd") <= max(1, _FEW * len(text)) else _guessed(data)


def _utf16(data: bytes) -> str | None:
    if len(_CONTROL.findall(data[:_SAMPLE].decode("latin-1"))) <= _FEW * len(data[:_SAMPLE]):
        return None
    return next((name for name in ("utf-16-le", "utf-16-be") if _strict(data, name) and _plain(data, name)), None)


def _plain(data: bytes, encoding: str) -> bool:
    text = data[:_SAMPLE].decode(encoding)
    return len(_EXPECTED.findall(text)) > _MOST * len(text)


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        data.decode(encoding)
    except (ValueError, LookupError):  # no such encoding, or none of text
        return None
    return encoding


def _arabic(data: bytes) -> str | None:
    """Tell windows-1256 by its words: in it the accents of other languages are single letters between Latin ones."""
    text = data[:_SAMPLE].decode(_ARABIC, errors="replace")
    in_words = sum(map(len, _ARABIC_WORD.findall(text)))
    return _ARABIC if in_words and in_words > _MOST * len(_FOREIGN.findall(text)) else None


def _labelled(data: bytes, label: str | None) -> str | None:
    written = _LABEL.search(data[:_HEAD])
    names = [label, written[1].decode("ascii", "replace") if written else None]
    return next((name for name in names if name and _strict(data, name)), None)


def _guessed(data: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE]).best()
    if best is None:
        raise DocumentError("in an encoding that could not be told")
    return best.encoding
