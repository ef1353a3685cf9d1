"""Files of hostile cells, in fields of all types, formats and missing values: both judges agree."""

import csv
import io
import json
import re
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import deviations_of_cells
import oracle
import package_of
import pytest
from hard_cells import FIELDS, NASTY, texts
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

ROWS = 25
CELLS = 50_000


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[dict[str, Any]], list[list[str]]]:
    """Give fields, and ROWS rows of cells that are hard to read or stand for what is missing."""
    cell = st.one_of(texts(), st.sampled_from(NASTY))
    fields = []
    for number in range(draw(st.integers(1, 4))):
        missing = draw(st.one_of(st.none(), st.lists(cell, max_size=3)))
        own = {} if missing is None else {"missingValues": missing}
        fields.append({**draw(st.sampled_from(FIELDS)), **own, "name": f"f{number}"})
    pools = [st.one_of(cell, st.sampled_from(["", *field.get("missingValues", [])])) for field in fields]
    rows = [[draw(pool) for pool in pools] for _ in range(ROWS)]
    return fields, rows


def compare(fields: list[dict[str, Any]], rows: list[list[str]]) -> int:
    """Judge a table twice, and require an excuse for each difference; give the number of cells compared."""
    out = io.StringIO()
    numbered = [[str(number), *row] for number, row in enumerate(rows)]
    csv.writer(out, lineterminator="\n").writerows([["n", *(field["name"] for field in fields)], *numbered])
    resource = {"schema": package_of.schema("n", *fields), "text": out.getvalue()}
    with tempfile.TemporaryDirectory() as folder:
        path = package_of.write(Path(folder), resource)
        ours, theirs = oracle.ours(path), oracle.theirs(path)
        assert oracle.ours(path, fast=True) == ours
    if any(fault[1].startswith("crash") for fault in theirs):
        letters = {re.sub("[^a-z]", "", cell.lower()) for row in rows for cell in row}
        assert any("snan" in cell for cell in letters), (fields, rows)  # deviation "signalling-nan"
        return 0
    for fault in (ours - theirs) + (theirs - ours):
        _, code, row, column, _ = fault
        assert code in ("type-error", "constraint-error"), fault
        assert row is not None
        kind, text = fields[column - 2], rows[row - 2][column - 2]
        assert deviations_of_cells.excused(kind, text), (json.dumps(kind), text, fault)
    return len(rows) * len(fields)


@given(tables())
@settings(max_examples=15, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_some_files(table: tuple[list[dict[str, Any]], list[list[str]]]) -> None:
    compare(*table)


@pytest.mark.audit
def test_many_files() -> None:
    compared: Counter[str] = Counter()

    @given(tables())
    @settings(max_examples=1200, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    def judge(table: tuple[list[dict[str, Any]], list[list[str]]]) -> None:
        cells = compare(*table)
        compared.update({field["type"]: cells // len(table[0]) for field in table[0]} if cells else {})

    judge()
    print(compared.total(), dict(compared))  # noqa: T201
    assert compared.total() >= CELLS
    assert set(compared) == {field["type"] for field in FIELDS}
