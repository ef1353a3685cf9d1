"""Time a cold `validate` of the package against `frictionless validate` on it, in pairs."""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import time
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).parents[2]
FRICTIONLESS = Path(sys.executable).with_name("frictionless")


def main() -> None:
    """Run the two in turn, so that a slow moment of the machine falls on both; print medians and ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-n", type=int, default=7, help="pairs (default: 7)")
    parser.add_argument("--out", type=Path, help="write the result as JSON too")
    arguments = parser.parse_args()
    ours = [sys.executable, str(ROOT / "scripts/validate.py")]
    theirs = [str(FRICTIONLESS), "validate", "datapackage.json"]
    for command in (ours, theirs):  # files into the page cache, modules compiled
        seconds(command)
    pairs = [(seconds(ours), seconds(theirs)) for _ in range(arguments.n)]
    ours_s, theirs_s = (statistics.median(column) for column in zip(*pairs, strict=True))
    ratio = statistics.median(their / our for our, their in pairs)
    sentence = (
        f"A cold `validate` of this package takes {ours_s:.3f} s, `frictionless validate` "
        f"({version('frictionless')}) {theirs_s:.2f} s: 1/{ratio:.0f} of the time "
        f"(medians of {arguments.n} pairs, {os.cpu_count()} cores, Python {platform.python_version()})."
    )
    print(sentence)  # noqa: T201
    if arguments.out:
        result = {
            "sentence": sentence,
            "validate_s": ours_s,
            "frictionless_s": theirs_s,
            "ratio": ratio,
            "pairs": pairs,
        }
        arguments.out.write_text(json.dumps(result, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def seconds(command: list[str]) -> float:
    """Take the wall time of a command that must succeed.

    Raises:
        SystemExit: if it does not.
    """
    start = time.perf_counter()
    run = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    taken = time.perf_counter() - start
    if run.returncode != 0:
        sys.exit(f"{' '.join(command)}: exit {run.returncode}\n{run.stdout.decode()}{run.stderr.decode()}")
    return taken


if __name__ == "__main__":
    main()
