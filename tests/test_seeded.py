"""On seeded packages our engine finds the multiset of faults that frictionless finds, and nothing else.

UKRAINE_MINERALS_ROWS=1000000 makes the audit compare a million rows too, which takes some minutes.
"""

import os
from collections import Counter
from pathlib import Path

import oracle
import pytest
from bench import make_package

LARGEST = int(os.environ.get("UKRAINE_MINERALS_ROWS", "0"))
SHARES = (0.0001, 0.05)


def _compare(folder: Path, rows: int, share: float) -> Counter[str]:
    """Write, judge twice, compare; give the codes and constraints of the faults."""
    path = make_package.write(folder, rows, share)
    ours, theirs = oracle.ours(path), oracle.theirs(path)
    assert ours == theirs, (ours - theirs, theirs - ours)
    assert oracle.ours(path, fast=True) == ours
    assert len(ours) >= max(1, rows * share / 2)
    return Counter(code + constraint for _, code, _, _, constraint in ours.elements())


def test_same_arguments_same_bytes(tmp_path: Path) -> None:
    first, second = (make_package.write(tmp_path / name, 2_000, 0.05).parent for name in "ab")
    names = sorted(path.name for path in first.iterdir())
    assert len(names) == 8
    assert all((first / name).read_bytes() == (second / name).read_bytes() for name in names)


@pytest.mark.parametrize("share", SHARES)
def test_a_thousand_rows(share: float, tmp_path: Path) -> None:
    _compare(tmp_path, 1_000, share)


@pytest.mark.audit
@pytest.mark.parametrize("share", SHARES)
@pytest.mark.parametrize("rows", [100_000, *([LARGEST] if LARGEST else [])])
def test_many_rows(rows: int, share: float, tmp_path: Path) -> None:
    codes = _compare(tmp_path, rows, share)
    print(rows, share, *codes.items())  # noqa: T201
    assert share < 0.01 or len(codes) >= 12


def test_a_sound_package(tmp_path: Path) -> None:
    path = make_package.write(tmp_path, 1_000)
    assert oracle.ours(path, alone=True) == oracle.theirs(path) == Counter()
