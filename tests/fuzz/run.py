"""Fuzz `validate` and `tidy` with hostile packages: no traceback, no hang over 5 s, no memory over 1 GB.

    PYTHONPATH=tests python -m fuzz.run --minutes 30 --seed 1 --out FOLDER

Each fault found is kept in FOLDER, one folder for each place in the code, its smallest package and what
happened. Should the process itself be killed, FOLDER/current holds the package that it was at.
"""

import argparse
import faulthandler
import io
import json
import resource
import shutil
import signal
import sys
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, redirect_stderr, redirect_stdout
from pathlib import Path
from types import FrameType

import oracle
import pyarrow as pa
from fuzz.hostile_packages import Case, cases
from hypothesis import HealthCheck, Phase, given, seed, settings

from ukraine_minerals import cli

HANG_S = 5
MEMORY_BYTES = 2**30
# Verb, form of its report, and whether Arrow is to hold every table.
RUNS: tuple[tuple[str, ...], ...] = (
    ("validate", "text"),
    ("validate", "text", "fast"),
    ("validate", "json"),
    ("validate", "github"),
)
RUNS += (("validate", "markdown", "fast"), ("tidy", ""))


class Hang(BaseException):
    """The run took more than HANG_S seconds of processor time."""


def write(case: Case, folder: Path) -> int:
    """Write a package into an emptied folder; give its size in bytes."""
    shutil.rmtree(folder, ignore_errors=True)
    descriptor, files = case
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(descriptor)
    (folder / "datapackage.json").write_text(text, encoding="utf-8")
    return len(text) + sum(map(len, files.values()))


def fault(folder: Path) -> str:
    """Run all verbs on a package; give the traceback of what is no clean end, "" where all is well."""
    shown: dict[str, bytes] = {}
    for verb, form, *fast in RUNS:
        arguments = [verb, str(folder / "datapackage.json"), *(["--format", form] if form else [])]
        streams = [io.TextIOWrapper(io.BytesIO(), encoding="ascii") for _ in range(2)]
        try:
            arrow = oracle.everything_large() if fast else nullcontext()
            with arrow, limits(), redirect_stdout(streams[0]), redirect_stderr(streams[1]):
                status = cli.main(arguments)
        except BaseException as error:  # whatever it is, it is a fault
            if isinstance(error, KeyboardInterrupt):
                raise
            return f"{verb} {form}\n{traceback.format_exc(limit=-12)}"
        streams[0].flush()
        told = streams[0].buffer.getvalue() + bytes([status])
        if status not in (0, 1, 2) or shown.setdefault(f"{verb} {form}", told) != told:
            return f"{verb} {form}\nexit {status}, or another answer than the other engine's"
    return ""


@contextmanager
def limits() -> Iterator[None]:
    """Raise Hang after HANG_S seconds of processor time, MemoryError over MEMORY_BYTES more of memory."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise Hang

    signal.signal(signal.SIGPROF, stop)
    with Path("/proc/self/statm").open(encoding="ascii") as file:
        now = int(file.read().split()[0]) * resource.getpagesize()
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (now + MEMORY_BYTES, hard))
    signal.setitimer(signal.ITIMER_PROF, HANG_S)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        resource.setrlimit(resource.RLIMIT_AS, (hard, hard))


def place(told: str) -> str:
    """Name the last line of our own code in a traceback, and the exception."""
    ours = [line.strip() for line in told.splitlines() if "ukraine_minerals" in line and "File" in line]
    last = ours[-1].rpartition("ukraine_minerals/")[2] if ours else "nowhere"
    exception = told.rstrip().splitlines()[-1].partition(":")[0].rpartition(".")[2]
    return "".join(c if c.isalnum() else "-" for c in f"{exception} {last}")[:100].strip("-")


def fuzz(minutes: float, first_seed: int, out: Path) -> tuple[int, dict[str, int]]:
    """Fuzz for some minutes; give the number of packages, and the size of the smallest one by place."""
    end = time.monotonic() + minutes * 60
    count, smallest = 0, dict[str, int]()

    @settings(
        max_examples=500,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(cases())
    def judge(case: Case) -> None:
        nonlocal count
        if time.monotonic() > end:
            return
        count += 1
        size = write(case, out / "current")
        told = fault(out / "current")
        if told and size < smallest.get(place(told), size + 1):
            smallest[place(told)] = size
            write(case, out / place(told))
            (out / place(told) / "told.txt").write_text(told, encoding="utf-8")
            print(f"{count:,}: {place(told)} ({size:,} bytes)", flush=True)  # noqa: T201

    while time.monotonic() < end:
        seed(first_seed)(judge)()
        first_seed += 1
    return count, smallest


def main() -> None:
    """Fuzz; exit 1 if anything was found."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True, help="a folder for what is found")
    arguments = parser.parse_args()
    faulthandler.enable()
    pa.set_cpu_count(1)  # imported by now, so that no limit falls on the import
    count, smallest = fuzz(arguments.minutes, arguments.seed, arguments.out)
    print(f"{count:,} packages in {arguments.minutes:g} minutes: {len(smallest)} faults")  # noqa: T201
    sys.exit(1 if smallest else 0)


if __name__ == "__main__":
    main()
