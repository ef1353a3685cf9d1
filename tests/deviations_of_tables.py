"""Packages that our engine and frictionless 5.21 judge differently on purpose.

Each has the clause that we follow, and the faults that either side alone finds; test_deviations.py runs both
sides, so that an entry fails as soon as frictionless stops deviating.
"""

from dataclasses import dataclass
from typing import Any

from package_of import field as a_field
from package_of import schema

Fault = tuple[Any, ...]


@dataclass(frozen=True)
class TableDeviation:
    """Resources, and what either side alone finds in them: (table, type, row, field, constraint)."""

    name: str
    clause: str
    resources: tuple[dict[str, Any], ...]
    ours: tuple[Fault, ...] = ()
    theirs: tuple[Fault, ...] = ()


_ABC = schema("a", "b", a_field("c", "integer", constraints={"required": True}), primaryKey=["a"])
_PARENT = {"name": "parent", "schema": schema("id", "x", primaryKey=["id"])}
_CHILD = {
    "name": "child",
    "schema": schema(
        "k", "p", foreignKeys=[{"fields": ["p"], "reference": {"resource": "parent", "fields": ["id"]}}]
    ),
    "text": "k,p\n1,1\n",
}
_PAIRS = [{"fields": ["p", "q"], "reference": {"resource": "parent", "fields": ["id", "x"]}}]
_LATE = b"a,b,c\n0,x,\n" + b"1,2,3\n" * 9999 + b"z,2,\xe9\n"

