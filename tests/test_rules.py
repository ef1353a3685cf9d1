"""The rules of the subject, against the libraries that know better and in their finer cases."""

import csv
import json
import random
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pycountry
import pytest
from shapely.geometry import Point, shape

from ukraine_minerals import descriptor, read, rules
from ukraine_minerals.model import Tables
from ukraine_minerals.rules import codes, geography, numerals, spreadsheet, urls

ROOT = Path(__file__).parent.parent
Package = Callable[..., Tables]


@pytest.fixture
def package(tmp_path: Path) -> Package:
    """Build a package of a few cells, with the keys and kinds of fields of the real schemas."""

    def build(**rows: list[dict[str, str]]) -> Tables:
        resources = []
        for name, own in rows.items():
            whole = json.loads((ROOT / "schemas" / f"{name}.json").read_text(encoding="utf-8"))
            used = {field for row in own for field in row} | set(whole["primaryKey"])
            fields = [field for field in whole["fields"] if field["name"] in used]
            schema = {"fields": fields, "primaryKey": whole["primaryKey"]}
            resources.append({"name": name, "path": f"{name}.csv", "schema": schema})
            with (tmp_path / f"{name}.csv").open("w", encoding="utf-8", newline="") as out:
                writer = csv.DictWriter(
                    out, [field["name"] for field in fields], restval="", lineterminator="\n"
                )
                writer.writeheader()
                writer.writerows({whole["primaryKey"][0]: f"row-{n}"} | row for n, row in enumerate(own, 1))
        file = tmp_path / "datapackage.json"
        file.write_text(json.dumps({"resources": resources}), encoding="utf-8")
        return read.tables(descriptor.load(file))[0]

    return build


def _found(tables: Tables) -> list[tuple[int | None, str, str]]:
    return [(p.line, p.field, p.code) for p in rules.run(tables)]


def test_codes_are_those_of_pycountry() -> None:
    assert {country.alpha_2 for country in pycountry.countries} == codes.COUNTRIES
    assert {currency.alpha_3 for currency in pycountry.currencies} == codes.CURRENCIES
    assert {unit.code for unit in pycountry.subdivisions if unit.country_code == "UA"} == {
        f"UA-{x}" for x in codes.UKRAINE
    }
    two_letters = {language.alpha_2 for language in pycountry.languages if hasattr(language, "alpha_2")}
    assert {language for language in codes.LANGUAGES if len(language) == 2} == two_letters
    assert all(pycountry.languages.get(alpha_3=x) for x in codes.LANGUAGES if len(x) == 3)
    assert all(pycountry.scripts.get(alpha_4=script) for script in codes.SCRIPTS)


@pytest.mark.parametrize("tag", ["uk", "en-GB", "zh-Hant-TW", "sr-Latn", "es-419", "crh"])
def test_languages(tag: str) -> None:
    assert codes.is_language(tag)


@pytest.mark.parametrize("tag", ["ua", "en-UK", "EN", "english", "en_GB", "uk-", ""])
def test_what_is_no_language(tag: str) -> None:
    assert not codes.is_language(tag)


def test_places_lie_where_shapely_finds_them() -> None:
    rng = random.Random(7)  # noqa: S311
    features = json.loads((ROOT / "geo" / "ukraine-adm1.geojson").read_text(encoding="utf-8"))["features"]
    holed = {
        "type": "Polygon",
        "coordinates": [[[22, 44], [40, 44], [40, 52], [22, 44]], [[30, 45], [38, 45], [38, 49], [30, 45]]],
    }
    geometries = [feature["geometry"] for feature in features] + [holed]
    inside = 0
    for geometry in geometries:
        own, theirs = geography.shape_of(geometry), shape(geometry)
        west, south, east, north = theirs.bounds
        for _ in range(150):
            point = (rng.uniform(west - 0.2, east + 0.2), rng.uniform(south - 0.2, north + 0.2))
            away = theirs.distance(Point(point))
            for tolerance in (0.0, 0.05):
                if abs(away - tolerance) > 1e-9:
                    assert geography.contains(own, point, tolerance) == (away < tolerance or away == 0), point
            inside += away == 0
    assert 1000 < inside < 4000


@pytest.mark.parametrize(
    ("phrase", "number"),
    [
        ("interest in acquiring $500 billion worth", 500_000_000_000),
        ("€1.5bn a year", 1_500_000_000),
        ("secured 98.8% of Luhansk", Decimal("98.8")),
        ("98,8 % області", Decimal("98.8")),
        ("who are co-funding two Patriot systems", 2),
        ("ten-year agreements", 10),
        ("some 1,200 shells", 1200),
        ("2 000 000 tonnes", 2_000_000),
        ("40 Mt of ore", 40_000_000),
        ("twenty-five minerals", 25),
        ("one hundred and fifty soldiers", 150),
        ("five hundred thousand", 500_000),
        ("two dozen drones", 24),
        ("more than half of the metals", 50),
        ("a hundred years", 100),
        ("350 млрд доларів", 350_000_000_000),
        ("forty of them", 40),
    ],
)
def test_a_phrase_holds_its_number(phrase: str, number: Decimal | int) -> None:
    assert Decimal(number) in numerals.numbers(phrase)


