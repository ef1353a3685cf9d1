"""A whole picture: title, subtitle, plot, notes and source line on one sheet of SVG."""

from ukraine_minerals.pictures import style
from ukraine_minerals.pictures.picture import About, Picture, Rows
from ukraine_minerals.pictures.svg import content, element, lines, titled, wrap

WIDTH = 720  # pixels; text of 11.5 to 13 pixels is still read at the 560 that a telephone scrolls through
MARGIN = 16
ROOM = WIDTH - 2 * MARGIN


def svg(picture: Picture, rows: Rows, about: About) -> str:
    """Draw a picture: the same rows give the same text."""
    plot = picture.draw(rows, about)
    title, told = wrap(picture.title, ROOM, 20 * 1.15), wrap(picture.subtitle, ROOM)
    y = 32.0
    parts = [lines(title, MARGIN, y, 26, "title")]
    y += 26 * len(title)
    parts.append(lines(told, MARGIN, y, 18, "muted"))
    y += 18 * len(told) + 4
    parts.append(element("g", plot.body, class_="plot", transform=f"translate(0 {y:g})"))
    y += plot.height + 22
    for note in plot.notes:
        found = wrap(note, ROOM, 11.5)
        parts.append(lines(found, MARGIN, y, 15.5, "small"))
        y += 15.5 * len(found) + 3
    found = wrap(source(about), ROOM, 11.5)
    parts.append(lines(found, MARGIN, y + 4, 15.5, "small muted"))
    height = round(y + 4 + 15.5 * len(found) + 4)
    key = f"um-{picture.name}"
    return (
        element(
            "svg",
            "\n",
            titled(picture.title).replace("<title", f'<title id="{key}-title"', 1),
            element("desc", content(picture.tell(rows)), id=f"{key}-desc"),
            "\n",
            element("style", style.sheet()),
            element("rect", width=WIDTH, height=height, class_="area paper"),
            "\n",
            "\n".join(parts),
            "\n",
            xmlns="http://www.w3.org/2000/svg",
            viewBox=f"0 0 {WIDTH} {height}",
            width=WIDTH,
            height=height,
            class_="um-picture",
            id=key,
            role="img",
            lang="en",
            aria_labelledby=f"{key}-title {key}-desc",
        )
        + "\n"
    )


def source(about: About) -> str:
    """Write the line that stands under every picture."""
    return (
        f"Source: {about.package}, version {about.version}, data as read by {about.cutoff}. "
        f"Licence:\u00a0{about.licence}."
    )
