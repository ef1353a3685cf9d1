"""Texts of one field that our engine takes and frictionless 5.21 refuses, or the other way round, on purpose.

Each has the clause that we follow; test_deviations.py runs both sides, so that an entry fails as soon as
frictionless stops deviating.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class CellDeviation:
    """Texts of some fields that we take and frictionless refuses, or the other way round.

    `excuses` tells for any text whether this deviation may be the cause of a difference.
    """

    name: str
    clause: str
    fields: tuple[dict[str, Any], ...]
    excuses: Callable[[str], bool]
    taken: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    crashes: tuple[str, ...] = field(default=())


_NUMBERS: tuple[dict[str, Any], ...] = (
    {"type": "integer"},
    {"type": "number"},
    {"type": "integer", "bareNumber": False},
)
_NUMBERS += (
    {"type": "number", "bareNumber": False},
    {"type": "number", "decimalChar": ",", "groupChar": "."},
)
_NUMBERS += ({"type": "list", "itemType": "integer", "delimiter": ";"}, {"type": "number", "groupChar": ","})
_BOUNDED = {"type": "number", "constraints": {"minimum": 0, "maximum": "100"}}
_INSTANTS = tuple({"type": kind, "format": "any"} for kind in ("date", "time", "datetime"))
_JSON = (
    {"type": "object"},
    {"type": "array"},
    {"type": "geojson"},
    {"type": "geojson", "format": "topojson"},
)


def _has(pattern: str) -> Callable[[str], bool]:
    return lambda text: re.search(pattern, text) is not None


CELLS = (
    CellDeviation(
        "digits",
        "Table Schema, number and integer: digits as in XML Schema's decimal; neither underscore nor space",
        (*_NUMBERS, _BOUNDED),
        _has(r"_|\s|[^\x00-\x7f]"),
        refused=("1_000", " 1", "1 ", "1\n", "٣", "\uff11"),
    ),
    CellDeviation(
        "special-numbers",
        "Table Schema, number: the special values are NaN, INF and -INF",
        (*(f for f in _NUMBERS if f["type"] == "number"), _BOUNDED),
        _has(r"(?i)n.?a.?n|i.?n.?f"),
        refused=("-nan", "NaN12", "+INF", "Infinity", "sNaN"),
    ),
    CellDeviation(
        "special-numbers-not-bare",
        "Table Schema, number: NaN, INF and -INF are permitted, whatever bareNumber says",
        ({"type": "number", "bareNumber": False},),
        _has(r"(?i)^(nan|-?inf)$"),
        taken=("NaN", "INF", "-INF"),
    ),
    CellDeviation(
        "leading-point",
        "Table Schema, number: leading zeros are optional: a point before a digit is not one to strip",
        ({"type": "number", "bareNumber": False},),
        _has(r"^\.\d"),
        refused=(".1.0",),
    ),
    CellDeviation(
        "signalling-nan",
        "Table Schema, number: sNaN is none of the special values; frictionless crashes when it compares it",
        (_BOUNDED,),
        _has("(?i)snan"),
        crashes=("sNaN",),
    ),
    CellDeviation(
        "integer-groups",
        "Table Schema, integer: groupChar groups the digits of an integer too",
        ({"type": "integer", "groupChar": ","},),
        _has(","),
        taken=("1,000",),
    ),
    CellDeviation(
        "email",
        "Table Schema, string, email: a valid address; in RFC 5322 only a quoted local part has spaces",
        ({"type": "string", "format": "email"},),
        _has(r'"|\s|[^\x00-\x7f]'),
        taken=('"a b"@c.org',),
        refused=("a\n@b.co",),
    ),
    CellDeviation(
        "uri",
        "Table Schema, string, uri: a valid URI, as RFC 3986 spells it",
        ({"type": "string", "format": "uri"},),
        _has(r"[^\w.~!$&'()*+,;=:@/?#%-]|[^\x00-\x7f]|%|#.*#|\[|\]|@.*@|^\w*://[^/?#]*:[^0-9/?#]"),
        refused=("http://a b", "http://é", "http://a/%zz", "http://[x", "http://a?b#c#d"),
    ),
    CellDeviation(
        "binary",
        "Table Schema, string, binary: a base64 encoded string; frictionless skips what is not base64",
        ({"type": "string", "format": "binary"},),
        _has(r"[^A-Za-z0-9+/]"),
        refused=(" ", "Y Q==", "YQ==YQ==", "@@@@"),
    ),
    CellDeviation(
        "uuid",
        "Table Schema, string, uuid: in the form of RFC 9562, 8-4-4-4-12",
        ({"type": "string", "format": "uuid"},),
        _has(r"^(?!\w{8}-\w{4}-\w{4}-\w{4}-\w{12}$)"),
        refused=("2bc1c94f0deb43e992a14775189ec9f8", "{2bc1c94f-0deb-43e9-92a1-4775189ec9f8}"),
    ),
    CellDeviation(
        "json-constants",
        "Table Schema, object and array: valid JSON, which has no NaN and no Infinity",
        (*_JSON, {"type": "geopoint", "format": "array"}, {"type": "geopoint", "format": "object"}),
        _has("NaN|Infinity"),
        refused=("[NaN]", "[-Infinity]", '{"a":NaN}'),
    ),
    CellDeviation(
        "date",
        "Table Schema, date: MUST be yyyy-mm-dd",
        ({"type": "date"}, {"type": "list", "itemType": "date", "delimiter": ";"}),
        _has(r"^(?!\d{4}-\d{2}-\d{2}$)|[^\x00-\x7f]"),
        refused=("2020-1-1",),
    ),
    CellDeviation(
        "time",
        "Table Schema, time: MUST be hh:mm:ss",
        ({"type": "time"},),
        _has(r"^(?!\d{2}:\d{2}:\d{2}$)|[^\x00-\x7f]"),
        refused=("12:00:00Z", "12:00:00.5"),
    ),
    CellDeviation(
        "datetime",
        "Table Schema, datetime: as XML Schema's dateTime",
        ({"type": "datetime"},),
        _has(r"^(?!\d{4}-\d{2}-\d{2}T)|,|[+-]\d{2}$|[+-]\d{4}$|[+-]1[4-9]|[+-]2\d|[^\x00-\x7f]|:\d{2}\.\d*$"),
        refused=(
            "2020-01-01 00:00:00",
            "2020-01-01T00:00:00,5",
            "2020-01-01T00:00:00+05",
            "2020-01-01T00:00:00+15:00",
            "2020-W01-1T00:00:00",
        ),
    ),
    CellDeviation(
        "any-instant",
        "Table Schema, datetime, any: the library can attempt to parse via a range of strategies",
        _INSTANTS,
        lambda _: True,
        taken=("2020-W01-1",),
        refused=("1", "5-"),
    ),
    CellDeviation(
        "year",
        "Table Schema, year: as XML Schema's gYear: four digits or more, a sign and a zone if need be",
        ({"type": "year"},),
        _has(r"^(?![0-9]{4}$)"),
        taken=("12024", "-0044", "2020Z"),
        refused=("+202", "2_02", " 202"),
    ),
    CellDeviation(
        "yearmonth",
        "Table Schema, yearmonth: as XML Schema's gYearMonth",
        ({"type": "yearmonth"},),
        _has(r"^(?![0-9]{4}-[0-9]{2}$)"),
        taken=("-0044-01", "2020-01Z"),
        refused=("2020-1", "20-01", "2020 - 01"),
    ),
    CellDeviation(
        "duration",
        "Table Schema, duration: as XML Schema's duration, PnYnMnDTnHnMnS, only seconds having a fraction",
        ({"type": "duration"},),
        _has(r"W|,|T$|^\+|\.\d+[^S\d]|-\d|\d{4}|\.S|\s|[^\x00-\x7f]"),
        refused=("P1W", "P1D\n", "PT", "P1YT", "PT1.5H", "P1,5D", "+P1D", "P0003-06-04T12:30:05"),
    ),
    CellDeviation(
        "geopoint",
        'Table Schema, geopoint: "lon, lat", the space after the comma being optional',
        ({"type": "geopoint"},),
        _has(r"\s,|,\s\s|^\s|\s$|,[^\S ]|_|[^\x00-\x7f]"),
        refused=("1 ,2", "1,  2"),
    ),
    CellDeviation(
        "geopoint-items",
        "Table Schema, geopoint, array and object: each item or value is a number",
        ({"type": "geopoint", "format": "array"},),
        _has('"|true|false'),
        refused=('["1","2"]', "[true,1]"),
    ),
    CellDeviation(
        "geopoint-values",
        "Table Schema, geopoint, array and object: each item or value is a number",
        ({"type": "geopoint", "format": "object"},),
        _has(r':\s*"|true|false'),
        refused=('{"lon":"1","lat":2}',),
    ),
    CellDeviation(
        "geojson",
        "Table Schema, geojson: as RFC 7946: closed rings, boxes of two corners, two numbers or more each",
        ({"type": "geojson"},),
        _has("Polygon|bbox|Point|LineString|Feature"),
        taken=('{"type":"Point","coordinates":[1,2,3,4]}',),
        refused=(
            '{"type":"Polygon","coordinates":[[[0,0],[1,1],[1,0],[2,0]]]}',
            '{"type":"Point","coordinates":[1,2],"bbox":[1]}',
            '{"type":"FeatureCollection","features":[2]}',
        ),
    ),
    CellDeviation(
        "pattern-branches",
        "Table Schema, pattern: an XML Schema expression matches the whole value, each branch of it",
        ({"type": "string", "constraints": {"pattern": "a|b"}},),
        lambda _: True,
        refused=("ax", "a\n"),
    ),
    CellDeviation(
        "pattern-line-end",
        "Table Schema, pattern: an XML Schema expression matches the whole value, its line end included",
        ({"type": "string", "constraints": {"pattern": "[a-z]+", "minLength": 2, "maxLength": 4}},),
        _has("\n$"),
        refused=("abc\n",),
    ),
)


def excused(kind: dict[str, Any], text: str) -> bool:
    """Tell whether a deviation may be why a text of such a field is judged differently.

    A deviation holds for all fields of its type and format, one of text for the field that it names alone.
    """
    plain = {key: value for key, value in kind.items() if key not in ("name", "missingValues")}

    def is_meant(named: dict[str, Any]) -> bool:
        same = all(named.get(key) == plain.get(key) for key in ("type", "format"))
        return named == plain or (same and plain["type"] != "string")

    return any(d.excuses(text) for d in CELLS if any(map(is_meant, d.fields)))
