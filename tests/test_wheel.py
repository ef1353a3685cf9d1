"""The wheel holds the tables, so that every Python example of the README runs from it alone, offline."""

import json
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SNIPPETS = [
    snippet
    for snippet in re.findall(
        r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL
    )
    if "ukraine_minerals" in snippet
]
# Before a snippet: the wheel's modules come first, no checkout is in sight, and no socket can be opened.
OFFLINE = """
import socket, sys
sys.path.insert(0, {site!r})
def refuse(*_, **__):
    raise OSError("the network is out of reach")
socket.socket.connect = socket.create_connection = socket.getaddrinfo = refuse
import ukraine_minerals
assert ukraine_minerals.__file__.startswith({site!r}), ukraine_minerals.__file__
"""
SHOWN = (
    ("evidence_id", "territory_control", "Bessent visits Kyiv"),
    ("occupied", "Signed"),
    ("territory_id.name", "Kyiv", "supports", "paragraph"),
    ("foreign-key", "kyrovohrad-oblast"),
)


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory, exported: Path) -> Path:
    """Copy what a build needs, with the exports that `make` would have written."""
    folder = tmp_path_factory.mktemp("checkout")
    for entry in ("scripts", "schemas", "data", "views", "geo"):
        shutil.copytree(ROOT / entry, folder / entry, ignore=shutil.ignore_patterns("__pycache__", "dist"))
    for entry in (
        "pyproject.toml",
        "hatch_build.py",
        "datapackage.json",
        "README.md",
        "LICENSE",
        "CHANGELOG.md",
    ):
        shutil.copy(ROOT / entry, folder)
    shutil.copytree(exported, folder / "dist")
    return folder


def build(checkout: Path, target: str, out: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(out)]
    return subprocess.run(command, cwd=checkout, capture_output=True, text=True, check=False)


def unpacked(wheel: Path, site: Path) -> Path:
    """Do what an installer does with a wheel of pure Python."""
    zipfile.ZipFile(wheel).extractall(site)  # noqa: S202  # our own
    return site


@pytest.fixture(scope="module")
def site(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    done = build(checkout, "wheel", out)
    assert done.returncode == 0, done.stderr
    return unpacked(next(out.glob("*.whl")), out / "site")


def run(site: Path, code: str, folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-I", "-W", "error", "-c", OFFLINE.format(site=str(site)) + code]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("number", range(len(SNIPPETS)))
def test_python_snippets_run(number: int, site: Path, tmp_path: Path) -> None:
    done = run(site, SNIPPETS[number], tmp_path)
    assert done.returncode == 0, done.stderr
    for words in SHOWN[number]:
        assert words in done.stdout


def test_the_wheel_holds_what_was_exported(site: Path, exported: Path) -> None:
    home = site / "ukraine_minerals" / "dist"
    found = {path.relative_to(home): path.read_bytes() for path in home.rglob("*") if path.is_file()}
    paths = [exported / "datapackage.json", *exported.glob("parquet/*.parquet")]
    assert found == {path.relative_to(exported): path.read_bytes() for path in paths}


def test_the_source_archive_makes_the_same_wheel(checkout: Path, site: Path, tmp_path: Path) -> None:
    assert build(checkout, "sdist", tmp_path).returncode == 0
    with tarfile.open(next(tmp_path.glob("*.tar.gz"))) as archive:
        archive.extractall(tmp_path, filter="data")
    source = next(path for path in tmp_path.iterdir() if path.is_dir())
    assert build(source, "wheel", tmp_path).returncode == 0
    again = unpacked(next(tmp_path.glob("*.whl")), tmp_path / "site")
    assert {path.relative_to(again) for path in again.rglob("*")} == {
        path.relative_to(site)
        for path in site.rglob("*")
        if path.suffix != ".pyc" and "__pycache__" not in path.parts
    }


def test_without_exports_it_is_built_and_says_so(checkout: Path, tmp_path: Path) -> None:
    bare = tmp_path / "bare"
    shutil.copytree(checkout, bare, ignore=shutil.ignore_patterns("dist"))
    assert build(bare, "wheel", tmp_path).returncode == 0
    site = unpacked(next(tmp_path.glob("*.whl")), tmp_path / "site")
    done = run(site, "ukraine_minerals.load('events')", tmp_path)
    assert "PackageError" in done.stderr
    assert "run make" in done.stderr


def test_exports_of_another_version_end_the_build(checkout: Path, tmp_path: Path) -> None:
    stale = tmp_path / "stale"
    shutil.copytree(checkout, stale)
    package = json.loads((stale / "dist/datapackage.json").read_text("utf-8"))
    (stale / "dist/datapackage.json").write_text(json.dumps({**package, "version": "0.0.1"}), "utf-8")
    done = build(stale, "wheel", tmp_path)
    assert done.returncode != 0
    assert "run make first" in done.stderr
