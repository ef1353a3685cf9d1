"""Dates, times, months, years and durations: text -> value, by XML Schema, by strptime, or in any form."""

import re
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

# XML Schema, Part 2, 3.2: the time zone is at most 14 hours away.
_ZONE = r"(Z|[+-](?:0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00)?"
_TIME = r"([0-9]{2}:[0-5][0-9]:[0-5][0-9])"
_DATETIME = rf"([0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}})T([0-9]{{2}}:[0-5][0-9]:[0-5][0-9])(\.[0-9]+)?{_ZONE}"
_YEAR = rf"(-?(?:[1-9][0-9]{{3,}}|0[0-9]{{3}})){_ZONE}"
_YEARMONTH = rf"(-?(?:[1-9][0-9]{{3,}}|0[0-9]{{3}}))-(0[1-9]|1[0-2]){_ZONE}"
_DURATION = (
    r"(-?)P(?=.)(?:([0-9]+)Y)?(?:([0-9]+)M)?(?:([0-9]+)D)?"
    r"(?:T(?=.)(?:([0-9]+)H)?(?:([0-9]+)M)?(?:([0-9]+(?:\.[0-9]+)?)S)?)?"
)
# What format "any" tries after ISO 8601, in this order; the standard leaves it to the implementation.
_DAYS = ("%m/%d/%Y", "%d/%m/%Y", "%d.%m.%Y", "%Y/%m/%d", "%Y-%m-%d", "%d %B %Y", "%d %b %Y", "%B %d, %Y")
_MONTHS = ("%b %d, %Y", "%B %Y", "%b %Y", "%Y-%m", "%Y")
_CLOCKS = ("%H:%M", "%H:%M:%S", "%H:%M:%S.%f", "%H:%M%z", "%H:%M:%S%z", "%I:%M %p", "%I:%M:%S %p", "%I %p")


def by_pattern(text: str, pattern: str) -> datetime:
    """Read a text by a strptime pattern; what has no zone counts as UTC, so that any two can be compared."""
    try:
        return _zoned(datetime.strptime(text, pattern))  # noqa: DTZ007  # the pattern may have a zone
    except (re.error, OverflowError, IndexError) as error:
        raise ValueError(str(error)) from None


def _zoned(value: datetime) -> datetime:
    return value if value.tzinfo else value.replace(tzinfo=UTC)


def in_any_form(text: str) -> datetime:
    """Read a date, a time or both, in ISO 8601 or another common form."""
    try:
        return _zoned(datetime.fromisoformat(text))
    except ValueError:
        both = (f"{day} {clock}" for day in _DAYS for clock in _CLOCKS)
        for pattern in (*_DAYS, *_CLOCKS, *_MONTHS, *both):
            try:
                return by_pattern(text.strip(), pattern)
            except ValueError:
                continue
        raise


def read_date(text: str) -> date:
    """Read yyyy-mm-dd."""
    if len(text) == 10 and text[4] == text[7] == "-":  # so that it is none of ISO 8601's other forms
        return date.fromisoformat(text)
    raise ValueError(text)


def read_time(text: str) -> time:
    """Read hh:mm:ss."""
    if text == "24:00:00":  # XML Schema's other name of midnight
        return time(0)
    if re.fullmatch(_TIME, text):
        return time.fromisoformat(text)
    raise ValueError(text)


def read_datetime(text: str) -> datetime:
    """Read an XML Schema dateTime of the years 1 to 9999, as UTC where it has no zone."""
    marks = (text[4:8:3], text[10::9], text[13:17:3])
    if len(text) == 20 and marks == ("--", "TZ", "::") and text[11:13] < "24":
        return datetime.fromisoformat(text)  # the commonest form, which needs no expression
    match = re.fullmatch(_DATETIME, text)
    if not match:
        raise ValueError(text)
    day, clock, fraction, zone = match.groups()
    midnight = clock == "24:00:00" and not (fraction or "").strip(".0")
    value = datetime.fromisoformat(f"{day}T{'00:00:00' if midnight else clock}{zone or '+00:00'}")
    try:
        return value + timedelta(days=midnight, microseconds=int((fraction or ".0")[1:7].ljust(6, "0")))
    except OverflowError:
        raise ValueError(text) from None


def read_year(text: str) -> int:
    """Read an XML Schema gYear."""
    if len(text) == 4 and text.isascii() and text.isdigit():
        return int(text)
    match = re.fullmatch(_YEAR, text)
    if match:
        return int(match[1])
    raise ValueError(text)


def read_yearmonth(text: str) -> tuple[int, int]:
    """Read an XML Schema gYearMonth."""
    match = re.fullmatch(_YEARMONTH, text)
    if match:
        return int(match[1]), int(match[2])
    raise ValueError(text)


def read_duration(text: str) -> tuple[Decimal, int, Decimal]:
    """Read an XML Schema duration: its order (a month as 30.436875 days), its months, its seconds."""
    match = re.fullmatch(_DURATION, text)
    if not match:
        raise ValueError(text)
    years, months, days, hours, minutes = (int(part or 0) for part in match.groups()[1:6])
    sign = -1 if match[1] else 1
    all_months = sign * (years * 12 + months)
    try:
        all_seconds = sign * (((days * 24 + hours) * 60 + minutes) * 60 + Decimal(match[7] or 0))
        return all_months * 2_629_746 + all_seconds, all_months, all_seconds
    except ArithmeticError:  # more digits than Decimal adds
        raise ValueError(text) from None
