"""What is disputed: one square for each disagreement, by its kind and by how it was judged."""

from collections import Counter

from ukraine_minerals.pictures.marks import mark
from ukraine_minerals.pictures.picture import MARGIN, About, Picture, Plot, Row, Rows, Sheet
from ukraine_minerals.pictures.svg import element, text, titled

QUERY = """
SELECT d.dispute_id, d.title, d.kind, d.verdict, d.summary, d.note, p.sources
FROM disputes AS d LEFT JOIN provenance AS p ON p.table_name = 'disputes' AND p.row_key = d.dispute_id
ORDER BY d.dispute_id
"""
COLUMNS = {
    "dispute_id": "key in disputes",
    "title": "title",
    "kind": "kind of disagreement",
    "verdict": "resolved, only_apparent or open",
    "summary": "what it is about",
    "note": "remark",
    "sources": "addresses of its own sources, parted by ' | '; an open one may rest on its sides alone",
}
VERDICTS = {
    "open": ("circle", "vermillion hollow", "open"),
    "resolved": ("square", "blue solid edged", "resolved"),
    "only_apparent": ("diamond", "green solid edged", "only apparent"),
}
LEFT, PITCH, ROW = 148, 17, 18


def _draw(rows: Rows, _about: About, sheet: Sheet) -> Plot:
    begin = MARGIN if sheet.is_narrow else LEFT
    kinds = [
        kind for kind, _ in sorted(Counter(row["kind"] for row in rows).items(), key=lambda e: (-e[1], e[0]))
    ]
    wide = (sheet.right - begin) / len(VERDICTS)
    each = int((wide - 12) // PITCH)
    totals = Counter(row["verdict"] for row in rows)
    parts = [
        text(f"{words}: {totals[verdict]}", begin + wide * place, 16, "head")
        for place, (verdict, (_, _, words)) in enumerate(VERDICTS.items())
    ]
    y = 30.0
    for kind in kinds:
        found = {
            verdict: [r for r in rows if (r["kind"], r["verdict"]) == (kind, verdict)] for verdict in VERDICTS
        }
        height = ROW * max(-(-len(members) // each) for members in found.values()) + 12
        parts.append(text(str(kind).replace("_", " "), MARGIN, y + 16))
        y += 20 if sheet.is_narrow else 0
        for place, members in enumerate(found.values()):
            left = begin + wide * place
            parts += [
                _datum(row, left + 6 + PITCH * (n % each), y + 12 + ROW * (n // each))
                for n, row in enumerate(members)
            ]
        y += height
    return Plot("".join(parts), y, ())


def _datum(row: Row, x: float, y: float) -> str:
    shape, classes, words = VERDICTS[row["verdict"]]
    return element(
        "g",
        titled(f"{row['title']} – {words}. {row['summary']}"),
        mark(shape, x, y, classes, 5.5),
        class_="datum",
        data_dispute=row["dispute_id"],
    )


def _tell(rows: Rows) -> str:
    counts = Counter((row["verdict"], row["kind"]) for row in rows)
    told = "; ".join(
        f"{verdict.replace('_', ' ')}, {kind.replace('_', ' ')}: {n}"
        for (verdict, kind), n in sorted(counts.items())
    )
    return f"{len(rows)} disagreements between sources, or within one, by verdict and kind. {told}."


DISPUTES = Picture(
    name="disputes",
    title="What is disputed, and how it was judged",
    subtitle="One mark for each disagreement between sources, or within one, by kind. It is only apparent "
    "where both sides can be right: other days, other scopes, other words.",
    columns=COLUMNS,
    query=QUERY,
    draw=_draw,
    tell=_tell,
)
