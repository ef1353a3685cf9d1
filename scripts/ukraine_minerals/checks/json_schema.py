"""The constraint jsonSchema, judged by the library jsonschema where it is installed."""

from collections.abc import Callable
from typing import Any

from ukraine_minerals.errors import PackageError
from ukraine_minerals.model import Descriptor


def judge(field: str, raw: Descriptor) -> Callable[[Any], str]:
    """Give the function that says what breaks the schema first, or "" (Table Schema 2.0, jsonSchema).

    Raises:
        PackageError: the library is missing, the schema is none, or it refers to another document.
    """
    where = f"field {field}: constraint jsonSchema"
    try:
        import jsonschema  # noqa: PLC0415
        from referencing import Registry  # noqa: PLC0415
        from referencing.exceptions import Unresolvable  # noqa: PLC0415
    except ModuleNotFoundError:
        raise PackageError(f"{where} needs the library jsonschema, which is not installed") from None
    kind = jsonschema.validators.validator_for(raw, default=jsonschema.Draft202012Validator)
    try:
        kind.check_schema(dict(raw))
    except jsonschema.SchemaError as error:
        raise PackageError(f"{where} is not valid: {error.message}") from None
    except (OverflowError, RecursionError) as error:  # from an expression in it
        raise PackageError(f"{where} is not valid: {error}") from None
    validator = kind(dict(raw), registry=Registry())  # which fetches nothing

    def first_fault(value: Any) -> str:  # noqa: ANN401
        try:
            found = jsonschema.exceptions.best_match(validator.iter_errors(value))
        except Unresolvable as error:
            raise PackageError(f"{where} refers to {error.ref}, which it does not hold") from None
        return found.message if found else ""

    return first_fault
