"""Read the dates of the data model, a small part of EDTF (ISO 8601-2), as spans of days."""

import re
from functools import cache
from typing import NamedTuple

_FORM = re.compile(r"((?!0000)\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?)([~?]?)", re.ASCII)
_LAST_DAY = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_PRECISION = {4: "year", 7: "month", 10: "day"}


class Span(NamedTuple):
    """The first and last day (ISO) that a date may mean; None where that side is open.

    `precision` is day, month, year, interval or open. The bounds are EDTF's
    strict ones: "about" does not widen them.
    """

    earliest: str | None
    latest: str | None
    precision: str
    approximate: bool
    uncertain: bool


@cache
def parse(text: str) -> Span | None:
    """Read one date; None if its form is not the data model's, if it is no day, or ends before it starts."""
    start, slash, end = text.partition("/")
    if not slash:
        match = _FORM.fullmatch(text)
        bounds = match and _bounds(match[1])
        return match and bounds and Span(*bounds, _PRECISION[len(match[1])], match[2] == "~", match[2] == "?")
    first, last = _side(start), _side(end)
    if first is None or last is None or (start == end == ".."):
        return None
    earliest, latest = first[0], last[1]
    if earliest is not None and latest is not None and earliest > latest:
        return None
    precision = "open" if ".." in (start, end) else "interval"
    return Span(earliest, latest, precision, approximate=False, uncertain=False)


def surely_before(first: Span | None, second: Span | None) -> bool:
    """Say whether every day that `first` may mean lies before every day that `second` may mean.

    What is unknown or open on that side is never sure; what is about or uncertain may be a year off.
    """
    if first is None or second is None or first.latest is None or second.earliest is None:
        return False
    vague = first.approximate or first.uncertain or second.approximate or second.uncertain
    latest = f"{int(first.latest[:4]) + 1:04}{first.latest[4:]}" if vague else first.latest
    return latest < second.earliest


def surely_apart(first: Span | None, second: Span | None) -> bool:
    """Say whether two dates cannot mean the same day."""
    return surely_before(first, second) or surely_before(second, first)


def _side(date: str) -> tuple[str | None, str | None] | None:
    """Give the bounds of one side of an interval, which has no mark and may be open."""
    if date == "..":
        return None, None
    match = _FORM.fullmatch(date)
    return _bounds(date) if match and not match[2] else None


def _bounds(date: str) -> tuple[str, str] | None:
    """Give the first and last day of a year, month or day; None for a day that no calendar has."""
    month, day = date[5:7], date[8:]
    if not month:
        return f"{date}-01-01", f"{date}-12-31"
    if day and day <= "28":
        return date, date
    year = int(date[:4])
    leap = month == "02" and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    last_day = _LAST_DAY[int(month) - 1] + leap
    if not day:
        return f"{date}-01", f"{date}-{last_day}"
    return (date, date) if int(day) <= last_day else None
