"""The quality figures are those of the readings, and the facts that were read twice stay as they came out."""

from pathlib import Path

import pytest

from ukraine_minerals import cli, descriptor, quality, read
from ukraine_minerals.model import Tables

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def tables() -> Tables:
    return read.tables(descriptor.load(ROOT / "datapackage.json"))[0]


def cell(first: str, second: str, **others: str) -> quality.Reading:
    given = {"table_name": "events", "row_key": "bessent-fox-interview-may", "field_name": "stage"} | others
    verdict = "agreed" if first == second else "first"
    return {"verdict": verdict, "first": first, "second": second, "resolved": first, "cause": ""} | given


def test_the_sample_is_the_same_for_everybody_and_grows_with_the_share(tables: Tables) -> None:
    small, large = (quality.sample(tables, "a seed", share) for share in (0.1, 0.3))
    assert small == quality.sample(tables, "a seed", 0.1)
    assert small != quality.sample(tables, "another seed", 0.1)
    for name, keys in large.items():
        assert set(small[name]) < set(keys)
        assert 0.3 <= len(keys) / len(tables.by_name[name].lines) < 0.3 + 1 / len(keys)
    assert "events" in large
    assert not quality.NOT_DRAWN & set(large)


def test_alpha_is_that_of_the_handbook() -> None:
    """Krippendorff, Computing Krippendorff's Alpha-Reliability (2011): two observers, nominal."""
    observers = ("aabbdcccedda", "babbbccceddd")
    cells = [cell(first, second) for first, second in zip(*observers, strict=True)]
    assert quality.alpha(cells) == pytest.approx(0.692, abs=0.001)


def test_a_field_without_variety_says_nothing_of_chance() -> None:
    assert quality.alpha([cell("held", "held")] * 3) is None


def test_a_changed_fact_is_told(tables: Tables) -> None:
    kept, changed = cell("held", "held"), cell("planned", "held")
    gone = cell("held", "held", row_key="no-such-event")
    assert quality.outdated(tables, [kept, changed, gone]) == [changed, gone]


def test_the_table_counts_rows_cells_and_agreement(tables: Tables) -> None:
    cells = [cell("held", "held"), cell("held", "planned"), cell("x", "", verdict="unread")]
    line = quality.table(tables, cells).splitlines()[2]
    assert line.startswith("| events |")
    assert "| 1 | 2 | 50.0% |" in line


def test_facts_that_were_read_twice_stay_as_they_came_out(tables: Tables) -> None:
    changed = quality.outdated(tables, quality.readings(ROOT / cli.READINGS))
    assert not [f"{one['table_name']} {one['row_key']} {one['field_name']}" for one in changed]


def test_the_verb_prints_counts_and_the_draw(capsys: pytest.CaptureFixture[str]) -> None:
    package = str(ROOT / "datapackage.json")
    assert cli.main(["quality", package]) == 0
    printed = capsys.readouterr().out
    assert "\nevents: " in printed
    assert "| **together** |" in printed
    assert cli.main(["quality", package, "--draw", "0.3", "--seed", "2026-11-22"]) == 0
    assert "\nevents\t" in capsys.readouterr().out
