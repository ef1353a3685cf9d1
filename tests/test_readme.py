"""What the README says is so: its figures, its snippets, its commands, its codes."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ukraine_minerals import cli, readme

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


@pytest.fixture
def made(released: Path, tmp_path: Path) -> Path:
    """Give a folder that looks as after `make` and `make release`; a release holds what `make` writes."""
    (tmp_path / "dist").mkdir()
    for entry in ("csv", "parquet", "ukraine-minerals.sqlite"):
        (tmp_path / "dist" / entry).symlink_to(released / entry)
    (tmp_path / "dist" / "release").symlink_to(released)
    return tmp_path


def snippets(language: str) -> list[str]:
    found = re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)
    assert found
    return found


@pytest.mark.parametrize(
    "snippet",
    [text for text in snippets("python") if "ukraine_minerals" not in text],  # those: test_wheel.py
    ids=lambda snippet: snippet.split()[1],
)
def test_python_snippets_run(made: Path, snippet: str) -> None:
    run = subprocess.run(
        [sys.executable, "-c", snippet], cwd=made, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    assert "Bessent visits Kyiv" in run.stdout


@pytest.mark.parametrize(("tool", "language"), [("sqlite3", "sh"), ("Rscript", "r"), ("datasette", "sh")])
def test_snippets_of_other_tools(made: Path, tool: str, language: str) -> None:
    [snippet] = [text for text in snippets(language) if language == "r" or text.startswith(tool)]
    for path in re.findall(r"dist/release/[\w./-]+", snippet):
        assert (made / path).is_file(), path
    if tool == "datasette":
        return  # it serves until it is stopped: test_metadata.py asks it for a page
    if shutil.which(tool) is None:
        pytest.skip(f"{tool} is absent")
    command = ["sh", "-c", snippet] if language == "sh" else [tool, "-e", snippet]
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    run = subprocess.run(command, cwd=made, env=environment, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert "Bessent visits Kyiv" in run.stdout


def test_it_names_every_ready_view() -> None:
    package = json.loads((ROOT / "datapackage.json").read_text(encoding="utf-8"))
    views = [Path(entry["query"]).stem for entry in package["views"] if "schema" in entry]
    [sentence] = re.findall(r"ready views[^:]*: (.*?)\.\n", README)
    assert sentence == ", ".join(f"`{view}`" for view in views)


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


def test_the_benchmark_is_shown_peer_by_peer() -> None:
    found = {"rows": 1000, "bad_share": 0.05, "ours_s": 0.041, "ours_mb": 18, "peer_mb": 1200}
    measured = [{**found, "peer": "duckdb", "peer_s": 0.2}, {**found, "peer": "pandera", "peer_s": 112.34}]
    machine = {"processor": "P", "cores": 2, "system": "S", "python": "3"}
    versions = dict.fromkeys(["duckdb", "pandera", "frictionless", "pyarrow", "dataframely"], "1.0")
    shown = readme.bench({**machine, "versions": versions, "measured": measured}).splitlines()
    assert shown[0] == "| seconds (megabytes) | 1,000, 5% bad |"
    assert "| ours, whole job | 0.041 (18) |" in shown
    assert "| DuckDB 1.0, generated SQL, whole job but blank lines | 0.2 (1,200) |" in shown
    assert "| pandera 1.0 on polars, the large table alone | 112 (1,200) |" in shown
    assert shown[-1].endswith("P, 2 cores, S, Python 3.")
