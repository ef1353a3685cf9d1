"""Cell text -> value: the one exact reader of each Table Schema type."""

# ruff: noqa: SIM905  # names in one text
import json
import re
import warnings
from collections.abc import Callable, Iterable
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from ukraine_minerals import instants
from ukraine_minerals.model import Descriptor, Field

Reader = Callable[[str], Any]
# An email address: RFC 5322 dot-atom or quoted string, at a host name of two labels or more.
_ATOM = r"[^\s\"(),.:;<>@\[\\\]\x00-\x20\x7f]+"
_LABEL = r"[^\W_](?:(?:[^\W_]|-){0,61}[^\W_])?"
_EMAIL = (
    rf'(?=[^@]{{1,64}}@)(?:{_ATOM}(?:\.{_ATOM})*|"[^"\\@\r\n]*")'
    rf"@(?=[^@]{{1,253}}$)(?:{_LABEL}\.)+[^\W_](?:[^\W_]|-){{0,61}}[^\W\d_]"
)
# A URI: RFC 3986, section 3 and appendix A; the scheme is required.
_URI = (
    r"(?a:[A-Za-z][A-Za-z0-9+.-]*:(?://(?:[\w.~!$&'()*+,;=:-]|%[0-9A-Fa-f]{2})*@?\[[0-9A-Fa-f:.vV]+\])?"
    r"(?:[\w.~!$&'()*+,;=:@/-]|%[0-9A-Fa-f]{2})*(?:\?(?:[\w.~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*)?"
    r"(?:#(?:[\w.~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*)?)"
)
_BASE64 = r"(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?"
_UUID = r"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}"
_STRINGS = {"email": _EMAIL, "uri": _URI, "binary": _BASE64, "uuid": _UUID}
_INTEGER = r"[+-]?[0-9]+"
_NUMBER = r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?"
_SPECIAL = {"nan": Decimal("NaN"), "inf": Decimal("Infinity"), "-inf": Decimal("-Infinity")}
# what people and programs write where nothing is known
NOTHING = frozenset(
    (
        "nan none null nil n/a na nat tbd tba unknown undefined ? - -- – — … #n/a n.a. k.a. ні н/д невідомо"
    ).split()
)
_GEOPOINT = rf"({_NUMBER}), ?({_NUMBER})"


def reader(field: Field) -> Reader:
    """Give the function that reads one cell that is not missing; what is no such value raises ValueError."""
    return _READERS[field.type](field)


def column(field: Field, texts: Iterable[str]) -> dict[str, Any]:
    """Read the distinct texts of a column; what is missing or unreadable becomes None."""
    if field.type in ("any", "string") and field.format == "default":
        values: dict[str, Any] = {text: text for text in texts}
    else:
        values = {text: read(field, text) for text in set(texts)}
    for text in field.missing_values:
        if text in values:
            values[text] = None
    return values


def read(field: Field, text: str) -> Any:  # noqa: ANN401  # a type for each type of the standard
    """Read one text as a value, None where it is none."""
    try:
        return reader(field)(text)
    except ValueError:
        return None


def constant(field: Field, raw: Any) -> Any:  # noqa: ANN401
    """Read a constraint's value: a JSON value of the field's own kind, or a text in the field's own form.

    Raises:
        ValueError: it is neither.
    """
    if isinstance(raw, str):
        return reader(field)(raw)
    if isinstance(raw, bool) or field.type in ("boolean", "string", "any", "object", "array", "list"):
        if isinstance(raw, bool) != (field.type == "boolean"):
            raise ValueError(raw)
        return raw
    if field.type == "number" and isinstance(raw, int | float):
        return Decimal(repr(raw))
    if field.type in ("integer", "year") and isinstance(raw, int):
        return raw
    return reader(field)(json.dumps(raw))


