"""Every descriptor is either read or refused in one clear sentence, whatever stands in it."""

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import package_of
import pytest

from ukraine_minerals import cli, descriptor
from ukraine_minerals.errors import PackageError
from ukraine_minerals.model import ForeignKey, Package

AB = package_of.schema("a", "b")
# One descriptor that uses all there is, and values of all kinds to put in the place of each of its own.
FULL: dict[str, Any] = {
    "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
    "name": "full",
    "resources": [
        {
            "name": "t",
            "type": "table",
            "path": "t.csv",
            "format": "csv",
            "encoding": "utf-8",
            "bytes": 20,
            "hash": "md5:00",
            "dialect": {"csv": {"delimiter": ","}, "headerRows": [1], "commentChar": "#", "escapeChar": "\\"},
            "schema": {
                "fields": [
                    {
                        "name": "a",
                        "type": "string",
                        "format": "default",
                        "constraints": {
                            "pattern": "[a-z]+",
                            "minLength": 1,
                            "enum": ["a", "b"],
                            "unique": True,
                        },
                        "missingValues": [{"value": "", "label": "none"}],
                    },
                    {
                        "name": "b",
                        "type": "number",
                        "decimalChar": ".",
                        "groupChar": ",",
                        "bareNumber": True,
                        "constraints": {"minimum": 1, "exclusiveMaximum": "9", "enum": [1, "2"]},
                    },
                    {"name": "c", "type": "boolean", "trueValues": ["y"], "falseValues": ["n"]},
                    {"name": "d", "type": "list", "delimiter": ";", "itemType": "integer"},
                    {"name": "e", "type": "date", "format": "%Y", "constraints": {"maximum": "2020"}},
                    {"name": "f", "type": "integer", "categories": [{"value": 1, "label": "one"}]},
                ],
                "primaryKey": ["a"],
                "uniqueKeys": [["b", "c"]],
                "foreignKeys": [{"fields": ["a"], "reference": {"resource": "", "fields": ["a"]}}],
                "missingValues": ["", "-"],
                "fieldsMatch": "exact",
                "generatedKey": {"prefix": "x", "fields": ["b"]},
            },
        }
    ],
}
ODD: tuple[Any, ...] = (
    None,
    True,
    0,
    -1,
    2**70,
    1.5,
    "",
    "x",
    "\ud800",
    "(",
    "%q",
    "../x",
    "/x",
    "\0",
    [],
    [None],
    [["x"]],
    {},
    {"x": 1},
)


def load(folder: Path, *resources: dict[str, Any]) -> Package:
    return descriptor.load(package_of.write(folder, *resources))


def places(value: Any, place: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield place
    for key, item in (
        value.items() if isinstance(value, dict) else enumerate(value if isinstance(value, list) else ())
    ):
        yield from places(item, (*place, key))


@pytest.mark.parametrize("place", list(places(FULL)), ids=lambda place: ".".join(map(str, place)) or "all")
def test_odd_values(
    place: tuple[Any, ...],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("t.csv").write_text("a,b,c,d,e,f\na,1,y,1;2,2020,1\n,,,,,\nx,x,x,x,x,x\n", encoding="utf-8")
    for odd in ODD:
        whole = copy.deepcopy(FULL)
        at: Any = whole
        for key in place[:-1]:
            at = at[key]
        if place:
            at[place[-1]] = odd
        Path("datapackage.json").write_text(json.dumps(whole if place else odd), encoding="utf-8")
        status = cli.main(["validate"])
        shown = capsys.readouterr()
        assert status in (0, 1, 2)
        assert shown.err.count("\n") == (1 if status == 2 else 0)
        assert bool(shown.out) == (status != 2)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        (b"", "JSON"),
        (b"{", "JSON"),
        (b"[]", "object"),
        (b"[" * 100_000, "nested"),
        (b'{"resources": ' + b"[" * 1000 + b"]" * 1000 + b"}", "nested|resources"),
        (b'{"a": ' + b"9" * 5000 + b"}", "JSON"),
        (b'{"a": NaN}', "NaN"),
        (b'{"a": "\\ud800"}', "JSON"),
        (b'{"a": "\xe9"}', "UTF-8"),
        (b"{}", "resources"),
        (b'{"resources": []}', "resource"),
    ],
)
def test_no_descriptor(tmp_path: Path, text: bytes, word: str) -> None:
    path = tmp_path / "datapackage.json"
    path.write_bytes(text)
    with pytest.raises(PackageError, match=word):
        descriptor.load(path)


def test_missing_descriptor_and_folder(tmp_path: Path) -> None:
    with pytest.raises(PackageError, match="No such file"):
        descriptor.load(tmp_path / "datapackage.json")
    with pytest.raises(PackageError, match="is a folder"):
        descriptor.load(tmp_path)


@pytest.mark.parametrize(
    "path",
    [
        *(
            "/etc/passwd",
            "../t.csv",
            "a/../../t.csv",
            "..\\t.csv",
            "\\t.csv",
            "C:\\t.csv",
            "C:t.csv",
            "~/t.csv",
        ),
        "http://example.org/t.csv",
        "HTTPS://example.org/t.csv",
        "file:///t.csv",
        "s3://t/t.csv",
        "",
        "t\0.csv",
    ],
)
@pytest.mark.parametrize("key", ["path", "schema", "dialect"])
def test_path_stays_within_the_package(tmp_path: Path, key: str, path: str) -> None:
    with pytest.raises(PackageError, match=r"absolute|climbs|remote|no file"):
        load(tmp_path, {"schema": AB, "path": "t.csv", "format": "csv"} | {key: path})


