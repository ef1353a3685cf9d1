"""What the README says is so: its figures, its snippets, its commands, its codes."""

import re
import shutil
from pathlib import Path

import pytest

from ukraine_minerals import cli

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_figures_are_those_of_the_data(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert cli.main(["readme", "--check"]) == 0, "run `python -m ukraine_minerals readme`"


def test_a_stale_figure_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    copy_package(tmp_path)
    (tmp_path / "README.md").write_text(
        "<!-- begin citation -->\nold\n<!-- end citation -->\n", encoding="utf-8"
    )
    assert cli.main(["readme", "--check", str(tmp_path / "datapackage.json")]) == 1
    assert "stale" in capsys.readouterr().out
    assert cli.main(["readme", str(tmp_path / "datapackage.json")]) == 0
    assert "> The ukraine-minerals contributors" in (tmp_path / "README.md").read_text(encoding="utf-8")


def test_paths_that_it_names_exist() -> None:
    for path in re.findall(r"(?:scripts|data|schemas|geo)/[\w/.-]*\w", README):
        assert (ROOT / path).exists(), path
    for path in re.findall(r"\]\((?!https?:)([^)]+)\)", README):
        assert (ROOT / path).exists(), path


def test_the_problem_that_it_shows_is_what_validate_prints(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    copy_package(tmp_path)
    events = tmp_path / "data" / "events.csv"
    text = events.read_text(encoding="utf-8").replace(",donetsk-oblast,", ",kyrovohrad-oblast,", 1)
    events.write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert cli.main(["validate"]) == 1
    shown = re.search(r"data/events.csv:\d+(:\d+: .*)", README)
    assert shown
    assert shown[1] in capsys.readouterr().out


def copy_package(folder: Path) -> None:
    for entry in ("data", "schemas", "geo"):
        shutil.copytree(ROOT / entry, folder / entry)
    shutil.copy(ROOT / "datapackage.json", folder)
