"""On what frictionless's own tests validate, CSV and inline data, our engine finds what frictionless finds.

An installed frictionless carries its tests, but not the files in `data/` that most of them read. Whoever has
a checkout of frictionless-py names its folder in FRICTIONLESS_CHECKOUT; without one those calls are left out.
`recorded/calls.csv` lists every call made with a checkout; `python tests/test_recorded.py FOLDER` renews it.
"""

import csv
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import frictionless
import oracle
import pytest

from ukraine_minerals.errors import PackageError

TESTS = Path(__file__).parent
LISTED = TESTS / "recorded" / "calls.csv"
COLUMNS = ("test", "call", "verdict", "reason")
# Calls in which the two differ on purpose, by the name in deviations_of_tables.py.
DEVIATING = {"test_resource_validate_schema_primary_key_error_composite": "primary-key-partly-null"}


def record(folder: Path, checkout: Path) -> Path:
    """Run frictionless's tests in a folder that may have their data; give the folder of recorded calls."""
    source, out = Path(frictionless.__file__).parent, folder / "calls"
    out.mkdir()
    command = [sys.executable, "-m", "pytest", "-q", "--noconftest", "--continue-on-collection-errors"]
    command += [
        "-p",
        "no:cacheprovider",
        "-p",
        "recorded.recorder",
        "-c",
        os.devnull,
        "--rootdir",
        str(source),
    ]
    command += ["--basetemp", str(folder / "temporary"), "--ignore", str(source / "portals"), str(source)]
    environment = {
        **os.environ,
        "PYTHONPATH": str(TESTS),
        "RECORDED": str(out),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    subprocess.run(command, cwd=checkout, env=environment, capture_output=True, check=False)
    return out


def judged(calls: Path) -> Iterator[dict[str, str]]:
    """Compare each call, in the columns of the list."""
    numbers: Counter[str] = Counter()
    for path in sorted(calls.glob("*/call.json")):
        call = json.loads(path.read_text(encoding="utf-8"))
        test, reason = call["test"], call["out_of_scope"]
        numbers[test] += 1
        verdict = "out of scope" if reason else ""
        if not reason:
            verdict, reason = _compared(path.with_name("datapackage.json"), test)
        yield dict(zip(COLUMNS, (test, str(numbers[test]), verdict, reason), strict=True))


def _compared(path: Path, test: str) -> tuple[str, str]:
    theirs = oracle.theirs(path)
    try:
        ours = oracle.ours(path)
        assert oracle.ours(path, fast=True) == ours, path
    except PackageError as error:
        return "differs", str(error).partition(": ")[2].replace(str(path.parent), "")
    if ours == theirs:
        return "agrees", ""
    if name := DEVIATING.get(test.rpartition("::")[2]):
        return "deviates", name
    return (
        "differs",
        f"ours alone {sorted(map(str, ours - theirs))}, theirs {sorted(map(str, theirs - ours))}",
    )


@pytest.mark.audit
def test_calls_of_frictionless_s_own_tests(tmp_path: Path) -> None:
    checkout = os.environ.get("FRICTIONLESS_CHECKOUT")
    found = list(judged(record(tmp_path, Path(checkout) if checkout else tmp_path)))
    with LISTED.open(encoding="utf-8", newline="") as file:
        listed = list(csv.DictReader(file))
    verdicts = Counter(call["verdict"] for call in found)
    print(*verdicts.items())  # noqa: T201
    if checkout:
        assert found == listed, "renew the list: python tests/test_recorded.py FOLDER"
    else:
        judged_here = [call for call in found if call["verdict"] != "out of scope"]
        assert len(judged_here) >= 35
        assert [call for call in judged_here if call not in listed] == []


def test_the_list_holds_enough_agreement() -> None:
    with LISTED.open(encoding="utf-8", newline="") as file:
        verdicts = Counter(call["verdict"] for call in csv.DictReader(file))
    in_scope = verdicts.total() - verdicts["out of scope"]
    assert in_scope >= 150
    assert verdicts["agrees"] >= 0.95 * in_scope


if __name__ == "__main__":
    import tempfile

    with tempfile.TemporaryDirectory() as place, LISTED.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(judged(record(Path(place), Path(sys.argv[1]))))
