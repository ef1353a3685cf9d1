"""The timeline of the minerals deal: what was said, drafted, refused, signed and set to work, and when."""

from ukraine_minerals.pictures.marks import day, is_vague, line, mark, span, spoken
from ukraine_minerals.pictures.picture import MARGIN, About, Picture, Plot, Row, Rows, Sheet
from ukraine_minerals.pictures.scales import Scale, months, swarm
from ukraine_minerals.pictures.svg import element, fold, lines, text, titled

# The deal is the agreement that the others are part of; no schema knows which of the agreements it is.
QUERY = """
WITH RECURSIVE deal (agreement_id) AS (
  VALUES ('us-ukraine-minerals-deal')
  UNION SELECT a.agreement_id FROM agreements AS a JOIN deal ON a.part_of = deal.agreement_id
),
stages AS (
  SELECT agreement_id, 'proposed' AS stage, proposed_date AS date FROM agreements
  UNION ALL SELECT agreement_id, 'signed', signed_date FROM agreements
  UNION ALL SELECT agreement_id, 'ratified', ratified_date FROM agreements
  UNION ALL SELECT agreement_id, 'in force', in_force_date FROM agreements
  UNION ALL SELECT agreement_id, 'ended', ended_date FROM agreements
)
SELECT 'event' AS kind, t.event_id AS id, t.event_date AS date, t.type, t.stage, t.title,
  t.agreement, t.status, t.sources
FROM timeline AS t JOIN deal USING (agreement_id)
WHERE t.event_date IS NOT NULL AND t.status <> 'rejected'
UNION ALL
SELECT 'agreement', a.agreement_id, s.date, a.type, s.stage, a.title, a.title, a.status, a.sources
FROM stages AS s JOIN deal USING (agreement_id) JOIN agreements_overview AS a USING (agreement_id)
WHERE s.date IS NOT NULL AND a.status <> 'rejected' AND s.date NOT IN (
  SELECT e.event_date FROM events AS e JOIN deal USING (agreement_id)
  WHERE e.event_date IS NOT NULL AND e.type NOT IN (
    'statement', 'interview', 'request', 'negotiation', 'meeting', 'call', 'visit', 'conference')
)
ORDER BY date, id, stage
"""
COLUMNS = {
    "kind": "event, or agreement where no event of the day but talks and words marks its stage",
    "id": "key in events or agreements",
    "date": "day, month or interval, EDTF",
    "type": "type of the event or the agreement",
    "stage": "stage of the event, or the stage that the agreement reached on that day",
    "title": "title",
    "agreement": "agreement of the deal that it belongs to",
    "status": "status of the row",
    "sources": "addresses of the sources, parted by ' | '",
}
# Lane: shape, colour, whether its events are listed by name, and the types of event that it holds.
LANES: dict[str, tuple[str, str, bool, tuple[str, ...]]] = {
    "Refused, called off": ("wedge", "vermillion", True, ("refusal",)),
    "Said in public": ("circle", "grey", False, ("statement", "interview", "request")),
    "Talks, meetings": ("hexagon", "blue", False, ("negotiation", "meeting", "call", "visit", "conference")),
    "Drafts, texts, notes": ("diamond", "purple", True, ("publication", "other")),
    "Signing and law": ("square", "ink", True, ("signing", "ratification", "legislation", "vote")),
    "The fund at work": ("triangle", "green", True, ("tender", "investment", "appointment", "founding")),
}
LEFT = 150
PITCH = 12
ROW = 20


def lane(row: Row) -> str:
    """Say in which lane a row lies; what no lane names lies among talks."""
    if row["stage"] == "cancelled":
        return "Refused, called off"
    if row["kind"] == "agreement":
        return "Drafts, texts, notes" if row["stage"] == "proposed" else "Signing and law"
    return next((name for name, (*_, types) in LANES.items() if row["type"] in types), "Talks, meetings")


