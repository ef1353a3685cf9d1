"""Dates are dates, and stand in an order that is possible.

A pattern knows neither the calendar nor the date in the next cell. Dates are known to a day, a month or a
year: only an order that is wrong whatever they mean is a fault.
"""

from collections.abc import Iterator

from ukraine_minerals import edtf, problem
from ukraine_minerals.model import Tables
from ukraine_minerals.problem import Problem
from ukraine_minerals.rules import lookup, spreadsheet

# table, the field that comes first, the field that comes later or on the same day
_ORDERS = (
    ("positions", "start_date", "end_date"),
    ("agreements", "proposed_date", "signed_date"),
    ("agreements", "proposed_date", "ratified_date"),
    ("agreements", "proposed_date", "in_force_date"),
    ("agreements", "proposed_date", "ended_date"),
    ("agreements", "signed_date", "ratified_date"),
    ("agreements", "signed_date", "ended_date"),
    ("agreements", "ratified_date", "ended_date"),
    ("agreements", "in_force_date", "ended_date"),
    ("sources", "published", "accessed"),
)
_UNSIGNED = ("proposed", "draft", "agreed", "announced")
# the dates that a stage rules out: those of a stage beyond it
_TOO_LATE = {
    **dict.fromkeys(_UNSIGNED, ("signed_date", "ratified_date", "in_force_date", "ended_date")),
    "signed": ("ratified_date", "ended_date"),
    "ratified": ("ended_date",),
    "in_force": ("ended_date",),
}
_DATED = ("signed", "ratified", "in_force", "ended")
_MARKS = {"signing": "signed_date", "ratification": "ratified_date"}


def check(tables: Tables) -> Iterator[Problem]:
    """Find what is no date, and dates that contradict another date, a stage or an event."""
    yield from _forms(tables)
    yield from _orders(tables)
    yield from _unread(tables)
    yield from _stages(tables)
    found = lookup.evidence(tables)
    yield from _reports(tables, found, "events", "event_date")
    yield from _reports(tables, found, "claims", "said_date")
    yield from _marks(tables)


def _forms(tables: Tables) -> Iterator[Problem]:
    for table in tables.by_name.values():
        for field in table.resource.fields:
            if not field.descriptor.get("edtf"):
                continue
            texts = lookup.column(table, field.name)
            wrong = {
                text for text in set(texts) if text and not _is_date(text, field.constraints.get("pattern"))
            }
            for index, text in enumerate(texts):
                if wrong and text in wrong:
                    message = f'"{text}" is no day of the calendar, or ends before it starts'
                    hint = "correct it after the source"
                    yield problem.at(table, index, field.name, "edtf", message, hint)


def _is_date(text: str, pattern: str | None) -> bool:
    """Say whether a text is a date, or told already: by its field's pattern or as a spreadsheet's doing."""
    return (
        edtf.parse(text) is not None
        or spreadsheet.date_meant(text) is not None
        or lookup.breaks(pattern, text)
    )


def _unread(tables: Tables) -> Iterator[Problem]:
    """Nothing is read after the day by which the package says that all was."""
    table, cutoff = tables.by_name.get("sources"), tables.package.descriptor.get("cutoff")
    for index, day in enumerate(lookup.column(table, "accessed")):
        if table is not None and isinstance(cutoff, str) and day > cutoff and edtf.parse(day) is not None:
            message = f"{day} lies after the package's cutoff, {cutoff}"
            hint = "correct the day, or the cutoff in datapackage.json"
            yield problem.at(table, index, "accessed", "date-order", message, hint)


def _orders(tables: Tables) -> Iterator[Problem]:
    for name, first, second in _ORDERS:
        table = tables.by_name.get(name)
        for index, (start, end) in enumerate(
            zip(*(lookup.spans(table, x) for x in (first, second)), strict=True)
        ):
            if table is not None and edtf.surely_before(end, start):
                message = f"{second} lies before {first} ({table.columns[first][index]})"
                hint = "correct one of them"
                yield problem.at(table, index, second, "date-order", message, hint)
    table = tables.by_name.get("agreements")
    dates = zip(lookup.spans(table, "ratified_date"), lookup.spans(table, "in_force_date"), strict=True)
    for index, (ratified, in_force) in enumerate(dates):
        if table is not None and edtf.surely_before(in_force, ratified):
            message = "in force before it was ratified"
            hint = "right only if it applied provisionally: say so in its note"
            yield problem.at(table, index, "in_force_date", "in-force-early", message, hint)


