"""The ready views say what the tables say, every row and figure traced to its sources."""

import json
from pathlib import Path

import pandas as pd
import pytest

from ukraine_minerals import descriptor, export, read
from ukraine_minerals.errors import PackageError
from ukraine_minerals.model import Tables

ROOT = Path(__file__).parents[1]
PROVENANCE = ["sources", "n_sources", "n_families", "last_read"]


@pytest.fixture(scope="module")
def tables() -> Tables:
    return read.tables(descriptor.load(ROOT / "datapackage.json"))[0]


@pytest.fixture(scope="module")
def out(tables: Tables, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ready") / "dist"
    export.run(tables, folder)
    return folder


def frame(out: Path, name: str) -> pd.DataFrame:
    return pd.read_parquet(out / f"parquet/{name}.parquet")


@pytest.mark.parametrize(
    ("view", "table"),
    [
        ("timeline", "events"),
        ("agreements_overview", "agreements"),
        ("who_held_what_office", "positions"),
        ("sites_latest", "sites"),
        ("claims_with_speakers", "claims"),
    ],
)
def test_a_view_has_one_row_for_each_row_of_its_table(out: Path, view: str, table: str) -> None:
    key = json.loads((ROOT / f"schemas/{table}.json").read_text("utf-8"))["primaryKey"][0]
    assert sorted(frame(out, view)[key]) == sorted(frame(out, table)[key])


def test_every_row_says_where_it_comes_from(out: Path, tables: Tables) -> None:
    for entry in tables.package.descriptor["views"]:
        if "schema" in entry:
            found = frame(out, Path(entry["query"]).stem)
            assert set(PROVENANCE) <= set(found.columns)
            if "status" in found:
                found = found[found["status"] == "accepted"]
            if "table_name" in found:  # an erratum has its dispute's evidence, a participant its event's
                found = found[
                    ~found["table_name"].isin(["errata", "event_participants", "agreement_parties"])
                ]
            assert found["sources"].notna().all(), entry["query"]
            assert (found["n_families"] <= found["n_sources"]).all()


def test_the_timeline_names_participants_with_office_and_role(out: Path) -> None:
    row = frame(out, "timeline").set_index("event_id").loc["bessent-visits-kyiv"]
    assert "Scott Bessent, Secretary of the Treasury (visitor)" in row["participants"]
    assert row["n_sources"] == str(row["sources"]).count(" | ") + 1


def test_every_list_has_its_column(out: Path) -> None:
    wide, long = frame(out, "minerals_by_list"), frame(out, "mineral_listings")
    for name, entries in long.groupby("list_id"):
        assert wide[str(name).replace("-", "_")].notna().sum() == len(entries), name
    assert wide["n_lists"].sum() == len(long)


def test_the_latest_state_of_a_site_is_the_latest(out: Path) -> None:
    told = frame(out, "site_status")
    told = told[told["control"].notna() & (told["control"] != "unspecified") & (told["status"] != "rejected")]
    day = told["as_of_earliest"].fillna(told["as_of_latest"])
    latest = told.assign(day=day).dropna(subset=["day"]).groupby("site_id")["day"].max()
    sites = frame(out, "sites_latest").set_index("site_id")["control_as_of"]
    assert len(latest) > 50
    for site, expected in latest.items():
        row = told[(told["site_id"] == site) & (day == expected)]
        assert sites[str(site)] in set(row["as_of"]), site


def test_long_and_wide_control_agree(out: Path) -> None:
    wide = frame(out, "control_by_oblast_wide")
    long = frame(out, "control_by_oblast")
    long = long[
        (long["status"] == "accepted")
        & long["occupied_percent"].notna()
        & long["occupied_percent_max"].isna()
    ]
    for territory, rows in long.groupby("territory_id"):
        column = str(territory).replace("-", "_")
        assert set(wide[column].dropna()) == set(rows["occupied_percent"]), territory


def test_each_side_of_a_dispute_stands_once(out: Path, tables: Tables) -> None:
    sides = frame(out, "disputes_side_by_side")
    assert not sides.duplicated(["dispute_id", "table_name", "row_key"]).any()
    members = sum(
        frame(out, name)["dispute_id"].notna().sum()
        for name, table in tables.by_name.items()
        if "dispute_id" in table.columns and name != "disputes"
    )
    assert len(sides) == members


def test_a_query_that_fails_is_said(tmp_path: Path) -> None:
    package = tmp_path / "p"
    package.mkdir()
    (package / "t.csv").write_text("a\n1\n", "utf-8")
    (package / "v.sql").write_text("SELECT b FROM t", "utf-8")
    (package / "v.json").write_text('{"fields": [{"name": "b", "type": "integer"}]}', "utf-8")
    resource = {"name": "t", "path": "t.csv", "schema": {"fields": [{"name": "a", "type": "integer"}]}}
    for views, message in (
        ([{"query": "v.sql", "schema": "v.json"}], "no such column"),
        ([{"query": "none.sql", "schema": "v.json"}], "none.sql"),
    ):
        content = {"name": "p", "resources": [resource], "views": views}
        (package / "datapackage.json").write_text(json.dumps(content), "utf-8")
        with pytest.raises(PackageError, match=message):
            export.run(read.tables(descriptor.load(package / "datapackage.json"))[0], tmp_path / "dist")
