"""Three questions of a newcomer, each answered in four clicks or fewer; a list counts two."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import visit
from browser.visit import Visitor

pytestmark = pytest.mark.browser
MOST = 4


@pytest.fixture
def newcomer(visitor: Visitor, say: object, request: pytest.FixtureRequest) -> Iterator[Visitor]:
    visitor.open("index.html")
    yield visitor
    assert callable(say)
    say(f"newcomer: {request.node.name.removeprefix('test_')}: {visitor.clicks} clicks")
    assert 0 < visitor.clicks <= MOST


def test_who_signed_with_finland_and_what_did_it_promise(newcomer: Visitor) -> None:
    page = newcomer.page
    newcomer.click(page.locator('main a[href*="agreements/finland-ukraine-security-agreement/"]').first)
    page.wait_for_load_state()
    text = page.locator("main").inner_text()
    for official in ("Alexander Stubb", "Volodymyr Zelenskyy"):
        assert official in text
    promised = [row for row in newcomer.site.rows("commitments")
                if row["agreement_id"] == "finland-ukraine-security-agreement"]  # fmt: skip
    assert promised
    for row in promised:
        assert row["item"] in text or row["summary"] in text


def test_which_lithium_deposits_are_occupied_and_says_who(newcomer: Visitor) -> None:
    page = newcomer.page
    newcomer.choose("minerals", "Lithium")
    newcomer.choose("state", "occupied")
    page.wait_for_timeout(150)
    lithium = {
        row["site_id"] for row in newcomer.site.rows("site_minerals") if row["mineral_id"] == "lithium"
    }
    latest: dict[str, list[dict[str, str]]] = {}
    for row in newcomer.site.rows("site_status"):
        if (
            row["site_id"] in lithium
            and row["control"] not in {"", "unspecified"}
            and row["status"] != "rejected"
        ):
            latest.setdefault(row["site_id"], []).append(row)
    held = {
        site
        for site, told in latest.items()
        if max(told, key=lambda row: row["as_of"].lstrip("./"))["control"] == "occupied"
    }
    text = page.locator("main").inner_text()
    sites = {row["site_id"]: row["name"] for row in newcomer.site.rows("sites")}
    organisations = {row["organisation_id"]: row["name"] for row in newcomer.site.rows("organisations")}
    assert held
    for site in held:
        assert sites[site] in text
        told = [row for row in latest[site] if row["control"] == "occupied"]
        names = {organisations.get(row["asserted_by"], row["asserter"]) for row in told}
        assert any(name and name in text for name in names), f"{site}: {names}"


def test_a_csv_of_the_events_of_february_2025_with_bessent(newcomer: Visitor, tmp_path: Path) -> None:
    page = newcomer.page
    newcomer.click(page.locator("nav a", has_text="Events").first)
    page.wait_for_load_state()
    newcomer.choose("_text", "Bessent")
    newcomer.choose("event_date", "2025-02")
    page.wait_for_timeout(200)
    newcomer.clicks += 1
    rows = visit.csv_rows(visit.downloaded(page, "#download-csv", tmp_path))
    there = {row["event_id"] for row in newcomer.site.rows("event_participants")
             if row["official_id"] == "scott-bessent"}  # fmt: skip
    wanted = {row["event_id"] for row in newcomer.site.rows("events")
              if row["event_id"] in there and row["event_date"].startswith("2025-02")}  # fmt: skip
    assert wanted
    assert wanted <= {row["event_id"] for row in rows}
    assert all("2025-02" in row["event_date"] or "/" in row["event_date"] for row in rows)
    assert all("Bessent" in " ".join(row.values()) for row in rows)
