"""CSV is read as the dialect says, and every row keeps its number and its physical line."""

import hashlib
from pathlib import Path
from typing import Any

import oracle
import package_of
import pytest

from ukraine_minerals import descriptor, read
from ukraine_minerals.errors import PackageError
from ukraine_minerals.model import Table
from ukraine_minerals.problem import Problem

AB = package_of.schema("a", "b")


def read_one(folder: Path, text: str | bytes, **resource: Any) -> tuple[Table | None, list[Problem]]:
    path = package_of.write(folder, {"schema": AB, "text": text, **resource})
    tables, problems = read.tables(descriptor.load(path))
    return tables.by_name.get("t"), problems


def table(folder: Path, text: str | bytes, **resource: Any) -> Table:
    found, problems = read_one(folder, text, **resource)
    assert not problems
    assert found is not None
    return found


def columns(found: Table) -> list[list[str]]:
    return [list(column) for column in found.columns.values()]


def test_lines_are_physical_and_rows_are_records(tmp_path: Path) -> None:
    found = table(tmp_path, 'a,b\n1,"x\ny"\n\n2,"p\r\nq"\n3,z\n')
    assert list(found.lines) == [2, 4, 5, 7]
    assert list(found.rows) == [2, 3, 4, 5]
    assert columns(found) == [["1", "", "2", "3"], ["x\ny", "", "p\r\nq", "z"]]
    assert found.ragged == {1: ()}


def test_short_and_long_rows_keep_their_cells(tmp_path: Path) -> None:
    found = table(tmp_path, "a,b\n1\n1,2,3\n1,2\n")
    assert found.ragged == {0: ("1",), 1: ("1", "2", "3")}
    assert columns(found) == [["1", "1", "1"], ["", "2", "2"]]


@pytest.mark.parametrize(
    ("text", "dialect"),
    [
        ("a;b\n1;2\n", {"delimiter": ";"}),
        ("a;b\n1;2\n", {"csv": {"delimiter": ";"}}),
        ("a,b\n'1',2\n", {"quoteChar": "'"}),
        ("a,b\n1, 2\n", {"skipInitialSpace": True}),
        ("1,2\n", {"header": False}),
        ("title\n\na,b\n1,2\n", {"headerRows": [3]}),
        ("#x\na,b\n#y\n1,2\n", {"commentChar": "#"}),
        ("a,b\nx\n1,2\n", {"commentRows": [2]}),
        ("a,b\r1,2\r", {"lineTerminator": "\r"}),
        ("a,b\n\\1,2\n", {"escapeChar": "\\"}),
        ("a,b\n1,2", {"quoteChar": ""}),
    ],
)
def test_dialect(tmp_path: Path, text: str, dialect: dict[str, Any]) -> None:
    assert columns(table(tmp_path, text, dialect=dialect)) == [["1"], ["2"]]


HEADS = "yield,,from,x\n2024,2025,from,\nt,t,to\n1,2,3,4\n"


@pytest.mark.parametrize(
    ("dialect", "labels"),
    [
        ({"headerRows": [2, 1]}, "yield 2024| 2025|from|x "),
        ({"headerRows": [1, 2, 3], "headerJoin": "-"}, "yield-2024-t|-2025-t|from-to|x-"),
        ({"headerRows": [1, 3], "commentRows": [2]}, "yield t| t|from to|x"),
        ({"headerRows": [4, 9]}, "1|2|3|4"),
    ],
)
def test_labels_in_several_rows(tmp_path: Path, dialect: dict[str, Any], labels: str) -> None:
    found = table(tmp_path, HEADS, schema=package_of.schema(*"abcd"), dialect=dialect)
    assert "|".join(found.header) == labels
    path = tmp_path / "datapackage.json"
    assert oracle.ours(path) == oracle.theirs(path)


def test_tab_is_the_delimiter_of_tsv(tmp_path: Path) -> None:
    found = table(tmp_path, "a\tb\n1\t2\n", path="t.tsv", dialect=None)
    assert columns(found) == [["1"], ["2"]]


@pytest.mark.parametrize(
    ("encoding", "codec"),
    [
        *(
            ("utf-8", "utf-8"),
            ("utf-8", "utf-8-sig"),
            (None, "utf-8"),
            (None, "utf-16"),
            ("utf-16", "utf-16"),
        ),
        *(("windows-1251", "cp1251"), ("UTF-16LE", "utf-16-le"), ("koi8-u", "koi8-u")),
    ],
)
def test_encoding(tmp_path: Path, encoding: str | None, codec: str) -> None:
    assert columns(table(tmp_path, 'a,b\n"Київ",2\n'.encode(codec), encoding=encoding)) == [["Київ"], ["2"]]


def test_first_wrong_byte_is_placed(tmp_path: Path) -> None:
    found, (problem,) = read_one(tmp_path, 'a,b\n"Київ",2\nx'.encode() + b"\xe9\n")
    assert found is None
    assert (problem.code, problem.line, problem.row, problem.value) == ("encoding-error", 3, None, "0xe9")
    assert "byte 18 (line 3, its byte 2)" in problem.message


def test_cut_off_character(tmp_path: Path) -> None:
    _, (problem,) = read_one(tmp_path, "a,b\n1,é".encode()[:-1])
    assert problem.code == "encoding-error"


@pytest.mark.parametrize(("text", "code"), [("", "source-error"), ("\n", "source-error")])
def test_empty_file(tmp_path: Path, text: str, code: str) -> None:
    assert [problem.code for problem in read_one(tmp_path, text)[1]] == [code]


def test_folder_in_place_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "t.csv").mkdir()
    path = package_of.write(tmp_path, {"schema": AB})
    assert [problem.code for problem in read.tables(descriptor.load(path))[1]] == ["scheme-error"]


def test_large_cells_are_read(tmp_path: Path) -> None:
    assert columns(table(tmp_path, f"a,b\n{'x' * 200_000},2\n"))[1] == ["2"]


def test_files_that_are_no_tables(tmp_path: Path) -> None:
    (tmp_path / "map.geojson").write_text("{}", encoding="utf-8")
    there = {"name": "map", "type": None, "path": "map.geojson", "bytes": 3, "hash": "sha512:00"}
    missing = {"name": "gone", "type": None, "path": "gone.parquet"}
    path = package_of.write(tmp_path, {"schema": AB, "text": "a,b\n"}, there, missing)
    tables, problems = read.tables(descriptor.load(path))
    assert set(tables.by_name) == {"t"}
    assert [(p.resource, p.code) for p in problems] == [
        ("map", "byte-count"),
        ("map", "hash-count"),
        ("gone", "scheme-error"),
    ]


@pytest.mark.parametrize("declared", ["{md5}", "md5:{md5}", "SHA256:{sha256}"])
def test_digest_agrees(tmp_path: Path, declared: str) -> None:
    digests = {name: hashlib.new(name, b"a,b\n1,2\n").hexdigest() for name in ("md5", "sha256")}
    table(tmp_path, "a,b\n1,2\n", hash=declared.format(**digests), bytes=8)


@pytest.mark.parametrize("algorithm", ["crc99", "shake_128"])
def test_unknown_digest_ends_the_run(tmp_path: Path, algorithm: str) -> None:
    with pytest.raises(PackageError, match=algorithm):
        read_one(tmp_path, "a,b\n", hash=f"{algorithm}:00")
