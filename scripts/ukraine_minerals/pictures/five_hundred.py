"""The history of the 500 billion dollars: who is said to have named, asked or refused the sum, and when."""

from datetime import date
from itertools import groupby

from ukraine_minerals.pictures.legend import legend
from ukraine_minerals.pictures.marks import day, is_vague, line, mark, span, spoken
from ukraine_minerals.pictures.picture import MARGIN, About, Picture, Plot, Row, Rows, Sheet
from ukraine_minerals.pictures.scales import Scale
from ukraine_minerals.pictures.svg import element, lines, text, titled, wrap

# The sum itself, what answers it, and what stands in one dispute with it.
QUERY = """
WITH named AS (SELECT * FROM claims WHERE unit = 'USD' AND 500000000000 IN (value, value_max))
SELECT v.claim_id, v.said_date, v.speaker, v.organisation, v.act, v.qualifier, v.value, v.unit, v.basis,
  v.quote, v.summary, v.status, v.checked, v.dispute_id, v.note, v.sources
FROM claims_with_speakers AS v JOIN claims AS c USING (claim_id)
WHERE c.claim_id IN (SELECT claim_id FROM named) OR c.answers IN (SELECT claim_id FROM named)
  OR c.dispute_id IN (SELECT dispute_id FROM named WHERE dispute_id IS NOT NULL)
ORDER BY v.claim_id
"""
COLUMNS = {
    "claim_id": "key in claims",
    "said_date": "day of the utterance, EDTF",
    "speaker": "who spoke, else as the source words it",
    "organisation": "body spoken for; the publisher where the article speaks",
    "act": "asks, demands, offers, rejects, states and so on",
    "qualifier": "about, up_to and so on; empty = exact",
    "value": "the sum, where it is named",
    "unit": "ISO 4217 code",
    "basis": "sum of what",
    "quote": "words that a source prints as spoken",
    "summary": "what was said, in our words",
    "status": "whether it was said so; rejected = a source says it, others show it wrong",
    "checked": "whether what was said is so",
    "dispute_id": "key in disputes",
    "note": "why the status is not accepted",
    "sources": "addresses of the sources, parted by ' | '",
}
ACTS = {
    "asks, demands": ("triangle", "vermillion", ("asks", "demands", "conditions", "proposes")),
    "offers": ("square", "green", ("offers", "promises", "accepts")),
    "refuses": ("wedge", "blue", ("rejects", "denies", "declines_to_comment")),
    "states": ("circle", "grey", ()),
}
LEFT, PITCH = 366, 15.5


def _draw(rows: Rows, _about: About, sheet: Sheet) -> Plot:
    entries = [(shape, f"{colour} solid edged", words) for words, (shape, colour, _) in ACTS.items()]
    entries += [("circle", "ink hollow", "day not sure"), ("cross", "ink", "was not said so")]
    key, taken = legend(entries, 14, sheet)
    days = [_day(row) for row in rows] or [day("2025-02-01")]
    scale = Scale(min(days) - 6, max(days) + 2, MARGIN + 8 if sheet.is_narrow else LEFT, sheet.right - 10)
    top = taken + 30.0
    parts, y = [], top
    for was_said in (True, False):
        found = [row for row in rows if (row["status"] != "rejected") == was_said]
        if not was_said and found:
            y += 8
            parts.append(element("rect", x=MARGIN, y=y, width=sheet.room, height=24, class_="land area"))
            parts.append(text("Printed, but shown wrong by better sources", MARGIN + 8, y + 16, "small head"))
            y += 34
        first = {
            _speaker(row): min(_day(other) for other in found if _speaker(other) == _speaker(row))
            for row in found
        }
        found.sort(key=lambda row: (first[_speaker(row)], _speaker(row), _day(row), row["claim_id"]))
        for speaker, said in groupby(found, key=_speaker):
            parts.append(text(speaker, MARGIN, y + 10, "head"))
            y += 24
            for row in said:
                drawn, height = _datum(row, scale, y, sheet)
                parts.append(drawn)
                y += height
            y += 10
    note = (
        "A dashed line to the left of a mark: said by that day at the latest. Times are not known; the order "
        "within a day means nothing. A mark says that it was said, not that the sum is right."
    )
    return Plot(key + _axis(scale, top - 8, y) + "".join(parts), y + 4, (note,))


