"""Whatever is not plainly accepted says why, and a disagreement has two sides.

A schema cannot follow a row to its dispute, from there to the other members, and on to their sources.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from ukraine_minerals import problem
from ukraine_minerals.model import Table, Tables
from ukraine_minerals.problem import Problem
from ukraine_minerals.rules import lookup

Voice = tuple[tuple[str, str], str, str]
"""The row spoken of, the stance, and the family of the source."""


def check(tables: Tables) -> Iterator[Problem]:
    """Find statuses without a reason, disputes without ground, and disputed rows with one side only."""
    members = _members(tables)
    for table in tables.by_name.values():
        if "status" in table.columns:
            yield from _statuses(tables, table)
    found = lookup.evidence(tables)
    voices = _voices(tables, members, found)
    yield from _unfounded(tables, members, found)
    yield from _sides(tables, voices)


def _members(tables: Tables) -> Mapping[str, Sequence[tuple[str, int]]]:
    """Give the rows of each dispute, as table and index."""
    members = defaultdict(list)
    for name, table in tables.by_name.items():
        if name not in ("disputes", "errata"):
            for index, dispute in enumerate(table.columns.get("dispute_id", ())):
                if dispute:
                    members[dispute].append((name, index))
    return members


def _statuses(tables: Tables, table: Table) -> Iterator[Problem]:
    verdicts = lookup.mapping(tables.by_name.get("disputes"), "verdict")
    fields = lookup.columns(table, "status", "note", "dispute_id")
    for index, (status, note, dispute) in enumerate(zip(*fields, strict=True)):
        if status in ("", "accepted"):
            continue
        if not note:
            yield problem.at(
                table, index, "note", "status-note", f"the row is {status}", "say why in its note"
            )
        if status == "disputed" and not dispute:
            message = "the row is disputed"
            hint = "name the row of disputes that it belongs to"
            yield problem.at(table, index, "dispute_id", "dispute-missing", message, hint)
        if status == "disputed" and verdicts.get(dispute) == "resolved":
            message = f"the row is disputed, but {dispute} is resolved"
            hint = "accept or reject the row, or reopen the dispute"
            yield problem.at(table, index, "status", "dispute-settled", message, hint)


def _voices(
    tables: Tables, members: Mapping[str, Sequence[tuple[str, int]]], found: lookup.Evidence
) -> Mapping[str, set[Voice]]:
    """Give for each dispute who takes which stance on which of its rows; families count once."""
    table = tables.by_name.get("evidence")
    families = lookup.mapping(tables.by_name.get("sources"), "family")
    stances, cited = lookup.columns(table, "stance", "source_id")
    keys = {name: lookup.keys(other) for name, other in tables.by_name.items()}
    inherited = {
        name: lookup.inherited(other, found)
        for name, other in tables.by_name.items()
        if lookup.parents(other)
    }
    voices: dict[str, set[Voice]] = {}
    for dispute, rows in members.items():
        heard = voices[dispute] = set()
        evidence = [(("disputes", dispute), found.get(("disputes", dispute), ()))]
        for name, index in rows:
            row = (name, keys[name][index])
            evidence.append((row, found.get(row) or (inherited[name][index] if name in inherited else ())))
        for row, indices in evidence:
            for piece in indices:
                if stances[piece] != "mentions":
                    heard.add((row, stances[piece], families.get(cited[piece]) or cited[piece]))
    return voices


def _unfounded(
    tables: Tables, members: Mapping[str, Sequence[tuple[str, int]]], found: lookup.Evidence
) -> Iterator[Problem]:
    table = tables.by_name.get("disputes")
    fields = lookup.columns(table, "dispute_id", "verdict")
    for index, (dispute, verdict) in enumerate(zip(*fields, strict=True)):
        if table is None or ("disputes", dispute) in found or "evidence" not in tables.by_name:
            continue
        # a resolved one without evidence is evidence-missing
        if verdict != "resolved" and len(members.get(dispute, ())) < 2:
            message = f"no evidence speaks of {dispute}, and fewer than two rows belong to it"
            hint = "give it one or the other"
            yield problem.at(table, index, "dispute_id", "dispute-unfounded", message, hint)


def _sides(tables: Tables, voices: Mapping[str, set[Voice]]) -> Iterator[Problem]:
    if "evidence" not in tables.by_name:
        return
    two_sided = {dispute for dispute, heard in voices.items() if _has_two_sides(heard)}
    for table in tables.by_name.values():
        fields = lookup.columns(table, "status", "dispute_id") if "status" in table.columns else ((), ())
        for index, (status, dispute) in enumerate(zip(*fields, strict=True)):
            if status == "disputed" and dispute and dispute not in two_sided:
                message = (
                    f"the evidence on the rows of {dispute} does not show two sides from different families"
                )
                yield problem.at(
                    table, index, "dispute_id", "dispute-sides", message, "add what the other side rests on"
                )


def _has_two_sides(heard: set[Voice]) -> bool:
    """Say whether two families support different rows, or one row with and against."""
    return any(
        family != other and (row != rival or stance != answer)
        for row, stance, family in heard
        for rival, answer, other in heard
    )
