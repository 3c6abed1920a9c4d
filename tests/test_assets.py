"""The served folder: what a server that starts and its first visitor do at the same time."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from views.assets import ensure_assets


def test_who_comes_while_the_folder_is_made_waits(tmp_path: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        for made in [pool.submit(ensure_assets, tmp_path) for _ in range(4)]:
            made.result()
    assert {"columns.js", "push.js", "places.json", "countries.json"} <= {path.name for path in tmp_path.iterdir()}
    assert not list(tmp_path.rglob("*.part"))