def expression(raw: str) -> re.Pattern[str]:
    """Compile a pattern, without Python's warnings of what its next versions may read otherwise.

    Raises:
        re.error, RecursionError, OverflowError: it is none.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return re.compile(raw)


def _string(field: Field) -> Reader:
    if field.format == "default":
        return str
    return _matching(_STRINGS[field.format])


def _matching(form: str) -> Reader:
    pattern = re.compile(form)

    def read_match(text: str) -> str:
        if pattern.fullmatch(text):
            return text
        raise ValueError(text)

    return read_match


def _bare(field: Field, point: str = "") -> Callable[[str], str]:
    """Take away what may stand around and between the digits: bareNumber and groupChar."""
    group = field.descriptor.get("groupChar", "")
    if not group and field.descriptor.get("bareNumber", True) is not False:
        return str
    before = re.compile((rf"(?!{re.escape(point)}[0-9])" if point else "") + "[^-0-9]*")

    def bare(text: str) -> str:
        if field.descriptor.get("bareNumber", True) is False and text.lower() not in _SPECIAL:
            start = match.end() if (match := before.match(text)) else 0
            text = text[start : max(map(text.rfind, "0123456789")) + 1]
        return text.replace(group, "") if group else text

    return bare


def _number(field: Field) -> Reader:
    point = field.descriptor.get("decimalChar", ".")
    bare = _bare(field, point)

    def read_number(text: str) -> Decimal:
        plain = bare(text)
        if point != ".":
            plain = plain.replace(".", "x").replace(point, ".")
        digits = plain.replace(".", "", 1)
        if (digits.isdigit() and digits.isascii()) or re.fullmatch(_NUMBER, plain):
            try:
                return Decimal(plain)
            except InvalidOperation:  # an exponent beyond what Decimal holds
                raise ValueError(text) from None
        if plain.lower() in _SPECIAL:
            return _SPECIAL[plain.lower()]
        raise ValueError(text)

    return read_number


def _integer(field: Field) -> Reader:
    bare = _bare(field)

    def read_integer(text: str) -> int:
        plain = bare(text)
        if (plain.isdigit() and plain.isascii()) or re.fullmatch(_INTEGER, plain):
            return int(plain)
        raise ValueError(text)

    return read_integer


def _boolean(field: Field) -> Reader:
    values = dict.fromkeys(field.descriptor.get("trueValues", ["true", "True", "TRUE", "1"]), True)
    values |= dict.fromkeys(field.descriptor.get("falseValues", ["false", "False", "FALSE", "0"]), False)

    def read_boolean(text: str) -> bool:
        if text not in values:
            raise ValueError(text)
        return values[text]

    return read_boolean


def _json(text: str) -> Any:  # noqa: ANN401
    def refuse(name: str) -> None:
        raise ValueError(name)

    try:
        return json.loads(text, parse_constant=refuse)
    except RecursionError:
        raise ValueError(text) from None


def _container(kind: type) -> Callable[[Field], Reader]:
    def read_container(text: str) -> Any:  # noqa: ANN401
        value = _json(text)
        if isinstance(value, kind):
            return value
        raise ValueError(text)

    return lambda _: read_container


def _list(field: Field) -> Reader:
    delimiter = field.descriptor.get("delimiter", ",")
    kind = field.descriptor.get("itemType", "string")
    item = reader(Field(field.name, kind, "default", {}, (), {}))
    return lambda text: [item(part) for part in text.split(delimiter)]


def _temporal(own: Reader, part: Callable[[datetime], Any]) -> Callable[[Field], Reader]:
    """Choose between the type's own form, any form, and a strptime pattern."""

    def choose(field: Field) -> Reader:
        if field.format == "default":
            return own
        if field.format == "any":
            return lambda text: part(instants.in_any_form(text))
        return lambda text: part(instants.by_pattern(text, field.format))

    return choose


def _geopoint(field: Field) -> Reader:
    pair = {"default": _comma_pair, "array": _array_pair, "object": _object_pair}[field.format]

    def read_geopoint(text: str) -> tuple[Decimal, Decimal]:
        try:
            lon, lat = (Decimal(str(number)) for number in pair(text))
        except InvalidOperation:
            raise ValueError(text) from None
        if -180 <= lon <= 180 and -90 <= lat <= 90:
            return lon, lat
        raise ValueError(text)

    return read_geopoint


def _comma_pair(text: str) -> list[Any]:
    match = re.fullmatch(_GEOPOINT, text)
    if match:
        return list(match.groups())
    raise ValueError(text)


def _array_pair(text: str) -> list[Any]:
    pair = _json(text)
    if isinstance(pair, list) and all(type(number) in (int, float) for number in pair):
        return pair
    raise ValueError(text)


def _object_pair(text: str) -> list[Any]:
    value = _json(text)
    if isinstance(value, dict) and value.keys() == {"lon", "lat"}:
        return _array_pair(json.dumps([value["lon"], value["lat"]]))
    raise ValueError(text)


def _geojson(field: Field) -> Reader:
    from ukraine_minerals import geojson  # noqa: PLC0415  # only a field of this type needs it

    valid = geojson.is_topojson if field.format == "topojson" else geojson.is_geojson

    def read_geojson(text: str) -> Descriptor:
        value: Descriptor = _json(text)
        try:
            if valid(value):
                return value
        except RecursionError:
            pass
        raise ValueError(text)

    return read_geojson


_READERS: dict[str, Callable[[Field], Reader]] = {
    "string": _string,
    "number": _number,
    "integer": _integer,
    "boolean": _boolean,
    "object": _container(dict),
    "array": _container(list),
    "list": _list,
    "datetime": _temporal(instants.read_datetime, lambda value: value),
    "date": _temporal(instants.read_date, datetime.date),
    "time": _temporal(instants.read_time, datetime.timetz),
    "year": lambda _: instants.read_year,
    "yearmonth": lambda _: instants.read_yearmonth,
    "duration": lambda _: instants.read_duration,
    "geopoint": _geopoint,
    "geojson": _geojson,
    "any": lambda _: str,
}
