"""On damaged copies of our data our engine finds what frictionless finds, apart from the deviations."""

from collections import Counter
from pathlib import Path

import damage
import oracle
import pytest

PACKAGE = Path(__file__).parents[1] / "datapackage.json"
COPIES = 200


def _compare(seed: int, folder: Path) -> tuple[str, Counter[str]]:
    """Damage, judge twice, compare; give the kind of damage and the codes of the faults compared."""
    kind, table, path = damage.damaged(PACKAGE, folder, seed)
    ours, theirs = oracle.ours(path), oracle.theirs(path)
    if kind == "byte_broken":
        # Deviations "target-not-text", "encoding-late": the fault is told once, that table is not judged.
        assert ours[table, "encoding-error", None, None, ""] == 1, (kind, table)
        told = {fault[0] for fault in theirs if fault[1] == "encoding-error"}
        assert table in told, (kind, table)
        ours, theirs = (
            Counter({f: n for f, n in side.items() if f[0] not in told}) for side in (ours, theirs)
        )
    else:
        assert ours or kind == "row_deleted", (kind, table)
    assert ours == theirs, (seed, kind, table, ours - theirs, theirs - ours)
    return kind, Counter(fault[1] for fault in ours.elements())


@pytest.mark.parametrize("seed", range(len(damage.KINDS)), ids=[kind.__name__ for kind in damage.KINDS])
def test_one_of_each_kind(seed: int, tmp_path: Path) -> None:
    _compare(seed, tmp_path)


@pytest.mark.audit
def test_all_copies(tmp_path: Path) -> None:
    kinds: Counter[str] = Counter()
    codes: Counter[str] = Counter()
    for seed in range(COPIES):
        folder = tmp_path / str(seed)
        folder.mkdir()
        kind, found = _compare(seed, folder)
        kinds[kind] += 1
        codes += found
    for histogram in (kinds, codes):
        print(*(f"{count:6,} {name}" for name, count in histogram.most_common()), sep="\n")  # noqa: T201
    assert sum(kinds.values()) == COPIES
    assert len(kinds) == len(damage.KINDS)
    assert min(kinds.values()) >= 10
