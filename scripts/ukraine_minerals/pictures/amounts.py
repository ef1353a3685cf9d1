"""Amounts committed: one panel for each currency and basis, each with its own scale, and no sums."""

from collections.abc import Sequence
from itertools import groupby

from ukraine_minerals.pictures.legend import legend
from ukraine_minerals.pictures.marks import mark, spoken
from ukraine_minerals.pictures.picture import MARGIN, About, Picture, Plot, Row, Rows, Sheet
from ukraine_minerals.pictures.scales import Scale
from ukraine_minerals.pictures.svg import element, fold, lines, text, titled

# A part of another commitment (`part_of`) would be counted twice.
QUERY = """
SELECT c.commitment_id, b.name AS committed_by, c.item, c.announced_date, c.stage, c.currency, c.amount_basis,
  c.qualifier, c.amount, c.amount_max, c.basis, c.period, c.status, p.sources
FROM commitments AS c
LEFT JOIN organisations AS b ON b.organisation_id = c.committed_by
LEFT JOIN provenance AS p ON p.table_name = 'commitments' AND p.row_key = c.commitment_id
WHERE c.amount IS NOT NULL AND c.part_of IS NULL AND c.status <> 'rejected'
ORDER BY c.currency IS NULL, c.currency, c.amount_basis, c.amount DESC, c.commitment_id
"""
COLUMNS = {
    "commitment_id": "key in commitments",
    "committed_by": "who gives; empty = several together",
    "item": "what for",
    "announced_date": "day of the announcement, EDTF",
    "stage": "proposed, announced, agreed, delivered",
    "currency": "ISO 4217 code; empty for a share of the gross domestic product",
    "amount_basis": "total, per_year or percent_of_gdp",
    "qualifier": "about, at_least, up_to, more_than, less_than, nearly; empty = exact",
    "amount": "amount as stated, in whole units of the currency, or percent",
    "amount_max": "upper end of a range",
    "basis": "of what",
    "period": "for which period, EDTF",
    "status": "status of the row",
    "sources": "addresses of the sources, parted by ' | '",
}
STAGES = {
    "delivered": ("square", "green", "solid edged"),
    "agreed": ("diamond", "blue", "solid edged"),
    "announced": ("circle", "purple", "solid edged"),
    "proposed": ("circle", "grey", "hollow"),
    "withdrawn": ("cross", "vermillion", ""),
}
BASES = {"total": "in all", "per_year": "a year", "percent_of_gdp": "percent of gross domestic product"}
LEFT, ROW, SECOND, HEAD = 356, 17, 14, 40
LABEL = 106  # pixels kept for the amount in words


def _draw(rows: Rows, _about: About, sheet: Sheet) -> Plot:
    left = MARGIN + 8 if sheet.is_narrow else LEFT
    room = sheet.room if sheet.is_narrow else LEFT - MARGIN - 14
    present = {row["stage"] for row in rows}
    entries = [(shape, f"{c} {form}", name) for name, (shape, c, form) in STAGES.items() if name in present]
    key, taken = legend(entries, 14, sheet)
    parts, y = [key], taken + 0.0
    for (currency, basis), found in groupby(rows, key=lambda row: (row["currency"], row["amount_basis"])):
        members = list(found)
        y += HEAD
        heading = (
            f"{currency}, {BASES.get(basis, basis)}"
            if currency
            else BASES.get(basis, str(basis)).capitalize()
        )
        parts.append(text(heading, MARGIN, y - 13, "head"))
        top = max(row["amount_max"] or row["amount"] for row in members)
        scale = Scale(0, top, left, sheet.right - LABEL)
        for row in members:
            named = fold(f"{_who(row)}: {row['item']}", room, 11.5, 2)
            below = SECOND * len(named) if sheet.is_narrow else 0
            parts.append(_datum(row, named, scale, y + 4, below))
            y += below + ROW + (6 if below else SECOND * (len(named) - 1))
    return Plot(
        "".join(parts),
        y,
        (
            (
                "Nominal amounts as stated, one line for each commitment; nothing is added up, "
                "and no panel can be compared with another by length. Parts of another commitment"
                " are left out, so the loan of a group stands once. Commitments overlap: some "
                "repeat or fulfil what others had announced. Hollow and dashed: unverified."
            ),
        ),
    )


def _who(row: Row) -> str:
    return str(row["committed_by"] or "several together")


def _datum(row: Row, named: Sequence[str], scale: Scale, y: float, below: float) -> str:
    shape, colour, form = STAGES[row["stage"]]
    name = lines(named, MARGIN, y, SECOND, "small")
    y += below
    x = scale.at(row["amount"])
    bars = [_bar(scale.start, x, y, f"{colour} {'pale' if row['stage'] == 'proposed' else 'area'}")]
    if row["amount_max"] is not None:
        bars.append(_bar(x, scale.at(row["amount_max"]), y, f"{colour} pale"))
    end = scale.at(row["amount_max"] or row["amount"])
    form = form if row["status"] == "accepted" else "hollow dashed"
    return element(
        "g",
        titled(f"{_who(row)}: {row['item']}, {_amount(row)}, {row['stage']} {spoken(row['announced_date'])}"),
        name,
        *bars,
        mark(shape, end, y - 4, f"{colour} {form}", 4.2),
        text(_amount(row), end + 10, y, "small"),
        class_="datum",
        data_commitment=row["commitment_id"],
        data_currency=row["currency"] or "",
    )


def _bar(x1: float, x2: float, y: float, classes: str) -> str:
    return element("rect", x=x1, y=y - 6, width=max(x2 - x1, 0.5), height=4, class_=classes)


def _amount(row: Row) -> str:
    """Put an amount into words: at least 1.22 bn; 5–7 m; 0.25 percent."""
    low, high = row["amount"], row["amount_max"]
    size, unit = (1, "%") if row["currency"] is None else (1e9, "bn") if low >= 1e9 else (1e6, "m")
    words = f"{low / size:.4g}" + (f"–{high / size:.4g}" if high is not None else "")
    before = f"{row['qualifier'].replace('_', ' ')} " if row["qualifier"] else ""
    return f"{before}{words} {unit}" + ("" if row["status"] == "accepted" else f" ({row['status']})")


def _tell(rows: Rows) -> str:
    told = []
    for (currency, basis), found in groupby(rows, key=lambda row: (row["currency"], row["amount_basis"])):
        members = list(found)
        first = members[0]
        told.append(
            f"{currency or 'share'} {BASES.get(basis, basis)}: {len(members)}, the largest "
            f"{first['committed_by'] or 'several together'}, {_amount(first)}"
        )
    return f"{len(rows)} commitments with an amount, in panels by currency and basis. {'; '.join(told)}."


AMOUNTS = Picture(
    name="amounts-committed",
    title="Amounts committed to Ukraine, currency by currency",
    subtitle="What was proposed, announced, agreed or delivered. Each panel has its own scale, from 0.",
    columns=COLUMNS,
    query=QUERY,
    draw=_draw,
    tell=_tell,
)