@pytest.mark.parametrize(
    ("phrase", "number"),
    [("around 60% of Donetsk by October 2022", 98), ("rare earths", 1), ("$50 billion", 500_000_000_000)],
)
def test_a_phrase_does_not_hold_another(phrase: str, number: Decimal | int) -> None:
    assert Decimal(number) not in numerals.numbers(phrase)


@pytest.mark.parametrize(
    "other",
    [
        "http://www.example.org/News/",
        "https://EXAMPLE.org:443/News#top",
        "https://m.example.org/News?utm_source=x",
        "https://amp.example.org/News/amp/",
    ],
)
def test_addresses_of_one_page(other: str) -> None:
    assert urls.normalise(other) == urls.normalise("https://example.org/News")


def test_addresses_of_two_pages() -> None:
    pages = [
        "https://example.org/a",
        "https://example.org/A",
        "https://example.org/a?id=1",
        "https://uk.example.org/a",
    ]
    assert len({urls.normalise(page) for page in pages}) == len(pages)


@pytest.mark.parametrize("text", ["2025", "2025-02", "2025-02-12", "../2025-02-14", "2025~", "", "12345678"])
def test_no_spreadsheet_was_at(text: str) -> None:
    assert spreadsheet.date_meant(text) is None


def test_tenures_that_touch_or_may_not_overlap_are_sound(package: Package) -> None:
    office = {"organisation_id": "treasury", "title": "Secretary", "sole_holder": "true"}
    tables = package(
        positions=[
            office | {"start_date": "../2021-02", "end_date": "2024"},
            office | {"start_date": "2024-06-01", "end_date": "2025-01-20"},
            office | {"start_date": "2025-01-20", "end_date": "../2025-06-01"},
            office | {"start_date": "2025-03~"},
        ]
    )
    assert _found(tables) == []


def test_tenures_that_surely_overlap_are_not(package: Package) -> None:
    office = {"organisation_id": "treasury", "title": "Secretary", "sole_holder": "true"}
    tables = package(positions=[office | {"start_date": "2021-02"}, office | {"start_date": "../2025-02-12"}])
    assert _found(tables) == [(3, "start_date", "one-holder")]


def test_a_nominee_does_not_hold_the_office_yet(package: Package) -> None:
    tables = package(
        positions=[{"official_id": "anna", "start_date": "2025-01-28"}],
        events=[
            {"event_id": "nomination", "event_date": "2024-11-22", "type": "appointment", "stage": "held"},
            {"event_id": "talks", "event_date": "2024-11-22", "type": "meeting", "stage": "held"},
        ],
        event_participants=[
            {"event_id": event, "official_id": "anna", "position_id": "row-1", "role": "subject"}
            for event in ("nomination", "talks")
        ],
    )
    assert _found(tables) == [(3, "position_id", "position-tenure")]


def test_an_early_source_may_foretell_what_a_later_one_saw(package: Package) -> None:
    events = [{"event_date": "2025-02-14", "stage": "held", "status": "accepted"}]
    sources = [
        {"source_id": "before", "published": "2025-02-12"},
        {"source_id": "after", "published": "2025-02-15"},
    ]
    pieces = [
        {"table_name": "events", "row_key": "row-1", "source_id": source, "stance": "supports"}
        for source in ("before", "after")
    ]
    assert _found(package(events=events, sources=sources, evidence=pieces)) == []
    alone = package(events=events, sources=sources, evidence=pieces[:1])
    assert _found(alone) == [(2, "event_date", "later-than-source")]


def test_two_rewrites_are_one_voice(package: Package) -> None:
    claim = {
        "speaker": "an official",
        "status": "disputed",
        "dispute_id": "sum",
        "note": "Two sums are given.",
    }
    pieces = [
        {"table_name": "claims", "row_key": "row-1", "source_id": "a", "stance": "supports"},
        {"table_name": "claims", "row_key": "row-1", "source_id": "b", "stance": "disputes"},
    ]

    def judge(*families: str) -> list[str]:
        sources = [{"source_id": key, "family": family} for key, family in zip("ab", families, strict=True)]
        disputes = [{"dispute_id": "sum", "verdict": "open"}]
        tables = package(claims=[claim, claim], disputes=disputes, sources=sources, evidence=pieces)
        return [code for _, _, code in _found(tables)]

    assert judge("one", "one") == ["dispute-sides", "dispute-sides"]
    assert judge("one", "two") == []


def test_an_apostrophe_or_hyphen_mixes_no_scripts(package: Package) -> None:
    names = ["Знам'янка", "Ґава", "Камʼянське", "Дніпро-Донецька западина", "Кам\u2019янка"]  # noqa: RUF001
    assert (
        _found(package(territories=[{"name": f"Place {n}", "name_uk": name} for n, name in enumerate(names)]))
        == []
    )
    assert _found(package(events=[{"title": "The \u0421-400 and the F-16 in Київ"}])) == []


def test_an_emoji_needs_its_joiner(package: Package) -> None:
    assert _found(package(events=[{"title": "👩\u200d🚀"}, {"title": "a\u200db"}])) == [
        (3, "title", "hidden-character")
    ]


@pytest.mark.parametrize(
    "host", ["amp.example.org", "stg.example.org", "read.newszop.com", "web.archive.org"]
)
def test_a_copy_is_no_source(package: Package, host: str) -> None:
    source = {"source_id": "s", "url": f"https://{host}/a"}
    assert "url-proxy" in {p.code for p in urls.check(package(sources=[source]))}
