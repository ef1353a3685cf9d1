"""There is one form of CSV and JSON: tidy reaches it, keeps every value, and writes all files or none."""

import csv
import io
import json
import stat
from pathlib import Path
from typing import Any

import package_of
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from ukraine_minerals import canon, cli, descriptor, read
from ukraine_minerals.errors import PackageError

RULE = {"prefix": "mp", "fields": ["mineral_id", "territory_id", "asserted_by"]}
GENERATED = package_of.schema(
    "mineral_presence_id", *RULE["fields"], primaryKey=["mineral_presence_id"], generatedKey=RULE
)
IRON = "iron-ore,ukraine,uk-ministry-of-defence"


def tidied(folder: Path, text: str | bytes, schema: dict[str, Any], **resource: Any) -> str:
    path = package_of.write(folder, {"schema": schema, "text": text, **resource})
    tables, problems = read.tables(descriptor.load(path))
    assert not problems
    return canon.csv_text(tables.by_name["t"])


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("a,b\n2,x\n1,y\n", "a,b\n1,y\n2,x\n"),
        ("b,a\nx,2\ny,1\n", "a,b\n1,y\n2,x\n"),
        ("\ufeffa,b\r\n1,x\r\n", "a,b\n1,x\n"),
        ('"a","b"\n"1","x,y"', 'a,b\n1,"x,y"\n'),
        ("a,b\n 1 ,\tx\u00a0\n", "a,b\n1,x\n"),
        ("a,b\n1,и\u0306\n", "a,b\n1,й\n"),
        ('a,b\n1,"x\r\ny"\n', 'a,b\n1,"x\ny"\n'),
        ("a,b,c\n1,x,z\n", "a,b,c\n1,x,z\n"),
        ("a,b\nZ,1\na,1\nю,1\n10,1\n9,1\n", "a,b\n10,1\n9,1\nZ,1\na,1\nю,1\n"),
    ],
)
def test_csv(tmp_path: Path, text: str, form: str) -> None:
    schema = package_of.schema("a", "b", primaryKey=["a"])
    assert tidied(tmp_path, text, schema) == form
    assert tidied(tmp_path, form, schema) == form


def test_rows_keep_their_order_without_a_key(tmp_path: Path) -> None:
    assert tidied(tmp_path, "a,b\n2,x\n1,y\n", package_of.schema("a", "b")) == "a,b\n2,x\n1,y\n"


def test_the_declared_delimiter_stays(tmp_path: Path) -> None:
    text = tidied(tmp_path, "b;a\n1;2,3\n", package_of.schema("a", "b"), dialect={"delimiter": ";"})
    assert text == "a;b\n2,3;1\n"


@pytest.mark.parametrize(
    ("text", "resource", "word"),
    [
        ("a,b\n1\n", {}, "too few"),
        ("a,b\n1,2\n\n", {}, "line 3"),
        ("a,a\n1,2\n", {}, "one name"),
        ("a,b\n1,2\n".encode("utf-16"), {"encoding": "utf-16"}, "UTF-8"),
        ("#\na,b\n1,2\n", {"dialect": {"commentChar": "#"}}, "comments"),
        ("a,b\n1,2\n", {"dialect": {"escapeChar": "\\"}}, "quotation marks"),
        ("a,b\n1,2\n", {"dialect": {"quoteChar": ""}}, "quotation marks"),
        ("\n1,2\n", {}, "header is empty"),
        ("a,b\n1,2\n", {"schema": {**GENERATED, "fieldsMatch": "partial"}}, "no column mineral_presence_id"),
    ],
)
def test_what_cannot_be_written_back(tmp_path: Path, text: Any, resource: dict[str, Any], word: str) -> None:
    with pytest.raises(ValueError, match=word):
        tidied(tmp_path, text, **{"schema": package_of.schema("a", "b"), **resource})


def test_key_that_nobody_invents(tmp_path: Path) -> None:
    text = tidied(tmp_path, f"mineral_presence_id,{','.join(RULE['fields'])}\n,{IRON}\n", GENERATED)
    assert f"mp-67de5774,{IRON}\n" in text


def test_keys_that_stand_are_kept_and_not_made_twice(tmp_path: Path) -> None:
    header = f"mineral_presence_id,{','.join(RULE['fields'])}\n"
    text = tidied(tmp_path, header + f",{IRON}\nmp-67de5774,gold,ukraine,\n, {IRON}\nkept,x,y,z\n", GENERATED)
    keys = [row[0] for row in csv.reader(io.StringIO(text))][1:]
    assert len(set(keys)) == 4
    assert {"kept", "mp-67de5774"} < set(keys)
    assert all(key == "kept" or len(key) == 11 for key in keys)
    assert tidied(tmp_path, text, GENERATED) == text


CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=8)


@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=6))
def test_values_stay(tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]]) -> None:
    folder = tmp_path_factory.mktemp("values")
    out = io.StringIO()
    csv.writer(out).writerows([("a", "b"), *rows])
    text = tidied(folder, out.getvalue(), package_of.schema("a", "b", primaryKey=["a", "b"]))
    read_back = list(csv.reader(io.StringIO(text, newline="")))[1:]
    assert read_back == sorted([canon.tidy_cell(a), canon.tidy_cell(b)] for a, b in rows)
    assert tidied(folder, text, package_of.schema("a", "b", primaryKey=["a", "b"])) == text


