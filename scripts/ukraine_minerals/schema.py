"""Table Schema -> fields and keys; what it does not know or cannot do ends the run by name."""

from collections.abc import Iterator
from typing import Any

from ukraine_minerals import jsonvalue
from ukraine_minerals.errors import PackageError
from ukraine_minerals.model import Descriptor, Field, ForeignKey

# Table Schema 2.0, Field Types: the formats of each type; "%" stands for a strptime pattern.
FORMATS: dict[str, tuple[str, ...]] = {
    "string": ("default", "email", "uri", "binary", "uuid"),
    "number": ("default",),
    "integer": ("default",),
    "boolean": ("default",),
    "object": ("default",),
    "array": ("default",),
    "list": ("default",),
    "datetime": ("default", "any", "%"),
    "date": ("default", "any", "%"),
    "time": ("default", "any", "%"),
    "year": ("default",),
    "yearmonth": ("default",),
    "duration": ("default",),
    "geopoint": ("default", "array", "object"),
    "geojson": ("default", "topojson"),
    "any": ("default",),
}
_BOUNDS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")
_BOUNDED = ("integer", "number", "date", "time", "datetime", "duration", "year", "yearmonth")
_SIZED = ("string", "array", "object", "list")
# Table Schema 2.0, Field Constraints: what each is, and the types that it fits.
_CONSTRAINTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "required": ("true or false", tuple(FORMATS)),
    "unique": ("true or false", tuple(FORMATS)),
    "enum": ("an array", tuple(FORMATS)),
    "minLength": ("a whole number", _SIZED),
    "maxLength": ("a whole number", _SIZED),
    "pattern": ("a string", ("string",)),
    "jsonSchema": ("an object", ("object", "array")),
    **dict.fromkeys(_BOUNDS, ("", _BOUNDED)),
}
_FIELD_KEYS = {
    "decimalChar": "a string",
    "groupChar": "a string",
    "bareNumber": "true or false",
    "trueValues": "an array",
    "falseValues": "an array",
    "delimiter": "a string",
    "itemType": "a string",
    "categories": "an array",
}
_ITEM_TYPES = ("string", "integer", "boolean", "number", "datetime", "date", "time")
_MATCHES = ("exact", "equal", "subset", "superset", "partial")


def fields(schema: Descriptor, where: str) -> tuple[Field, ...]:
    """Read the fields; without a schema there are none.

    Raises:
        PackageError: one is malformed or not supported.
    """
    if not schema:
        return ()
    outer = _missing_values(schema, where, ("",))
    found: dict[str, Field] = {}
    for number, item in enumerate(jsonvalue.get(schema, "fields", "an array", where)):
        place = f"{where}: fields[{number}]"
        field = _field(jsonvalue.of(item, "an object", place), outer, place)
        if field.name in found:
            raise PackageError(f'{place}: name "{field.name}" belongs to an earlier field too')
        found[field.name] = field
    if not found:
        raise PackageError(f"{where}: fields is empty")
    return tuple(found.values())


def _field(descriptor: Descriptor, missing_values: tuple[str, ...], where: str) -> Field:
    name = jsonvalue.get(descriptor, "name", "a string", where)
    where = f'{where} "{name}"'
    # "any" is the standard's default, "string" was that of 1.0: in CSV both are the text itself.
    type_ = jsonvalue.get(descriptor, "type", "a string", where, "string")
    if type_ not in FORMATS:
        raise PackageError(f'{where}: type "{type_}" is not one of {", ".join(FORMATS)}')
    format_ = jsonvalue.get(descriptor, "format", "a string", where, "default").removeprefix("fmt:")
    if format_ not in FORMATS[type_] and not ("%" in format_ and "%" in FORMATS[type_]):
        raise PackageError(f'{where}: format "{format_}" is not supported for type "{type_}"')
    for key, kind in _FIELD_KEYS.items():
        if key in descriptor:
            jsonvalue.get(descriptor, key, kind, where)
    for key in ("trueValues", "falseValues"):
        if key in descriptor:
            jsonvalue.strings(descriptor[key], f"{where}: {key}")
    if descriptor.get("delimiter") == "" or descriptor.get("decimalChar") == "":
        raise PackageError(f"{where}: delimiter and decimalChar must not be empty")
    if descriptor.get("itemType", "string") not in _ITEM_TYPES:
        raise PackageError(f"{where}: itemType must be one of {', '.join(_ITEM_TYPES)}")
    constraints = jsonvalue.get(descriptor, "constraints", "an object", where, {})
    for key, value in constraints.items():
        kind, types = _CONSTRAINTS.get(key, ("", ()))
        if type_ not in types:
            raise PackageError(f'{where}: constraint "{key}" is not supported for type "{type_}"')
        if kind:
            jsonvalue.of(value, kind, f"{where}: constraint {key}")
    missing_values = _missing_values(descriptor, where, missing_values)
    return Field(name, type_, format_, constraints, missing_values, descriptor)


def _missing_values(descriptor: Descriptor, where: str, default: tuple[str, ...]) -> tuple[str, ...]:
    if "missingValues" not in descriptor:
        return default
    where = f"{where}: missingValues"
    items = [
        jsonvalue.get(item, "value", "a string", f"{where}[{n}]") if isinstance(item, dict) else item
        for n, item in enumerate(jsonvalue.of(descriptor["missingValues"], "an array", where))
    ]
    return jsonvalue.strings(items, where)


def key(value: Any, fields: tuple[Field, ...], where: str) -> tuple[str, ...]:  # noqa: ANN401
    """Read a key: the names of one or more fields of the schema."""
    names = jsonvalue.strings(value, where)
    for name in names:
        if all(name != field.name for field in fields):
            raise PackageError(f'{where}: "{name}" is not a field of the schema')
    return names


def foreign_keys(schema: Descriptor, fields: tuple[Field, ...], where: str) -> Iterator[ForeignKey]:
    """Read the foreign keys; whether their targets exist is for the package to say."""
    for number, raw in enumerate(jsonvalue.get(schema, "foreignKeys", "an array", where, [])):
        place = f"{where}: foreignKeys[{number}]"
        item = jsonvalue.of(raw, "an object", place)
        own = key(jsonvalue.take(item, "fields", place), fields, f"{place}: fields")
        reference = jsonvalue.get(item, "reference", "an object", place)
        resource = jsonvalue.get(reference, "resource", "a string", f"{place}: reference", "")
        other = jsonvalue.strings(
            jsonvalue.take(reference, "fields", f"{place}: reference"), f"{place}: reference: fields"
        )
        if len(own) != len(other) or not own:
            raise PackageError(f"{place}: fields and reference.fields must be equally many, at least one")
        yield ForeignKey(own, resource, other)


def fields_match(schema: Descriptor, where: str) -> str:
    """Read fieldsMatch, a string by the text of Table Schema 2.0 and an array by its first profile."""
    given = jsonvalue.strings(schema.get("fieldsMatch", "exact"), f"{where}: fieldsMatch")
    if len(given) != 1 or given[0] not in _MATCHES:
        raise PackageError(f"{where}: fieldsMatch must be one of {', '.join(_MATCHES)}")
    return given[0]
