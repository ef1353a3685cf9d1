"""A fault in a frame is found by the contract exactly where our engine finds it in the file."""

import csv
import datetime as dt
import io
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import damage
import deviations_of_cells
import deviations_of_tables
import frame_of
import package_of
import pandas as pd
import pandera.pandas as pa
import pytest

import ukraine_minerals
from ukraine_minerals import checks, contracts, descriptor, problem, read, rules
from ukraine_minerals.errors import PackageError
from ukraine_minerals.export import columns as export_columns
from ukraine_minerals.model import Tables
from ukraine_minerals.problem import Problem

ROOT = Path(__file__).parents[1]
FOLDERS = sorted(path for path in (ROOT / "tests" / "packages").iterdir() if path.is_dir())
# What a contract does not find, and why.
EXCEPTIONS = {
    "It lies in the bytes of a file; a frame has none.": (
        "byte-count encoding-error hash-count not-nfc not-tidy scheme-error source-error"
    ),
    "All rows of a frame are equally long: it cannot lack a cell, only a value.": "extra-cell missing-cell",
    "The columns of a frame always have labels.": "blank-header",
    "A rule of the subject, which the words of a Table Schema cannot say; validate does.": (
        "alias-delimiter alias-taken anchor-absent anchor-figure anchor-length anchor-scale anchor-words "
        "checked-idle circle coordinates-half coordinates-swapped copied-text currency-code date-order "
        "dispute-missing dispute-settled dispute-sides dispute-unfounded erratum-same evidence-checked "
        "evidence-field evidence-missing evidence-paragraph evidence-rejected evidence-row evidence-table "
        "evidence-unsupported exemption-idle figure-basis figure-unit formula-cell hidden-character "
        "in-force-early katottg-code language-code later-than-source list-length marking-date markup "
        "mixed-script mojibake name-script name-twice nobody nothing-word odd-blank old-name one-holder "
        "outside-territory part-sum percent-range place-code position-official position-tenure "
        "qualifier-alone quote-length range-order redirect-new redirect-old scientific-notation share-area "
        "shares-apart signatory-tenure stage-date stage-undated state-country status-note symbol-unknown "
        "text-digest text-paragraphs url-duplicate url-form url-https url-proxy url-tracking votes-seats"
    ),
}
EXCEPTED = {code for codes in EXCEPTIONS.values() for code in codes.split()}
# To a contract, what a spreadsheet has made of a date is just no date; elsewhere these are rules.
NO_DATES = ("lost-zeros", "serial-date")

# Our engine takes the columns of such a file by their place, as fieldsMatch says; a frame's go by their name.
BY_PLACE = ("column_added", "column_dropped", "label_doubled", "labels_swapped")

Fault = tuple[str, Any, str, str]  # table, row (from 0; None for a column), field, code


def judged(path: Path) -> tuple[Tables, list[Problem]]:
    """Read a package and find all that our engine finds."""
    tables, problems = read.tables(descriptor.load(path))
    problems += checks.run(tables)
    if tables.package.descriptor.get("rules") == "ukraine-minerals":
        problems += rules.run(tables)
        texts = path.parent / "texts"
        problems += rules.run_texts(tables, texts) if texts.is_dir() else []
    return tables, problems


def expected(tables: Tables, problems: list[Problem]) -> Counter[Fault]:
    """Say what our engine finds in the words of a frame, which knows its columns by name, not by place."""
    return Counter(fault for found in problems for fault in _expected(tables, found))


def _expected(tables: Tables, found: Problem) -> Iterator[Fault]:
    name = found.resource
    if found.code in ("incorrect-label", "blank-label", "duplicate-label"):
        if found.field not in tables.by_name[name].header:
            yield name, None, found.field, "missing-label"
        yield name, None, found.value, "duplicate-label" if found.code == "duplicate-label" else "extra-label"
    elif found.code.endswith(("-label", "-header")) and found.code not in EXCEPTED:
        yield name, None, found.field or found.value, found.code
    elif found.code in NO_DATES:
        fields = {field.name: field for field in tables.by_name[name].resource.fields}
        if fields[found.field].descriptor.get("edtf"):
            yield name, _row(tables, found), found.field, "edtf"
    elif found.code not in EXCEPTED:
        code = f"{found.code} ({found.constraint})" if found.code == "constraint-error" else found.code
        yield name, _row(tables, found), found.field, code


