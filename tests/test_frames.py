"""The researcher's door: frames of the exported tables, links, evidence, codebook."""

import csv
import datetime as dt
import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import small_package

import ukraine_minerals
from ukraine_minerals import descriptor, export, frames, read
from ukraine_minerals.errors import PackageError

ROOT = Path(__file__).parents[1]
DAY = "2025-03-01"


def rows_of(table: str) -> list[dict[str, str]]:
    """Read a table from the file that people edit, past everything under test."""
    with (ROOT / f"data/{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("small")
    export.run(read.tables(descriptor.load(small_package.write(folder)))[0], folder / "dist")
    return folder / "dist"


def test_load_gives_all_rows_with_the_dtypes_of_parquet(exported: Path) -> None:
    listed = ukraine_minerals.tables(package=exported)
    kept = [path.stem for path in in_order()]
    views = [path.stem for path in sorted((ROOT / "views").glob("*.json"))]
    assert list(listed["table"][: len(kept)]) == kept
    assert sorted(listed["table"][len(kept) :]) == views
    assert all(len(ukraine_minerals.load(view, package=exported)) for view in views)
    for name, rows in zip(kept, listed["rows"], strict=False):
        frame = ukraine_minerals.load(name, package=exported)
        assert len(frame) == rows == len(rows_of(name))
        plain = pd.read_parquet(exported / f"parquet/{name}.parquet")
        if rows:
            pd.testing.assert_frame_equal(frame, plain)
        schema = json.loads((ROOT / f"schemas/{name}.json").read_text("utf-8"))
        for field in schema["fields"]:
            if "categories" in field:  # also without rows
                assert list(frame[field["name"]].cat.categories) == [c["value"] for c in field["categories"]]


def in_order() -> list[Path]:
    package = json.loads((ROOT / "datapackage.json").read_text("utf-8"))
    return [Path(entry["path"]) for entry in package["resources"] if entry.get("type") == "table"]


def test_ordered_vocabularies_are_ordered_and_labels_replace_values(small: Path, exported: Path) -> None:
    places = ukraine_minerals.load("places", package=small)
    assert places["size"].dtype == pd.CategoricalDtype(
        pd.Index(["small", "large"], dtype="str"), ordered=True
    )
    labelled = ukraine_minerals.load("places", labels=True, package=small)
    assert list(labelled["kind"].dropna()) == ["Mine", "Port"]
    assert list(labelled["size"].dropna()) == ["small", "large"], "a word without a label stays"
    agreements = ukraine_minerals.load("agreements", labels=True, package=exported)
    assert "In force" in agreements["stage"].cat.categories
    assert ukraine_minerals.load("empty", package=small).dtypes["stage"].categories.tolist() == [
        "draft",
        "final",
    ]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda home: ukraine_minerals.load("event", package=home), '"event" is no table .* mean "events"'),
        (lambda home: ukraine_minerals.describe("claim", package=home), 'did you mean "claims"'),
        (lambda home: ukraine_minerals.links("xyz", package=home), "one is minerals, territories"),
        (lambda home: ukraine_minerals.evidence_of("sitess", "a", package=home), 'did you mean "sites"'),
        (
            lambda home: ukraine_minerals.evidence_of("events", "bessent-visit-kyiv", package=home),
            '"bessent-visit-kyiv" is no row of events — did you mean "bessent-visits-kyiv"',
        ),
        (lambda home: ukraine_minerals.load("minerals", as_of=DAY, package=home), "minerals has no dates"),
        (lambda home: ukraine_minerals.load("events", as_of="2025-02-30", package=home), "is not a day"),
        (lambda home: ukraine_minerals.load("events", as_of="", package=home), "is not a day"),
        (lambda home: ukraine_minerals.load("events", package=home / "parquet"), "holds no export"),
    ],
)
def test_what_cannot_be_given_is_said(exported: Path, call: Any, message: str) -> None:
    with pytest.raises(ukraine_minerals.PackageError, match=message):
        call(exported)


def test_without_tables_it_says_how_to_get_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frames, "_HERE", tmp_path / "scripts" / "ukraine_minerals")
    with pytest.raises(PackageError, match="run make"):
        frames.folder()
    for place in ("dist", "scripts/ukraine_minerals/dist"):  # the package's own come first
        (tmp_path / place / "parquet").mkdir(parents=True)
        (tmp_path / place / "datapackage.json").write_text("{}", "utf-8")
        assert frames.folder() == tmp_path / place


def test_a_broken_file_is_named(tmp_path: Path, exported: Path) -> None:
    (tmp_path / "parquet").mkdir()
    (tmp_path / "datapackage.json").write_bytes((exported / "datapackage.json").read_bytes())
    with pytest.raises(PackageError, match=r"events.parquet: cannot be read"):
        ukraine_minerals.load("events", package=tmp_path)
    (tmp_path / "parquet" / "events.parquet").write_bytes(b"PAR1")
    with pytest.raises(PackageError, match=r"events.parquet: cannot be read"):
        ukraine_minerals.load("events", package=tmp_path)


