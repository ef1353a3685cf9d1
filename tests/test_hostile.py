"""A hostile pull request changes nothing outside the report, and every text of it shows as plain text."""

import csv
import hashlib
import io
import json
import re
import shutil
from pathlib import Path

import pytest

from ukraine_minerals import cli

ROOT = Path(__file__).parents[1]
CELLS = json.loads((ROOT / "tests" / "hostile" / "cells.json").read_text(encoding="utf-8"))
HUGE = 10 * 2**20  # characters
_TAG = re.compile(r"<(?:script|img|iframe|b|summary> @)")


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the package as the pull request has it, in a folder beside which others lie."""
    folder = tmp_path_factory.mktemp("runner") / "work"
    for part in ("data", "schemas", "views", "geo"):
        shutil.copytree(ROOT / part, folder / part)
    shutil.copyfile(ROOT / "datapackage.json", folder / "datapackage.json")
    for table in {cell["table"] for cell in CELLS}:
        path = folder / "data" / f"{table}.csv"
        header, *rows = csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline=""))
        by_key = {row[0]: row for row in rows}
        for cell in CELLS:
            if cell["table"] == table:
                by_key[cell["key"]][header.index(cell["field"])] = cell["text"]
        if table == "claims":
            by_key["uk-asks-us-air-cover"][header.index("note")] = "A" * HUGE
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([header, *rows])
    (folder.parent / "outside.csv").write_text("secret,token\n1,abc\n", encoding="utf-8")
    return folder


def digests(folder: Path) -> dict[str, str]:
    """Give the digest of every file below a folder."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = cli.main(arguments)
    shown = capsys.readouterr()
    return status, shown.out, shown.err


def is_plain(text: str) -> bool:
    """Say whether a text holds nothing that a terminal would obey or hide."""
    return all(line.isprintable() for line in text.split("\n"))


@pytest.mark.parametrize("form", ["text", "json", "github", "markdown"])
def test_validate_tells_of_it_and_obeys_nothing(
    attacked: Path, form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = digests(attacked.parent)
    status, out, err = run(capsys, "validate", "--format", form, str(attacked / "datapackage.json"))
    assert status == 1
    assert not err
    assert digests(attacked.parent) == before
    assert len(out) < HUGE // 10  # the huge cell is cut short
    if form == "json":
        assert json.loads(out)["problems"]
        return
    assert is_plain(out)
    if form == "github":
        assert {line.split(" ")[0] for line in out.splitlines() if line.startswith("::")} <= {
            "::error",
            "::warning",
            "::notice",
        }
        assert not re.search(r"^::(?:set-output|stop-commands)|file=README", out, re.MULTILINE)
    if form == "markdown":
        assert not _TAG.search(out)
        assert not re.search(r"(?<!\\)\]\(javascript", out)


@pytest.mark.parametrize("form", ["text", "markdown", "json"])
def test_review_tells_of_it_and_obeys_nothing(
    attacked: Path, form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = digests(attacked.parent)
    package = str(attacked / "datapackage.json")
    status, out, err = run(capsys, "review", str(ROOT), "--package", package, "--format", form)
    assert status == 0  # no key or column goes; that the cells are wrong is what validate says
    assert not err
    assert digests(attacked.parent) == before
    if form == "json":
        assert json.loads(out)["rows"]
        return
    assert is_plain(out)
    if form == "markdown":
        assert len(out.encode()) < 65_536
        assert not _TAG.search(out)
        assert out.count("<!-- review of the data -->") == 1


@pytest.mark.parametrize("verb", ["export", "site", "release"])
def test_nothing_is_built_from_it(attacked: Path, verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    before = digests(attacked.parent)
    status, out, err = run(capsys, verb, str(attacked / "datapackage.json"))
    assert status == 1
    assert not out
    assert is_plain(err)
    assert digests(attacked.parent) == before


def test_tidy_changes_its_tables_alone_and_keeps_the_texts(
    attacked: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / "runner" / "work"
    shutil.copytree(attacked.parent, copy.parent)
    before = digests(copy.parent)
    _, out, err = run(capsys, "tidy", str(copy / "datapackage.json"))
    after = digests(copy.parent)
    assert is_plain(out)
    assert not err
    assert before.keys() == after.keys()
    changed = {path for path in after if after[path] != before[path]}
    assert all(path.startswith("work/data/") and path.endswith(".csv") for path in changed)
    kept = (copy / "data" / "events.csv").read_text(encoding="utf-8")
    assert "<script>window.probed=1</script>" in kept


DEEP = "[" * 1000 + "]" * 1000
DESCRIPTORS = {
    "climbs out": ('"path": "data/events.csv"', '"path": "../outside.csv"'),
    "is absolute": ('"path": "data/events.csv"', '"path": "/etc/passwd"'),
    "is remote": ('"path": "data/events.csv"', '"path": "https://example.org/x.csv"'),
    "schema climbs out": ('"schema": "schemas/events.json"', '"schema": "schemas/../../outside.csv"'),
    "is nested": ('"cutoff": "2026-11-22"', f'"cutoff": {DEEP * 100}'),
    "holds a huge integer": ('"cutoff": "2026-11-22"', f'"cutoff": {"9" * 5000}'),
    "holds a NUL": ('"path": "data/events.csv"', '"path": "data/events.csv\\u0000"'),
    "obeys": ('"path": "data/events.csv"', '"path": "../\\u001b[31m\\n::error::x"'),
}


@pytest.mark.parametrize("verb", ["validate", "tidy", "export", "site", "review"])
@pytest.mark.parametrize("how", DESCRIPTORS)
def test_a_descriptor_leads_nowhere(
    tmp_path: Path, how: str, verb: str, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "work"
    shutil.copytree(ROOT / "schemas", folder / "schemas")
    shutil.copytree(ROOT / "data", folder / "data")
    (tmp_path / "outside.csv").write_text("secret,token\n1,abc\n", encoding="utf-8")
    text = (ROOT / "datapackage.json").read_text(encoding="utf-8")
    old, new = DESCRIPTORS[how]
    assert old in text
    path = folder / "datapackage.json"
    path.write_text(text.replace(old, new), encoding="utf-8")
    before = digests(tmp_path)
    arguments = [verb, str(path)] if verb != "review" else [verb, str(ROOT), "--package", str(path)]
    status, out, err = run(capsys, *arguments)
    assert status == 2
    assert not out
    assert is_plain(err)
    assert len(err.splitlines()) == 1
    assert "abc" not in err
    assert digests(tmp_path) == before
