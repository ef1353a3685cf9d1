"""What a field takes, in words: its type and format, each with an example."""

from ukraine_minerals import problem
from ukraine_minerals.model import Field

_KINDS = {
    "integer": "a whole number such as -12",
    "number": "a number such as -1.5",
    "object": "a JSON object",
    "array": "a JSON array",
    "date": "a date such as 2025-02-14",
    "time": "a time such as 15:00:00",
    "datetime": "a date with a time such as 2025-02-14T15:00:00Z",
    "year": "a year such as 2025",
    "yearmonth": "a month such as 2025-02",
    "duration": "a duration such as P1Y2M or PT8H",
}
_FORMATS = {"email": "an email address", "uri": "a URI", "binary": "base64 text", "uuid": "a UUID"}
_FORMATS |= {"array": "a point such as [30.5, 50.4]", "object": 'a point such as {"lon": 30.5, "lat": 50.4}'}


def of(field: Field) -> str:
    """Say what a cell of the field has to be, with its article, to follow "is not"."""
    if field.type == "boolean":
        true = field.descriptor.get("trueValues", ["true"])
        return " or ".join(map(str, [*true[:1], *field.descriptor.get("falseValues", ["false"])[:1]]))
    if field.type == "list":
        item = field.descriptor.get("itemType", "string")
        return f"a list of {item} with the delimiter {problem.quote(field.descriptor.get('delimiter', ','))}"
    if field.type == "geojson":
        return "a TopoJSON object" if field.format == "topojson" else "a GeoJSON object"
    if "%" in field.format:
        return f"a {field.type} of the form {field.format}"
    if field.type == "geopoint" and field.format == "default":
        return 'a point such as "30.5, 50.4" (longitude, latitude)'
    return _FORMATS.get(field.format) or _KINDS[field.type]