def test_link_out_of_the_package(tmp_path: Path) -> None:
    (tmp_path / "package").mkdir()
    (tmp_path / "t.csv").write_text("a,b\n", encoding="utf-8")
    (tmp_path / "package" / "t.csv").symlink_to(tmp_path / "t.csv")
    with pytest.raises(PackageError, match="leads out"):
        load(tmp_path / "package", {"schema": AB})


@pytest.mark.parametrize(
    ("resource", "word"),
    [
        ({"data": []}, "inline data"),
        ({"path": ["a.csv", "b.csv"]}, "several files"),
        ({"path": "t.csv.gz", "format": "csv", "compression": "gz"}, "compression"),
        ({"path": "t.csv.gz", "type": None}, "compression .gz. is not supported"),
        ({"path": "t.xlsx", "type": None}, 'format "xlsx" is not supported'),
        ({"path": "t.xlsx"}, "xlsx"),
        ({"encoding": "base64"}, "base64"),
        ({"encoding": "klingon"}, "klingon"),
        ({"dialect": {"delimiter": "::"}}, "delimiter"),
        ({"dialect": {"headerRows": [1, "2"]}}, "headerRows"),
        ({"dialect": {"delimiter": '"'}}, "told apart"),
        ({"dialect": {"nullSequence": "NA"}}, "nullSequence"),
        ({"dialect": {"csv": {"header": "yes"}}}, "header"),
        ({"schema": package_of.schema("a", "a")}, "earlier field"),
        ({"schema": {"fields": []}}, "empty"),
        ({"schema": package_of.schema(package_of.field("a", "money"))}, "money"),
        ({"schema": package_of.schema(package_of.field("a", "string", format="wkt"))}, "wkt"),
        (
            {"schema": package_of.schema(package_of.field("a", "string", constraints={"jsonSchema": {}}))},
            "jsonSchema",
        ),
        (
            {"schema": package_of.schema(package_of.field("a", "integer", constraints={"pattern": "1"}))},
            "pattern",
        ),
        ({"schema": package_of.schema("a", primaryKey="z")}, "primaryKey"),
        ({"schema": package_of.schema("a", uniqueKeys=[["z"]])}, "uniqueKeys"),
        ({"schema": package_of.schema("a", fieldsMatch="some")}, "fieldsMatch"),
        (
            {"schema": package_of.schema("a", foreignKeys=[{"fields": "a", "reference": {"fields": "z"}}])},
            "z",
        ),
        (
            {"schema": package_of.schema("a", foreignKeys=[{"fields": [], "reference": {"fields": []}}])},
            "fields",
        ),
        ({"schema": package_of.schema("a", generatedKey={"prefix": "x", "fields": ["z"]})}, "generatedKey"),
    ],
)
def test_what_is_not_supported_is_named(tmp_path: Path, resource: dict[str, Any], word: str) -> None:
    with pytest.raises(PackageError, match=word):
        load(tmp_path, {"schema": AB, **resource})


@pytest.mark.parametrize("constraints", [{"pattern": "("}, {"pattern": r"\p{L}"}])
def test_pattern_that_python_does_not_know(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], constraints: dict[str, Any]
) -> None:
    schema = package_of.schema(package_of.field("a", "string", constraints=constraints))
    path = package_of.write(tmp_path, {"schema": schema, "text": "a\nx\n"})
    assert cli.main(["validate", str(path)]) == 2
    assert "pattern" in capsys.readouterr().err


def test_two_resources_of_one_name(tmp_path: Path) -> None:
    with pytest.raises(PackageError, match="earlier resource"):
        load(tmp_path, {"schema": AB}, {"schema": AB})


def test_version_1(tmp_path: Path) -> None:
    """Strings for arrays, an empty self-reference, the old names of types and profiles."""
    schema = package_of.schema(
        {"name": "a"},
        package_of.field("b", "date", format="fmt:%d.%m.%Y"),
        primaryKey="a",
        foreignKeys=[{"fields": "a", "reference": {"resource": "", "fields": "a"}}],
    )
    resource = {"type": None, "profile": "tabular-data-resource", "path": ["t.csv"], "schema": schema}
    (table,) = load(tmp_path, resource).resources
    assert table.primary_key == ("a",)
    assert table.foreign_keys == (ForeignKey(("a",), "", ("a",)),)
    assert [(field.type, field.format) for field in table.fields] == [
        ("string", "default"),
        ("date", "%d.%m.%Y"),
    ]


def test_schema_and_dialect_in_files(tmp_path: Path) -> None:
    (tmp_path / "schema.json").write_text(json.dumps(AB), encoding="utf-8")
    (tmp_path / "dialect.json").write_text('{"delimiter": ";"}', encoding="utf-8")
    (table,) = load(tmp_path, {"schema": "schema.json", "dialect": "dialect.json"}).resources
    assert [field.name for field in table.fields] == ["a", "b"]
    assert table.dialect["delimiter"] == ";"


def test_missing_values_of_field_replace_those_of_schema(tmp_path: Path) -> None:
    own = package_of.field("b", "string", missingValues=[{"value": "NA", "label": "not known"}])
    schema = package_of.schema("a", own, missingValues=["", "-"])
    (table,) = load(tmp_path, {"schema": schema}).resources
    assert [field.missing_values for field in table.fields] == [("", "-"), ("NA",)]


@pytest.mark.parametrize("match", ["subset", ["subset"]])
def test_fields_match_as_string_or_array(tmp_path: Path, match: Any) -> None:
    (table,) = load(tmp_path, {"schema": {**AB, "fieldsMatch": match}}).resources
    assert table.fields_match == "subset"