def _row(tables: Tables, found: Problem) -> int:
    assert found.row
    return tables.by_name[found.resource].rows.index(found.row)


def by_contract(tables: Tables) -> tuple[Counter[Fault], set[tuple[str, str]]]:
    """Give the faults that the contracts find, and the columns whose dtype is not theirs."""
    frames = {name: frame_of.of(table) for name, table in tables.by_name.items()}
    faults: Counter[Fault] = Counter()
    columns = set()
    for name, frame in frames.items():
        schema = contracts.compiled(tables.package, name, frames.get)
        for row, field, code, _ in contracts.found_in(frame, schema):
            if row is None and code == "type-error":
                columns.add((name, field))
            else:
                faults[name, row, field, code] += 1
    return faults, columns


def compare(path: Path) -> Counter[Fault]:
    """Hold the contracts of a package against our engine; give what both find."""
    tables, problems = judged(path)
    wanted = expected(tables, problems)
    found, columns = by_contract(tables)
    assert found == wanted
    kinds = {
        (name, field.name): export_columns.kind_of(field.descriptor)[0]
        for name, table in tables.by_name.items()
        for field in table.fields
    }
    unheld = {
        (name, field)
        for name, row, field, code in wanted
        if row is not None
        and kinds.get((name, field), "string") not in ("string", "list")  # which hold any text, any object
        and (kinds[name, field] == "category" or code == "type-error")
        and code in ("type-error", "constraint-error (enum)", "category-error")
    }
    assert columns == unheld, "a column is of another dtype exactly where it holds what its own cannot"
    return found


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_contract_and_engine_agree(folder: Path) -> None:
    found = compare(folder / "datapackage.json")
    assert bool(found) == (folder.name not in EXCEPTED), "an exception that is needed no more, or one missing"


@pytest.mark.parametrize("deviation", deviations_of_cells.CELLS, ids=lambda deviation: deviation.name)
def test_contract_and_engine_agree_on_cells(deviation: Any, tmp_path: Path) -> None:
    """The texts on which our engine differs from frictionless: here, too, the contract is on its side."""
    texts = sorted({*deviation.taken, *deviation.refused, *deviation.crashes})
    for number, field in enumerate(deviation.fields):
        (folder := tmp_path / str(number)).mkdir()
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows([["k", "f"], *enumerate(texts)])
        schema = package_of.schema("k", {"name": "f", **field})
        compare(package_of.write(folder, {"schema": schema, "text": text.getvalue()}))


@pytest.mark.parametrize("deviation", deviations_of_tables.TABLES, ids=lambda deviation: deviation.name)
def test_contract_and_engine_agree_on_tables(deviation: Any, tmp_path: Path) -> None:
    compare(package_of.write(tmp_path, *deviation.resources))


@pytest.mark.parametrize("seed", range(len(damage.KINDS)), ids=[kind.__name__ for kind in damage.KINDS])
def test_contract_and_engine_agree_on_damaged_data(seed: int, tmp_path: Path) -> None:
    assert_agreement_on_damage(seed, tmp_path)


@pytest.mark.audit
def test_contract_and_engine_agree_on_all_damaged_copies(tmp_path: Path) -> None:
    for seed in range(len(damage.KINDS), 100):
        (folder := tmp_path / str(seed)).mkdir()
        assert_agreement_on_damage(seed, folder)


def assert_agreement_on_damage(seed: int, folder: Path) -> None:
    kind, name, path = damage.damaged(ROOT / "datapackage.json", folder, seed)
    if kind not in BY_PLACE:
        compare(path)
        return
    tables = judged(path)[0]
    labels = tables.by_name[name].header
    fields = {field.name for field in tables.by_name[name].resource.fields}
    wanted = {(field, "missing-label") for field in fields.difference(labels)}
    wanted |= {(label, "extra-label") for label in set(labels) - fields}
    wanted |= {(label, "duplicate-label") for label in labels if labels.count(label) > 1}
    found = {
        fault[2:] for fault in by_contract(tables)[0] if fault[0] == name and fault[3].endswith("-label")
    }
    assert found == wanted


