"""JSON from a file, and values of a certain kind out of it, or a clear word where another kind stands."""

import json
from pathlib import Path
from typing import Any

from ukraine_minerals.errors import PackageError
from ukraine_minerals.model import Descriptor

_KINDS: dict[str, tuple[type, ...]] = {
    "an object": (dict,),
    "an array": (list,),
    "a string": (str,),
    "true or false": (bool,),
    "a whole number": (int,),
}


def read(path: Path) -> dict[str, Any]:
    """Read a JSON object from a file in UTF-8.

    Raises:
        PackageError: there is no such file, or it holds something else.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
        value: dict[str, Any] = of(json.loads(text, parse_constant=_not_json), "an object", str(path))
        if "\\u" in text:
            json.dumps(value, ensure_ascii=False).encode()  # half a surrogate pair is no text
    except IsADirectoryError:
        raise PackageError(f"{path}: is a folder; name the datapackage.json in it") from None
    except OSError as error:
        raise PackageError(f"{path}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise PackageError(f"{path}: is not UTF-8 (byte {error.start})") from None
    except RecursionError:
        raise PackageError(f"{path}: is nested too deeply") from None
    except ValueError as error:
        raise PackageError(f"{path}: is not JSON: {error}") from None
    return value


def _not_json(name: str) -> None:
    raise ValueError(f"{name} is not a JSON value")


def of(value: Any, kind: str, where: str) -> Any:  # noqa: ANN401  # what JSON holds
    """Give the value back if it is of that kind; true and false are no numbers.

    Raises:
        PackageError: it is of another.
    """
    if _is(value, kind):
        return value
    raise PackageError(f"{where} must be {kind}")


def _is(value: Any, kind: str) -> bool:  # noqa: ANN401
    return isinstance(value, _KINDS[kind]) and (kind == "true or false" or not isinstance(value, bool))


def get(descriptor: Descriptor, key: str, kind: str, where: str, default: Any = None) -> Any:  # noqa: ANN401
    """Give the value of a key, which must be of that kind; without a default the key must be there."""
    if key not in descriptor:
        if default is not None:
            return default
        raise PackageError(f"{where}: {key} is missing")
    value = descriptor[key]
    return value if _is(value, kind) else of(value, kind, f"{where}: {key}")


def take(descriptor: Descriptor, key: str, where: str) -> Any:  # noqa: ANN401
    """Give the value of a key that must be there."""
    if key not in descriptor:
        raise PackageError(f"{where}: {key} is missing")
    return descriptor[key]


def strings(value: Any, where: str) -> tuple[str, ...]:  # noqa: ANN401
    """Read an array of strings, or one string for it as Table Schema 1.0 has it."""
    items = [value] if isinstance(value, str) else of(value, "an array", where)
    return tuple(of(item, "a string", f"{where}[{n}]") for n, item in enumerate(items))
