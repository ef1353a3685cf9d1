"""A release is whole, the same whenever it is made, says what it is, and opens in what people use."""

import datetime as dt
import hashlib
import json
import os
import re
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing
from pathlib import Path

import frictionless
import openpyxl
import pyarrow.parquet as pq
import pytest
import released_package

from ukraine_minerals import checks, cli, descriptor, read, release
from ukraine_minerals.errors import PackageError
from ukraine_minerals.export import codebook

ROOT = Path(__file__).parents[1]
CUTOFF = json.loads((ROOT / "datapackage.json").read_text("utf-8"))["cutoff"]
KINDS = ("csv", "geojson", "parquet", "sqlite", "xlsx")


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("small")
    release.run(released_package.tables_of(released_package.write(folder)), folder / "out")
    return folder / "out"


@pytest.fixture(params=["small", "released"])
def out(request: pytest.FixtureRequest) -> Path:
    folder: Path = request.getfixturevalue(request.param)
    return folder


def test_digests_and_manifest_name_every_file(out: Path) -> None:
    written = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}
    sums = {line[66:]: line[:64] for line in (out / "SHA256SUMS").read_text("utf-8").splitlines()}
    assert set(sums) == written - {"SHA256SUMS"}
    assert list(sums) == sorted(sums)
    files = released_package.listed(out)
    assert set(files) == written - {"SHA256SUMS", "manifest.json"}
    for path, digest in sums.items():
        content = (out / path).read_bytes()
        assert hashlib.sha256(content).hexdigest() == digest
        if path in files:
            assert (files[path]["bytes"], files[path]["sha256"]) == (len(content), digest)


def test_what_is_taken_by_itself_has_two_names(out: Path) -> None:
    version = json.loads((out / "datapackage.json").read_text("utf-8"))["version"]
    same = {path: file["same_as"] for path, file in released_package.listed(out).items() if "same_as" in file}
    assert all(version in path and path.replace(f"-{version}", "") == name for path, name in same.items())
    assert all((out / path).read_bytes() == (out / name).read_bytes() for path, name in same.items())
    alone = {
        path
        for path in released_package.listed(out)
        if path.endswith((".sqlite", ".xlsx", ".zip", ".geojson"))
    }
    assert alone == {*same, *same.values()} - {path for path in {*same, *same.values()} if "codebook" in path}


def test_zips_hold_the_files_and_what_explains_them(out: Path) -> None:
    name, version = (
        json.loads((out / "datapackage.json").read_text("utf-8"))[key] for key in ("name", "version")
    )
    for kind in KINDS:
        path = out / f"{name}-{kind}.zip"
        if kind == "geojson" and not (out / "geo").exists():
            assert not path.exists()
            continue
        with zipfile.ZipFile(path) as archive:
            assert archive.testzip() is None
            names = archive.namelist()
            assert names == sorted(names)
            assert {entry.date_time[:3] for entry in archive.infolist()} == {(2026, 11, 22)}
            inside = {entry.removeprefix(f"{name}-{version}-{kind}/") for entry in names}
            assert {"LICENSE", "CITATION.cff", "README.txt", "codebook.html", "datapackage.json"} <= inside
            package = json.loads(archive.read(f"{name}-{version}-{kind}/datapackage.json"))
            assert {resource["path"] for resource in package["resources"]} <= inside
            for entry in inside - {"datapackage.json"}:
                assert archive.read(f"{name}-{version}-{kind}/{entry}") == (out / entry).read_bytes()


