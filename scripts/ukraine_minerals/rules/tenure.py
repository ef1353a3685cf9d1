"""Nobody acts in an office that is not his at the time, and one holds what one alone can hold.

A foreign key finds the office, but neither its holder nor the years of the tenure.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from ukraine_minerals import edtf, problem
from ukraine_minerals.edtf import Span
from ukraine_minerals.model import Table, Tables
from ukraine_minerals.problem import Problem
from ukraine_minerals.rules import lookup

_WRONG = ("rejected", "superseded")


def check(tables: Tables) -> Iterator[Problem]:
    """Find acts and signatures outside a tenure, and offices with two holders at once."""
    positions = tables.by_name.get("positions")
    if positions is None:
        return
    tenures = list(
        zip(*(lookup.spans(positions, field) for field in ("start_date", "end_date")), strict=True)
    )
    yield from _participants(tables, positions, tenures)
    yield from _signatories(tables, positions, tenures)
    yield from _holders(positions, tenures)


def _participants(
    tables: Tables, positions: Table, tenures: Sequence[tuple[Span | None, Span | None]]
) -> Iterator[Problem]:
    table, events = tables.by_name.get("event_participants"), tables.by_name.get("events")
    rows = {key: index for index, key in enumerate(lookup.keys(positions))}
    holders = lookup.column(positions, "official_id")
    when = {
        key: facts
        for key, *facts in zip(
            lookup.keys(events), *lookup.columns(events, "event_date", "stage", "type"), strict=True
        )
    }
    fields = lookup.columns(table, "position_id", "official_id", "event_id", "role", "status")
    for index, (position, official, event, role, status) in enumerate(zip(*fields, strict=True)):
        row = rows.get(position)
        if table is None or row is None or status in _WRONG:
            continue
        if official != holders[row]:
            message = f"{position} is the office of {holders[row]}, not of {official or 'nobody'}"
            yield problem.at(table, index, "position_id", "position-official", message, "correct one of them")
            continue
        date, stage, kind = when.get(event, ("", "", ""))
        # who is appointed does not hold the office yet, and a plan may outlive a tenure
        if stage in ("planned", "cancelled") or (kind == "appointment" and role == "subject"):
            continue
        if _is_outside(edtf.parse(date), tenures[row]):
            tenure = _tenure(positions, row)
            message = f"{event} is of {date}, the tenure of {position} {tenure}"
            hint = "name the office held then, or correct a date"
            yield problem.at(table, index, "position_id", "position-tenure", message, hint)


def _signatories(
    tables: Tables, positions: Table, tenures: Sequence[tuple[Span | None, Span | None]]
) -> Iterator[Problem]:
    """Find signatories none of whose offices under their party was theirs on that day."""
    table = tables.by_name.get("agreement_parties")
    above = lookup.mapping(tables.by_name.get("organisations"), "parent_id")
    signed = lookup.mapping(tables.by_name.get("agreements"), "signed_date")
    offices = defaultdict(list)
    for row, official in enumerate(lookup.column(positions, "official_id")):
        offices[official].append(row)
    bodies = lookup.column(positions, "organisation_id")
    fields = lookup.columns(table, "signatory_id", "organisation_id", "agreement_id", "status")
    for index, (official, party, agreement, status) in enumerate(zip(*fields, strict=True)):
        date = edtf.parse(signed.get(agreement, ""))
        if table is None or date is None or status in _WRONG:
            continue
        held = [row for row in offices[official] if party in _line(bodies[row], above)]
        if held and all(_is_outside(date, tenures[row]) for row in held):
            message = (
                f"{official} signs for {party} on {signed[agreement]}, but held office there "
                f"{' and '.join(_tenure(positions, row) for row in held)}"
            )
            hint = "name who signed, or correct a date"
            yield problem.at(table, index, "signatory_id", "signatory-tenure", message, hint)


def _holders(positions: Table, tenures: Sequence[tuple[Span | None, Span | None]]) -> Iterator[Problem]:
    offices = defaultdict(list)
    fields = lookup.columns(positions, "sole_holder", "organisation_id", "title", "status")
    for row, (sole, body, title, status) in enumerate(zip(*fields, strict=True)):
        if sole in lookup.TRUE and body and title and status not in _WRONG:
            offices[body, title.casefold()].append(row)
    keys = lookup.keys(positions)
    for rows in offices.values():
        for place, row in enumerate(rows):
            rival = next((one for one in rows[:place] if _overlap(positions, tenures, one, row)), None)
            if rival is not None:
                message = f"{keys[rival]} holds this office at the same time ({_tenure(positions, rival)})"
                yield problem.at(
                    positions, row, "start_date", "one-holder", message, "correct the dates, or sole_holder"
                )


def _is_outside(date: Span | None, tenure: tuple[Span | None, Span | None]) -> bool:
    start, end = tenure
    return edtf.surely_before(date, start) or edtf.surely_before(end, date)


def _overlap(
    positions: Table, tenures: Sequence[tuple[Span | None, Span | None]], first: int, second: int
) -> bool:
    """Say whether two tenures share more than a day, whatever their dates mean."""
    (start, end), (rival_start, rival_end) = (
        _sure(positions, tenures, first),
        _sure(positions, tenures, second),
    )
    return bool(start and rival_start) and start < rival_end and rival_start < end


def _sure(positions: Table, tenures: Sequence[tuple[Span | None, Span | None]], row: int) -> tuple[str, str]:
    """Give the first and the last day on which the office is surely held; "" where none is sure."""
    start, end = tenures[row]
    if start is None or start.latest is None or start.approximate or start.uncertain:
        return "", ""
    if end is None:
        still_open = not lookup.column(positions, "end_date")[row]
        return start.latest, "9999-12-31" if still_open else start.latest
    sure = end.earliest is not None and not end.approximate and not end.uncertain
    return start.latest, end.earliest if sure and end.earliest else start.latest


def _tenure(positions: Table, row: int) -> str:
    start, end = (texts[row] for texts in lookup.columns(positions, "start_date", "end_date"))
    return f"from {start or '?'} to {end or 'now'}"


def _line(body: str, above: dict[str, str]) -> list[str]:
    """Give a body and all above it; a circle ends the climb."""
    line: list[str] = []
    while body and body not in line:
        line.append(body)
        body = above.get(body, "")
    return line
