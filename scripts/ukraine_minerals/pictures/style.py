"""The one style of all pictures: a palette in light and in dark, and rules that a site's own may override.

Every colour is a rule `color: var(--um-NAME, DEFAULT)`; marks are painted with `currentColor`. A page that
sets `--um-ink`, `--um-paper` and so on, on any element around an inlined picture, has the last word. Blue,
vermillion and green are those of Okabe and Ito (2008), darkened or lightened until each stands 3 : 1 or more
against the paper and the land; shape always says the same as colour.
A page that inlines pictures must not style bare classes of theirs, such as `.wide` or `.title`.
"""

import re

LIGHT = {
    "ink": "#1a1a1a",
    "paper": "#ffffff",
    "muted": "#595959",
    "rule": "#d9d9d9",
    "land": "#f0f0ee",
    "border": "#8c8c8c",
    "blue": "#0072b2",
    "vermillion": "#c85400",
    "green": "#007a5a",
    "purple": "#aa4a80",
    "grey": "#4d4d4d",
}
DARK = {
    "ink": "#ececec",
    "paper": "#14181d",
    "muted": "#a8adb3",
    "rule": "#3a424b",
    "land": "#262d35",
    "border": "#69737d",
    "blue": "#5db8ec",
    "vermillion": "#f0803c",
    "green": "#2bc499",
    "purple": "#e08dbf",
    "grey": "#868c93",
}
FONTS = '"DejaVu Sans",Verdana,"Noto Sans",Arial,sans-serif'

_RULES = """\
.um-picture{font:13px %(fonts)s}
.um-picture text{fill:currentColor}
.um-picture .title{font-size:20px;font-weight:bold}
.um-picture .head{font-weight:bold}
.um-picture .small{font-size:11.5px}
.um-picture .tiny{font-size:10px}
.um-picture .solid{fill:currentColor;stroke:currentColor;stroke-width:1.6}
.um-picture .hollow{stroke:currentColor;stroke-width:1.8}
.um-picture .line{fill:none;stroke:currentColor}
.um-picture .wide{stroke-width:2}
.um-picture .dashed{stroke-dasharray:2.5 2}
.um-picture .area{fill:currentColor}
.um-picture .ring{fill:none;stroke:currentColor;stroke-width:1.8}
.um-picture .tinted{fill:currentColor;fill-opacity:.35;stroke:currentColor;stroke-width:1.8}
.um-picture .unit path{stroke-width:2}
.um-picture .pale{fill:currentColor;fill-opacity:.3;stroke:none}
"""
_VARIABLE = re.compile(r"var\(--um-\w+,(#\w+)\)")
_DARK_BLOCK = re.compile(r"@media \(prefers-color-scheme:dark\)\{.*?\n\}\n", re.DOTALL)


def sheet() -> str:
    """Write the style sheet that each picture carries."""
    return (
        _RULES % {"fonts": FONTS}
        + _colours(LIGHT)
        + "@media (prefers-color-scheme:dark){\n"
        + _colours(DARK)
        + "}\n"
    )


def flat(svg: str) -> str:
    """Give a picture in its light colours alone, for programs that know neither variables nor media."""
    return _VARIABLE.sub(r"\1", _DARK_BLOCK.sub("", svg))


def _colours(palette: dict[str, str]) -> str:
    rules = [f".um-picture .{name}{{color:var(--um-{name},{value})}}\n" for name, value in palette.items()]
    paper = f"var(--um-paper,{palette['paper']})"
    land, border = (f"var(--um-{name},{palette[name]})" for name in ("land", "border"))
    ink = f"var(--um-ink,{palette['ink']})"
    return (
        f".um-picture{{color:{ink}}}\n"
        + "".join(rules)
        + f".um-picture .hollow{{fill:{paper}}}\n"
        + f".um-picture .edged{{stroke:{paper};stroke-width:1}}\n"
        + f".um-picture .unit path{{fill:{land};stroke:{border}}}\n"
        + f".um-picture .unit-name{{paint-order:stroke;stroke:{land};stroke-width:2.5px}}\n"
        + f".um-picture .barred{{stroke:{ink};stroke-width:2}}\n"
    )