PLAIN = ["", "a", "b", "Z", "a b", " a", "b\u00a0", "\t", "\n", "й", "и\u0306", 'a"b']
QUOTED = ['"a"', '""', '"a"b', '"a,b"', '"a;b"', '"a\nb"', '" a,b"', '"a""b"', '"""a,"', '"a\rb"']
CELL = st.sampled_from(PLAIN + QUOTED)


@example(("a", "b"), [("a", "b")], "", {}, ["a"])
@given(
    st.sampled_from([("a", "b"), (" a", "b"), ("b", "a")]),
    st.lists(st.tuples(CELL, CELL), max_size=4).flatmap(lambda rows: st.sampled_from([rows, sorted(rows)])),
    st.sampled_from(["\n", ""]),
    st.sampled_from([{}, {"delimiter": ";"}, {"skipInitialSpace": True}]),
    st.sampled_from([["a"], ["a", "b"], []]),
)
def test_what_is_tidy_at_a_glance_is_tidy(
    tmp_path_factory: pytest.TempPathFactory,
    header: tuple[str, str],
    rows: list[tuple[str, str]],
    end: str,
    dialect: dict[str, Any],
    key: list[str],
) -> None:
    text = "\n".join(dialect.get("delimiter", ",").join(line) for line in (header, *rows)) + end
    schema = package_of.schema("a", "b", primaryKey=key)
    path = package_of.write(
        tmp_path_factory.mktemp("glance"), {"schema": schema, "text": text, "dialect": dialect}
    )
    table = read.tables(descriptor.load(path))[0].by_name.get("t")
    assume(table is not None and not table.ragged)
    assert table is not None
    at_a_glance = canon.csv_text(table)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(canon, "_stands", lambda _: False)
        assert at_a_glance == canon.csv_text(table)


def test_own_tables_are_tidy_at_a_glance(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(canon, "_written", lambda *_: pytest.fail("a table was written anew"))
    tables, _ = read.tables(descriptor.load(Path(__file__).parents[1] / "datapackage.json"))
    assert all(canon.csv_text(table) == table.text for table in tables.by_name.values())


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | CELLS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(CELLS, inner, max_size=3),
    max_leaves=12,
)


@given(JSON)
def test_json_is_what_the_standard_library_prints(value: Any) -> None:
    text = json.dumps(value, ensure_ascii=False, indent=2) + "\n"
    assert canon.json_text(text) == text
    assert canon.json_text(json.dumps(value)) == text


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ('{"a": 1, "a": 2}', "twice"),
        ("[0.12345678901234567890]", "number"),
        ("[1e400]", "number"),
        ("[NaN]", "number"),
        ("[", "Expecting"),
        ("[" * 100_000, "deeply"),
    ],
)
def test_json_that_would_change(text: str, word: str) -> None:
    with pytest.raises(ValueError, match=word):
        canon.json_text(text)


def package(folder: Path) -> Path:
    good = {
        "name": "good",
        "schema": package_of.schema("a", "b", primaryKey=["a"]),
        "text": "a,b\r\n2,x\r\n1,y\r\n",
    }
    path = package_of.write(
        folder, good, {"name": "ragged", "schema": package_of.schema("a", "b"), "text": "a,b\n1\n"}
    )
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8"))), encoding="utf-8")
    return path


def test_verb(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = package(tmp_path)
    (tmp_path / "good.csv").chmod(0o640)
    assert cli.main(["tidy", str(path)]) == 1
    shown = capsys.readouterr().out.splitlines()
    assert shown == [
        f"{tmp_path}/good.csv: tidied",
        f"{tmp_path}/datapackage.json: tidied",
        f"{tmp_path}/ragged.csv: left as it is: line 2 has too few or too many cells",
        "2 of 3 files tidied",
    ]
    assert (tmp_path / "good.csv").read_bytes() == b"a,b\n1,y\n2,x\n"
    assert stat.S_IMODE((tmp_path / "good.csv").stat().st_mode) == 0o640
    assert (tmp_path / "ragged.csv").read_bytes() == b"a,b\n1\n"
    assert sorted(item.name for item in tmp_path.iterdir()) == ["datapackage.json", "good.csv", "ragged.csv"]
    assert cli.main(["tidy", str(path)]) == 1
    assert capsys.readouterr().out.splitlines()[-1] == "0 of 3 files tidied"


def test_file_that_cannot_be_read_is_left(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = package_of.write(tmp_path, {"schema": package_of.schema("a"), "text": b"a\n\xe9\n"})
    assert cli.main(["tidy", str(path)]) == 1
    assert "t.csv: left as it is: is not utf-8" in capsys.readouterr().out


def test_all_or_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the second of two files cannot be written, the first stands as before."""
    paths = [tmp_path / "a", tmp_path / "b"]
    for path in paths:
        path.write_text("old", encoding="utf-8")
    write_bytes = Path.write_bytes

    def fail(path: Path, data: bytes) -> int:
        if path.name == "b.part":
            write_bytes(path, data[:1])
            raise OSError(28, "No space left on device", str(path))
        return write_bytes(path, data)

    monkeypatch.setattr(Path, "write_bytes", fail)
    with pytest.raises(PackageError, match="No space left on device; nothing was changed"):
        canon.write(dict.fromkeys(paths, "new"))
    assert {item.name: item.read_text("utf-8") for item in tmp_path.iterdir()} == {"a": "old", "b": "old"}


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").write_text("old", encoding="utf-8")
    (tmp_path / "link").symlink_to("real")
    canon.write({tmp_path / "link": "new"})
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_text("utf-8") == "new"
