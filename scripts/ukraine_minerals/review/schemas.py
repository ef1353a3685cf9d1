"""Two packages -> what differs in their tables, columns, types and allowed values."""

import json
from collections.abc import Iterator
from typing import Any

from ukraine_minerals.model import Field, Package, Resource
from ukraine_minerals.review.change import SchemaChange

# Each with what it does to the version: see version.py.
KINDS = {
    "table-dropped": "major",
    "column-dropped": "major",
    "value-dropped": "major",
    "type-changed": "major",
    "key-changed": "major",
    "table-added": "minor",
    "column-added": "minor",
    "value-added": "minor",
    "rule-changed": "minor",
    "wording": "patch",
}
_WORDS = ("title", "description", "example", "categories", "missingValues", "$schema")
_APART = ("name", "type", "format", "constraints")


def compare(base: Package, head: Package) -> list[SchemaChange]:
    """Compare table by table, in the order of the older descriptor, then of the newer."""
    old = {resource.name: resource for resource in base.resources}
    new = {resource.name: resource for resource in head.resources}
    changes = [SchemaChange(name, "", "table-dropped", old=name) for name in old if name not in new]
    for name, resource in new.items():
        if name in old:
            changes += _table(old[name], resource)
        else:
            changes.append(SchemaChange(name, "", "table-added", new=name))
    return changes


def _table(old: Resource, new: Resource) -> Iterator[SchemaChange]:
    name = new.name
    before = {field.name: field for field in old.fields}
    after = {field.name: field for field in new.fields}
    for field in before:
        if field not in after:
            yield SchemaChange(name, field, "column-dropped", old=field, new=_successor(field, old, new))
    for field, now in after.items():
        if field not in before:
            yield SchemaChange(name, field, "column-added", new=field)
        else:
            yield from _field(name, before[field], now)
    if old.primary_key != new.primary_key:
        yield SchemaChange(name, "", "key-changed", ", ".join(old.primary_key), ", ".join(new.primary_key))
    yield from _words(
        name, "", _without(old.schema, "fields", "primaryKey"), _without(new.schema, "fields", "primaryKey")
    )


def _successor(field: str, old: Resource, new: Resource) -> str:
    """Guess the new name of a column: the one new column that stands where the old one stood."""
    before = [known.name for known in old.fields]
    after = [known.name for known in new.fields]
    place = before.index(field)
    rival = after[place] if place < len(after) else ""
    return "" if rival in before else rival


def _field(table: str, old: Field, new: Field) -> Iterator[SchemaChange]:
    if (old.type, old.format) != (new.type, new.format):
        yield SchemaChange(
            table, new.name, "type-changed", f"{old.type} ({old.format})", f"{new.type} ({new.format})"
        )
    allowed, allows = (list(map(_text, field.constraints.get("enum", ()))) for field in (old, new))
    if allowed or allows:  # an enum where there was none may shut out anything; which, the rows show
        for value in allowed if allows else ():
            if value not in allows:
                yield SchemaChange(table, new.name, "value-dropped", old=value)
        for value in allows if allowed else ():
            if value not in allowed:
                yield SchemaChange(table, new.name, "value-added", new=value)
        if not (allowed and allows):
            yield SchemaChange(
                table, new.name, "rule-changed", f"{len(allowed)} values", f"{len(allows)} values"
            )
    rules = (_without(old.constraints, "enum"), _without(new.constraints, "enum"))
    for key in sorted({*rules[0], *rules[1]}):
        if rules[0].get(key) != rules[1].get(key):
            yield SchemaChange(table, new.name, "rule-changed", _said(key, rules[0]), _said(key, rules[1]))
    yield from _words(table, new.name, _without(old.descriptor, *_APART), _without(new.descriptor, *_APART))


def _words(table: str, field: str, old: dict[str, Any], new: dict[str, Any]) -> Iterator[SchemaChange]:
    for key in sorted({*old, *new}):
        if old.get(key) != new.get(key):
            kind = "wording" if key in _WORDS else "rule-changed"
            yield SchemaChange(table, field, kind, _said(key, old), _said(key, new))


def _said(key: str, values: dict[str, Any]) -> str:
    return f"{key}: {_text(values[key])}" if key in values else f"no {key}"


def _text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _without(values: Any, *keys: str) -> dict[str, Any]:  # noqa: ANN401  # a descriptor of any kind
    return {key: value for key, value in values.items() if key not in keys}
