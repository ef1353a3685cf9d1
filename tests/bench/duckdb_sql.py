"""Table Schema -> SQL for DuckDB: one statement that reads a file, one that tells its faults row by row.

What it cannot: blank lines are dropped without a word, so that the rows after them have other numbers.
"""

# ruff: noqa: S608  # names and values are quoted below, and are our own
from pathlib import Path
from typing import Any

_TYPES = {
    "integer": "BIGINT",
    "number": "DOUBLE",
    "year": "BIGINT",
    "date": "DATE",
    "datetime": "TIMESTAMPTZ",
}
_BOUNDS = {"minimum": "<", "maximum": ">", "exclusiveMinimum": "<=", "exclusiveMaximum": ">="}
REJECTED = "SELECT count(*) FROM reject_errors"


def read(resource: dict[str, Any], folder: Path) -> str:
    """Read a file as text into a table; rows of a wrong width go to `reject_errors`."""
    missing = ", ".join(map(_text, resource["schema"]["missingValues"]))
    options = f"header=true, all_varchar=true, nullstr=[{missing}], store_rejects=true"
    source = f"read_csv({_text(folder / resource['path'])}, delim=',', quote='\"', escape='\"', {options})"
    return f"CREATE TABLE {_name(resource['name'])} AS SELECT * FROM {source}"


def faults(resource: dict[str, Any]) -> str:
    """Give every fault as (row, code, field)."""
    schema, table = resource["schema"], _name(resource["name"])
    cells = [test for field in schema["fields"] for test in _cell_tests(field)]
    anything = " OR ".join(condition for condition, _, _ in cells)
    listed = ", ".join(
        f"CASE WHEN {condition} THEN {_text(f'{code} {field}')} END" for condition, code, field in cells
    )
    found = f"list_filter([{listed}], lambda x: x IS NOT NULL)"
    rows = f"SELECT rowid + 2 AS number, {found} AS found FROM {table} WHERE {anything}"
    keys = [(schema["primaryKey"], "primary-key")]
    keys += [
        ([f["name"]], "unique-error") for f in schema["fields"] if f.get("constraints", {}).get("unique")
    ]
    parts = [f"SELECT number, unnest(found) AS fault FROM ({rows})"]
    parts += [_twice(table, names, code) for names, code in keys]
    nulls = " OR ".join(f"{_name(name)} IS NULL" for name in schema["primaryKey"])
    parts.append(f"SELECT rowid + 2, 'primary-key' FROM {table} WHERE {nulls}")
    parts += [_pointing_nowhere(table, key) for key in schema.get("foreignKeys", [])]
    return " UNION ALL ".join(parts)


def _cell_tests(field: dict[str, Any]) -> list[tuple[str, str, str]]:
    name, column, rules = field["name"], _name(field["name"]), field.get("constraints", {})
    type_ = _TYPES.get(field["type"])
    value = f"TRY_CAST({column} AS {type_})" if type_ else column
    tests = []
    if rules.get("required"):
        tests.append((f"{column} IS NULL", "required", name))
    if field["type"] == "boolean":
        tests.append(
            (f"{column} NOT IN ('true', 'True', 'TRUE', '1', 'false', 'False', 'FALSE', '0')", "type", name)
        )
    elif type_:
        tests.append((f"({column} IS NOT NULL AND {value} IS NULL)", "type", name))
    for rule, sign in _BOUNDS.items():
        if rule in rules:
            bound = f"CAST({_text(rules[rule])} AS {type_})"
            tests.append((f"{value} {sign} {bound}", rule, name))
    if "enum" in rules:
        tests.append((f"{column} NOT IN ({', '.join(map(_text, rules['enum']))})", "enum", name))
    if "pattern" in rules:
        tests.append((f"NOT regexp_full_match({column}, {_text(rules['pattern'])})", "pattern", name))
    if "minLength" in rules:
        tests.append((f"length({column}) < {rules['minLength']}", "minLength", name))
    if "maxLength" in rules:
        tests.append((f"length({column}) > {rules['maxLength']}", "maxLength", name))
    return tests


def _twice(table: str, names: list[str], code: str) -> str:
    key = ", ".join(map(_name, names))
    whole = " AND ".join(f"{_name(name)} IS NOT NULL" for name in names)
    same = " AND ".join(f"t.{_name(name)} = d.{_name(name)}" for name in names)
    first = f"SELECT {key}, min(rowid) AS first FROM {table} WHERE {whole} GROUP BY {key} HAVING count(*) > 1"
    return (
        f"SELECT t.rowid + 2, {_text(code)} FROM {table} t JOIN ({first}) d ON {same} AND t.rowid > d.first"
    )


def _pointing_nowhere(table: str, key: dict[str, Any]) -> str:
    target = _name(key["reference"].get("resource")) or table
    pairs = list(zip(key["fields"], key["reference"]["fields"], strict=True))
    same = " AND ".join(f"t.{_name(own)} = o.{_name(other)}" for own, other in pairs)
    whole = " AND ".join(f"t.{_name(own)} IS NOT NULL" for own, _ in pairs)
    fault = _text(f"foreign-key {', '.join(key['fields'])}")
    return f"SELECT t.rowid + 2, {fault} FROM {table} t ANTI JOIN {target} o ON {same} WHERE {whole}"


def _name(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _text(value: Any) -> str:
    return "'" + str(value).replace("'", "''") + "'"
