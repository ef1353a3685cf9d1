"""Every deviation from frictionless still is one, and goes the way the list says."""

import warnings
from collections import Counter
from pathlib import Path
from typing import Any

import deviations_of_cells
import deviations_of_tables
import frictionless
import oracle
import package_of
import pytest

from ukraine_minerals import descriptor, schema
from ukraine_minerals.checks import cells
from ukraine_minerals.errors import PackageError


def our_faults(field: dict[str, Any], texts: set[str]) -> dict[str, tuple[str, ...]]:
    """Give the type error or the constraints that each text breaks."""
    read = schema.fields({"fields": [{"name": "f", **field}]}, "test")[0]
    found = dict(cells.faults(read, texts))
    if read.constraints.get("required"):
        required = cells.Fault("constraint-error", "", constraint="required")
        found |= {text: [required] for text in read.missing_values}
    return {
        text: tuple(sorted(fault.constraint or fault.code for fault in found.get(text, ()))) for text in texts
    }


def their_faults(field: dict[str, Any], texts: set[str]) -> dict[str, tuple[str, ...]]:
    """Give the same as frictionless sees it, or ("crash",)."""
    reader = frictionless.Field.from_descriptor({"name": "f", **field}).create_cell_reader()
    return {text: _their_fault(reader, text) for text in texts}


def _their_fault(reader: Any, text: str) -> tuple[str, ...]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            notes = reader(text)[1]
    except Exception:  # noqa: BLE001  # whatever it is, it is a crash
        return ("crash",)
    return tuple(sorted("type-error" if name == "type" else name for name in notes or ()))


@pytest.mark.parametrize("deviation", deviations_of_tables.TABLES, ids=lambda deviation: deviation.name)
def test_table(deviation: deviations_of_tables.TableDeviation, tmp_path: Path) -> None:
    path = package_of.write(tmp_path, *deviation.resources)
    ours, theirs = oracle.ours(path, alone=True), oracle.theirs(path)
    assert ours - theirs == Counter(deviation.ours)
    assert theirs - ours == Counter(deviation.theirs)


@pytest.mark.parametrize("deviation", deviations_of_cells.CELLS, ids=lambda deviation: deviation.name)
def test_cell(deviation: deviations_of_cells.CellDeviation) -> None:
    texts = {*deviation.taken, *deviation.refused, *deviation.crashes}
    assert texts
    shown = set()
    for field in deviation.fields:
        ours, theirs = our_faults(field, texts), their_faults(field, texts)
        differing = {text for text in texts if ours[text] != theirs[text]}
        shown |= differing
        assert all("crash" not in theirs[text] for text in differing.difference(deviation.crashes, ["sNaN"]))
        assert all(not ours[text] and theirs[text] for text in differing.intersection(deviation.taken))
        assert all(ours[text] for text in differing.intersection(deviation.refused))
    assert shown == texts
    assert all(deviation.excuses(text) for text in texts)


def test_unknown_target_ends_the_run(tmp_path: Path) -> None:
    """A foreign key to nowhere is a fault of the descriptor for us, of the table for frictionless."""
    keys = [{"fields": ["a"], "reference": {"resource": "nowhere", "fields": ["b"]}}]
    path = package_of.write(tmp_path, {"schema": package_of.schema("a", foreignKeys=keys), "text": "a\n1\n"})
    with pytest.raises(PackageError, match="nowhere"):
        descriptor.load(path)
    assert oracle.theirs(path) == Counter([("t", "resource-error", None, None, "")])
