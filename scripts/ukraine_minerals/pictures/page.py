"""A whole picture: title, subtitle, plot, notes and source line on one sheet of SVG."""

from ukraine_minerals.pictures import style
from ukraine_minerals.pictures.picture import MARGIN, WIDE, About, Picture, Rows, Sheet
from ukraine_minerals.pictures.svg import content, element, lines, titled, wrap


def svg(picture: Picture, rows: Rows, about: About, sheet: Sheet = WIDE) -> str:
    """Draw a picture: the same rows give the same text."""
    plot = picture.draw(rows, about, sheet)
    title, told = wrap(picture.title, sheet.room, 20 * 1.15), wrap(picture.subtitle, sheet.room)
    y = 32.0
    parts = [lines(title, MARGIN, y, 26, "title")]
    y += 26 * len(title)
    parts.append(lines(told, MARGIN, y, 18, "muted"))
    y += 18 * len(told) + 4
    parts.append(element("g", plot.body, class_="plot", transform=f"translate(0 {y:g})"))
    y += plot.height + 22
    for note in plot.notes:
        found = wrap(note, sheet.room, 11.5)
        parts.append(lines(found, MARGIN, y, 15.5, "small"))
        y += 15.5 * len(found) + 3
    found = wrap(source(about), sheet.room, 11.5)
    parts.append(lines(found, MARGIN, y + 4, 15.5, "small muted"))
    height = round(y + 4 + 15.5 * len(found) + 4)
    key = f"um-{picture.name}" + ("-narrow" if sheet.is_narrow else "")
    return (
        element(
            "svg",
            "\n",
            titled(picture.title).replace("<title", f'<title id="{key}-title"', 1),
            element("desc", content(picture.tell(rows)), id=f"{key}-desc"),
            "\n",
            element("style", style.sheet()),
            element("rect", width=f"{sheet.width:g}", height=height, class_="area paper"),
            "\n",
            "\n".join(parts),
            "\n",
            xmlns="http://www.w3.org/2000/svg",
            viewBox=f"0 0 {sheet.width:g} {height}",
            width=f"{sheet.width:g}",
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