def test_links_follow_every_foreign_key(exported: Path) -> None:
    package = descriptor.load(ROOT / "datapackage.json")
    for resource in package.resources:
        joined = ukraine_minerals.links(resource.name, package=exported)
        own = ukraine_minerals.load(resource.name, package=exported)
        pd.testing.assert_frame_equal(joined[list(own.columns)], own)
        for key in resource.foreign_keys:
            target = rows_of(key.resource or resource.name)
            by_key = {row[key.reference_fields[0]]: row for row in target}
            names = [name for name in ("name", "title", "note") if target and name in target[0]]
            for name in names:
                wanted = [
                    by_key[row[key.fields[0]]][name] if row[key.fields[0]] else ""
                    for row in rows_of(resource.name)
                ]
                assert list(joined[f"{key.fields[0]}.{name}"].fillna("")) == wanted


def test_links_keep_dtypes_and_follow_keys_of_several_fields(small: Path) -> None:
    reports = ukraine_minerals.links("reports", package=small)
    assert list(reports["place_id/day.guide"].isna()) == [True, True]
    visits = ukraine_minerals.links("visits", package=small)
    places = ukraine_minerals.load("places", package=small)
    assert visits["place_id.workers"].dtype == "Int64"
    assert visits["place_id.size"].dtype == places["size"].dtype
    assert list(visits["place_id.name"]) == ['a "D"', 'a "D"', "two\nж"]


def test_evidence_is_the_row_s_own_and_what_it_inherits(exported: Path) -> None:
    evidence = rows_of("evidence")
    own = Counter(row["row_key"] for row in evidence if row["table_name"] == "agreements")
    for key in ("us-ukraine-minerals-deal", *list(own)[:20]):
        found = ukraine_minerals.evidence_of("agreements", key, package=exported)
        assert len(found) == own[key]
        assert set(found["row_key"]) <= {key}
    party = rows_of("agreement_parties")[0]
    found = ukraine_minerals.evidence_of(
        "agreement_parties", (party["agreement_id"], party["organisation_id"]), package=exported
    )
    key = f"{party['agreement_id']}/{party['organisation_id']}"
    wanted = [row for row in evidence if (row["table_name"], row["row_key"]) == ("agreement_parties", key)]
    wanted += [
        row
        for row in evidence
        if (row["table_name"], row["row_key"]) == ("agreements", party["agreement_id"])
    ]
    assert list(found["evidence_id"]) == [row["evidence_id"] for row in wanted]
    sources = {row["source_id"]: row for row in rows_of("sources")}
    assert list(found["source.title"]) == [sources[row["source_id"]]["title"] for row in wanted]
    assert list(found["stance"]) == [row["stance"] for row in wanted]
    assert list(found["paragraph"].astype("str").fillna("")) == [row["paragraph"] for row in wanted]
    pd.testing.assert_frame_equal(
        found, ukraine_minerals.evidence_of("agreement_parties", key, package=exported)
    )


def test_describe_has_a_row_for_each_column(exported: Path, small: Path) -> None:
    for path in in_order():
        book = ukraine_minerals.describe(path.stem, package=exported).set_index("name")
        frame = ukraine_minerals.load(path.stem, package=exported)
        assert list(book.index) == list(frame.columns)
        assert book[["title", "description"]].notna().all(axis=None)
        schema = json.loads((ROOT / f"schemas/{path.stem}.json").read_text("utf-8"))
        for field in schema["fields"]:
            row = book.loc[field["name"]].dropna().to_dict()
            assert row["example"] == field["example"]
            assert row.get("unit") == field.get("unit")
            assert row["required"] == bool(field.get("constraints", {}).get("required"))
            labels = {entry["value"]: entry["label"] for entry in field.get("categories", ())}
            words = field.get("constraints", {}).get("enum", ())
            assert row.get("allowed") == (labels or {word: word for word in words} or None)
            assert row.get("empty") == (field["missingValues"][0]["label"] if not row["required"] else None)
    described = ukraine_minerals.describe("places", package=small)
    places: dict[str, Any] = {row["name"]: row for row in described.to_dict("records")}
    workers, read_on = places["workers"], places["read_on"]
    assert (workers["unit"], workers["lowest"], workers["highest"]) == ("people", -1, 9007199254740993)
    assert (read_on["lowest"], read_on["highest"]) == (dt.date(1500, 1, 1), dt.date(9999, 12, 31))
    assert places["part_of"]["points_to"] == "places.place_id"
    assert places["part_of"]["frequent"] == {"a": 2}
    assert places["open"]["filled"] == pytest.approx(2 / 7)
    assert pd.isna(places["no_number"]["lowest"])


def test_nothing_is_imported_before_it_is_asked_for() -> None:
    code = "import sys, ukraine_minerals as u; dir(u); u.PackageError; print('pandas' in sys.modules); u.load"
    done = subprocess.run(
        [sys.executable, "-c", f"{code}; print('pandas' in sys.modules, 'pandera' in sys.modules)"],
        cwd=ROOT / "scripts",
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == ["False", "True", "False"]
    with pytest.raises(AttributeError, match="no attribute 'laod'"):
        _ = ukraine_minerals.laod
    assert set(ukraine_minerals.__all__) <= set(dir(ukraine_minerals))


@pytest.mark.parametrize(("name", "extra"), [("load", "load"), ("contract", "contract")])
def test_a_missing_library_is_named(name: str, extra: str) -> None:
    code = (
        "import sys; sys.modules['pandas'] = sys.modules['pandera'] = None; import ukraine_minerals as u\n"
        f"try: u.{name}\nexcept ModuleNotFoundError as error: print(error)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT / "scripts", capture_output=True, text=True, check=True
    )
    assert f"ukraine-minerals[{extra}]" in done.stdout
