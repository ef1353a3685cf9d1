"""Agreements by date and duration: one line each, grouped by subject, a bar where a duration is stated."""

from collections.abc import Sequence
from datetime import date

from ukraine_minerals.pictures.legend import legend
from ukraine_minerals.pictures.marks import day, is_vague, line, mark, span, spoken
from ukraine_minerals.pictures.picture import MARGIN, About, Picture, Plot, Row, Rows, Sheet
from ukraine_minerals.pictures.scales import Scale, months
from ukraine_minerals.pictures.svg import element, fold, lines, text, titled

# Two states whose agreement is one of many are named by the other party; families are rows of their own.
QUERY = """
SELECT a.agreement_id, a.title, (
    SELECT group_concat(name, ', ') FROM (
      SELECT body.name FROM agreement_parties AS p JOIN organisations AS body USING (organisation_id)
      WHERE p.agreement_id = a.agreement_id AND p.role = 'party' AND p.organisation_id <> 'ukraine'
      ORDER BY body.name)
  ) AS other_parties,
  a.type, a.stage, coalesce(a.signed_date, a.proposed_date, a.in_force_date) AS date,
  CASE WHEN a.signed_date IS NOT NULL THEN 'signed' WHEN a.proposed_date IS NOT NULL THEN 'proposed'
    WHEN a.in_force_date IS NOT NULL THEN 'in force' END AS date_of,
  a.ended_date, a.duration_years, a.part_of_title,
  EXISTS (SELECT 1 FROM agreements AS part WHERE part.part_of = a.agreement_id) AS has_parts,
  a.status, a.sources
FROM agreements_overview AS a WHERE a.status <> 'rejected' ORDER BY a.agreement_id
"""
COLUMNS = {
    "agreement_id": "key in agreements",
    "title": "title",
    "other_parties": "parties other than Ukraine",
    "type": "subject",
    "stage": "stage reached by the cut-off day",
    "date": "day of signing, else of the proposal, else of entry into force, EDTF",
    "date_of": "which of the three it is",
    "ended_date": "day of the end, EDTF",
    "duration_years": "duration as stated, years",
    "part_of_title": "title of the agreement that it is part of",
    "has_parts": "1 where others are part of it",
    "status": "status of the row",
    "sources": "addresses of the sources, parted by ' | '",
}
GROUPS = {
    "minerals": "Minerals",
    "partnership": "Partnership",
    "bilateral_security": "Long-term security agreements with partners",
    "security_guarantees": "Security guarantees in a settlement",
    "peace_plan": "Peace plans",
    "peacekeeping": "Peacekeeping",
    "ceasefire": "Ceasefires",
    "prisoner_exchange": "Prisoner exchanges",
    "arms_package": "Arms packages",
    "other": "Other",
}
STAGES = {
    "circle": ("purple hollow", "proposed or draft", ("proposed", "draft")),
    "triangle": ("blue hollow", "agreed or announced", ("agreed", "announced")),
    "square": ("blue solid edged", "signed or ratified", ("signed", "ratified")),
    "diamond": ("green solid edged", "in force", ("in_force",)),
    "cross": ("vermillion", "ended, refused, called off", ("ended", "cancelled", "rejected", "withdrawn")),
}
LEFT, ROW, SECOND, HEAD = 372, 17, 14, 34
BEGIN, END = "2021-10-01", "2036-12-31"


def _draw(rows: Rows, _about: About, sheet: Sheet) -> Plot:
    left = MARGIN + 8 if sheet.is_narrow else LEFT
    room = sheet.room if sheet.is_narrow else LEFT - MARGIN - 14
    key, taken = legend([(shape, classes, words) for shape, (classes, words, _) in STAGES.items()], 14, sheet)
    scale = Scale(day(BEGIN), day(END), left, sheet.right - 46)
    top = taken + 24.0
    y, parts = top, []
    for kind, words in GROUPS.items():
        members = sorted((row for row in rows if row["type"] == kind), key=_order)
        if not members:
            continue
        y += HEAD
        parts.append(text(words, MARGIN, y - 12, "head"))
        for row in members:
            named = fold(_name(row), room, 11.5, 2)
            below = SECOND * len(named) if sheet.is_narrow else 0
            parts.append(_datum(row, named, scale, y + 4, below))
            y += below + ROW + (6 if below else SECOND * (len(named) - 1))
    return Plot(
        key + _years(scale, top) + months(scale, top, y, 24) + "".join(parts),
        y + 14,
        (
            (
                "Mark: day of signing, else of the proposal. Bar: the duration that the text "
                "states, from that day; pale as long as nothing is signed. No bar: no duration "
                "was read, not a short one. A short line before a mark: by that day, or in that "
                "period. ◂ ▸ run on beyond the years shown."
            ),
        ),
    )


