"""Fields of every kind, and texts that are hard to read as any of them."""

from typing import Any

import deviations_of_cells
from hypothesis import strategies as st

from ukraine_minerals import schema

FIELDS: list[dict[str, Any]] = [{"type": type_} for type_ in schema.FORMATS]
FIELDS += [{"type": "string", "format": name} for name in ("email", "uri", "binary", "uuid")]
FIELDS += [
    field for deviation in deviations_of_cells.CELLS for field in deviation.fields if field not in FIELDS
]
FIELDS += [
    {"type": "date", "format": "%d/%m/%Y"},
    {"type": "boolean", "trueValues": ["yes"], "falseValues": ["no"]},
]
FIELDS += [{"type": "string", "constraints": {"enum": ["a", "1"], "required": True}}]
FIELDS += [{"type": "integer", "constraints": {"exclusiveMinimum": 0, "exclusiveMaximum": "10"}}]
FIELDS += [
    {"type": "number", "constraints": {"enum": [1, "2.5"]}},
    {"type": "array", "constraints": {"minLength": 2}},
]
FIELDS += [{"type": "date", "constraints": {"minimum": "2020-01-01", "maximum": "2025-12-31"}}]
FIELDS += [
    {"type": "yearmonth", "constraints": {"minimum": "2020-01"}},
    {"type": "year", "constraints": {"maximum": 2025}},
]
NASTY = [
    text
    for deviation in deviations_of_cells.CELLS
    for text in (*deviation.taken, *deviation.refused, *deviation.crashes)
]
NASTY += """ |a|ab|1|-1|+1|01|1.0|1.|.5|-.5|1e5|1E+5|--1|+-1|1,000|1.000,5|1,5|95%|€95|EUR 95|-€5|0x10|²|true
True|tRue|yes|no
{}|[]|{"a":1}|[1,2]|null|"x"|1;2|1;;2|;|2020-01-01|2020-02-30|0000-01-01|9999-12-31|2020-01-01T00:00:00Z
2020-01-01T24:00:00|9999-12-31T24:00:00|2020-01-01T00:00:60|2020-01-01T00:00:00+05:30|12:00|12:00:00|24:00:00
25:00:00|31/12/2020
2020|0000|2020-13|P1Y|P|P1Y2M3DT4H5M6.7S|-P1D|PT0S|1,2|1, 2|200,0|0,91|1e1,1|[1,2,3]
{"lon":1,"lat":2}|{"lon":1,"lng":2}
{"type":"Point","coordinates":[1,2]}|{"type":"Feature","geometry":null,"properties":null}
{"type":"FeatureCollection","features":[]}
{"type":"Topology","objects":{},"arcs":[]}|a@b.co|a@b|a..b@c.org|a@-c.org|A@C.ORG|http://a|mailto:x@y|//a|urn:x|YQ==|YQ=|YWJj
1e999999999999999999999|{"type":"Polygon","coordinates":[]}|2bc1c94f-0deb-43e9-92a1-4775189ec9f8""".replace(
    "\n", "|"
).split("|")
NASTY += ["[" * 5000, "9" * 5000, "\x00", "\u00a0", "\ud7ff", "1" + "0" * 400, "-0", "a\nb", "true\n"]
PIECES = st.sampled_from(
    [*"0123456789", *"+-.,:;/TZPYMDHSWeE_ %\"'[]{}()@#\n\t", "٣", "é", "\u00a0", "NaN", "true", "20", "-01"]
)


def texts() -> st.SearchStrategy[str]:
    """Give nasty texts as they are, with a piece put in or taken out, and texts made of pieces."""

    def put_in(text: str, piece: str, place: float) -> str:
        cut = int(place * len(text))
        return text[:cut] + piece + text[cut:]

    def take_out(text: str, place: float) -> str:
        cut = int(place * len(text))
        return text[:cut] + text[cut + 1 :]

    nasty, place = st.sampled_from(NASTY), st.floats(0, 1)
    made = st.lists(PIECES, max_size=12).map("".join)
    return st.one_of(nasty, st.builds(put_in, nasty, PIECES, place), st.builds(take_out, nasty, place), made)
