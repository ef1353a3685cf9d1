"""Charts: each picture on a page of its own with its files and rows, and a bare page to embed."""

from collections.abc import Mapping
from pathlib import Path

from ukraine_minerals.export import swap
from ukraine_minerals.pictures import csv_text, page
from ukraine_minerals.pictures.picture import NARROW, About, Picture, Rows
from ukraine_minerals.site import pages
from ukraine_minerals.site.pages import Site


def write(site: Site, drawn: Mapping[Picture, Rows], about: About, made: Path) -> None:
    """Write the charts; PNG files are taken over from `made`, the folder of pictures, where they exist."""
    found = []
    for picture, rows in drawn.items():
        folder = f"charts/{picture.name}"
        pages.save(site, f"{folder}/{picture.name}.svg", page.svg(picture, rows, about))
        pages.save(site, f"{folder}/{picture.name}-narrow.svg", page.svg(picture, rows, about, NARROW))
        pages.save(site, f"{folder}/{picture.name}.csv", csv_text(picture, rows))
        png = made / f"{picture.name}.png"
        if png.is_file():
            swap.link(png, site.folder / folder / png.name)
        context = {
            "picture": picture,
            "told": picture.tell(rows),
            "source": page.source(about),
            "size": len(rows),
            "png": png.is_file(),
        }
        pages.write(site, f"{folder}/index.html", "chart.html", **context)
        pages.write(site, f"{folder}/embed.html", "embed.html", **context)
        found.append(context)
    pages.write(site, "charts/index.html", "charts.html", charts=found)
