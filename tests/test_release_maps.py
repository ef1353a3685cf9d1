"""The maps of a release hold what its tables hold, and the latest word is no guess."""

import json
from pathlib import Path

import pandas as pd
import pytest
import released_package
import shapely

from ukraine_minerals import geojson, release
from ukraine_minerals.errors import PackageError

ROOT = Path(__file__).parents[1]


def test_maps_hold_every_row_that_has_a_place(released: Path) -> None:
    for name, view in (("units", "units_latest"), ("sites", "sites_latest")):
        found = json.loads((released / f"geo/{name}.geojson").read_text("utf-8"))
        assert geojson.is_geojson(found)
        header, *rows = released_package.rows_of_csv(released, view)
        drawn = [feature["properties"] for feature in found["features"]]
        assert all(list(properties) == header for properties in drawn)
        left_out = {
            entry["path"]: entry["left_out"]
            for entry in json.loads((released / "manifest.json").read_text("utf-8"))["maps"]
        }[f"geo/{name}.geojson"]
        assert len(drawn) + left_out == len(rows)
        assert len({feature["id"] for feature in found["features"]}) == len(drawn)
        if name == "sites":
            assert left_out == sum(not row[header.index("latitude")] for row in rows)
        else:
            assert (len(drawn), left_out) == (27, 0)
        for feature in found["features"]:
            shape = shapely.from_geojson(json.dumps(feature["geometry"]))
            assert shapely.box(22, 44, 41, 53).contains(shape) or name == "sites", feature["id"]
            for part in getattr(shape, "geoms", [shape]):
                if isinstance(part, shapely.Polygon):  # RFC 7946, 3.1.6: the outer ring runs counterclockwise
                    assert part.exterior.is_ccw, feature["id"]
                    assert not any(ring.is_ccw for ring in part.interiors), feature["id"]


def test_the_latest_word_on_a_unit_is_no_guess(released: Path) -> None:
    units = pd.read_csv(released / "csv/units_latest.csv")
    known = pd.read_csv(released / "csv/territory_control.csv")
    held = known["asserted_by"].str.startswith("russia", na=False)  # and bodies of theirs
    held |= known["asserted_by"].str.endswith("-occupation-authorities", na=False)
    known = known[known["control"].notna() & (known["status"] == "accepted") & ~held]
    for _, unit in units.dropna(subset=["control"]).iterrows():
        told = known[(known["territory_id"] == unit["territory_id"]) & (known["control"] != "unspecified")]
        days = told["as_of_earliest"].fillna(told["as_of_latest"])
        row = told[told["as_of"] == unit["control_as_of"]]
        assert (row["as_of_earliest"].fillna(row["as_of_latest"]) == days.max()).any(), unit["name"]
        assert unit["n_sources"] >= unit["n_families"] >= 1


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ({"name": "m", "view": "nowhere", "latitude": "a", "longitude": "b"}, "no table or view nowhere"),
        ({"name": "m", "view": "places", "latitude": "a", "longitude": "b"}, "places has no column a"),
        ({"name": "m", "view": "places", "outline": "o", "key": "place_id"}, "no resource o"),
        ({"name": "m", "view": "places"}, "outline"),
    ],
)
def test_a_map_that_cannot_be_drawn_is_said(tmp_path: Path, entry: dict[str, str], message: str) -> None:
    path = released_package.write(tmp_path, maps=[entry])
    with pytest.raises(PackageError, match=message):
        release.run(released_package.tables_of(path), tmp_path / "out")