def _order(row: Row) -> tuple[str, str]:
    found = span(row["date"])
    return ((found.latest or found.earliest or "") if found else "9999", str(row["agreement_id"]))


def _years(scale: Scale, top: float) -> str:
    """Name the years above too: the picture is higher than a screen."""
    shown = range(date.fromordinal(int(scale.low)).year + 1, date.fromordinal(int(scale.high)).year + 1)
    return "".join(
        text(str(year), scale.at(day(f"{year}-01-01")), top - 4, "small muted", "middle")
        for year in shown
        if year % 2
    )


def _name(row: Row) -> str:
    """Name one of the long-term agreements by its other party, what else there is by its title."""
    one_of_many = row["type"] == "bilateral_security" and row["part_of_title"]
    return str((one_of_many and row["other_parties"]) or row["title"])


def _datum(row: Row, named: Sequence[str], scale: Scale, y: float, below: float) -> str:
    shape, (classes, _, _) = next(
        (found for found in STAGES.items() if row["stage"] in found[1][2]),
        ("circle", ("grey hollow", "", ())),
    )
    parts = [
        titled(_words(row)),
        lines(named, MARGIN, y, SECOND, "small"),
    ]
    y += below
    when = _order(row)[0]
    middle = y - 4
    if when == "9999":
        words = "see its parts" if row["has_parts"] else f"no date read ({row['stage'].replace('_', ' ')})"
        parts.append(text(words, scale.start, y, "tiny muted"))
        return _group(row, parts)
    x = scale.at(day(when))
    years = row["duration_years"]
    if years is not None:
        end = x + (years * 365.2425) * (scale.end - scale.start) / (scale.high - scale.low)
        signed = row["date_of"] != "proposed"
        parts.append(_bar(x, min(end, scale.end + 8), middle, classes.split()[0], signed=signed))
        words = f"{years}" if end <= scale.end else f"▸ {years}"
        parts.append(text(f"{words} y.", min(end, scale.end + 8) + 3, y, "tiny"))
    if day(when) < scale.low:
        parts.append(text(f"◂ {spoken(row['date'])}", x + 8, y, "tiny"))
    elif is_vague(row["date"]):
        parts.append(line(x - 14, middle, x, middle, f"{classes.split()[0]} line dashed"))
    parts.append(mark(shape, x, middle, classes, 4.2))
    return _group(row, parts)


def _bar(x1: float, x2: float, y: float, colour: str, *, signed: bool) -> str:
    kind = "area" if signed else "pale"
    return element("rect", x=x1, y=y - 2, width=x2 - x1, height=4, class_=f"{colour} {kind}")


def _group(row: Row, parts: list[str]) -> str:
    return element("g", *parts, class_="datum", data_agreement=row["agreement_id"], data_stage=row["stage"])


def _words(row: Row) -> str:
    words = f"{row['title']}: {row['stage'].replace('_', ' ')}, {row['date_of'] or ''} {spoken(row['date'])}"
    years = f", for {row['duration_years']} years" if row["duration_years"] is not None else ""
    return words + years + ("" if row["status"] == "accepted" else f" ({row['status']})")


def _tell(rows: Rows) -> str:
    counts = ", ".join(
        f"{words.lower()} {sum(row['type'] == kind for row in rows)}"
        for kind, words in GROUPS.items()
        if any(row["type"] == kind for row in rows)
    )
    ten = sum(row["duration_years"] == 10 for row in rows)
    long = "; ".join(
        f"{row['title']}, {row['duration_years']} years" for row in rows if (row["duration_years"] or 0) > 10
    )
    return (
        f"{len(rows)} agreements, drafts and plans by date: {counts}. {ten} state ten years; longer: {long}."
    )


AGREEMENTS = Picture(
    name="agreements",
    title="Agreements around the war, by date and duration",
    subtitle="Each agreement, draft and plan, by subject and day. Shape and colour: how far it came.",
    columns=COLUMNS,
    query=QUERY,
    draw=_draw,
    tell=_tell,
)
