"""The constraint jsonSchema is judged by the library, and never fetches anything."""

import sys
from pathlib import Path
from typing import Any

import package_of
import pytest

from ukraine_minerals import cli

ITEM = {"type": "object", "required": ["lon"], "properties": {"lon": {"type": "number"}}}


def validate(
    folder: Path, rule: dict[str, Any], cell: str, capsys: pytest.CaptureFixture[str]
) -> tuple[int, str]:
    field = package_of.field("a", "object", constraints={"jsonSchema": rule})
    quoted = cell.replace('"', '""')
    text = f'a\n"{quoted}"\n'
    path = package_of.write(folder, {"schema": package_of.schema(field), "text": text})
    status = cli.main(["validate", str(path)])
    captured = capsys.readouterr()
    return status, captured.out + captured.err


@pytest.mark.parametrize(
    ("rule", "cell", "status", "words"),
    [
        (ITEM, '{"lon": 30.5}', 0, "sound"),
        (ITEM, '{"lat": 50.4}', 1, "constraint-error (jsonSchema)"),
        (ITEM, '{"lon": "x"}', 1, "breaks its JSON Schema: 'x' is not of type 'number'"),
        ({"type": "nothing"}, "{}", 2, "is not valid"),
        ({"$ref": "https://example.org/other.json"}, "{}", 2, "which it does not hold"),
    ],
)
def test_judgement(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    rule: dict[str, Any],
    cell: str,
    status: int,
    words: str,
) -> None:
    found, said = validate(tmp_path, rule, cell, capsys)
    assert found == status
    assert words in said


def test_without_the_library(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "jsonschema", None)
    status, said = validate(tmp_path, ITEM, "{}", capsys)
    assert status == 2
    assert "needs the library jsonschema" in said
