"""Values are read exactly: known texts one by one, all others as frictionless does, deviations apart."""

import json
from decimal import Decimal
from typing import Any

import deviations_of_cells
import pytest
from hard_cells import FIELDS, NASTY, texts
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_deviations import our_faults, their_faults

from ukraine_minerals import schema, values
from ukraine_minerals.checks import cells
from ukraine_minerals.model import Field


def field(**properties: Any) -> Field:
    return schema.fields({"fields": [{"name": "f", **properties}]}, "test")[0]


def compare(candidates: list[str]) -> None:
    """Read all texts as all fields, and require an excuse for each difference."""
    for kind in FIELDS:
        ours, theirs = our_faults(kind, set(candidates)), their_faults(kind, set(candidates))
        for text in candidates:
            excused = deviations_of_cells.excused(kind, text)
            assert ours[text] == theirs[text] or excused, (kind, text, ours[text], theirs[text])


def test_nasty_texts() -> None:
    compare(NASTY)


@given(st.lists(texts(), min_size=1, max_size=20))
@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_some_texts(candidates: list[str]) -> None:
    compare(candidates)


@pytest.mark.audit
@given(st.lists(texts(), min_size=1, max_size=20))
@settings(max_examples=1500, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_many_texts(candidates: list[str]) -> None:
    compare(candidates)


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ({"type": "integer"}, "+007", 7),
        ({"type": "integer", "groupChar": ",", "bareNumber": False}, "USD 1,200 net", 1200),
        ({"type": "number"}, "-1.50E2", Decimal(-150)),
        ({"type": "number", "decimalChar": ",", "groupChar": "."}, "1.234,5", Decimal("1234.5")),
        ({"type": "number", "bareNumber": False}, "95%", 95),
        ({"type": "number", "bareNumber": False}, ".5", Decimal("0.5")),
        ({"type": "boolean"}, "TRUE", True),
        ({"type": "list", "delimiter": ";"}, "a;b;", ["a", "b", ""]),
        ({"type": "list", "itemType": "integer"}, "1,2", [1, 2]),
        ({"type": "year"}, "-0044", -44),
        ({"type": "yearmonth"}, "2025-02", (2025, 2)),
        ({"type": "geopoint"}, "30.5, 50.4", (Decimal("30.5"), Decimal("50.4"))),
        ({"type": "geopoint", "format": "object"}, '{"lat": 50, "lon": 30}', (30, 50)),
    ],
)
def test_value(kind: dict[str, Any], text: str, value: object) -> None:
    assert values.read(field(**kind), text) == value


@pytest.mark.parametrize(
    ("kind", "smaller", "larger"),
    [
        ({"type": "datetime"}, "2025-02-14T15:00:00+02:00", "2025-02-14T13:00:00.5"),
        ({"type": "datetime"}, "2025-02-13T23:59:59", "2025-02-13T24:00:00"),
        ({"type": "datetime", "format": "%d.%m.%Y %H:%M"}, "14.02.2025 15:00", "15.02.2025 01:00"),
        ({"type": "datetime", "format": "any"}, "14 February 2025 5 PM", "2025-02-14T17:30Z"),
        ({"type": "time"}, "09:59:59", "10:00:00"),
        ({"type": "duration"}, "P1M", "P31D"),
        ({"type": "duration"}, "-P1Y", "PT0.5S"),
    ],
)
def test_order(kind: dict[str, Any], smaller: str, larger: str) -> None:
    assert values.read(field(**kind), smaller) < values.read(field(**kind), larger)


def test_equal_durations() -> None:
    read = values.reader(field(type="duration"))
    assert read("P1Y") == read("P12M")
    assert read("PT24H") == read("P1D")


@pytest.mark.parametrize(
    ("kind", "raw", "value"),
    [
        ({"type": "number"}, 2.5, Decimal("2.5")),
        ({"type": "number", "decimalChar": ","}, "2,5", Decimal("2.5")),
        ({"type": "integer"}, 10**30, 10**30),
        ({"type": "year"}, 2025, 2025),
        ({"type": "boolean"}, True, True),
        ({"type": "boolean"}, "1", True),
        ({"type": "array"}, [1], [1]),
        ({"type": "geopoint", "format": "array"}, [30, 50], (30, 50)),
    ],
)
def test_constant(kind: dict[str, Any], raw: object, value: object) -> None:
    assert values.constant(field(**kind), raw) == value


@pytest.mark.parametrize(
    ("kind", "raw"),
    [
        ({"type": "integer"}, True),
        ({"type": "integer"}, 1.5),
        ({"type": "integer"}, None),
        ({"type": "boolean"}, 1),
        ({"type": "date"}, 2025),
        ({"type": "number"}, {}),
    ],
)
def test_no_constant(kind: dict[str, Any], raw: object) -> None:
    with pytest.raises(ValueError, match=r".*"):
        values.constant(field(**kind), raw)


def test_column_reads_what_is_missing_as_none() -> None:
    kind = field(type="integer", missingValues=["", "-"])
    assert values.column(kind, ["1", "-", "", "x", "1"]) == {"1": 1, "-": None, "": None, "x": None}


def test_deep_json_is_no_value() -> None:
    assert values.read(field(type="array"), json.dumps([]) + "]") is None
    assert values.read(field(type="array"), "[" * 100_000) is None


BOUNDED = {"type": "string", "constraints": {"pattern": "[a-z0-9;]*", "maxLength": 3}}


@pytest.mark.parametrize("properties", [*FIELDS, BOUNDED], ids=json.dumps)
def test_a_glance_says_what_the_trial_says(properties: dict[str, Any]) -> None:
    """A text that is accepted at a glance, being alone, has no fault among others that are not."""
    one = field(**properties)
    together = dict(cells.faults(one, NASTY))
    for text in NASTY:
        assert dict(cells.faults(one, [text])).get(text) == together.get(text), text