def test_unpacked_tables_are_a_sound_package(out: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(next(out.glob("*[a-z]-csv.zip"))) as archive:
        archive.extractall(tmp_path)
    [path] = tmp_path.glob("*/datapackage.json")
    tables, problems = read.tables(descriptor.load(path))
    assert [*problems, *checks.run(tables)] == []


def test_everything_states_the_cut_off_day(out: Path) -> None:
    for path in sorted(out.glob("*.*")):
        if path.suffix in (".md", ".html", ".txt", ".json", ".jsonld", ".cff"):
            assert CUTOFF in path.read_text("utf-8"), path.name
        if path.suffix == ".sqlite":
            with closing(sqlite3.connect(path)) as connection:
                assert dict(connection.execute("SELECT * FROM package"))["cutoff"] == CUTOFF
        if path.name == "small-package.xlsx":
            book = openpyxl.load_workbook(path, read_only=True)
            assert CUTOFF in " ".join(str(row[0]) for row in book.worksheets[0].iter_rows(values_only=True))
            book.close()
    for path in (out / "parquet").iterdir():
        assert (pq.read_schema(path).metadata or {})[b"cutoff"].decode() == CUTOFF
    for path in out.glob("geo/*"):
        assert json.loads(path.read_text("utf-8"))["cutoff"] == CUTOFF


def test_no_address_is_invented(released: Path) -> None:
    known = (ROOT / "datapackage.json").read_text("utf-8") + (ROOT / "LICENSE").read_text("utf-8")
    for name in ("README.txt", "RELEASE_NOTES.md", "CITATION.cff", "zenodo.json", "metadata.json"):
        found = re.findall(r"https?://[^\s\"<,)]+", (released / name).read_text("utf-8"))
        assert all(address.rstrip(".") in known for address in found), name


def test_notes_have_the_section_of_the_version(small: Path) -> None:
    text = (small / "RELEASE_NOTES.md").read_text("utf-8")
    assert "- New." in text
    assert "- Old." not in text
    assert "| places | 14 | thing. |" in text


def test_nothing_in_the_spreadsheet_is_more_than_it_says(small: Path) -> None:
    book = openpyxl.load_workbook(small / "small-package.xlsx")
    assert book.sheetnames == ["Read me", "Codebook", "places", "visits", "reports", "empty"]
    assert book.properties.created == dt.datetime(2026, 11, 22)  # noqa: DTZ001
    header, *rows = book["places"].iter_rows()
    names = [cell.value for cell in header]
    cells = {str(row[0].value): dict(zip(names, row, strict=True)) for row in rows}
    assert cells["a"]["workers"].value == "9007199254740993"  # more digits than a spreadsheet keeps
    assert cells["b"]["read_on"].value == "1500-01-01"  # before its first day
    assert cells["a"]["read_on"].value == dt.datetime(2026, 11, 22)  # noqa: DTZ001
    assert cells["a"]["read_on"].number_format == "yyyy-mm-dd"
    assert (cells["a"]["open"].value, cells["b"]["open"].value) == (True, False)
    assert (cells["a"]["depth_m"].value, cells["a"]["built"].value) == (9, 1999)
    assert cells["a"]["found_date"].value == "2025-02-28~"
    assert cells["a"]["found_date_earliest"].value == dt.datetime(2025, 2, 28)  # noqa: DTZ001
    for number, text in enumerate(released_package.TRAPS):
        for column in ("name", "nothing"):
            cell = cells[f"t{number}"][column]
            assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)
    for name in book.sheetnames[2:]:
        sheet = book[name]
        assert (sheet.freeze_panes, sheet.auto_filter.ref.partition(":")[0]) == ("B2", "A1")
    assert "Mind this." in [str(row[0].value) for row in book["Read me"].iter_rows()]