def test_each_code_is_found_or_excepted() -> None:
    assert set(problem.CODES) >= EXCEPTED
    assert sum(len(codes.split()) for codes in EXCEPTIONS.values()) == len(EXCEPTED)


def all_frames(package: Path | None) -> dict[str, pd.DataFrame]:
    names = ukraine_minerals.tables(package=package)["table"]
    return {name: ukraine_minerals.load(name, package=package) for name in names}


def test_our_exports_keep_their_contracts(exported: Path) -> None:
    assert ukraine_minerals.faults(all_frames(exported), package=exported).empty


@pytest.mark.audit
def test_the_exports_that_make_wrote_keep_their_contracts() -> None:
    frames = all_frames(ROOT / "dist")
    assert ukraine_minerals.faults(frames, package=ROOT / "dist").empty
    for name, frame in frames.items():
        schema = ukraine_minerals.contract(name, others=frames, package=ROOT / "dist")
        assert schema.validate(frame, lazy=True).equals(frame)


def test_faults_in_a_loaded_frame_are_listed(exported: Path) -> None:
    events = ukraine_minerals.load("events", package=exported)
    events.loc[2, "territory_id"] = "kyrovohrad-oblast"
    events.loc[4, "event_id"] = str(events.loc[3, "event_id"])
    events.loc[5, "title"] = None
    events.loc[6, "event_date"] = "2025-02-30"
    events["event_date_latest"] = pd.to_datetime(events["event_date_latest"])
    found = ukraine_minerals.faults({"events": events}, package=exported)
    assert list(
        found[found["row"].notna()][["table", "row", "field", "code", "value"]].itertuples(index=False)
    ) == [
        ("events", 6, "event_date", "edtf", "2025-02-30"),
        ("events", 5, "title", "constraint-error (required)", "nan"),
        ("events", 4, "event_id", "primary-key", events.loc[3, "event_id"]),
        ("events", 2, "territory_id", "foreign-key", "kyrovohrad-oblast"),
    ]
    assert list(found[found["row"].isna()]["field"]) == ["event_date_latest"]
    with pytest.raises(pa.errors.SchemaErrors, match="kyrovohrad-oblast"):
        ukraine_minerals.contract("events", package=exported).validate(events, lazy=True)


def test_links_look_into_the_frames_given_first(exported: Path) -> None:
    events = ukraine_minerals.load("events", package=exported)
    territories = ukraine_minerals.load("territories", package=exported)
    territories = territories[territories["territory_id"] != "ukraine"]
    schema = ukraine_minerals.contract("events", others={"territories": territories}, package=exported)
    found = contracts.found_in(events, schema)
    assert {fault[1:3] for fault in found} == {("territory_id", "foreign-key")}
    assert [row for row, *_ in found] == list(events.index[events["territory_id"] == "ukraine"])
    whole = ukraine_minerals.faults({"events": events, "territories": territories}, package=exported)
    assert {"events", "territories"} <= set(whole["table"]), "the table itself points to the row too"


def test_dates_lists_and_vocabularies_are_of_their_types(exported: Path) -> None:
    schema = ukraine_minerals.contract("sources", package=exported)
    sources = ukraine_minerals.load("sources", package=exported)
    assert {name: column.dtype.type for name, column in schema.columns.items()} == dict(sources.dtypes)
    accessed = sources["accessed"].astype(object)
    for wrong in ("2025-02-14", dt.datetime(2025, 2, 14, tzinfo=dt.UTC), 20250214):
        accessed[3] = wrong
        found = contracts.found_in(sources.assign(accessed=accessed), schema)
        assert [(row, field) for row, field, code, _ in found if code == "type-error"] == [
            (None, "accessed"),
            (3, "accessed"),
        ], wrong


def test_rows_keep_the_labels_of_the_index(exported: Path) -> None:
    minerals = ukraine_minerals.load("minerals", package=exported).set_index("mineral_id", drop=False)
    minerals.loc["coal", "name"] = str(minerals.loc["graphite", "name"])
    schema = ukraine_minerals.contract("minerals", package=exported)
    assert {fault[0] for fault in contracts.found_in(minerals, schema)} <= {"coal", "graphite"}


def test_an_unknown_table_has_no_contract(exported: Path) -> None:
    with pytest.raises(PackageError, match='did you mean "events"'):
        ukraine_minerals.contract("event", package=exported)