TABLES = (
    TableDeviation(
        "blank-header",
        "Table Dialect, header: if true the first row in the file MUST be interpreted as a header row",
        ({"schema": _ABC, "text": "\na,b,3\n"},),
        ours=(("t", "blank-header", None, None, ""),),
    ),
    TableDeviation(
        "header-guessed",
        "Table Dialect, header and headerRows: the header is row 1 by default; it is not looked for",
        ({"schema": _ABC, "text": "\na,b,c\n1,2,3\n", "dialect": None},),
        ours=(("t", "blank-header", None, None, ""), ("t", "type-error", 2, 3, "")),
    ),
    TableDeviation(
        "delimiter-guessed",
        "Table Dialect, delimiter: the default is a comma; it is not guessed",
        ({"schema": schema("a", "b"), "text": "a;b\n1;2\n", "dialect": None},),
        ours=(("t", "incorrect-label", None, 1, ""), ("t", "missing-label", None, 2, "")),
    ),
    TableDeviation(
        "encoding-guessed",
        "Data Resource, encoding: UTF-8 is the recommended default; a guess hides what is not UTF-8",
        ({"schema": schema("a", "b"), "text": "a,b\n1,é\n".encode("latin-1"), "encoding": None},),
        ours=(("t", "encoding-error", None, None, ""),),
    ),
    TableDeviation(
        "encoding-late",
        "Data Resource, encoding: it is that of the whole file; rows before the wrong byte are not judged",
        ({"schema": schema("a", a_field("b", "integer"), "c"), "text": _LATE},),
        theirs=(("t", "type-error", 2, 2, ""),),
    ),
    TableDeviation(
        "duplicate-by-name",
        "Table Schema, fieldsMatch equal: fields are mapped by their names; a name twice is a fault of "
        "its label, not of the resource",
        ({"schema": schema("a", "b", fieldsMatch="equal"), "text": "a,b,a\n1,2,3\n"},),
        ours=(("t", "duplicate-label", None, 3, ""),),
        theirs=(("t", "error", None, None, ""),),
    ),
    TableDeviation(
        "fields-match-array",
        "Table Schema 2.0, profile: fieldsMatch is an array there, a string in the text; both are read",
        ({"schema": schema("a", "b", fieldsMatch=["equal"]), "text": "b,a\n1,2\n"},),
        theirs=(("", "package-error", None, None, ""),),
    ),
    TableDeviation(
        "target-missing",
        "Data Resource, path: an unreadable file is a fault of its resource, not of those that refer to it",
        (_PARENT, _CHILD),
        theirs=(("child", "scheme-error", None, None, ""),),
    ),
    TableDeviation(
        "target-not-text",
        "Data Resource, encoding: wrong bytes are a fault of their resource, not of those that refer to it",
        ({**_PARENT, "text": b"id,x\n\xe9,1\n"}, _CHILD),
        theirs=(("child", "encoding-error", None, None, ""),),
    ),
    TableDeviation(
        "target-empty",
        "Table Schema, foreignKeys: whether a table without a header has a value is not known",
        ({**_PARENT, "text": ""}, _CHILD),
        theirs=(("child", "foreign-key", 2, "p", ""),),
    ),
    TableDeviation(
        "target-column-missing",
        "Table Schema, foreignKeys: whether a column that is not there has a value is not known",
        ({"name": "parent", "schema": schema("x", "id"), "text": "x\n1\n"}, _CHILD),
        theirs=(("child", "foreign-key", 2, "p", ""),),
    ),
    TableDeviation(
        "foreign-key-partly-null",
        "Table Schema, foreignKeys: directly modelled on SQL, where a key with a null in it points nowhere",
        (
            {**_PARENT, "text": "id,x\n1,a\n"},
            {"name": "child", "schema": schema("p", "q", foreignKeys=_PAIRS), "text": "p,q\n1,a\n1,\n"},
        ),
        theirs=(("child", "foreign-key", 3, "p, q", ""),),
    ),
    TableDeviation(
        "primary-key-partly-null",
        "Table Schema, primaryKey: per SQL standards, the fields cannot be null",
        ({"schema": schema("a", "b", "c", primaryKey=["a", "b"]), "text": "a,b,c\n1,,x\n,1,x\n"},),
        ours=(("t", "primary-key", 2, None, ""), ("t", "primary-key", 3, None, "")),
    ),
    TableDeviation(
        "unique-keys",
        "Table Schema, uniqueKeys: required to have unique logical values in each row",
        ({"schema": schema("a", "b", uniqueKeys=[["a", "b"]]), "text": "a,b\n1,x\n1,x\n1,\n1,\n"},),
        ours=(("t", "unique-key", 3, "a, b", ""),),
    ),
    TableDeviation(
        "categories",
        "Table Schema, categories: the logical value MUST exactly match one of the values in categories",
        ({"schema": schema(a_field("a", "string", categories=["x", "y"]), "b"), "text": "a,b\nz,1\n"},),
        ours=(("t", "category-error", 2, 1, ""),),
    ),
    TableDeviation(
        "unique-array",
        "Table Schema, unique: fields of all types; frictionless crashes on arrays",
        (
            {
                "schema": schema(a_field("a", "array", constraints={"unique": True}), "b"),
                "text": "a,b\n[1],x\n[1],y\n",
            },
        ),
        ours=(("t", "unique-error", 3, 1, ""),),
        theirs=(("", "crash TypeError", None, None, ""),),
    ),
    TableDeviation(
        "enum-list",
        "Table Schema, enum: fields of all types",
        ({"schema": schema(a_field("a", "list", constraints={"enum": ["x,y"]}), "b"), "text": "a,b\nx,1\n"},),
        ours=(("t", "constraint-error", 2, 1, "enum"),),
        theirs=(("", "package-error", None, None, ""),),
    ),
    TableDeviation(
        "minimum-duration",
        "Table Schema, minimum: fields of type duration too",
        (
            {
                "schema": schema(a_field("a", "duration", constraints={"minimum": "P1D"}), "b"),
                "text": "a,b\nPT1H,1\n",
            },
        ),
        ours=(("t", "constraint-error", 2, 1, "minimum"),),
        theirs=(("", "package-error", None, None, ""),),
    ),
    TableDeviation(
        "hash-sha1",
        "Data Resource, hash: other algorithms than MD5 can be indicated by prefixing their name",
        ({"schema": schema("a", "b"), "text": "a,b\n1,2\n", "hash": "sha1:00"},),
        ours=(("t", "hash-count", None, None, ""),),
    ),
    TableDeviation(
        "types-inferred",
        "Table Schema, type and format: an absent type is any; it MUST NOT be inferred from the values",
        ({"text": "a,b\n" + "1,x\n" * 40 + "?,x\n"},),
        theirs=(("t", "type-error", 42, 1, ""),),
    ),
)
