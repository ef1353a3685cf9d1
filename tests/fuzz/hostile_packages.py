"""Hostile packages: sound or broken ones, with their descriptors and bytes changed at random places."""

import copy
import json
from pathlib import Path
from typing import Any

from hard_cells import FIELDS, NASTY, texts
from hypothesis import strategies as st
from package_of import schema

from ukraine_minerals import schema as schemas

PACKAGES = Path(__file__).parents[1] / "packages"
# A package: the descriptor, schemas and dialects within it, and the bytes of each file by its path.
Case = tuple[Any, dict[str, bytes]]

_DEEP: Any = []
for _ in range(150):
    _DEEP = [_DEEP]
DICTIONARY = json.loads(Path(__file__).with_name("dictionary.json").read_text(encoding="utf-8"))
_VALUES: list[Any] = [*DICTIONARY["values"], *schemas.FORMATS, _DEEP, "a" * 5000, "(" * 200, ["x"] * 300]
_MARKS = (
    '" "" , ; \\ # \' =1+1 NA \xef\xbb\xbf \xff \xff\xfe \xc3\xa9 \xe2\x80\xae \xed\xa0\x80 %0A::error::x'
)
_PIECES = [
    mark.encode("latin-1") for mark in [*_MARKS.split(" "), "1e999999999", *"\t\n\r\0 ", "\r\n", "\n\n"]
]
_PIECES += [
    piece * times for piece, times in ((b'"', 999), (b",", 5000), (b"9", 5000), (b"a", 200_000), (b"[", 3000))
]
_GEOMETRY = '{"type":"GeometryCollection","geometries":['
_LONG = [_GEOMETRY * depth + "]}" * depth for depth in (90, 240, 480)]
_LONG += ["a" * 40 + "!", "9" * 20_000 + "x", "1" + "a" * 20_000 + "1", "a" * 20_000, "[" * 400 + "]" * 400]
_LONG += ['{"a":' * 300 + "1" + "}" * 300, "[1e999]", '["' + "a" * 40 + '!"]', '{"lon":1e400,"lat":1}']
_DIALECTS: list[dict[str, Any]] = [{}, {"delimiter": ";"}, {"quoteChar": "'"}, {"header": False}]
_DIALECTS += [{"headerRows": [2]}, {"commentChar": "1"}, {"commentRows": [1, 3]}, {"skipInitialSpace": True}]
_DIALECTS += [
    {"escapeChar": "\\", "doubleQuote": False},
    {"delimiter": "1"},
    {"delimiter": "é", "quoteChar": "\0"},
]