def test_codebook_has_one_content_in_sheet_and_rows(small: Path) -> None:
    told = codebook.rows(released_package.tables_of(small / "datapackage.json"))
    sheet = openpyxl.load_workbook(small / "small-package.xlsx")["Codebook"]
    rows = [row[:4] for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert [(*row[:3], str(row[3])) for row in rows] == [
        (row.table, row.column, row.title, row.description.replace("`", "")) for row in told
    ]


def build(path: Path, out: Path, zone: str, seed: str) -> str:
    """Release in a process of its own, of another time zone and hash seed, 400 days later by its clock."""
    code = """
import datetime, sys, time
now, gone = time.time, 400 * 86400
time.time = lambda: now() + gone
class Kind(type):
    def __instancecheck__(cls, value):
        return isinstance(value, datetime.datetime)
class Later(datetime.datetime, metaclass=Kind):
    @classmethod
    def now(cls, tz=None):
        return datetime.datetime.fromtimestamp(time.time(), tz)
import xlsxwriter.workbook, xlsxwriter.core
xlsxwriter.workbook.datetime = xlsxwriter.core.datetime = Later
from ukraine_minerals import cli
sys.exit(cli.main(sys.argv[1:]))
"""
    environment = {**os.environ, "TZ": zone, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT / "scripts")}
    command = [sys.executable, "-c", code, "release", str(path), "--out", str(out)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return (out / "SHA256SUMS").read_text("utf-8")


def test_built_again_it_is_the_same(small: Path, tmp_path: Path) -> None:
    path = released_package.write(tmp_path)
    first = (small / "SHA256SUMS").read_text("utf-8")
    assert build(path, tmp_path / "again", "Pacific/Kiritimati", "7") == first
    (tmp_path / "again" / "stale.zip").write_text("of an older version")
    release.run(released_package.tables_of(path), tmp_path / "again")
    assert (tmp_path / "again" / "SHA256SUMS").read_text("utf-8") == first
    assert not (tmp_path / "again" / "stale.zip").exists()


@pytest.mark.audit
def test_ours_built_again_is_the_same(released: Path, tmp_path: Path) -> None:
    again = build(ROOT / "datapackage.json", tmp_path / "again", "Pacific/Kiritimati", "7")
    assert again == (released / "SHA256SUMS").read_text("utf-8")


def test_frictionless_says_valid_of_the_small(small: Path) -> None:
    report = frictionless.validate(str(small / "datapackage.json"))
    assert report.valid, report.flatten()


@pytest.mark.audit
def test_frictionless_says_valid_of_ours(released: Path) -> None:
    report = frictionless.validate(str(released / "datapackage.json"))
    assert report.valid, report.flatten()
    assert {"ukraine-minerals.xlsx", "geo/units.geojson"} <= {task.place for task in report.tasks}


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("README.md", "## Read it rightly", "## Read", 'no section "Read it rightly"'),
        ("CHANGELOG.md", "## 1.2.3", "## 1.2", "no section for version 1.2.3"),
        ("datapackage.json", '"Nobody & Co", "roles": ["creator"]', '"N", "roles": ["y"]', "a creator"),
        ("datapackage.json", '"name": "visits"', f'"name": "{"v" * 32}"', "at most 31 characters"),
        ("places.csv", "=1+1", "x" * 32_768, "a spreadsheet's cell takes 32,767"),
        ("LICENSE", None, None, "LICENSE: cannot be read"),
    ],
)
def test_what_cannot_be_released_is_said(
    tmp_path: Path, file: str, old: str | None, new: str | None, message: str
) -> None:
    path = released_package.write(tmp_path)
    if old is None or new is None:
        (tmp_path / file).unlink()
    else:
        text = (tmp_path / file).read_text("utf-8")
        assert old in text
        links = '"resource": "visits"'
        text = text.replace(old, new).replace(
            links, links if "v" * 32 not in new else f'"resource": "{"v" * 32}"'
        )
        (tmp_path / file).write_text(text, "utf-8", newline="\n")
    with pytest.raises(PackageError, match=message):
        release.run(released_package.tables_of(path), tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_somebody_else_s_folder_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = released_package.write(tmp_path)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("dear")
    assert cli.main(["release", str(path), "--out", str(tmp_path / "mine")]) == 2
    assert "letter.txt, which no export made" in capsys.readouterr().err
    assert cli.main(["release", str(path), "--out", str(tmp_path)]) == 2
    assert "holds the package itself" in capsys.readouterr().err
    assert cli.main(["release", str(path)]) == 0
    assert (tmp_path / "dist" / "release" / "manifest.json").exists()