def _draw(rows: Rows, _about: About, sheet: Sheet) -> Plot:
    begin = MARGIN if sheet.is_narrow else LEFT
    ordered = sorted(rows, key=lambda row: (_bounds(row)[1], str(row["id"])))
    days = [bound for row in ordered for bound in _bounds(row)] or [day("2025-01-01")]
    scale = Scale(min(days) - 20, max(days) + 25, begin, sheet.right)
    parts, y = [], 8.0
    for name, (shape, colour, _, _) in LANES.items():
        members = [row for row in ordered if lane(row) == name]
        levels = swarm([scale.at(_bounds(row)[1]) for row in members], 10)
        height = PITCH * (max(levels, default=0) + 1) + (26 if sheet.is_narrow else 10)
        parts.append(line(begin, y + height, sheet.right, y + height))
        parts.append(text(name, MARGIN, y + (14 if sheet.is_narrow else height - 8), "small head"))
        for row, level in zip(members, levels, strict=True):
            parts.append(_datum(row, scale, y + height - 10 - PITCH * level, shape, colour))
        y += height
    grid = months(scale, 8, y, 3 if sheet.is_narrow else 2)
    named = [row for row in ordered if LANES[lane(row)][2]]
    listed, foot = _list(named, y + 62, sheet)
    return Plot(
        grid + "".join(parts) + listed,
        foot - 10,
        (
            (
                "Hollow: planned, called off, or a date that is not a sure day; a dashed line to "
                "the left: by that day at the latest. Events that are only talks or words stand "
                "in the lanes alone; the CSV names them all."
            ),
        ),
    )


def _bounds(row: Row) -> tuple[int, int]:
    found = span(row["date"])
    first, last = (found.earliest, found.latest) if found else (None, None)
    return day(first or last or "0001-01-01"), day(last or first or "0001-01-01")


def _datum(row: Row, scale: Scale, y: float, shape: str, colour: str) -> str:
    first, last = _bounds(row)
    found = span(row["date"])
    x = scale.at(last)
    trace = ""
    if found and found.earliest is None:
        trace = line(x - 26, y, x, y, f"{colour} line dashed")
    elif first != last:
        trace = line(scale.at(first), y, x, y, f"{colour} line wide")
    return element(
        "g",
        titled(f"{spoken(row['date'])}: {_words(row)}"),
        trace,
        mark(shape, x, y, f"{colour} {_form(row)}", 4.2),
        class_="datum",
        **{f"data_{row['kind']}": row["id"]},
        data_date=row["date"],
    )


def _form(row: Row) -> str:
    sure = row["stage"] not in ("planned", "cancelled") and not is_vague(row["date"])
    return ("solid edged" if sure else "hollow") + ("" if row["status"] == "accepted" else " dashed")


def _words(row: Row) -> str:
    words = str(row["title"])
    words = f"{row['stage'].capitalize()}: {words}" if row["kind"] == "agreement" else words
    words += " (planned)" if row["stage"] == "planned" else ""
    return words if row["status"] == "accepted" else f"{words} ({row['status']})"


def _list(rows: Rows, y: float, sheet: Sheet) -> tuple[str, float]:
    """List events under each other: the date before the title, or above it where the sheet is narrow."""
    parts = []
    left = MARGIN + 20 if sheet.is_narrow else LEFT
    for row in rows:
        shape, colour, *_ = LANES[lane(row)]
        parts.append(mark(shape, left - 12, y - 4, f"{colour} {_form(row)}", 4.2))
        when = spoken(row["date"])
        if sheet.is_narrow:
            parts.append(text(when, left, y, "small muted"))
            y += 16
        else:
            parts.append(text(when, left - 26, y, "small muted", "end"))
        words = fold(_words(row), sheet.right - left, 13, 3)
        parts.append(lines(words, left, y, 16))
        y += ROW + 16 * (len(words) - 1)
    return element("g", *parts, class_="list"), y


def _tell(rows: Rows) -> str:
    counts = ", ".join(f"{sum(lane(row) == name for row in rows)} {name.lower()}" for name in LANES)
    return (
        f"Timeline of {len(rows)} events and drafts of the minerals deal between the United "
        f"States and Ukraine, in six lanes: {counts}. What was drafted, refused, signed, made "
        "law or set to work is listed by date."
    )


TIMELINE = Picture(
    name="deal-timeline",
    title="How the minerals deal came about",
    subtitle="Events of the deal between the United States and Ukraine and of each of its texts, by day.",
    columns=COLUMNS,
    query=QUERY,
    draw=_draw,
    tell=_tell,
)