def _stages(tables: Tables) -> Iterator[Problem]:
    table = tables.by_name.get("agreements")
    reached = lookup.columns(table, "signed_date", "ratified_date", "in_force_date", "ended_date")
    for index, stage in enumerate(lookup.column(table, "stage")):
        if table is not None and stage in _DATED and not any(column[index] for column in reached):
            message = f"the stage is {stage}, but no date says since when"
            yield problem.at(
                table, index, "stage", "stage-undated", message, "give one as soon as a source has it"
            )
        for field in _TOO_LATE.get(stage, ()):
            if table is not None and lookup.column(table, field)[index]:
                message = f"the stage is {stage}, yet it has a {field}"
                hint = "move the stage on or empty the date"
                yield problem.at(table, index, field, "stage-date", message, hint)


def _reports(tables: Tables, found: lookup.Evidence, name: str, field: str) -> Iterator[Problem]:
    """Compare what happened with its sources; one that saw it is enough, others may foretell."""
    table, evidence = tables.by_name.get(name), tables.by_name.get("evidence")
    sources = tables.by_name.get("sources")
    published, accessed = lookup.mapping(sources, "published"), lookup.mapping(sources, "accessed")
    stances, cited, fields = lookup.columns(evidence, "stance", "source_id", "field_name")
    rows = zip(lookup.keys(table), lookup.spans(table, field), lookup.column(table, "stage"), strict=True)
    for index, (key, span, stage) in enumerate(rows):
        if table is None or span is None or span.earliest is None or stage in ("planned", "cancelled"):
            continue
        told = [
            cited[piece]
            for piece in found.get((name, key), ())
            if stances[piece] == "supports" and fields[piece] in ("", field, "stage", "status")
        ]
        # no page is younger than the day on which it was read
        if told and all(
            any(edtf.surely_before(edtf.parse(days.get(source, "")), span) for days in (published, accessed))
            for source in told
        ):
            message = (
                f"{problem.quote(table.columns[field][index])} is later than every source that reports it"
            )
            hint = "make it planned, correct the date, or cite a source that saw it"
            yield problem.at(table, index, field, "later-than-source", message, hint)


def _marks(tables: Tables) -> Iterator[Problem]:
    """Compare the events that mark a signing or a ratification with the agreement's own dates."""
    events, agreements = tables.by_name.get("events"), tables.by_name.get("agreements")
    rows = dict(zip(lookup.keys(agreements), range(10**9), strict=False))
    marked: dict[tuple[int, str], list[int]] = {}
    dates = lookup.spans(events, "event_date")
    fields = lookup.columns(events, "type", "stage", "agreement_id", "status")
    for index, (kind, stage, agreement, status) in enumerate(zip(*fields, strict=True)):
        if kind in _MARKS and stage == "held" and agreement in rows and status != "rejected":
            marked.setdefault((rows[agreement], _MARKS[kind]), []).append(index)
    for (row, field), indices in marked.items():
        text = lookup.column(agreements, field)[row]
        own = edtf.parse(text)
        # several sign or ratify on days of their own: one that agrees is enough
        if events is not None and all(edtf.surely_apart(dates[index], own) for index in indices):
            message = f"{events.columns['agreement_id'][indices[0]]} has {field} {text}"
            hint = "correct one of them"
            yield problem.at(events, indices[0], "event_date", "marking-date", message, hint)
            if agreements is not None and text:
                message = (
                    f"{lookup.keys(events)[indices[0]]} was on {events.columns['event_date'][indices[0]]}"
                )
                yield problem.at(agreements, row, field, "marking-date", message, hint)
