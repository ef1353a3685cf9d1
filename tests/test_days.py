"""What held on a day, date by date, and in our own tables."""

import datetime as dt
from pathlib import Path

import pandas as pd
import pytest

import ukraine_minerals
from ukraine_minerals import days

DAY = "2025-03-01"


def frame(**columns: list[str | None]) -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series(column, dtype="str") for name, column in columns.items()})


@pytest.mark.parametrize(
    ("date", "first"),
    [
        ("2025-03-01", "2025-03-01"),
        ("2025-02", "2025-02-28"),
        ("2025", "2025-12-31"),
        ("2025-02-12~", "2025-02-12"),
        ("2025-02-12?", "2025-02-12"),
        ("2025-02/2025-03", "2025-03-31"),
        ("2025-02-12/..", "2025-02-12"),
        ("2025-02/..", "2025-02-28"),
        ("../2025-02-14", "2025-02-14"),
    ],
)
def test_a_date_counts_once_its_last_day_has_come(date: str, first: str) -> None:
    events = frame(event_id=["a"], event_date=[date])
    assert len(days.on("events", events, first)) == 1
    before = dt.date.fromisoformat(first) - dt.timedelta(days=1)
    assert len(days.on("events", events, before)) == 0
    assert len(days.on("events", events.assign(event_date=None), "2026-01-01")) == 0
    assert len(days.on("events", events.assign(status="rejected"), "2026-01-01")) == 0


def test_the_latest_observation_of_each_asserter_holds() -> None:
    seen = frame(
        territory_id=["a", "a", "a", "a", "a", "b", "b", "b"],
        as_of=["2024", "2025-01-10", "2025-01", "2025-01-31", "2025-04-01", "2025-01-01", None, "2024-01-01"],
        asserted_by=["isw", "isw", "isw", "isw", "isw", None, "isw", None],
        asserter=[None, None, None, None, None, "a mayor", None, "a major"],
    )
    found = days.on("territory_control", seen, DAY)
    assert found[["territory_id", "as_of"]].to_numpy().tolist() == [
        ["a", "2025-01"],  # two of one day stand side by side
        ["a", "2025-01-31"],
        ["b", "2025-01-01"],
        ["b", "2024-01-01"],
    ]
    assert list(found.index) == [0, 1, 2, 3]


def test_positions_are_held_from_start_to_end() -> None:
    held = frame(
        position_id=list("abcdefg"),
        start_date=["2025-03-01", "2025-03-02", "../2024", "2019", "2019", None, "2019"],
        end_date=[None, None, "2025-03-01", "2025-02-28", "2025-03", None, "../2025-03-20"],
    )
    assert list(days.on("positions", held, DAY)["position_id"]) == ["a", "c", "e"]


def test_an_agreement_has_the_stage_that_its_dates_tell() -> None:
    stages = pd.CategoricalDtype(
        ["proposed", "draft", "signed", "ratified", "in_force", "rejected", "ended"], ordered=False
    )
    agreements = frame(
        agreement_id=list("abcdef"),
        stage=["in_force", "draft", "rejected", "ended", "signed", "signed"],
        proposed_date=["2024", "2025-02", "2024-01-01", None, "2025-03-02", None],
        signed_date=["2025-01-01", None, None, "2020", None, None],
        ratified_date=[None] * 6,
        in_force_date=["2025-04-01", None, None, None, None, None],
        ended_date=[None, None, "2025-02-01", "2025-02-01", None, None],
    ).astype({"stage": stages})
    found = days.on("agreements", agreements, DAY)
    assert dict(zip(found["agreement_id"], found["stage"], strict=True)) == {
        "a": "signed",
        "b": "proposed",
        "c": "rejected",
        "d": "ended",
    }
    assert found["stage"].dtype == stages


def test_our_tables_on_a_day(exported: Path) -> None:
    for table in ("events", "claims", "commitments", "sources", "mineral_lists", "site_status"):
        some = ukraine_minerals.load(table, as_of=DAY, package=exported)
        assert 0 < len(some) < len(ukraine_minerals.load(table, package=exported))
    for day, president in (("2025-01-19", "joe-biden"), ("2025-01-21", "donald-trump")):
        held = ukraine_minerals.load("positions", as_of=day, package=exported)
        assert list(held[held["title"] == "President of the United States"]["official_id"]) == [president]
    fund = "us-ukraine-fund-agreement"
    for then, stages in ((29, []), (30, ["signed"])):
        found = ukraine_minerals.load("agreements", as_of=dt.date(2025, 4, then), package=exported)
        assert list(found[found["agreement_id"] == fund]["stage"]) == stages
    found = ukraine_minerals.load("agreements", as_of="2025-06-01", package=exported)
    assert list(found[found["agreement_id"] == fund]["stage"]) == ["in_force"]
