"""Occupied share by oblast over time: each observation a point, told apart by who asserts it."""

from ukraine_minerals.pictures.legend import legend
from ukraine_minerals.pictures.marks import day, is_vague, line, mark, span, spoken
from ukraine_minerals.pictures.picture import MARGIN, About, Picture, Plot, Row, Rows, Sheet
from ukraine_minerals.pictures.scales import Scale, months
from ukraine_minerals.pictures.svg import element, text, titled

# Whose figure it is: what a body belongs to decides, and the occupation authorities belong to no row of ours.
QUERY = """
WITH RECURSIVE up (organisation_id, above_id) AS (
  SELECT organisation_id, organisation_id FROM organisations
  UNION SELECT up.organisation_id, o.parent_id
  FROM up JOIN organisations AS o ON o.organisation_id = up.above_id WHERE o.parent_id IS NOT NULL
)
SELECT c.territory_control_id, c.territory_id, c.unit, c.as_of, c.asserted_by,
  CASE
    WHEN t.asserted_by LIKE '%-occupation-authorities' OR EXISTS (
      SELECT 1 FROM up WHERE up.organisation_id = t.asserted_by AND above_id = 'russia') THEN 'russia'
    WHEN EXISTS (
      SELECT 1 FROM up WHERE up.organisation_id = t.asserted_by AND above_id = 'ukraine') THEN 'ukraine'
    WHEN t.asserted_by = 'deepstate' THEN 'deepstate'
    WHEN t.asserted_by = 'institute-for-the-study-of-war' THEN 'isw'
    WHEN c.basis LIKE '%Institute for the Study of War%' THEN 'from-isw'
    ELSE 'other'
  END AS voice,
  c.occupied_percent, c.occupied_percent_max, c.qualifier, c.basis, c.status, c.note, c.sources
FROM control_by_oblast AS c JOIN territory_control AS t USING (territory_control_id)
WHERE c.occupied_percent IS NOT NULL AND c.as_of IS NOT NULL
ORDER BY c.unit, coalesce(c.as_of_latest, c.as_of_earliest), c.territory_control_id
"""
COLUMNS = {
    "territory_control_id": "key in territory_control",
    "territory_id": "key in territories",
    "unit": "name of the territory",
    "as_of": "day that the figure speaks of, EDTF",
    "asserted_by": "whose figure it is",
    "voice": "kind of asserter: russia, ukraine, deepstate, isw, from-isw (others, from its data), other",
    "occupied_percent": "share occupied, percent",
    "occupied_percent_max": "upper end of a range, percent",
    "qualifier": "about, at_least, up_to, more_than, less_than, nearly; empty = exact",
    "basis": "of what",
    "status": "status of the row",
    "note": "why the status is not accepted",
    "sources": "addresses of the sources, parted by ' | '",
}
VOICES = {
    "russia": ("square", "vermillion", "Russia and bodies of its own"),
    "ukraine": ("circle", "blue", "Ukraine and bodies of its own"),
    "deepstate": ("diamond", "green", "DeepState"),
    "isw": ("triangle", "purple", "Institute for the Study of War (ISW)"),
    "from-isw": ("wedge", "purple", "others, from ISW's data"),
    "other": ("hexagon", "grey", "others"),
}
BEGIN, GAP, GUTTER = "2022-01-01", 52, 34
MANY = 20  # a panel with as many points has the whole width, and is higher
_TOPS = {"ukraine": 40}  # percent; every other panel ends at 100
_UPWARD, _DOWNWARD = ("at_least", "more_than"), ("up_to", "less_than", "nearly")


def _draw(rows: Rows, _about: About, sheet: Sheet) -> Plot:
    entries = [(shape, f"{colour} solid edged", words) for shape, colour, words in VOICES.values()]
    entries += [
        ("circle", "ink ring", "about, or the day is not sure"),
        ("circle", "ink ring dashed", "unverified"),
        ("cross", "ink", "rejected: shown wrong"),
    ]
    key, taken = legend(entries, 14, sheet)
    units = sorted(
        {str(row["unit"]) for row in rows}, key=lambda name: (name != "Ukraine", -_weight(rows, name), name)
    )
    end = max((_bounds(row)[1] for row in rows), default=day("2026-01-01")) + 30
    parts, y, column = [key], taken + 34.0, 0
    wide = (sheet.room - GUTTER) / 2
    for place, name in enumerate(units):
        found = [row for row in rows if row["unit"] == name]
        many = len(found) >= MANY
        whole = many or sheet.is_narrow
        height = 170 if many else 100
        left = MARGIN + 26 + column * (wide + GUTTER)
        scale = Scale(day(BEGIN), end, left, sheet.right - 12 if whole else left + wide - 26)
        parts.append(_panel(found, name, scale, y, height))
        column = 0 if whole else 1 - column
        if column == 0 or place == len(units) - 1 or _weight(rows, units[place + 1]) >= MANY:
            y, column = y + height + GAP, 0
    before = sum(_bounds(row)[1] < day(BEGIN) for row in rows)
    notes = (
        (
            "Points are not joined: nothing is known between them, and asserters use different "
            "maps and bases, so that two points of different shape do not show a change. A bar is"
            " a range, or a period; an arrow says at least (up) or at most, nearly (down); a "
            "dashed line to the left: by that day."
        ),
        (
            "Bases differ (with or without Crimea, held or also only claimed): the CSV has each. "
            "Observations without a share, such as that all of Crimea and Sevastopol is occupied, "
            "are in territory_control."
        ),
    )
    return Plot("".join(parts), y - 28, (*notes, f"Older, at the left edge: {before}.") if before else notes)


