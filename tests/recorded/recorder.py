"""A pytest plugin: keep each package that frictionless's own tests validate, as a folder with CSV files.

Each call of `validate` becomes a folder in $RECORDED with `call.json`: the test, and why the call is out of
scope, if it is. What frictionless guesses beside the descriptor (dialect, encoding, an absent schema) is
written into the descriptor, since the standard has no guessing; inline data become a CSV file.
"""

import csv
import io
import json
import os
import re
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import frictionless

RECORDED = Path(os.environ["RECORDED"])
_state: dict[str, Any] = {"test": "", "depth": 0, "calls": 0}


PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
OWN = ("rows", "fields")  # properties of a resource's own statistics, which the standard has not
HEADER = ("header", "headerRows", "headerJoin", "commentRows", "commentChar")


class OutOfScopeError(Exception):
    """Why a call cannot be repeated."""


def pytest_configure() -> None:
    """Put ourselves before both kinds of `validate`, and nobody onto the network."""
    for kind in (frictionless.Resource, frictionless.Package):
        setattr(kind, "validate", _recording(kind.validate))  # noqa: B010  # a method of a class of theirs

    def refuse(*_: Any) -> None:
        raise OSError("no network in these tests")

    socket.socket.connect = refuse  # type: ignore[method-assign]


def pytest_runtest_setup(item: Any) -> None:
    """Note which test is next."""
    _state["test"] = item.nodeid.rpartition("frictionless/")[2]


def _recording(validate: Callable[..., Any]) -> Callable[..., Any]:
    def recorded(source: Any, *arguments: Any, **options: Any) -> Any:
        if _state["depth"]:
            return validate(source, *arguments, **options)
        _state["depth"] = 1
        resources = source.resources if isinstance(source, frictionless.Package) else [source]
        try:
            before = [_given(resource) for resource in resources]
            report = validate(source, *arguments, **options)
            _keep(source, resources, before, (arguments, options), report)
        finally:
            _state["depth"] = 0
        return report

    return recorded


def _given(resource: Any) -> dict[str, Any]:
    """Give the descriptor as it is before the run, with what frictionless may use up."""
    try:
        descriptor = resource.to_descriptor()
    except Exception as error:  # noqa: BLE001  # whatever it holds, it is no descriptor
        return {"unwritten": str(error)}
    if "data" in descriptor or resource.data is not None:
        data = resource.data
        descriptor["data"] = list(data) if isinstance(data, (list, tuple)) else None
    return dict(descriptor)


def _keep(source: Any, resources: list[Any], before: list[dict[str, Any]], given: Any, report: Any) -> None:
    _state["calls"] += 1
    folder = RECORDED / f"{_state['calls']:04}"
    folder.mkdir(parents=True)
    reason = ""
    try:
        _refuse_options(*given)
        written = [_written(*pair, folder, n) for n, pair in enumerate(zip(resources, before, strict=True))]
        _refuse_profile(source)
        package = {"$schema": PROFILE, "name": "recorded", "resources": written}
        text = json.dumps(package, ensure_ascii=False, indent=1)
        (folder / "datapackage.json").write_text(text, encoding="utf-8")
    except OutOfScopeError as error:
        reason = str(error)
    call = {"test": _state["test"], "kind": type(source).__name__, "out_of_scope": reason}
    call["faults"] = report.flatten(["type", "rowNumber", "fieldNumber"])
    (folder / "call.json").write_text(json.dumps(call), encoding="utf-8")


def _refuse_options(arguments: tuple[Any, ...], options: dict[str, Any]) -> None:
    checklist = arguments[0] if arguments else options.get("checklist")
    if checklist and (checklist.checks or checklist.pick_errors or checklist.skip_errors):
        raise OutOfScopeError("checklist: checks that no schema asks for, or errors left out")
    for option in ("name", "limit_rows", "on_row"):
        if options.get(option):
            raise OutOfScopeError(f"option {option}: only a part is validated")


def _refuse_profile(source: Any) -> None:
    profile = str(source.custom.get("$schema") or source.profile or PROFILE)
    if not re.search(r"^(tabular-|fiscal-)?data-(package|resource)$|datapackage.org/profiles", profile):
        raise OutOfScopeError("profile: another than the standard's")


def _written(resource: Any, before: dict[str, Any], folder: Path, number: int) -> dict[str, Any]:
    """Write a resource's bytes or data beside the descriptor; give what the descriptor says of it."""
    if "unwritten" in before:
        raise OutOfScopeError("descriptor cannot be written down")
    _refuse_profile(resource)
    if any(key in before for key in OWN):
        raise OutOfScopeError("rows or fields: counts that are no property of the standard")
    if not resource.dialect.header_case:
        raise OutOfScopeError("headerCase: no property of the standard")
    kept = {
        key: before[key] for key in before if key not in ("data", "path", "scheme", "format", "mediatype")
    }
    kept["name"] = before.get("name") or "recorded"
    file = f"{number}.csv"
    if "data" in before:
        (folder / file).write_text(_as_csv(before["data"]), encoding="utf-8", newline="")
        guessed = _guessed(resource, before)
        dialect = {key: guessed["dialect"][key] for key in HEADER if key in guessed["dialect"]}
        return {**kept, **guessed, "path": file, "dialect": dialect, "encoding": "utf-8"}
    path = before.get("path")
    if resource.remote or resource.multipart or not isinstance(path, str):
        raise OutOfScopeError("remote or multipart file")
    if resource.compression or before.get("innerpath"):
        raise OutOfScopeError("compressed file")
    if (resource.format or "csv") not in ("csv", "tsv"):
        raise OutOfScopeError(f"format {resource.format}")
    if not resource.normpath or not Path(resource.normpath).is_file():
        raise OutOfScopeError("file is absent")
    (folder / file).write_bytes(Path(resource.normpath).read_bytes())
    return {**kept, **_guessed(resource, before), "path": file, "format": resource.format or "csv"}


def _guessed(resource: Any, before: dict[str, Any]) -> dict[str, Any]:
    """Give what frictionless has found out by itself, and what it stands in for."""
    guessed: dict[str, Any] = {}
    if resource.detector != frictionless.Detector():
        raise OutOfScopeError("detector: frictionless is told what to guess")
    schema = before.get("schema")
    if isinstance(schema, str):
        schema = json.loads(Path(resource.basepath or "", schema).read_text(encoding="utf-8"))
    if schema:
        guessed["schema"] = schema
    elif resource.schema.fields:
        guessed["schema"] = resource.schema.to_descriptor()
    if resource.encoding:
        guessed["encoding"] = resource.encoding
    guessed["dialect"] = resource.dialect.to_descriptor()
    return guessed


def _as_csv(data: list[Any] | None) -> str:
    """Write inline data, arrays or objects, as CSV; null is an empty cell."""
    if not data:
        raise OutOfScopeError("inline data is no array of rows")
    if all(isinstance(row, dict) for row in data):
        rows = [list(data[0]), *([row.get(key) for key in data[0]] for row in data)]
    elif all(isinstance(row, (list, tuple)) for row in data):
        rows = [list(row) for row in data]
    else:
        raise OutOfScopeError("inline data is no array of rows")
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([_text(cell) for cell in row] for row in rows)
    return out.getvalue()


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return json.dumps(cell) if isinstance(cell, (dict, list)) else str(cell)
