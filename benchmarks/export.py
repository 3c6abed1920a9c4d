"""How fast and in how much memory each format is written: `python -m benchmarks.export URL` (a store of make_events).

Each format is a process of its own, which writes the whole store to nowhere and reports its peak of resident memory;
`pandas` is what one would write by hand: all rows as one frame, then `to_csv` and `to_json`. Read the ratios.
"""

import os
import resource
import subprocess
import sys
import time

from events.export import FORMATS, write
from events.store import open_store


def main(url: str) -> None:
    """Print rows a second and the peak of memory for each format and for pandas' writers."""
    for name in ("nothing", *FORMATS, "pandas csv", "pandas jsonl"):
        subprocess.run([sys.executable, "-m", "benchmarks.export", url, name], check=True)


def one(url: str, name: str) -> None:
    """Write one format and print its line."""
    start = time.perf_counter()
    rows = _written(url, name)
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{name:<14} {rows:>9,} rows {seconds:7.1f} s {rows / seconds:>9,.0f} rows/s   peak {peak:6,.0f} MB")


def _written(url: str, name: str) -> int:
    store = open_store(url)
    with open(os.devnull, "wb") as nowhere:  # noqa: PTH123
        if name == "nothing":  # reading alone
            return sum(map(len, store.row_chunks()))
        if name.startswith("pandas"):
            frame = store.rows()
            if name.endswith("csv"):
                frame.to_csv(nowhere, index=False)
            else:
                frame.to_json(nowhere, orient="records", lines=True, force_ascii=False)
            return len(frame)
        return write(store.row_chunks(), name, nowhere).rows  # type: ignore[arg-type]


if __name__ == "__main__":
    if len(sys.argv) == 3:
        one(*sys.argv[1:])
    else:
        main(sys.argv[1])
