"""GeoNames country dumps: imported from a file or a loopback server, and refused in one line when they are bad."""

import threading
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from geodata.download import DownloadError, fetch
from geodata.dumps import DumpError, import_dump, parse, read_imported

ROW = (
    "{id}\t{name}\t{name}\t{names}\t{lat}\t{lon}\t{cls}\t{code}"
    "\tSY\t\t09\t\t\t\t{people}\t\t400\tAsia/Damascus\t2026-01-01"
)


def _row(**told: object) -> str:
    usual = {"id": 1, "name": "Tall ‘Arn", "names": "تل عرن,Tel Aran,TLA", "lat": 36.12, "lon": 37.34}
    return ROW.format(**{**usual, "cls": "P", "code": "PPL", "people": 8000, **told})


GOOD = [
    _row(),
    _row(id=2, name="Kafr Jūm", names="كفر جوم", people=0, lat=36.07, lon=36.83),
    _row(id=3, name="Sadd Tishrīn", names="سد تشرين", cls="S", code="DAM", people=0, lat=36.38, lon=38.18),
    _row(id=4, name="Wādī", names="", cls="H", code="WAD", people=0),
    _row(id=5, name="Old Town", names="", code="PPLX", people=0),
]


def _archive(folder: Path, lines: list[str], name: str = "SY") -> Path:
    path = folder / f"{name}.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("readme.txt", "see geonames.org")
        archive.writestr(f"{name}.txt", "\n".join(lines) + "\n")
    return path


def test_a_dump_is_imported(tmp_path: Path) -> None:
    assert import_dump(_archive(tmp_path, GOOD), tmp_path / "cache") == ("SY", 4)
    places = {place.id: place for place in read_imported(tmp_path / "cache")}
    aran = places["gn:1"]
    assert (aran.name_ar, aran.precision, aran.admin1, aran.population) == ("تل عرن", "town", "SY.09", 8000)
    assert "TLA" not in aran.names
    assert (places["gn:2"].precision, places["gn:3"].precision) == ("village", "landmark")
    assert places["gn:5"].precision == "neighbourhood"
    assert "gn:4" not in places  # a dry valley is no place of events


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ([_row(lat=137.0)], "SY.txt:1: coordinates 137.0, 37.34 are out of range"),
        ([_row(lat="north")], "SY.txt:1: could not convert string to float: 'north'"),
        (["1\ttoo\tfew"], "SY.txt:1: 3 columns instead of 19"),
        ([_row(id=n, lat=37.34, lon=36.12 - 60) for n in range(9)], "swapped"),
        ([_row(cls="H", code="WAD")], "no place of use"),
    ],
)
def test_bad_rows_are_named_and_the_last_import_kept(tmp_path: Path, lines: list[str], message: str) -> None:
    import_dump(_archive(tmp_path, GOOD), tmp_path / "cache")
    before = [place.id for place in read_imported(tmp_path / "cache")]
    with pytest.raises(DumpError) as caught:
        import_dump(_archive(tmp_path, lines), tmp_path / "cache")
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)
    assert [place.id for place in read_imported(tmp_path / "cache")] == before


def test_swapped_coordinates_of_a_whole_dump(tmp_path: Path) -> None:
    swapped = [_row(id=n, lat=40.0 + n / 100, lon=34.5) for n in range(20)]
    with pytest.raises(DumpError, match="20 of 20 points lie outside SY"):
        import_dump(_archive(tmp_path, swapped), tmp_path / "cache")


def test_a_zip_bomb_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("geodata.dumps._MOST_BYTES", 100_000)
    bomb = [_row(id=n) for n in range(5_000)]
    with pytest.raises(DumpError, match="unpacks to more than"):
        import_dump(_archive(tmp_path, bomb), tmp_path / "cache")
    assert list((tmp_path / "cache").iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"<html>not found</html>", b"PK\x03\x04 broken"])
def test_what_is_no_archive(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "SY.zip").write_bytes(content)
    with pytest.raises(DumpError, match=r"SY.zip: not a whole GeoNames dump"):
        import_dump(tmp_path / "SY.zip", tmp_path / "cache")


def test_an_archive_of_another_country(tmp_path: Path) -> None:
    _archive(tmp_path, GOOD, "LB").rename(tmp_path / "SY.zip")
    with pytest.raises(DumpError, match=r"holds no SY.txt"):
        import_dump(tmp_path / "SY.zip", tmp_path / "cache")


def test_the_file_must_be_named_after_its_country(tmp_path: Path) -> None:
    with pytest.raises(DumpError, match=r"named after its country"):
        import_dump(tmp_path / "allCountries.zip", tmp_path / "cache")


def test_a_name_loses_its_brackets() -> None:
    place = parse(_row(name="Salem (West)"), "SY.txt:1")
    assert place is not None
    assert place.name == "Salem"


class _Server(ThreadingHTTPServer):
    content = b""
    breaks_after: int | None = None
    ranges: list[str | None]


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:
        asked = self.headers.get("Range")
        self.server.ranges.append(asked)
        if self.path == "/gone.zip":
            self.send_error(404)
            return
        start = int(asked.removeprefix("bytes=").rstrip("-")) if asked else 0
        rest = self.server.content[start:]
        self.send_response(206 if asked else 200)
        self.send_header("Content-Length", str(len(rest)))
        self.end_headers()
        self.wfile.write(rest[: self.server.breaks_after] if not asked else rest)

    def log_message(self, *_: object) -> None:
        """Keep the test's output clean."""


@pytest.fixture
def server() -> Iterator[_Server]:
    server = _Server(("127.0.0.1", 0), _Handler)
    server.ranges = []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def test_a_broken_download_goes_on_where_it_stopped(tmp_path: Path, server: _Server) -> None:
    server.content = _archive(tmp_path, GOOD).read_bytes()
    server.breaks_after = 200
    url = f"http://127.0.0.1:{server.server_address[1]}/SY.zip"
    with pytest.raises(DownloadError, match="broken off after 200"):
        fetch(url, tmp_path / "downloads")
    path = fetch(url, tmp_path / "downloads")
    assert path.read_bytes() == server.content
    assert server.ranges == [None, "bytes=200-"]
    assert import_dump(path, tmp_path / "cache") == ("SY", 4)


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://127.0.0.1/SY.zip", "http://127.0.0.1/", "SY"])
def test_only_files_over_http_are_fetched(tmp_path: Path, url: str) -> None:
    with pytest.raises(DownloadError, match="not the http address of a file"):
        fetch(url, tmp_path)


def test_a_refusal_and_a_dead_server_are_one_line(tmp_path: Path, server: _Server) -> None:
    port = server.server_address[1]
    with pytest.raises(DownloadError, match="the server answered 404"):
        fetch(f"http://127.0.0.1:{port}/gone.zip", tmp_path)
    server.shutdown()
    server.server_close()
    with pytest.raises(DownloadError, match="refused"):
        fetch(f"http://127.0.0.1:{port}/SY.zip", tmp_path)
