"""The real tables are sound, evidenced, anchored, and no thinner than they were."""

import csv
import os
from collections import Counter
from datetime import date, timedelta
from difflib import SequenceMatcher
from itertools import combinations
from pathlib import Path

import pytest

from ukraine_minerals import checks, descriptor, edtf, quality, read, rules
from ukraine_minerals.model import Tables
from ukraine_minerals.rules import texts

ROOT = Path(__file__).parent.parent
UNITS = 27


@pytest.fixture(scope="module")
def tables() -> Tables:
    found, faults = read.tables(descriptor.load(ROOT / "datapackage.json"))
    assert not faults
    return found


@pytest.fixture(scope="module")
def folder() -> Path:
    if not os.environ.get("UKRAINE_MINERALS_TEXTS"):
        pytest.skip("UKRAINE_MINERALS_TEXTS names no folder of texts")
    return Path(os.environ["UKRAINE_MINERALS_TEXTS"])


def rows(tables: Tables, name: str) -> list[dict[str, str]]:
    columns = tables.by_name[name].columns
    return [dict(zip(columns, cells, strict=True)) for cells in zip(*columns.values(), strict=True)]


def test_tables_are_sound(tables: Tables) -> None:
    found = [p for p in [*checks.run(tables), *rules.run(tables)] if p.severity == "error"]
    assert not found


def test_evidence_is_anchored_in_the_texts(tables: Tables, folder: Path) -> None:
    assert not [p for p in rules.run_texts(tables, folder) if p.severity == "error"]
    anchored, all_of_them = texts.anchored(tables, folder)
    assert all_of_them > 900
    assert anchored / all_of_them >= 0.95


def test_every_founding_text_is_held_and_used(tables: Tables, folder: Path) -> None:
    held = {row["source_id"] for row in rows(tables, "sources") if row["text_sha256"]}
    assert held == {path.stem for path in folder.glob("*.txt")}
    used = Counter(row["source_id"] for row in rows(tables, "evidence"))
    assert all(used[source] > 100 for source in held)


def test_units_of_ukraine_have_all_their_codes(tables: Tables) -> None:
    units = [row for row in rows(tables, "territories") if row["iso_3166"].startswith("UA-")]
    assert len(units) == UNITS
    for column in ("name_uk", "katottg", "wikidata_id", "latitude", "longitude", "area_km2"):
        assert all(row[column] for row in units), column
    assert {row["parent_id"] for row in units} == {"ukraine"}


def test_a_state_s_organisation_is_its_territory(tables: Tables) -> None:
    codes = {row["territory_id"]: row["iso_3166"] for row in rows(tables, "territories")}
    states = [row for row in rows(tables, "organisations") if row["type"] == "state"]
    assert states
    for row in states:
        assert row["organisation_id"] in codes, row["organisation_id"]
        assert row["iso_3166"] == codes[row["organisation_id"]]


def test_what_the_articles_get_wrong_is_never_accepted(tables: Tables) -> None:
    """Five slips that a reader who trusted the articles would repeat."""
    claims = {row["claim_id"]: row for row in rows(tables, "claims")}
    assert claims["zelenskyy-minerals-offer"]["status"] == "rejected"
    assert claims["uk-mod-seven-minerals-looted"]["status"] == "rejected"
    occupied = {
        (row["mineral_id"], row["territory_id"], row["status"])
        for row in rows(tables, "mineral_presence")
        if row["control"] == "occupied"
    }
    for mineral in ("coal", "titanium", "uranium", "manganese", "gold", "lithium"):
        assert (mineral, "occupied-territories-of-ukraine", "rejected") in occupied
    assert ("lithium", "kirovohrad-oblast", "rejected") in occupied
    assert ("lithium", "kirovohrad-oblast", "accepted") not in occupied
    events = {row["event_id"]: row for row in rows(tables, "events")}
    assert events["trump-zelenskyy-trump-tower-meeting"]["event_date"] == "2024-09-27"
    since = next(row for row in rows(tables, "errata") if "February 224" in row["as_printed"])
    assert "2022" in since["corrected"]


@pytest.mark.parametrize(("table", "least"), [("agreements", 0.85), ("events", 0.8)])
def test_most_rows_have_two_voices(tables: Tables, table: str, least: float) -> None:
    assert quality.voices(tables, table) >= least


@pytest.mark.parametrize("table", ["agreements", "events"])
def test_few_rows_are_unverified(tables: Tables, table: str) -> None:
    status = tables.by_name[table].columns["status"]
    assert status.count("unverified") / len(status) <= 0.1


def test_two_rewrites_are_one_voice(tables: Tables) -> None:
    family = {row["source_id"]: row["family"] for row in rows(tables, "sources")}
    assert family["steelcitydaily-air-cover"] == family["walx-air-cover"]


def test_alike_sources_of_one_week_are_one_family_or_say_why_not(tables: Tables) -> None:
    """One agency within three days, or titles alike: one voice, unless a note of either tells them apart."""
    dated = [
        (date.fromisoformat(span.earliest), row)
        for row in rows(tables, "sources")
        if (span := edtf.parse(row["published"])) and span.earliest and span.precision == "day"
    ]
    unexplained = [
        f"{one['source_id']} and {other['source_id']}"
        for (day, one), (another, other) in combinations(dated, 2)
        if abs(another - day) <= timedelta(days=3)
        and one["family"] != other["family"]
        and not (one["note"] or other["note"])
        and (is_one_agency(one, other) or SequenceMatcher(None, one["title"], other["title"]).ratio() > 0.6)
    ]
    assert not unexplained


def is_one_agency(one: dict[str, str], other: dict[str, str]) -> bool:
    return one["type"] == other["type"] == "news_agency" and one["publisher_id"] == other["publisher_id"]


def floors() -> list[dict[str, str]]:
    with (ROOT / "tests" / "gold" / "floors.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_every_column_has_its_floor(tables: Tables) -> None:
    expected = [(name, column) for name, table in tables.by_name.items() for column in ("", *table.columns)]
    assert [(row["table_name"], row["field_name"]) for row in floors()] == expected


@pytest.mark.parametrize("name", sorted({row["table_name"] for row in floors()}))
def test_no_table_gets_thinner(tables: Tables, name: str) -> None:
    """A floor is a number of rows, or for a column the percent of its cells that are filled."""
    table = tables.by_name[name]
    thin = []
    for row in floors():
        if row["table_name"] == name:
            cells = table.columns.get(row["field_name"])
            filled = 100 * sum(map(bool, cells)) / len(cells) if cells else len(table.lines)
            if filled < int(row["floor"]):
                thin.append(f"{row['field_name'] or 'rows'}: {filled:.1f} below {row['floor']}")
    assert not thin
