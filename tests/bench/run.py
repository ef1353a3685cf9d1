"""Time our `validate` beside what others do, each as a whole process, and write results.json.

Ours and each other run in turn, so that a slow moment of the machine falls on both; what is given are the
medians of those pairs, and the most memory. The packages are written by make_package.py; last comes our own.
"""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

BENCH = Path(__file__).parent
ROOT = BENCH.parents[1]
SIZES = {1_000: 25, 100_000: 7, 1_000_000: 5}  # rows of the large table, pairs
SHARES = (0, 0.05)
# What each is compared with: our whole job, or our judgement of the large table alone.
PEERS = {
    "frictionless": "datapackage.json",
    "duckdb": "datapackage.json",
    "pyarrow": "datapackage.json",
    "dataframely": "one.json",
    "pandera": "one.json",
}
LONGEST_S = 30  # a peer that takes longer is run once, and paired with each run of ours

Run = tuple[float, float, int]  # seconds, megabytes, exit status


def main() -> None:
    """Measure all that is asked for, and write it down."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rows", type=int, nargs="*", default=list(SIZES), help=f"of {list(SIZES)}")
    parser.add_argument("--peers", nargs="*", default=list(PEERS), choices=PEERS)
    parser.add_argument("--out", type=Path, default=BENCH / "results.json")
    arguments = parser.parse_args()
    measured = []
    with tempfile.TemporaryDirectory() as place:
        for rows in arguments.rows:
            for share in SHARES:
                folder = Path(place, f"{rows}-{share}")
                run(
                    [sys.executable, str(BENCH / "make_package.py"), str(folder), str(rows), str(share)], (0,)
                )
                for found in compare(folder, arguments.peers, SIZES.get(rows, 3), (1 if share else 0,)):
                    measured.append({"rows": rows, "bad_share": share, **found})
                    told = [f"{name} {value}" for name, value in measured[-1].items() if name != "pairs"]
                    print(*told, flush=True)  # noqa: T201
    result = {**machine(), "sentence": own_package(), "measured": measured}
    arguments.out.write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(result["sentence"])  # noqa: T201


def compare(
    folder: Path, peers: list[str], pairs: int, expected: tuple[int, ...]
) -> Iterator[dict[str, Any]]:
    """Time each peer and ours in turn on one package."""
    for peer in peers:
        ours = [sys.executable, "-m", "ukraine_minerals", "validate", str(folder / PEERS[peer])]
        theirs = [sys.executable, str(BENCH / "peers.py"), peer, str(folder)]
        run(ours, expected)  # files into the page cache, modules compiled
        first = run(theirs, (0,))
        is_long = first[0] > LONGEST_S
        taken = [(run(ours, expected), first if is_long else run(theirs, (0,))) for _ in range(pairs)]
        our_s, their_s = (round(statistics.median(pair[n][0] for pair in taken), 4) for n in (0, 1))
        yield {
            "peer": peer,
            "ours_s": our_s,
            "ours_mb": round(max(pair[0][1] for pair in taken)),
            "peer_s": their_s,
            "peer_mb": round(max(pair[1][1] for pair in taken)),
            "ratio": round(statistics.median(pair[1][0] / pair[0][0] for pair in taken), 2),
            "pairs": [[round(pair[0][0], 4), round(pair[1][0], 4)] for pair in taken],
        }


def own_package() -> str:
    """Time both validators on our own package, and say it in a sentence."""
    ours = [sys.executable, str(ROOT / "scripts" / "validate.py")]
    theirs = [str(Path(sys.executable).with_name("frictionless")), "validate", "datapackage.json"]
    for command in (ours, theirs):
        run(command, (0,))
    pairs = [(run(ours, (0,))[0], run(theirs, (0,))[0]) for _ in range(7)]
    our_s, their_s = (statistics.median(column) for column in zip(*pairs, strict=True))
    ratio = statistics.median(their / our for our, their in pairs)
    return (
        f"A cold `validate` of this package takes {our_s:.2f} s, `frictionless validate` "
        f"({version('frictionless')}) {their_s:.2f} s: 1/{ratio:.0f} of the time "
        f"(medians of {len(pairs)} pairs, {os.cpu_count()} cores, Python {platform.python_version()})."
    )


def run(command: list[str], expected: tuple[int, ...]) -> Run:
    """Run a command to its end; give its wall time and its most memory.

    Raises:
        SystemExit: it ended in another way than expected.
    """
    environment = {**os.environ, "PYTHONPATH": str(BENCH.parent)}
    with tempfile.TemporaryFile() as errors:
        start = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=errors
        )
        _, status, used = os.wait4(process.pid, 0)
        taken = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)  # it has been waited for
        if process.returncode not in expected:
            errors.seek(0)
            sys.exit(f"{' '.join(command)}: exit {process.returncode}\n{errors.read().decode()}")
    return taken, used.ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10), process.returncode


def machine() -> dict[str, Any]:
    """Say on what and with which versions this is measured."""
    model = ""
    if Path("/proc/cpuinfo").is_file():
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        model = next((line.partition(": ")[2] for line in lines if line.startswith("model name")), "")
    return {
        "processor": model or platform.processor(),
        "cores": os.cpu_count(),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "versions": {name: version(name) for name in (*PEERS, "polars")},
    }


if __name__ == "__main__":
    main()
