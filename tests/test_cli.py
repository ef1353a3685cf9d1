"""The command line says what it found by its exit status: 0 sound, 1 problems, 2 cannot run."""

import json
import os
import subprocess
import sys
from pathlib import Path

import package_of
import pytest

from ukraine_minerals import cli, problem

SHIM = Path(__file__).parents[1] / "scripts" / "validate.py"
SCHEMA = package_of.schema(package_of.field("a", "integer"), "b", primaryKey=["a"])
UNSOUND = {"schema": SCHEMA, "text": "a,b\nx,\n1,2,3\n\n1,\n"}


def run(*arguments: str | Path, folder: Path, **options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, SHIM, *arguments]
    environment = {**os.environ, **options}
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, env=environment, check=False)


def test_sound_package_in_the_current_folder(tmp_path: Path) -> None:
    package_of.write(tmp_path, {"schema": SCHEMA, "text": "a,b\n1,\n"})
    done = run(folder=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "sound: 1 table, 1 row\n", "")


def test_all_problems_of_all_tables_in_order(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = package_of.write(tmp_path, {"name": "z", **UNSOUND}, {"name": "b", **UNSOUND})
    assert cli.main(["validate", str(path), "--format", "json"]) == 1
    document = json.loads(capsys.readouterr().out)
    assert (document["valid"], document["tables"], document["rows"]) == (False, 2, 8)
    places = [(p["path"], p["line"], p["column"] or 0, p["code"]) for p in document["problems"]]
    assert places == sorted(places)
    assert {p["path"] for p in document["problems"]} == {f"{tmp_path}/z.csv", f"{tmp_path}/b.csv"}
    assert len(places) == 12


@pytest.mark.parametrize("name", ["text", "json", "github", "markdown"])
def test_formats(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = package_of.write(tmp_path, UNSOUND)
    assert cli.main(["validate", "--format", name, str(path)]) == 1
    assert "type-error" in capsys.readouterr().out


def test_warnings_change_neither_validity_nor_status(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(problem.CODES, "type-error", ("warning", "For this test."))
    path = package_of.write(
        tmp_path, {"schema": package_of.schema(package_of.field("a", "integer")), "text": "a\nx\n"}
    )
    assert cli.main(["validate", str(path), "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["valid"] is True
    assert cli.main(["validate", str(path)]) == 0
    assert capsys.readouterr().out.endswith("sound, 1 warning: 1 table, 1 row\n")


@pytest.mark.parametrize("argument", ["none.json", ".", "t.csv", "a\nb"])
def test_cannot_run(tmp_path: Path, argument: str) -> None:
    package_of.write(tmp_path, UNSOUND)
    done = run(argument, folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("validate: ")
    assert done.stderr.count("\n") == 1


def test_texts_need_a_folder_and_rules(tmp_path: Path) -> None:
    package_of.write(tmp_path, UNSOUND)
    assert "no rules" in run("--texts", ".", folder=tmp_path).stderr
    package_of.write(tmp_path, UNSOUND, rules="ukraine-minerals")
    done = run("--texts", "none", folder=tmp_path)
    assert (done.returncode, done.stderr) == (2, "validate: --texts none: is no folder\n")


def test_unknown_argument(tmp_path: Path) -> None:
    assert run("--fast", folder=tmp_path).returncode == 2


def test_output_is_utf_8_whatever_the_locale(tmp_path: Path) -> None:
    package_of.write(tmp_path, {"schema": SCHEMA, "text": 'a,b\n"Київ",\n'})
    command = [sys.executable, str(SHIM)]
    environment = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, env=environment, check=False)
    assert '"Київ" is not a whole number' in done.stdout.decode()


def test_reader_that_has_seen_enough(tmp_path: Path) -> None:
    package_of.write(tmp_path, {"schema": SCHEMA, "text": "a,b\n" + "x,\n" * 20_000})
    reading, writing = os.pipe()
    with subprocess.Popen(
        [sys.executable, SHIM], cwd=tmp_path, stdout=writing, stderr=subprocess.PIPE
    ) as process:
        os.close(writing)
        os.read(reading, 100)
        os.close(reading)
        _, errors = process.communicate(timeout=60)
    assert not errors
    assert process.returncode == 1


def test_nothing_is_exported_from_unsound_data(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = package_of.write(tmp_path, UNSOUND)
    assert cli.main(["export", str(path), "--out", str(tmp_path / "dist")]) == 1
    shown = capsys.readouterr()
    assert not shown.out
    assert "type-error" in shown.err
    assert not (tmp_path / "dist").exists()


def test_export_says_what_it_wrote(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = package_of.write(tmp_path, {"schema": SCHEMA, "text": "a,b\n1,\n"})
    assert cli.main(["export", str(path), "--out", str(tmp_path / "dist")]) == 0
    assert capsys.readouterr().out.startswith(f"{tmp_path}/dist: 1 tables, 1 rows")


def test_rules_are_left_out_where_a_table_is_broken(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of a table whose columns are not the schema's the rules could only guess."""
    path = package_of.write(tmp_path, {"schema": SCHEMA, "text": "a\n1\n"}, rules="ukraine-minerals")
    for texts in ([], ["--texts", str(tmp_path)]):
        assert cli.main(["validate", str(path), *texts]) == 1
        assert "missing-label" in capsys.readouterr().out


def test_limit(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = package_of.write(tmp_path, {"schema": SCHEMA, "text": "a,b\n" + "x,\n" * 5})
    assert cli.main(["validate", str(path), "--limit", "2"]) == 1
    shown = capsys.readouterr().out
    assert shown.count("is not a whole number") == 2
    assert f"{tmp_path}/t.csv: type-error: and 3 more\n" in shown
    with pytest.raises(SystemExit):
        cli.main(["validate", str(path), "--limit", "-1"])


def test_an_interrupted_run_ends_cleanly(tmp_path: Path) -> None:
    path = package_of.write(tmp_path, UNSOUND)
    code = (
        "import os, signal, sys; from ukraine_minerals import cli, read;"
        "read.tables = lambda *a, **k: os.kill(os.getpid(), signal.SIGINT) or signal.pause();"
        f"sys.exit(cli.main(['validate', {str(path)!r}]))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "validate: interrupted\n")
