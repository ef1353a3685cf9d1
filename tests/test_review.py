"""Review tells what changed between two versions, row by row, and refuses what would break users."""

from pathlib import Path
from typing import Any

import package_of
import pytest
from reviewed_package import HEADER, ROWS, SITES, codes, compared, package, told

from ukraine_minerals import review
from ukraine_minerals.review import refusals, version


def test_the_same_is_no_change(tmp_path: Path) -> None:
    found = compared(tmp_path)
    assert (found.rows, found.schemas, found.supports, found.problems) == ((), (), (), ())
    assert found.demanded == "patch"


def test_cells_old_and_new_on_the_physical_line(tmp_path: Path) -> None:
    rows = 'balka,Balka lithium deposit,mine,east,"two\nlines"\nkerch,Kerch bridge port,port,south,new\n'
    [balka, kerch] = compared(tmp_path, rows=rows).rows
    assert [(c.field, c.old, c.new) for c in kerch.cells] == [("note", "old", "new")]
    assert (balka.line, kerch.line) == (2, 4)
    assert kerch.reason == "new"


def test_a_vanished_key_needs_a_redirect(tmp_path: Path) -> None:
    rows = "balka,Balka lithium deposit,mine,east,\nkerch-port,Kerch bridge port,port,south,old\n"
    found = compared(tmp_path, rows=rows)
    assert told(found) == [("removed", "kerch", "kerch"), ("added", "kerch-port", "kerch-port")]
    [problem] = found.problems
    assert problem.code == "key-vanished"
    assert problem.hint == 'if it is "kerch-port" now, add to redirects: sites,kerch,kerch-port,why,version'
    assert not problem.path.endswith("base/sites.csv")
    found = compared(tmp_path, rows=rows, redirects="sites,kerch,kerch-port,Wrong name.,1.3.0\n")
    assert ("renamed", "kerch", "kerch-port") in told(found)
    assert not found.problems


def test_a_row_that_is_merged_or_withdrawn(tmp_path: Path) -> None:
    rows = "balka,Balka lithium deposit,mine,east,\n"
    merged = compared(tmp_path, rows=rows, redirects="sites,kerch,balka,The same.,1.3.0\n")
    assert told(merged)[0] == ("merged", "balka", "kerch")
    assert not merged.problems
    assert merged.demanded == "minor"
    withdrawn = compared(tmp_path, rows=rows, redirects="sites,kerch,,Not so.,1.3.0\n")
    assert (told(withdrawn)[0][0], withdrawn.rows[0].reason, withdrawn.demanded) == (
        "removed",
        "Not so.",
        "major",
    )
    assert not withdrawn.problems


def test_a_redirect_stays(tmp_path: Path) -> None:
    found = compared(tmp_path, old={"redirects": "sites,a,balka,Why.,1.0.0\n"})
    assert codes(found) == ["key-vanished"]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("kerch,Shebelynka gas field,mine,north,new\n", ["key-reused"]),
        ("kerch,Kerch Strait bridge,port,south,\n", []),
        ("kerch,Порт Крим,port,south,\n", []),
        ("kerch,Kerch bridge port,mine,north,new\n", []),
    ],
)
def test_a_key_that_means_another_thing(tmp_path: Path, row: str, expected: list[str]) -> None:
    assert codes(compared(tmp_path, rows=ROWS.partition("kerch")[0] + row)) == expected


def test_a_retired_key_that_is_back(tmp_path: Path) -> None:
    retired = "sites,olden,balka,Why.,1.0.0\n"
    found = compared(
        tmp_path,
        old={"redirects": retired},
        rows=f"{ROWS}olden,Olden mine,mine,east,\n",
        redirects=retired,
    )
    assert codes(found) == ["key-reused"]


def changed_schema(**changed: Any) -> dict[str, Any]:
    fields = [dict(field) for field in SITES["fields"]]
    for number, change in changed.items():
        fields[int(number[1:])].update(change)
    return {**SITES, "fields": fields}


