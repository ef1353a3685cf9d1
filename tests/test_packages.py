"""Each problem code has a tiny package that breaks it, and nothing beyond its expected.txt."""

from collections import Counter
from pathlib import Path

import oracle
import pytest

from ukraine_minerals import cli, problem

PACKAGES = Path(__file__).parent / "packages"
FOLDERS = sorted(path for path in PACKAGES.iterdir() if path.is_dir())
# What a tiny package differs in by a deviation that deviations_of_tables.py lists: ours alone, theirs alone.
DEVIATING: dict[str, tuple[list[oracle.Fault], list[oracle.Fault]]] = {
    "blank-header": ([("mines", "blank-header", None, None, "")], []),
    "primary-key": ([("mines", "primary-key", 5, None, "")], []),
    "type-error": ([("mines", "type-error", 3, 3, ""), ("mines", "type-error", 4, 2, "")], []),
}


def test_each_code_has_a_package() -> None:
    assert {path.name for path in FOLDERS} == set(problem.CODES)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_package(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(folder)
    texts = ["--texts", "texts"] if Path("texts").is_dir() else []
    status = cli.main(["validate", *texts])
    shown = capsys.readouterr()
    assert shown.out == Path("expected.txt").read_text(encoding="utf-8")
    assert not shown.err
    severity = problem.CODES[folder.name][0]
    assert status == (1 if severity == "error" else 0)
    assert f": {folder.name}" in shown.out


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_frictionless_agrees(folder: Path) -> None:
    path = folder / "datapackage.json"
    ours, theirs = oracle.ours(path), oracle.theirs(path)
    ours_alone, theirs_alone = DEVIATING.get(folder.name, ([], []))
    assert ours - theirs == Counter(ours_alone)
    assert theirs - ours == Counter(theirs_alone)
