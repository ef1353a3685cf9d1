"""An export is whole: killed, failed or repeated, the folder holds the old set or the new."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import small_package

from ukraine_minerals import descriptor, export, read
from ukraine_minerals.errors import PackageError
from ukraine_minerals.export import swap

SCRIPT = Path(__file__).parents[1] / "scripts/export.py"


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def fill(folder: Path, text: str) -> None:
    (folder / "csv").mkdir()
    for name in ("csv/a", "csv/b", "manifest.json"):
        (folder / name).write_text(text, "utf-8")


def put(out: Path, text: str) -> None:
    with swap.into(out) as folder:
        fill(folder, text)


@pytest.fixture(params=["one step", "two renames"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Run a test as on Linux, and as where no system call exchanges two names."""
    if request.param == "two renames":
        monkeypatch.setattr(swap, "_exchange", lambda *_: False)
    elif sys.platform != "linux":
        pytest.skip("names are exchanged in one step on Linux alone")
    return str(request.param)


@pytest.mark.usefixtures("way")
def test_what_an_export_does_not_make_stays(tmp_path: Path) -> None:
    out = tmp_path / "deep/dist"
    put(out, "old")
    (out / "site/pages").mkdir(parents=True)
    (out / "site/pages/index.html").write_text("page", "utf-8")
    (out / "site/latest").symlink_to("pages")
    (out / "note").write_text("mine", "utf-8")
    put(out, "new")
    assert (out / "site/latest/index.html").read_text("utf-8") == "page"
    assert (out / "note").read_text("utf-8") == "mine"
    assert {content for name, content in contents(out).items() if "/" in name or "." in name} == {
        b"new",
        b"page",
    }
    assert [path.name for path in out.parent.iterdir()] == ["dist"]


@pytest.mark.usefixtures("way")
def test_a_failed_build_leaves_the_old(tmp_path: Path) -> None:
    out = tmp_path / "dist"
    put(out, "old")
    before = contents(out)
    with pytest.raises(ZeroDivisionError), swap.into(out) as folder:
        (folder / "half").write_text(str(1 / 0), "utf-8")
    assert contents(out) == before
    assert [path.name for path in tmp_path.iterdir()] == ["dist"]


@pytest.mark.parametrize("fails_at", [1, 2])
def test_a_failed_rename_leaves_the_old(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails_at: int
) -> None:
    out = tmp_path / "dist"
    put(out, "old")
    before = contents(out)
    calls = 0
    rename = Path.rename

    def failing(self: Path, target: Path) -> Path:
        nonlocal calls
        calls += 1
        if calls == fails_at:
            raise OSError("no")
        return rename(self, target)

    monkeypatch.setattr(swap, "_exchange", lambda *_: False)
    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(PackageError, match="cannot write"):
        put(out, "new")
    assert contents(out) == before
    assert [path.name for path in tmp_path.iterdir()] == ["dist"]


def test_a_run_killed_between_two_renames_is_mended_by_the_next(tmp_path: Path) -> None:
    out = tmp_path / "dist"
    put(out, "old")
    (out / "site").mkdir()
    (out / "site/index.html").write_text("page", "utf-8")
    out.rename(tmp_path / "dist.old.part")
    (tmp_path / "dist.123.part").mkdir()
    put(out, "new")
    assert contents(out) == {
        "csv/a": b"new",
        "csv/b": b"new",
        "manifest.json": b"new",
        "site/index.html": b"page",
    }
    assert [path.name for path in tmp_path.iterdir()] == ["dist"]


KILLED = """
import importlib.util, json, os, signal, sys
from pathlib import Path
swap_file, out = sys.argv[1:]
spec = importlib.util.spec_from_file_location("swap", swap_file)
swap = importlib.util.module_from_spec(spec)
spec.loader.exec_module(swap)

def build(last):
    left = last
    def trace(frame, event, argument):
        nonlocal left
        if frame.f_code.co_filename in (swap_file, "<string>"):
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
        return trace
    sys.settrace(trace)
    with swap.into(Path(out)) as folder:
        (folder / "csv").mkdir()
        for name in ("csv/a", "csv/b", "manifest.json"):
            (folder / name).write_text("new")
    os._exit(0)

for last in range(1, 1000):
    child = os.fork()
    if child == 0:
        build(last)
    status = os.waitpid(child, 0)[1]
    found = {str(p.relative_to(out)): p.read_text() for p in Path(out).rglob("*") if p.is_file()}
    print(json.dumps([status, found]))
    if status == 0:
        break
"""


