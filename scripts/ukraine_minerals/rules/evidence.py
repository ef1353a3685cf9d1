"""Evidence is complete, and each piece addresses a row, a field and a paragraph that exist.

A foreign key cannot point to a table that another cell names, nor a schema ask another table for a row.
"""

from collections.abc import Iterator

from ukraine_minerals import problem
from ukraine_minerals.model import Table, Tables
from ukraine_minerals.problem import Problem
from ukraine_minerals.rules import lookup

_JUDGED = ("confirmed", "contradicted", "contested")


def check(tables: Tables) -> Iterator[Problem]:
    """Find evidence that leads nowhere, and rows that lack the evidence that they need."""
    yield from _addresses(tables)
    yield from _paragraphs(tables, "evidence")
    yield from _paragraphs(tables, "errata")
    if "evidence" not in tables.by_name:
        return
    found = lookup.evidence(tables)
    stances = lookup.column(tables.by_name["evidence"], "stance")
    supporting, disputing = (
        frozenset(index for index, stance in enumerate(stances) if stance == wanted)
        for wanted in ("supports", "disputes")
    )
    slips = _slips(tables)
    for table in tables.by_name.values():
        yield from _rows(table, found, supporting, disputing, slips)
    yield from _checked(tables, found)


def _addresses(tables: Tables) -> Iterator[Problem]:
    table = tables.by_name.get("evidence")
    if table is None:
        return
    known = {name: frozenset(lookup.keys(other)) for name, other in tables.by_name.items()}
    nearest = {name: problem.hinter(keys) for name, keys in known.items()}
    fields = lookup.columns(table, "table_name", "row_key", "field_name")
    for index, (name, key, field) in enumerate(zip(*fields, strict=True)):
        if name not in known:
            near = problem.nearest(name, known) or "name the table of the row"
            message = f'"{name}" is no table of this package'
            yield problem.at(table, index, "table_name", "evidence-table", message, near)
            continue
        if key not in known[name]:
            turned = "/".join(reversed(key.split("/")))
            near = f"write {turned}" if turned in known[name] else nearest[name](key)
            near = near or "correct the key or add the row"
            message = f'"{key}" is no row of {name}'
            yield problem.at(table, index, "row_key", "evidence-row", message, near)
        if field and field not in tables.by_name[name].columns:
            likely = [other for other in tables.by_name[name].columns if field in other.split("_")]
            near = (
                f'did you mean "{likely[0]}"?'
                if likely
                else problem.nearest(field, tables.by_name[name].columns)
            )
            near = near or "leave it empty for the whole row"
            message = f'"{field}" is no field of {name}'
            yield problem.at(table, index, "field_name", "evidence-field", message, near)


def _paragraphs(tables: Tables, name: str) -> Iterator[Problem]:
    table = tables.by_name.get(name)
    lengths = lookup.mapping(tables.by_name.get("sources"), "paragraphs")
    fields = lookup.columns(table, "source_id", "paragraph", "read_as")
    for index, (source, paragraph, read_as) in enumerate(zip(*fields, strict=True)):
        length = lengths.get(source, "")
        if table is None or not length.isdecimal():
            continue
        if paragraph.isdecimal() and int(paragraph) > int(length):
            message = f"{source} has only {length} paragraphs"
            hint = "count the non-empty lines of its text"
            yield problem.at(table, index, "paragraph", "evidence-paragraph", message, hint)
        elif not paragraph and read_as == "full_text":
            message = f"{source} was read in full and has {length} paragraphs"
            hint = "say which one"
            yield problem.at(table, index, "paragraph", "evidence-paragraph", message, hint)


def _slips(tables: Tables) -> frozenset[int]:
    """Give the indices of the evidence whose paragraph has an erratum."""
    tables_of_places = (tables.by_name.get(name) for name in ("evidence", "errata"))
    evidence, errata = (
        zip(*lookup.columns(table, "source_id", "paragraph"), strict=True) for table in tables_of_places
    )
    wrong = frozenset(errata)
    return frozenset(index for index, place in enumerate(evidence) if place in wrong)


def _rows(
    table: Table,
    found: lookup.Evidence,
    supporting: frozenset[int],
    disputing: frozenset[int],
    slips: frozenset[int],
) -> Iterator[Problem]:
    name = table.resource.name
    key_field = table.resource.primary_key[0] if table.resource.primary_key else ""
    demanded = table.resource.schema.get("evidence", "none") != "none"
    if not key_field or not (demanded or "status" in table.columns):
        return
    # a dispute that is not resolved may rest on its members alone: see disputes
    excused = [verdict not in ("", "resolved") for verdict in lookup.column(table, "verdict")]
    fields = lookup.columns(table, "status", "dispute_id")
    rows = zip(lookup.keys(table), lookup.inherited(table, found), *fields, excused, strict=True)
    for index, (key, inherited, status, dispute, is_excused) in enumerate(rows):
        own = found.get((name, key), ())
        if not own and not inherited:
            if demanded and not is_excused:
                message = "no evidence speaks of this row"
                hint = f"add one with table_name {name} and row_key {key}"
                yield problem.at(table, index, key_field, "evidence-missing", message, hint)
            continue
        if status == "accepted" and supporting.isdisjoint(own) and supporting.isdisjoint(inherited):
            message = "the row is accepted, but no evidence of it has the stance supports"
            hint = "add what supports it, or change the status"
            yield problem.at(table, index, "status", "evidence-unsupported", message, hint)
        bare = demanded and not (inherited or is_excused) and "status" not in table.columns
        if bare and name != "disputes" and supporting.isdisjoint(own):
            message = "no evidence of the row has the stance supports"
            hint = "add what supports it, or delete the row"
            yield problem.at(table, index, key_field, "evidence-unsupported", message, hint)
        shown = dispute or not disputing.isdisjoint((*own, *inherited)) or not slips.isdisjoint(own)
        if status == "rejected" and not shown:
            message = "nothing shows that the row is wrong"
            hint = "add evidence that disputes it, a dispute or an erratum"
            yield problem.at(table, index, "status", "evidence-rejected", message, hint)


def _checked(tables: Tables, found: lookup.Evidence) -> Iterator[Problem]:
    claims, table = tables.by_name.get("claims"), tables.by_name["evidence"]
    fields = lookup.column(table, "field_name")
    for index, (key, checked) in enumerate(
        zip(lookup.keys(claims), lookup.column(claims, "checked"), strict=True)
    ):
        if claims is None or checked not in _JUDGED:
            continue
        if not any(fields[piece] == "checked" for piece in found.get(("claims", key), ())):
            message = f'"{checked}" has no evidence with field_name checked'
            yield problem.at(
                claims, index, "checked", "evidence-checked", message, "add it, or write unchecked"
            )
