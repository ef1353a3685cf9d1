"""Read the dates of the data model, a small part of EDTF (ISO 8601-2), as spans of days."""

import re
from dataclasses import dataclass
from functools import cache

_DAY = r"(?!0000)\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?"
_FORM = re.compile(rf"({_DAY})([~?]?)|(\.\.|{_DAY})/(\.\.|{_DAY})", re.ASCII)
_LAST_DAY = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_PRECISION = {4: "year", 7: "month", 10: "day"}


@dataclass(frozen=True, slots=True)
class Span:
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
    match = _FORM.fullmatch(text)
    if match is None:
        return None
    date, mark, start, end = match.groups()
    if date:
        bounds = _bounds(date)
        return bounds and Span(*bounds, _PRECISION[len(date)], mark == "~", mark == "?")
    first, last = _bounds(start), _bounds(end)
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


def _bounds(date: str) -> tuple[str | None, str | None] | None:
    """Give the first and last day of a year, month or day; None for a day that no calendar has."""
    if date == "..":
        return None, None
    year, month, day = int(date[:4]), date[5:7], date[8:]
    if not month:
        return f"{date}-01-01", f"{date}-12-31"
    leap = month == "02" and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    last_day = _LAST_DAY[int(month) - 1] + leap
    if not day:
        return f"{date}-01", f"{date}-{last_day}"
    return (date, date) if int(day) <= last_day else None
