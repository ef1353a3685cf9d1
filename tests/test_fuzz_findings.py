"""What the fuzz run found, and what is like it: no traceback, no hang, no memory without bound."""

import threading
from pathlib import Path
from typing import Any

import oracle
import package_of
import pytest
from fuzz import run
from hard_cells import FIELDS

from ukraine_minerals import cli, schema
from ukraine_minerals.checks import cells

LENGTH = 100_000
LONG = [
    *("9" * LENGTH, "9" * LENGTH + "x", "1" + "a" * LENGTH + "1", "1" + " " * LENGTH + "2020", "." * LENGTH),
    *(
        "1e" + "9" * LENGTH,
        "1," + "9" * LENGTH + "x",
        "9" * LENGTH + "," + "9" * LENGTH,
        "1,;" * LENGTH + "x",
    ),
    *("http://" + "a" * LENGTH + " ", "a:" + "%20" * LENGTH + " ", "http://a:" + "@" * LENGTH + "["),
    *(
        "a" * LENGTH + "@",
        "a@" + "a." * LENGTH,
        "a." * LENGTH + "@b.co",
        '"' + "a " * LENGTH + "@",
        "YQ==" * LENGTH,
    ),
    *(
        "P" + "9" * LENGTH + "x",
        "PT1." + "9" * LENGTH,
        "2020-01-01T00:00:00." + "9" * LENGTH,
        " " * LENGTH + "2020",
    ),
    *(
        "[" * LENGTH,
        '{"a":' * LENGTH,
        "[" + "9" * LENGTH + "]",
        "[" + "1," * LENGTH + "1]",
        '["' + "a" * LENGTH,
    ),
]


@pytest.mark.parametrize("kind", FIELDS, ids=str)
def test_long_cells_are_read_in_time(kind: dict[str, Any]) -> None:
    field = schema.fields({"fields": [{"name": "f", **kind}]}, "test")[0]
    with run.limits():
        found = dict(cells.faults(field, LONG))
    assert len(found) <= len(LONG)


@pytest.mark.parametrize("depth", [200, 300, 480, 990])
@pytest.mark.parametrize("constraints", [{}, {"unique": True}], ids=str)
def test_deep_geojson_is_judged(depth: int, constraints: dict[str, Any], tmp_path: Path) -> None:
    cell = '{"type":"GeometryCollection","geometries":[' * depth + "]}" * depth
    field = package_of.field("a", "geojson", constraints=constraints)
    path = package_of.write(
        tmp_path, {"schema": package_of.schema(field), "text": f'a\n"{cell.replace(chr(34), chr(34) * 2)}"\n'}
    )
    assert cli.main(["validate", str(path)]) == (0 if depth < 300 else 1)


def test_short_rows_of_a_wide_table_are_told_in_time(tmp_path: Path) -> None:
    schema = package_of.schema("f0")
    text = "f0" + "," * 10_000 + '\n"a\nb"\n1\n2\n3\n'
    path = package_of.write(tmp_path, {"schema": schema, "text": text})
    assert run.fault(path.parent) == ""
    found = oracle.ours(path)
    assert found["t", "missing-cell", 2, 3, ""] == 1
    assert sum(count for fault, count in found.items() if fault[1] == "missing-cell") == 40_000


def test_many_faults_of_a_wide_table_are_told_in_time(tmp_path: Path) -> None:
    names = [f"f{number}" for number in range(3_000)]
    schema = package_of.schema("a", *(package_of.field(name, "integer") for name in names))
    rows = ['"a\nb"' + ",1" * len(names), *["c" + ",x" * len(names)] * 20]
    text = "\n".join([f"a,{','.join(names)}", *rows, ""])
    path = package_of.write(tmp_path, {"schema": schema, "text": text})
    with run.limits():
        found = oracle.ours(path)
    assert sum(found.values()) == 60_000
    assert found["t", "type-error", 4, 3, ""] == 1


ENDLESS = package_of.field("a", "string", constraints={"pattern": "(a+)+"})
ENDLESS_JSON = package_of.field("a", "array", constraints={"jsonSchema": {"items": {"pattern": "^(a+)+$"}}})
HOSTILE = {ENDLESS["type"]: "a" * 50 + "!", ENDLESS_JSON["type"]: '["' + "a" * 50 + '!"]'}


@pytest.mark.parametrize("field", [ENDLESS, ENDLESS_JSON], ids=["pattern", "jsonSchema"])
def test_an_expression_without_end_ends_the_run(
    field: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = HOSTILE[field["type"]].replace('"', '""')
    path = package_of.write(tmp_path, {"schema": package_of.schema(field), "text": f'a\n"{text}"\n'})
    with run.limits():
        assert cli.main(["validate", str(path)]) == 2
    assert "takes too long to try" in capsys.readouterr().err


def test_expressions_are_tried_in_other_threads_too(tmp_path: Path) -> None:
    path = package_of.write(tmp_path, {"schema": package_of.schema(ENDLESS), "text": "a\naaa\nb\n"})
    statuses: list[int] = []
    thread = threading.Thread(target=lambda: statuses.append(cli.main(["validate", str(path)])))
    thread.start()
    thread.join()
    assert statuses == [1]


def test_rules_bear_with_tables_without_keys(tmp_path: Path) -> None:
    """Tables of the subject's names, but without a primary key or a file."""
    tables = {
        "territories": ("name", "iso_3166", "latitude", "longitude", "aliases"),
        "events": ("event_date", "stage", "type", "title"),
        "commitments": ("amount", "currency", "part_of"),
        "organisations": ("name", "aliases", "type"),
        "evidence": ("table_name", "row_key"),
    }
    resources = [
        {
            "name": name,
            "schema": package_of.schema(*columns),
            "text": f"{','.join(columns)}\n{'1,' * len(columns)}"[:-1],
        }
        for name, columns in tables.items()
    ]
    path = package_of.write(tmp_path, *resources, rules="ukraine-minerals")
    assert run.fault(path.parent) == ""


def test_rules_bear_with_a_package_of_plain_files(tmp_path: Path) -> None:
    path = package_of.write(tmp_path, {"path": "a.bin", "type": None, "text": "x"}, rules="ukraine-minerals")
    path.write_text(path.read_text("utf-8").replace("\n", ""), encoding="utf-8")
    assert run.fault(path.parent) == ""
    assert cli.main(["validate", str(path)]) == 0


def test_an_expression_in_a_json_schema_that_cannot_be_read_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    field = package_of.field(
        "a", "array", constraints={"jsonSchema": {"items": {"pattern": "a{4294967295}"}}}
    )
    path = package_of.write(tmp_path, {"schema": package_of.schema(field), "text": "a\n[]\n"})
    assert cli.main(["validate", str(path)]) == 2
    assert "repetition number" in capsys.readouterr().err