def _speaker(row: Row) -> str:
    if row["speaker"] == "the article" and row["organisation"]:
        return f"The article ({row['organisation']})"
    return str(row["speaker"])


def _day(row: Row) -> int:
    found = span(row["said_date"])
    return day((found.latest or found.earliest or "2025-02-01") if found else "2025-02-01")


def _datum(row: Row, scale: Scale, y: float, sheet: Sheet) -> tuple[str, float]:
    shape, colour, _ = next((found for found in ACTS.values() if row["act"] in found[2]), ACTS["states"])
    words = wrap(
        f"{row['act'].replace('_', ' ')}: {row['summary']}",
        sheet.room - 8 if sheet.is_narrow else LEFT - MARGIN - 30,
        11.5,
    )
    when = (
        spoken(row["said_date"]) + _sum(row) + ("" if row["status"] == "accepted" else f" – {row['status']}")
    )
    height = PITCH * (len(words) + 1) + 9
    x, middle = scale.at(_day(row)), y + (height if sheet.is_narrow else 6)
    found = span(row["said_date"])
    trace = (
        line(scale.start, middle, x, middle, f"{colour} line dashed") if found and not found.earliest else ""
    )
    if row["status"] == "rejected":
        drawn = mark("cross", x, middle, colour, 4.5)
    else:
        dashed = "" if row["status"] == "accepted" else " dashed"
        drawn = mark(
            shape, x, middle, f"{colour} {'hollow' if is_vague(row['said_date']) else 'solid edged'}{dashed}"
        )
    return element(
        "g",
        titled(f"{row['speaker']}, {spoken(row['said_date'])}: {row['summary']} ({row['status']})"),
        lines(words, MARGIN + 8, y + 10, PITCH, "small"),
        text(when, MARGIN + 8, y + 10 + PITCH * len(words), "tiny muted"),
        trace,
        drawn,
        class_="datum",
        data_claim=row["claim_id"],
        data_status=row["status"],
    ), height + (18 if sheet.is_narrow else 0)  # fmt: skip


def _sum(row: Row) -> str:
    before = f"{row['qualifier'].replace('_', ' ')} " if row["qualifier"] else ""
    return "" if row["value"] is None else f" – {before}{row['value'] / 1e9:g} bn {row['unit']}"


def _axis(scale: Scale, top: float, bottom: float) -> str:
    parts = []
    step = max(1, round((scale.high - scale.low) / 7))
    for number in range(int(scale.low) + 1, int(scale.high) + 1, step):
        iso = _iso(number)
        parts.append(line(scale.at(number), top, scale.at(number), bottom))
        parts.append(text(spoken(iso).rpartition(" ")[0], scale.at(number), top - 5, "tiny muted", "middle"))
    return "".join(parts)


def _iso(number: int) -> str:
    return date.fromordinal(number).isoformat()


def _tell(rows: Rows) -> str:
    ordered = sorted(rows, key=lambda row: (_day(row), row["claim_id"]))
    told = " ".join(
        f"{spoken(row['said_date'])}, {_speaker(row)} {row['act']}: {row['summary']}"
        for row in ordered
        if row["status"] != "rejected"
    )
    wrong = " ".join(
        f"{_speaker(row)} {row['act']}: {row['summary']}" for row in ordered if row["status"] == "rejected"
    )
    return f"{told} Printed, but shown wrong: {wrong or 'nothing.'}"


FIVE_HUNDRED = Picture(
    name="five-hundred-billion",
    title="Who named the 500 billion dollars",
    subtitle="Utterances on the sum that Ukraine was to pay in minerals, February 2025, by speaker and day.",
    columns=COLUMNS,
    query=QUERY,
    draw=_draw,
    tell=_tell,
)
