"""All pictures on one page of HTML that holds them whole: no script, no other file, no other host."""

from collections.abc import Sequence
from html import escape

from ukraine_minerals.pictures import page
from ukraine_minerals.pictures.picture import About, Picture

_STYLE = """\
:root{color-scheme:light dark}
body{margin:0 auto;max-width:760px;padding:16px;
  font:16px/1.5 "DejaVu Sans",Verdana,"Noto Sans",Arial,sans-serif;background:#fff;color:#1a1a1a}
a{color:#0060a0}
.frame{border:1px solid #d9d9d9}
.frame svg{display:block;width:100%;height:auto}
.on-telephone{display:none}
dt{font-family:monospace}
dd{margin:0 0 .4em 1.5em}
figure{margin:0 0 40px}
figcaption{font-size:14px}
h2{position:absolute;clip-path:inset(50%);width:1px;height:1px;overflow:hidden}
@media (max-width:560px){
.on-page{display:none}
.on-telephone{display:block}
}
@media (prefers-color-scheme:dark){
body{background:#0d1014;color:#ececec}
a{color:#7cc4f5}
.frame{border-color:#3a424b}
}
"""


def html(drawn: Sequence[tuple[Picture, str, str]], about: About, suffixes: Sequence[str]) -> str:
    """Write the page; `suffixes` are those of the files that lie beside it for each picture."""
    contents = "".join(f'<li><a href="#{p.name}">{escape(p.title)}</a></li>' for p, *_ in drawn)
    figures = "".join(_figure(*entry, suffixes) for entry in drawn)
    return f"""\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Pictures: {escape(about.package)}</title>
<style>
{_STYLE}</style>
</head>
<body>
<header>
<h1>{escape(about.package)}: pictures</h1>
<p>{escape(page.source(about))}</p>
<p>Each picture can be taken away, and the rows that it draws as CSV.</p>
<ul>{contents}</ul>
</header>
<main>
{figures}</main>
</body>
</html>
"""


def _figure(picture: Picture, wide: str, narrow: str, suffixes: Sequence[str]) -> str:
    links = ", ".join(f'<a href="{picture.name}{suffix}">{_label(suffix)}</a>' for suffix in suffixes)
    columns = "".join(
        f"<dt>{escape(name)}</dt><dd>{escape(words)}</dd>" for name, words in picture.columns.items()
    )
    return f"""\
<figure id="{picture.name}">
<h2>{escape(picture.title)}</h2>
<div class="frame on-page">
{wide}</div>
<div class="frame on-telephone">
{narrow}</div>
<figcaption>{links}
<details><summary>Columns of the CSV</summary><dl>{columns}</dl></details>
</figcaption>
</figure>
"""


def _label(suffix: str) -> str:
    stem, _, kind = suffix.partition(".")
    return f"{kind.upper()} (narrow)" if stem else kind.upper()
