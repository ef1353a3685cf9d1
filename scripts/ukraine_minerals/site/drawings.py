"""The drawn parts of the front page: the map of units and sites, and the timeline of the deal, as SVG."""

import re
from collections.abc import Mapping

from ukraine_minerals.pictures import outline, sites_map, style, timeline
from ukraine_minerals.pictures.marks import line, mark, spoken
from ukraine_minerals.pictures.picture import About, Row, Rows
from ukraine_minerals.pictures.scales import Scale, months, swarm
from ukraine_minerals.pictures.svg import element, text, titled

WIDTH = 720.0
LEFT, PITCH = 150.0, 12.0
_UNIT = re.compile(r'<g class="unit" data-territory="([^"]+)">(.*?)</g>', re.DOTALL)
# Site's control -> classes of its mark: shape and edge say the same as colour.
CONTROL = {
    "government": "blue solid edged",
    "occupied": "vermillion solid barred",
    "contested": "purple hollow",
    "mixed": "purple hollow",
}


def country(about: About, sites: Rows, shares: Mapping[str, float]) -> str:
    """Draw Ukraine's units, tinted by the share that is occupied, with the sites that have a position."""
    to = outline.projection(about.units, 0, 4, WIDTH)
    placed = [s for s in sites if s["latitude"] is not None and to.holds(s["longitude"], s["latitude"])]
    spread = sites_map._spread([to.at(s["longitude"], s["latitude"]) for s in placed], 11)  # noqa: SLF001
    units = _UNIT.sub(lambda m: _unit(m[1], m[2], shares.get(m[1])), outline.draw(about.units, to))
    marks = "".join(_site(site, x, y) for site, (x, y) in zip(placed, spread, strict=True))
    return element(
        "svg",
        units,
        outline.names(about.units, to, spread, all_of_them=True),
        element("g", marks),
        viewBox=f"0 0 {WIDTH:g} {to.height + 8:.0f}",
        class_="um-picture um-map",
        role="group",
        aria_label="Map of Ukraine: its 27 units and the deposits, mines, plants and ports in them",
    )


def _unit(key: str, inside: str, share: float | None) -> str:
    href = f"territories/{key}/index.html"
    return f'<a class="unit {tint(share)}" href="{href}" data-territory="{key}">{inside}</a>'


def tint(share: float | None) -> str:
    """Name the class of a share in percent; the script has the same steps."""
    if share is None:
        return "t-none"
    return next(
        name
        for limit, name in ((0, "t-0"), (10, "t-1"), (50, "t-2"), (90, "t-3"), (100, "t-4"))
        if share <= limit
    )


def _site(site: Row, x: float, y: float) -> str:
    group = next((s for s, (_, kinds) in sites_map.GROUPS.items() if site["category"] in kinds), "star")
    classes = CONTROL.get(site["control"] or "", "grey hollow")
    if sites_map.is_old(site):
        classes = classes.replace("solid", "tinted").removesuffix(" edged")
    held = (
        f"{site['control']} as of {spoken(site['control_as_of'])}"
        if site["control"]
        else "who holds it is not told"
    )
    words = f"{site['name']} ({site['minerals'] or site['type']}): {held}"
    return element(
        "a",
        titled(words),
        mark(group, x, y, classes, 4.6 if site["control"] else 3.6),
        href=f"sites/{site['site_id']}/index.html",
        data_site=site["site_id"],
        aria_label=words,
        class_="site",
    )


def deal(rows: Rows) -> str:
    """Draw the days of the minerals deal in lanes, each mark a link to its record."""
    ordered = sorted(rows, key=lambda row: (timeline._bounds(row)[1], str(row["id"])))  # noqa: SLF001
    days = [bound for row in ordered for bound in timeline._bounds(row)] or [0, 1]  # noqa: SLF001
    scale = Scale(min(days) - 20, max(days) + 25, LEFT, WIDTH - 8)
    parts, y = [], 4.0
    for name, (shape, colour, _, _) in timeline.LANES.items():
        members = [row for row in ordered if timeline.lane(row) == name]
        levels = swarm([scale.at(timeline._bounds(row)[1]) for row in members], 10)  # noqa: SLF001
        height = PITCH * (max(levels, default=0) + 1) + 10
        parts.append(line(LEFT, y + height, WIDTH - 8, y + height))
        parts.append(text(name, 0, y + height - 8, "small head"))
        parts += [
            _event(row, scale, y + height - 10 - PITCH * level, shape, colour)
            for row, level in zip(members, levels, strict=True)
        ]
        y += height
    return element(
        "svg",
        months(scale, 4, y, 3),
        *parts,
        viewBox=f"0 0 {WIDTH:g} {y + 36:.0f}",
        class_="um-picture um-timeline",
        role="group",
        aria_label="Timeline of the minerals deal: each mark is an event or a stage of an agreement",
    )


def _event(row: Row, scale: Scale, y: float, shape: str, colour: str) -> str:
    table = "events" if row["kind"] == "event" else "agreements"
    words = f"{spoken(row['date'])}: {timeline._words(row)}"  # noqa: SLF001
    x = scale.at(timeline._bounds(row)[1])  # noqa: SLF001
    return element(
        "a",
        titled(words),
        mark(shape, x, y, f"{colour} {timeline._form(row)}", 4.4),  # noqa: SLF001
        href=f"{table}/{row['id']}/index.html",
        data_event=f"{table}/{row['id']}",
        aria_label=words,
        class_="mark",
    )


def outline_file(about: About) -> tuple[str, outline.Projection]:
    """Draw the bare outline as a file that small maps share, and say where a place lies on it."""
    to = outline.projection(about.units, 4, 4, 312)
    rule, dark = ".u path{{fill:{land};stroke:{border}}}".format, "@media (prefers-color-scheme:dark)"
    sheet = f"{rule(**style.LIGHT)}{dark}{{{rule(**style.DARK)}}}"
    drawn = element(
        "svg",
        element("style", sheet),
        element("g", re.sub(r"<title>.*?</title>", "", outline.draw(about.units, to)), class_="u"),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 320 {to.height + 8:.0f}",
        width=320,
        height=round(to.height + 8),
    )
    return drawn + "\n", to


def sketch(to: outline.Projection, longitude: float, latitude: float, words: str) -> str:
    """Draw one place on the shared outline."""
    x, y = to.at(longitude, latitude)
    height = round(to.height + 8)
    return element(
        "svg",
        element("image", href="../../assets/outline.svg", width=320, height=height),
        element("circle", cx=x, cy=y, r=9, class_="blue ring"),
        element("circle", cx=x, cy=y, r=3, class_="blue solid"),
        viewBox=f"0 0 320 {height}",
        class_="um-picture um-sketch",
        role="img",
        aria_label=words,
    )