def _weight(rows: Rows, name: str) -> int:
    return sum(row["unit"] == name for row in rows)


def _bounds(row: Row) -> tuple[int, int]:
    found = span(row["as_of"])
    first, last = (found.earliest, found.latest) if found else (None, None)
    return day(first or last or BEGIN), day(last or first or BEGIN)


def _panel(rows: Rows, name: str, scale: Scale, y: float, height: float) -> str:
    territory = next((str(row["territory_id"]) for row in rows), "")
    most = _TOPS.get(territory, 100)
    rise = Scale(0, most, y + height, y)
    words = name if most == 100 else f"{name} as a whole: scale ends at {most}%"
    parts = [text(words, scale.start - 26, y - 12, "head")]
    parts.append(months(scale, y, y + height, 12))
    for percent in (0, most // 2, most):
        at = rise.at(percent)
        parts.append(line(scale.start, at, scale.end, at))
        parts.append(
            text(
                f"{percent}%" if percent == most else str(percent),
                scale.start - 4,
                at + 4,
                "tiny muted",
                "end",
            )
        )
    parts += [_datum(row, scale, rise) for row in rows]
    return element("g", *parts, class_="panel", data_territory=territory)


def _datum(row: Row, scale: Scale, rise: Scale) -> str:
    shape, colour, _ = VOICES[row["voice"]]
    first, last = _bounds(row)
    low = row["occupied_percent"]
    high = low if row["occupied_percent_max"] is None else row["occupied_percent_max"]
    found = span(row["as_of"])
    x, y = (scale.at(first) + scale.at(last)) / 2, rise.at((low + high) / 2)
    parts = []
    if first != last:
        parts.append(line(scale.at(first), y, scale.at(last), y, f"{colour} line"))
    if found and found.earliest is None:
        parts.append(line(x - 16, y, x, y, f"{colour} line dashed"))
    if high != low:
        parts.append(line(x, rise.at(low), x, rise.at(high), f"{colour} line wide"))
    way = (row["qualifier"] in _DOWNWARD) - (row["qualifier"] in _UPWARD)
    if way:
        parts.append(line(x, y, x, y + 11 * way, f"{colour} line"))
        parts.append(mark("wedge" if way > 0 else "triangle", x, y + 10 * way, f"{colour} area", 2))
    if row["status"] == "rejected":
        parts.append(mark("cross", x, y, colour, 3.5))
    else:
        vague = row["qualifier"] == "about" or is_vague(row["as_of"]) or row["status"] != "accepted"
        dashed = "" if row["status"] == "accepted" else " dashed"
        parts.append(mark(shape, x, y, f"{colour} {'ring' if vague else 'solid edged'}{dashed}", 3.4))
    return element(
        "g",
        titled(_words(row)),
        *parts,
        class_="datum",
        data_control=row["territory_control_id"],
        data_voice=row["voice"],
    )


def _words(row: Row) -> str:
    share = f"{row['occupied_percent']:g}"
    if row["occupied_percent_max"] is not None:
        share += f"–{row['occupied_percent_max']:g}"
    before = f"{row['qualifier'].replace('_', ' ')} " if row["qualifier"] else ""
    after = "" if row["status"] == "accepted" else f" ({row['status']})"
    return f"{row['unit']}, {spoken(row['as_of'])}: {before}{share}% – {row['asserted_by']}{after}"


def _tell(rows: Rows) -> str:
    units = sorted({str(row["unit"]) for row in rows})
    latest = {row["unit"]: row for row in rows if row["voice"] == "deepstate" and row["status"] == "accepted"}
    told = "; ".join(_words(row) for _, row in sorted(latest.items()))
    return (
        f"{len(rows)} observations of the share that Russia occupies, from 2022 on, in {len(units)} panels: "
        f"{', '.join(units)}. The latest of DeepState: {told}."
    )


OCCUPIED = Picture(
    name="occupied-share",
    title="How much of each oblast is occupied, and who says so",
    subtitle="Share of the area in percent, one point for each observation; oblasts on one scale.",
    columns=COLUMNS,
    query=QUERY,
    draw=_draw,
    tell=_tell,
)