def _corpus() -> list[Case]:
    """Give the tiny packages of all problem codes, their schemas taken in."""
    found = []
    for folder in sorted(path.parent for path in PACKAGES.glob("*/datapackage.json")):
        descriptor = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
        files = {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*.csv")}
        for resource in descriptor["resources"]:
            for key in ("schema", "dialect"):
                if isinstance(resource.get(key), str):
                    text = (folder / resource[key]).read_text(encoding="utf-8")
                    resource[key] = json.loads(text)
        found.append((descriptor, files))
    return found


CORPUS = _corpus()


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Give a package of the corpus, or one of fields and cells that are hard to read, with some changes."""
    descriptor, files = draw(st.one_of(st.sampled_from(CORPUS), _hard_tables()))
    descriptor, files = copy.deepcopy(descriptor), dict(files)
    for _ in range(draw(st.integers(0, 4))):
        _change(draw, descriptor)
    for path in draw(st.lists(st.sampled_from(sorted(files)), max_size=3)) if files else ():
        files[path] = _cut_and_put(draw, files[path])
    return descriptor, files


@st.composite
def _hard_tables(draw: st.DrawFn) -> Case:
    """Give a table whose schema and dialect are sound, and whose cells are hard to read."""
    chosen = draw(st.lists(st.sampled_from(FIELDS), min_size=1, max_size=5))
    fields = [_constrained(draw, {**field, "name": f"f{number}"}) for number, field in enumerate(chosen)]
    cell = st.one_of(texts(), st.sampled_from([*NASTY, *_LONG]))
    rows = draw(st.lists(st.lists(cell, min_size=len(fields), max_size=len(fields)), max_size=6))
    keys: dict[str, Any] = {"fieldsMatch": draw(st.sampled_from(["exact", "equal", "subset", "superset"]))}
    keys |= {"primaryKey": ["f0"], "uniqueKeys": [["f0"]]} if draw(st.booleans()) else {}
    if draw(st.booleans()):
        keys["foreignKeys"] = [{"fields": ["f0"], "reference": {"resource": "", "fields": ["f0"]}}]
    if draw(st.booleans()):
        keys["missingValues"] = draw(st.lists(cell, max_size=3))
    dialect = draw(st.sampled_from(_DIALECTS))
    mark, quote = dialect.get("delimiter", ","), dialect.get("quoteChar", '"')
    lines = [mark.join(field["name"] for field in fields)]
    lines += [mark.join(quote + text.replace(quote, quote * 2) + quote for text in row) for row in rows]
    resource = {"name": "t", "path": "t.csv", "dialect": dialect, "schema": schema(*fields, **keys)}
    data = "\n".join(lines).encode("utf-8", "surrogatepass")
    return {"name": "hard", "resources": [resource]}, {"t.csv": data}


def _constrained(draw: st.DrawFn, field: dict[str, Any]) -> dict[str, Any]:
    constraints: dict[str, Any] = draw(st.sampled_from([{}, {"required": True}, {"unique": True}]))
    if field["type"] == "string":
        constraints |= draw(
            st.sampled_from([{}, {"pattern": "(a+)+"}, {"pattern": ".*.*.*x"}, {"enum": ["a"]}])
        )
    if field["type"] in ("string", "array", "object", "list"):
        constraints |= draw(st.sampled_from([{}, {"minLength": 2}, {"maxLength": 2}]))
    if field["type"] in ("array", "object"):
        deep = {"additionalProperties": {"$ref": "#"}, "items": {"$ref": "#"}}
        constraints |= draw(
            st.sampled_from([{}, {"jsonSchema": deep}, {"jsonSchema": {"items": {"pattern": "(a+)+$"}}}])
        )
    return {**field, "constraints": {**field.get("constraints", {}), **constraints}}


def _change(draw: st.DrawFn, descriptor: Any) -> None:
    """Replace, add, double or take away one value somewhere in a JSON document, in place."""
    places = list(_places(descriptor))
    if not places:
        return
    holder, key = draw(st.sampled_from(places))
    value = copy.deepcopy(draw(st.sampled_from([*_VALUES, *(holder[key] for holder, key in places[:200])])))
    match draw(st.sampled_from(["replace", "replace", "add", "add", "delete", "double"])):
        case "add" if isinstance(holder[key], dict):
            holder[key][draw(st.sampled_from(DICTIONARY["keys"]))] = value
        case "delete":
            del holder[key]
        case "double" if isinstance(holder, list):
            holder.insert(key, copy.deepcopy(holder[key]))
        case _:
            holder[key] = value


def _places(value: Any, depth: int = 0) -> Any:
    keys = list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in keys:
        yield value, key
        if depth < 12:
            yield from _places(value[key], depth + 1)


def _cut_and_put(draw: st.DrawFn, data: bytes) -> bytes:
    start, length = draw(st.integers(0, len(data))), draw(st.sampled_from([0, 0, 1, 3, 50, 10**6]))
    piece = draw(st.one_of(st.sampled_from(_PIECES), st.binary(max_size=6), texts().map(_encoded)))
    data = data[:start] + piece + data[start + length :]
    if draw(st.integers(0, 20)) == 0:
        encoding = draw(st.sampled_from(["utf-16", "utf-16-le", "cp1251", "utf-32"]))
        data = data.decode("utf-8", "replace").encode(encoding, "replace")
    return data


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
