"""Keys are judged by values: a cell that is not there is no empty text that could be pointed to."""

from pathlib import Path

import package_of

from ukraine_minerals import checks, descriptor, read


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