@pytest.mark.parametrize(
    ("changed", "header", "code", "hint"),
    [
        ({"_4": {"name": "remark"}}, HEADER.replace("note", "remark"), "column-dropped", '"remark"'),
        ({"_2": {"constraints": {"enum": ["mine", "port", "well"]}}}, HEADER, "", ""),
        ({"_2": {"constraints": {"enum": ["mine", "harbour"]}}}, HEADER, "value-dropped", "allow it again"),
        ({"_4": {"type": "any"}}, HEADER, "type-changed", "leave it"),
        ({"_4": {"title": "Remark"}}, HEADER, "", ""),
    ],
)
def test_schemas(tmp_path: Path, changed: dict[str, Any], header: str, code: str, hint: str) -> None:
    found = compared(tmp_path, schema=changed_schema(**changed), header=header)
    assert codes(found) == ([code] if code else [])
    assert found.schemas
    assert not code or (found.demanded == "major" and hint in found.problems[0].hint)


def test_a_dropped_table_and_another_key(tmp_path: Path) -> None:
    base = package(tmp_path / "base")
    (tmp_path / "head").mkdir()
    schema = {**SITES, "primaryKey": ["name"]}
    head = package_of.write(tmp_path / "head", {"name": "sites", "schema": schema, "text": HEADER + ROWS})
    found = review.run(str(base.parent), "", head)
    assert {"table-dropped", "type-changed"} <= set(codes(found))
    assert [count.after for count in found.counts] == [2, None, None]


def test_evidence_lost_and_gained(tmp_path: Path) -> None:
    found = compared(
        tmp_path,
        old={"evidence": "ev-1,sites,balka\nev-2,sites,kerch\n"},
        rows=ROWS.replace("kerch,", "port,"),
        redirects="sites,kerch,port,Why.,1.3.0\n",
        evidence="ev-2,sites,port\nev-3,sites,port\n",
    )
    assert [(s.key, s.before, s.after) for s in found.supports] == [("balka", 1, 0), ("port", 1, 2)]
    text = review.write(found, "text")
    assert text.index("none is left") < text.index("Rows renamed") < text.index("1 -> 2 rows of evidence")


@pytest.mark.parametrize(
    ("old", "step", "needed"),
    [
        ("1.2.3", "patch", "1.2.4"),
        ("1.2.3", "minor", "1.3.0"),
        ("0.9.3", "major", "1.0.0"),
        ("today", "major", ""),
    ],
)
def test_the_version_that_is_called_for(old: str, step: str, needed: str) -> None:
    assert version.demanded(old, step) == needed


@pytest.mark.parametrize(
    ("number", "changelog", "expected"),
    [
        ("1.2.3", "", ["changelog-missing", "version-low"]),
        ("1.2.4", "## 1.2.4\n\n- More.\n", ["version-low"]),
        ("1.3.0", "## 1.3.0\n\n## 1.2.4\n- More.\n", ["changelog-missing"]),
        ("1.3.0", "# What\n\n## 1.3.0\n\n- More.\n", []),
        ("2.0.0", "## 2.0.0 (a great one)\n\n- More.\n", []),
        ("1.3", "## 1.3\n\n- More.\n", ["version-low"]),
    ],
)
def test_release_demands_version_and_changelog(
    tmp_path: Path, number: str, changelog: str, expected: list[str]
) -> None:
    (tmp_path / "head").mkdir()
    (tmp_path / "head" / "CHANGELOG.md").write_text(changelog, encoding="utf-8")
    rows = f"{ROWS}new,New mine,mine,east,\n"
    assert sorted(codes(compared(tmp_path, rows=rows, version=number, is_release=True))) == expected
    assert not codes(compared(tmp_path, rows=rows, version=number))


def test_a_major_version_may_drop_a_value_but_no_key(tmp_path: Path) -> None:
    (tmp_path / "head").mkdir()
    (tmp_path / "head" / "CHANGELOG.md").write_text("## 2.0.0\n\n- Less.\n", encoding="utf-8")
    schema = changed_schema(_2={"constraints": {"enum": ["mine"]}})
    rows = ROWS.partition("kerch")[0]
    found = compared(tmp_path, rows=rows, schema=schema, version="2.0.0", is_release=True)
    assert codes(found) == ["key-vanished"]


@pytest.mark.parametrize(("field", "step"), [("note", "patch"), ("name", "minor"), ("territory_id", "minor")])
def test_wording_is_a_patch(tmp_path: Path, field: str, step: str) -> None:
    old = {"note": ",old", "name": "Kerch bridge port", "territory_id": "south"}[field]
    assert compared(tmp_path, rows=ROWS.replace(old, f"{old} too")).demanded == step


def test_each_code_of_a_refusal_is_tested() -> None:
    text = Path(__file__).read_text(encoding="utf-8")
    assert all(f'"{code}"' in text for code in refusals.CODES)
