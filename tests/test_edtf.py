"""The dates of the data model, held against the edtf library."""

import random
from datetime import date, timedelta
from time import struct_time

import edtf as library
import pytest

from ukraine_minerals import edtf
from ukraine_minerals.edtf import Span


def _day(value: object) -> str | None:
    return (
        f"{value.tm_year:04}-{value.tm_mon:02}-{value.tm_mday:02}" if isinstance(value, struct_time) else None
    )


def _dates(count: int) -> list[str]:
    """Give random dates of every precision, qualified or in intervals, possible or not."""
    rng = random.Random(20251122)  # noqa: S311
    found = []
    for _ in range(count):
        year, month, day = rng.randint(1000, 2999), rng.randint(0, 13), rng.randint(0, 32)
        forms = [f"{year}", f"{year}-{month:02}", f"{year}-{month:02}-{day:02}"]
        first = rng.choice(forms)
        second = (date(year, 1, 1) + timedelta(rng.randint(0, 800))).isoformat()[: rng.choice((4, 7, 10))]
        found += [first, first + rng.choice("~?"), f"{first}/{second}", f"{first}/..", f"../{first}"]
    return found


def test_agrees_with_the_library() -> None:
    judged = {True: 0, False: 0}
    for text in _dates(60):
        span = edtf.parse(text)
        judged[span is not None] += 1
        try:
            theirs = library.parse_edtf(text)
            bounds = (_day(theirs.lower_strict()), _day(theirs.upper_strict()))
        except (library.parser.edtf_exceptions.EDTFParseException, ValueError):
            assert span is None, text
            continue
        if span is None:  # the library takes days that no month has, and intervals that end before they start
            assert text[8:10] in ("29", "30", "31") or "/" in text, text
            continue
        assert (span.earliest, span.latest) == bounds, text
        if "/" not in text:
            assert (span.approximate, span.uncertain) == (text.endswith("~"), text.endswith("?"))
    assert min(judged.values()) > 30


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("2025-02-12", Span("2025-02-12", "2025-02-12", "day", approximate=False, uncertain=False)),
        ("2024-02", Span("2024-02-01", "2024-02-29", "month", approximate=False, uncertain=False)),
        ("1900-02", Span("1900-02-01", "1900-02-28", "month", approximate=False, uncertain=False)),
        ("2025~", Span("2025-01-01", "2025-12-31", "year", approximate=True, uncertain=False)),
        ("2025-02-12?", Span("2025-02-12", "2025-02-12", "day", approximate=False, uncertain=True)),
        ("2025-02/2025-03", Span("2025-02-01", "2025-03-31", "interval", approximate=False, uncertain=False)),
        ("2025-02-12/..", Span("2025-02-12", None, "open", approximate=False, uncertain=False)),
        ("../2025-02-14", Span(None, "2025-02-14", "open", approximate=False, uncertain=False)),
    ],
)
def test_spans(text: str, span: Span) -> None:
    assert edtf.parse(text) == span


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "0000",
        "25-02-12",
        "2025-2-12",
        "2025-02-30",
        "2025-13",
        "2025-02-12%",
        "2025-02~/2025-03",
        "../..",
        "2025/2024",
        "2025-02-12/",
        "/2025",
        "2025-02-12T10:00",
        "202X",
        "Y20250",
        "-2025",
        "2025\n",
        "\uff12\uff10\uff12\uff15",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert edtf.parse(text) is None


@pytest.mark.parametrize(
    ("first", "second", "before"),
    [
        ("2025-02-11", "2025-02-12", True),
        ("2025-02", "2025-02-12", False),
        ("2025-01", "2025-02-12", True),
        ("../2025-02-11", "2025-02-12", True),
        ("2025-02-11/..", "2025-02-12", False),
        ("2025-02-11", "../2025-02-12", False),
        ("2025-02-11~", "2025-02-12", False),
        ("2025-02-11~", "2026-02-12", True),
        ("2025-02-11", "2025-02-12?", False),
        ("", "2025-02-12", False),
    ],
)
def test_only_what_is_sure_comes_before(first: str, second: str, before: bool) -> None:
    assert edtf.surely_before(edtf.parse(first), edtf.parse(second)) is before
