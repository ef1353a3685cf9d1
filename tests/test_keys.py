"""Keys are judged by values: a cell that is not there is no empty text that could be pointed to."""

from pathlib import Path

import package_of
import pytest

from ukraine_minerals import checks, descriptor, problem, read


def test_a_cell_that_is_not_there_is_no_target(tmp_path: Path) -> None:
    keys = [{"fields": ["p"], "reference": {"resource": "parent", "fields": ["id"]}}]
    path = package_of.write(
        tmp_path,
        {
            "name": "parent",
            "schema": package_of.schema("x", "id", missingValues=["NA"]),
            "text": "x,id\n1,a\n2\n",
        },
        {
            "name": "child",
            "schema": package_of.schema("k", "p", missingValues=["NA"], foreignKeys=keys),
            "text": "k,p\n1,a\n2,\n",
        },
    )
    tables, _ = read.tables(descriptor.load(path))
    found = [(p.resource, p.code, p.line) for p in checks.run(tables)]
    assert found == [("parent", "missing-cell", 3), ("child", "foreign-key", 3)]


def test_a_cell_after_a_line_break_is_on_its_own_line(tmp_path: Path) -> None:
    schema = package_of.schema("a", package_of.field("b", "integer"), package_of.field("c", "integer"))
    text = 'a,b,c\n"x\n\ny",z,1\nx,1,"2\n"\n"p\nq",1,z\n'
    path = package_of.write(tmp_path, {"schema": schema, "text": text})
    found = checks.run(read.tables(descriptor.load(path))[0])
    assert sorted((p.line, p.row, p.column) for p in found if p.column) == [(4, 2, 2), (5, 3, 3), (8, 4, 3)]


@pytest.mark.parametrize(
    ("keys", "wrong", "told"),
    [
        (["kyiv", "lviv"], "kyjv", 'did you mean "kyiv"?'),
        (["treaty-2024", "treaty-2025"], "treaty-2026", 'did you mean "treaty-2025"?'),
        ([f"v-{number:05}" for number in range(30)], "v-00099", ""),
        ([f"v-{number:05}" for number in range(30)], "w-00017", 'did you mean "v-00017"?'),
    ],
)
def test_the_nearest_of_many_numbers_is_no_likelier_than_another(
    keys: list[str], wrong: str, told: str
) -> None:
    assert problem.nearest(wrong, keys) == told
