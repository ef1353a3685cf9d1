"""Table Schema -> Pandera contract: types, constraints and keys of a frame, and its links to other frames."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
import pandera.pandas as pa

from ukraine_minerals import constraints, descriptor, frames
from ukraine_minerals.model import Field, ForeignKey, Package, Resource

Others = Callable[[str], pd.DataFrame | None]

_MORE = ("subset", "partial")  # Table Schema 2.0, fieldsMatch: a table may have more columns, or fewer
_FEWER = ("superset", "partial")
# What Pandera itself finds, in the words of our engine.
_CODES = {
    "column_in_dataframe": "missing-label",
    "column_in_schema": "extra-label",
    "dataframe_column_labels_unique": "duplicate-label",
    "not_nullable": "constraint-error (required)",
}


def contract(
    table: str, *, others: Mapping[str, pd.DataFrame] | None = None, package: frames.Folder = None
) -> pa.DataFrameSchema:
    """Compile the Pandera contract of a table from its Table Schema.

    It holds the columns with their dtypes (as `load` gives them, without labels), required values, patterns,
    ranges, lengths, enumerations, list members, calendar dates, unique fields, primary, unique and foreign
    keys. Each check is named by the code that `validate` would print: call `.validate(frame, lazy=True)`, or
    `faults` for a plain list. As in the Table Schema, a frame has exactly the schema's columns
    (`fieldsMatch`).

    Args:
        table: Its name.
        others: Frames that foreign keys point to, by table; those not given are loaded from the package.
        package: As in `load`.

    Raises:
        PackageError: There is no such table or export.
    """
    home = frames.folder(package)

    def other(name: str) -> pd.DataFrame:
        return others[name] if others and name in others else frames.load(name, package=home)

    return compiled(descriptor.load(home / "datapackage.json"), table, other)


def faults(tables: Mapping[str, pd.DataFrame], *, package: frames.Folder = None) -> pd.DataFrame:
    """Try frames, by table, on their contracts; foreign keys look into these, then into the package's tables.

    Columns: `table`, `row` (its label in the frame's index; missing where the whole column or table is
    meant), `field` (a key's fields joined by ", "), `code` (as `validate` prints it), `value` (as text),
    `message`.

    Raises:
        PackageError: There is no such table or export.
    """
    found = [
        (name, row, field, code, _shown(frame, row, field), message)
        for name, frame in tables.items()
        for row, field, code, message in found_in(frame, contract(name, others=tables, package=package))
    ]
    names = ["table", "row", "field", "code", "value", "message"]
    return pd.DataFrame(found, columns=names, dtype=object)


def _shown(frame: pd.DataFrame, row: Any, field: str) -> str | None:  # noqa: ANN401
    if row is None or not field or not (frame.index.is_unique and frame.columns.is_unique):
        return None
    return ", ".join(str(frame.loc[row, name]) for name in field.split(", "))


def found_in(frame: pd.DataFrame, schema: pa.DataFrameSchema) -> list[tuple[Any, str, str, str]]:
    """Give row, field, code and message of each fault; a blank row lacks no value in particular."""
    try:
        schema.validate(frame, lazy=True)
    except pa.errors.SchemaErrors as errors:
        found = [fault for error in errors.schema_errors for fault in _told(error)]
        blank = {row for row, _, code, _ in found if code == "blank-row"}
        required = _CODES["not_nullable"]
        return [fault for fault in found if fault[2] != required or fault[0] not in blank]
    return []


def _told(error: Any) -> list[tuple[Any, str, str, str]]:  # noqa: ANN401  # a SchemaError: all its parts are Any
    check = error.check
    if isinstance(check, pa.Check):
        code, field, message = str(check.name), str(check.title), str(check.error)
        passed = error.check_output
        if isinstance(passed, pd.DataFrame):
            passed = passed.all(axis="columns")
        if not isinstance(passed, pd.Series):
            return [(None, field, code, message)]
        return [(row, field, code, message) for row in passed.index[~passed]]
    cases = error.failure_cases
    if check == "not_nullable":
        return [(row, error.schema.name, _CODES[check], "has no value") for row in cases["index"]]
    if check in _CODES:
        names = [cases] if isinstance(cases, str) else list(cases)
        return [(None, str(name), _CODES[check], _CODES[check]) for name in names]
    return [(None, error.schema.name, "type-error", str(error))]  # the dtype of a column


def compiled(package: Package, table: str, others: Others) -> pa.DataFrameSchema:
    """Compile a contract; a foreign key into a table of which `others` gives None is left out.

    Raises:
        PackageError: There is no such table, or a constraint makes no sense.
    """
    resource = frames.find(package, table)
    match = resource.fields_match
    columns = {}
    for field in frames.fields(resource):
        needed = field.constraints.get("required") is True or field.name in resource.primary_key
        columns[field.name] = constraints.column(field, present=match not in _FEWER or needed)
    checks = [_check((), "blank-row: has no value at all", lambda frame: list(frame.notna().any(axis=1)))]
    if match == "partial":
        known = list(columns)
        words = "unmatched-header: no column is in the schema"
        checks.append(_check((), words, lambda frame: not frame.columns.intersection(known).empty))
    return pa.DataFrameSchema(
        columns,
        checks=[*checks, *_keys(resource), *_links(package, resource, others)],
        strict=match not in _MORE and bool(columns),
        unique_column_names=True,
        name=resource.name,
        title=resource.schema.get("title"),
        description=resource.schema.get("description"),
    )


def _keys(resource: Resource) -> Iterator[pa.Check]:
    unique = [(field.name,) for field in frames.fields(resource) if field.constraints.get("unique")]
    found = [("primary-key", resource.primary_key)] if resource.primary_key else []
    found += [("unique-error", names) for names in unique]
    found += [("unique-key", names) for names in resource.unique_keys]
    for code, names in found:

        def differ(
            frame: pd.DataFrame, names: tuple[str, ...] = names, *, primary: bool = code == "primary-key"
        ) -> list[bool]:
            # a null makes a primary key incomplete; any other key it leaves out, as in SQL
            rows = _values(resource, frame, names)
            first = dict(zip(reversed(rows), range(len(rows) - 1, -1, -1), strict=True))
            return [not primary if None in row else first[row] == index for index, row in enumerate(rows)]

        yield _check(names, f"{code}: {', '.join(names)} stands in an earlier row, or is not whole", differ)


def _links(package: Package, resource: Resource, others: Others) -> Iterator[pa.Check]:
    for key in resource.foreign_keys:
        target = frames.find(package, key.resource or resource.name)

        def found(frame: pd.DataFrame, key: ForeignKey = key, target: Resource = target) -> bool | list[bool]:
            other = frame if target.name == resource.name else others(target.name)
            if other is None or not set(key.reference_fields) <= set(other.columns):
                return True
            there = set(_values(target, other, key.reference_fields))
            return [None in row or row in there for row in _values(resource, frame, key.fields)]

        yield _check(key.fields, f"foreign-key: {', '.join(key.fields)} is not in {target.name}", found)


def _values(resource: Resource, frame: pd.DataFrame, names: Sequence[str]) -> list[tuple[Any, ...]]:
    """Give the values of some fields row by row; None is missing or of another type."""
    by_name = {field.name: field for field in resource.fields}
    columns = []
    for name in names:
        cells = zip(frame[name], frame[name].isna(), strict=True)
        columns.append([None if null else _hashable(by_name[name], cell) for cell, null in cells])
    return list(zip(*columns, strict=True))


def _hashable(field: Field, cell: Any) -> Any:  # noqa: ANN401
    try:
        found = constraints.value(field, cell)
    except ValueError:
        return None
    return json.dumps(found, sort_keys=True, default=str) if isinstance(found, list | dict) else found


def _check(names: Sequence[str], words: str, passes: Callable[[pd.DataFrame], bool | list[bool]]) -> pa.Check:
    """Make a check across fields that marks their cells in each failing row, not all cells of the row.

    It is left out where the frame lacks one of them.
    """

    def holds(frame: pd.DataFrame) -> bool | pd.DataFrame:
        if not frame.columns.is_unique or not set(names) <= set(frame.columns):
            return True
        passed = passes(frame)
        if isinstance(passed, bool):
            return passed
        if all(passed):
            return True
        marked = np.ones(frame.shape, dtype=bool)
        for place in [frame.columns.get_loc(name) for name in names or frame.columns]:
            marked[:, place] = passed
        return pd.DataFrame(marked, index=frame.index, columns=frame.columns)

    return pa.Check(holds, name=words.partition(":")[0], error=words, title=", ".join(names), ignore_na=False)