@pytest.mark.skipif(sys.platform != "linux", reason="names are exchanged in one step on Linux alone")
def test_killed_at_any_line_the_folder_is_old_or_new(tmp_path: Path) -> None:
    out = tmp_path / "dist"
    put(out, "old")
    (out / "site").mkdir()
    (out / "site/index.html").write_text("page", "utf-8")
    old = {name: content.decode() for name, content in contents(out).items()}
    new = {name: text.replace("old", "new") for name, text in old.items()}
    command = [sys.executable, "-c", KILLED, swap.__file__, str(out)]
    environment = {**os.environ, "PYTHONPATH": str(SCRIPT.parent)}
    run = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    seen = [json.loads(line) for line in run.stdout.splitlines()]
    assert len(seen) > 50
    assert {status for status, _ in seen} == {0, signal.SIGKILL}
    assert all(found in (old, new) for _, found in seen)
    assert seen[0][1] == old
    assert seen[-1] == [0, new]
    assert [path.name for path in tmp_path.iterdir()] == ["dist"]


def test_two_builds_are_byte_identical(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    builds = []
    for name, days in (("here", 0), ("elsewhere/deep", 1000)):
        folder = tmp_path / name
        folder.mkdir(parents=True)
        path = small_package.write(folder)
        for file in folder.iterdir():
            os.utime(file, (86_400 * (1 + days), 86_400 * (1 + days)))
        with monkeypatch.context() as patched:
            now = time.time() + 86_400 * days
            patched.setattr(time, "time", lambda now=now: now)
            patched.chdir(folder)
            tables, _ = read.tables(descriptor.load(path))
            for _ in range(2):
                export.run(tables, Path("dist"))
                builds.append(contents(folder / "dist"))
    assert all(build == builds[0] for build in builds)
    assert not [name for name, content in builds[0].items() if os.fsencode(tmp_path) in content]


def test_two_processes_are_byte_identical(tmp_path: Path) -> None:
    path = small_package.write(tmp_path)
    builds = []
    for day, zone in (("2020-02-29", "Asia/Tokyo"), ("2031-05-06", "America/New_York")):
        out = tmp_path / day
        command = [sys.executable, str(SCRIPT), str(path), "--out", str(out)]
        if shutil.which("faketime"):
            command = ["faketime", day, *command]
        environment = {**os.environ, "TZ": zone, "PYTHONHASHSEED": day[-1]}
        subprocess.run(command, check=True, capture_output=True, env=environment)
        builds.append(contents(out))
    assert builds[0] == builds[1]


def test_nothing_is_exported_from_data_with_errors(tmp_path: Path) -> None:
    path = small_package.write(tmp_path)
    command = [sys.executable, str(SCRIPT), str(path)]
    subprocess.run(command, check=True, capture_output=True)
    before = contents(tmp_path / "dist")
    with (tmp_path / "visits.csv").open("a", encoding="utf-8") as file:
        file.write("nowhere,2024-01-01,\n")
    run = subprocess.run(command, check=False, capture_output=True, text=True)
    assert run.returncode == 1
    assert "foreign-key" in run.stdout + run.stderr
    assert contents(tmp_path / "dist") == before


def test_a_folder_of_somebody_else_is_refused(tmp_path: Path) -> None:
    path = small_package.write(tmp_path)
    tables, _ = read.tables(descriptor.load(path))
    with pytest.raises(PackageError, match="holds the package itself"):
        export.run(tables, tmp_path)
    (tmp_path / "mine/csv").mkdir(parents=True)
    (tmp_path / "mine/csv/a.csv").write_text("a\n", "utf-8")
    with pytest.raises(PackageError, match="no export made"):
        export.run(tables, tmp_path / "mine")
    assert contents(tmp_path / "mine") == {"csv/a.csv": b"a\n"}
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(PackageError, match="cannot write"):
        export.run(tables, tmp_path / "file")
