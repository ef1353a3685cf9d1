"""Both engines give the same problems, in the same order: speed never changes an answer."""

import random
from pathlib import Path
from typing import Any

import package_of
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from ukraine_minerals import checks, descriptor, problem, read
from ukraine_minerals.model import Package
from ukraine_minerals.problem import Problem
from ukraine_minerals.read import arrow, files, kernels, threads

PACKAGES = sorted((Path(__file__).parent / "packages").glob("*/datapackage.json"))


@pytest.fixture(autouse=True)
def _everything_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give Arrow the smallest files, in slices of a few rows."""
    monkeypatch.setattr(files, "ARROW_BYTES", 1)
    monkeypatch.setattr(arrow, "COLUMN_BYTES", 1)
    monkeypatch.setattr(arrow, "SLICE_BYTES", 60)


def judged(package: Package, *, fast: bool) -> tuple[dict[str, Any], list[Problem], int]:
    """Give what is in the tables, all problems, and how many tables Arrow held."""
    tables, problems = read.tables(package, fast=fast)
    held = {
        name: (
            table.header,
            list(table.lines),
            list(table.rows),
            {n: list(c) for n, c in table.columns.items()},
        )
        for name, table in tables.by_name.items()
    }
    problems += checks.run(tables)
    return held, problem.ordered(problems), sum(table.is_large for table in tables.by_name.values())


def compare(path: Path) -> tuple[list[Problem], int]:
    package = descriptor.load(path)
    package = package._replace(descriptor={})  # Arrow holds no table that has rules of a subject
    text, slow, _ = judged(package, fast=False)
    held, fast, large = judged(package, fast=True)
    assert held == text
    assert fast == slow
    return slow, large


@pytest.mark.parametrize("path", PACKAGES, ids=lambda path: path.parent.name)
def test_tiny_packages(path: Path) -> None:
    compare(path)


SCHEMA = package_of.schema(
    {"name": "k", "type": "string", "constraints": {"pattern": "k[0-9]+", "required": True}},
    package_of.field("n", "number", constraints={"minimum": 0, "maximum": 100}),
    package_of.field("d", "date", constraints={"minimum": "2000-01-01"}),
    package_of.field("e", "string", constraints={"enum": ["x", "y"], "maxLength": 1}),
    package_of.field("i", "integer", missingValues=["", "NA"]),
    package_of.field("up", "string"),
    primaryKey=["k"],
    uniqueKeys=[["k", "i"], ["i"]],
    foreignKeys=[
        {"fields": names, "reference": {"resource": "", "fields": others}}
        for names, others in ((["up"], ["k"]), (["k", "i"], ["k", "i"]), (["n"], ["n"]))
    ],
)
DAMAGE = [
    "",
    "NA",
    "x",
    "k1",
    "-1",
    "100",
    "100.5",
    "1e3",
    "+07",
    "7",
    "1999-12-31",
    "2000-02-30",
    '"q\nr"',
    "ä,b",
]


def damaged(seed: int, share: float, rows: int = 400, *, ascending: bool = True) -> str:
    """Write a table with faults of all kinds in some rows, quoted line breaks and ragged rows among them."""
    chance = random.Random(seed)  # noqa: S311  # for a test
    lines = ["k,n,d,e,i,up"]
    for row in range(rows):
        key = row if ascending else row * 7919 % rows
        cells = [
            f"k{key}",
            f"{row % 100}.5",
            f"20{row % 100:02}-01-{row % 28 + 1:02}",
            "xy"[row % 2],
            str(row),
        ]
        cells.append(f"k{row // 2}")
        if chance.random() < share:
            cells[chance.randrange(6)] = chance.choice(DAMAGE)
        if chance.random() < share / 4:
            cells = chance.choice([[], cells[:3], [*cells, "more", '"and\nmore"'], [""] * 6])
        lines.append(",".join(cells))
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("ascending", [True, False])
@pytest.mark.parametrize("share", [0, 0.02, 0.5])
@pytest.mark.parametrize("seed", range(4))
def test_damaged_tables(tmp_path: Path, seed: int, share: float, ascending: bool) -> None:
    text = damaged(seed, share, ascending=ascending)
    found, large = compare(package_of.write(tmp_path, {"schema": SCHEMA, "text": text}))
    assert bool(found) == bool(share)
    assert large


AUDITED = [pytest.param(100_000, share, marks=pytest.mark.audit) for share in (0.0001, 0.05)]


@pytest.mark.parametrize(("rows", "share"), [(1_000, 0.0001), (1_000, 0.05), *AUDITED])
def test_damaged_tables_in_slices_of_their_usual_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows: int, share: float
) -> None:
    monkeypatch.setattr(arrow, "SLICE_BYTES", 1 << 20)
    found, large = compare(package_of.write(tmp_path, {"schema": SCHEMA, "text": damaged(7, share, rows)}))
    assert len(found) >= int(rows * share / 2)
    assert large == 1


@pytest.mark.parametrize(
    ("encoding", "codec"),
    [
        ("windows-1251", "cp1251"),
        ("utf-16", "utf-16"),
        ("utf-8", "utf-8-sig"),
        (None, "utf-16"),
        ("utf-8", "cp1251"),
    ],
)
def test_encodings(tmp_path: Path, encoding: str | None, codec: str) -> None:
    data = damaged(3, 0.1).replace("ä", "Ї").encode(codec)
    found, large = compare(package_of.write(tmp_path, {"schema": SCHEMA, "text": data, "encoding": encoding}))
    assert large == (0 if codec != "utf-8-sig" and (encoding or "utf-8") == "utf-8" else 1)
    assert large or found[0].code == "encoding-error" or encoding is None


@pytest.mark.parametrize(("least", "large"), [(100, 1), (10_000, 0)])
def test_a_file_with_little_in_each_column_is_left_to_the_standard_library(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, least: int, large: int
) -> None:
    monkeypatch.setattr(arrow, "COLUMN_BYTES", least)
    assert compare(package_of.write(tmp_path, {"schema": SCHEMA, "text": damaged(1, 0.02)}))[1] == large


@pytest.mark.parametrize(
    "wrong",
    [b"\x80", b"\xc0\x80", b"\xe2\x82", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xff"],
    ids=["continuation", "overlong", "cut", "surrogate", "beyond", "never"],
)
def test_bytes_that_are_no_text(tmp_path: Path, wrong: bytes) -> None:
    text = damaged(1, 0).encode()
    cut = text.index(b"k300,")
    for place in (cut, len(text)):
        data = text[:place] + wrong + text[place:]
        found, large = compare(package_of.write(tmp_path, {"schema": SCHEMA, "text": data}))
        assert [(one.code, one.line) for one in found] == [
            ("encoding-error", data.count(b"\n", 0, place) + 1)
        ]
        assert not large


def test_size_and_digest_of_a_file_that_arrow_holds(tmp_path: Path) -> None:
    resource = {"schema": SCHEMA, "text": damaged(1, 0), "bytes": 1, "hash": "sha256:00"}
    found, large = compare(package_of.write(tmp_path, resource))
    assert [problem.code for problem in found] == ["byte-count", "hash-count"]
    assert large == 1


def test_keys_of_two_tables_in_any_order(tmp_path: Path) -> None:
    """Rows point into a table in its order, in another, and into one that Arrow does not hold."""
    keys = [f"k{number:05}" for number in range(3000)]
    mixed = [keys[number * 7919 % 3000] for number in range(3000)]
    links = [
        {"fields": [n], "reference": {"resource": n, "fields": ["id"]}} for n in ("ordered", "mixed", "few")
    ]
    rows = [f"{a},{b},k0000{number % 9}" for number, (a, b) in enumerate(zip(keys, mixed, strict=True))]
    rows[1500:1503] = ["k00001,,", "x,k2,k9", "k00002"]
    found, large = compare(
        package_of.write(
            tmp_path,
            {
                "name": "ordered",
                "schema": package_of.schema("id", "n", primaryKey=["id"]),
                "text": "id,n\n" + ",\n".join(["", *keys])[2:] + ",\n",
            },
            {
                "name": "mixed",
                "schema": package_of.schema("id", "n", primaryKey=["id"]),
                "text": "id,n\n" + ",\n".join(["", *mixed])[2:] + ",\n",
            },
            {
                "name": "few",
                "schema": package_of.schema("id"),
                "text": "id\n" + "".join(f"k0000{n}\n" for n in range(8)),
            },
            {
                "name": "rows",
                "schema": package_of.schema("ordered", "mixed", "few", foreignKeys=links),
                "text": "ordered,mixed,few\n" + "\n".join(rows) + "\n",
            },
        )
    )
    assert large == 3
    assert {problem.code for problem in found} == {"foreign-key", "missing-cell"}
    assert sum(problem.code == "foreign-key" for problem in found) == 3000 // 9 - 1 + 3


HOSTILE = st.lists(
    st.sampled_from([*'ab,,,""\n\n\r;', "\r\n", '"x\ny"', '""', "é", "\0", "NA", "1", "a,b\n", '"p",q\n']),
    max_size=40,
).map("".join)


@pytest.mark.parametrize("missing", [[""], ["NA"]])
@pytest.mark.parametrize("dialect", [{}, {"delimiter": ";"}, {"quoteChar": ""}, {"quoteChar": "a"}])
def test_any_text_is_read_alike(tmp_path: Path, dialect: dict[str, Any], missing: list[str]) -> None:
    resource = {"schema": package_of.schema("a", "b", missingValues=missing), "dialect": dialect}

    @given(HOSTILE)
    @example('a"b,"c\nd"\ne,f\n' * 5)
    @settings(max_examples=120, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    def same(text: str) -> None:
        header = "a;b\n" if dialect.get("delimiter") else "a,b\n"
        compare(package_of.write(tmp_path, {**resource, "text": header + text}))

    same()


def test_a_column_knows_which_texts_it_holds() -> None:
    encoded = kernels.encoded(kernels.strings(["é", "", "é"]))
    column = arrow.Column([kernels.strings(["a", "b"]), encoded])
    assert [text in column for text in ("a", "é", "", "c", None)] == [True, True, True, False, False]


def test_ragged_rows_stand_in_their_places_whatever_other_threads_read() -> None:
    chance = random.Random(3)  # noqa: S311  # for a test
    cases = [(size, sorted(chance.sample(range(size + 9), 9))) for size in range(1, 400)]
    chance.shuffle(cases)

    def ordered(case: tuple[int, list[int]]) -> bool:
        size, places = case
        rest = iter(range(size))
        added = iter(range(size, size + 9))
        expected = [next(added) if index in places else next(rest) for index in range(size + 9)]
        return list(arrow._order(size, places)) == expected  # noqa: SLF001

    assert all(threads.each(ordered, iter(cases)))
