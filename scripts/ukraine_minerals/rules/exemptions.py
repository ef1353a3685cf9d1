"""An exemption silences one rule for one row, and is itself a fault once the rule no longer speaks.

It is no rule of its own but the sieve through which the others' problems pass.
"""

from collections.abc import Collection, Sequence

from ukraine_minerals import problem
from ukraine_minerals.model import Tables
from ukraine_minerals.problem import Problem
from ukraine_minerals.rules import lookup


def apply(tables: Tables, problems: Sequence[Problem], codes: Collection[str]) -> list[Problem]:
    """Drop the problems that are exempt, and add the exemptions from one of `codes` that did nothing."""
    table = tables.by_name.get("exemptions")
    if table is None or not table.lines:
        return list(problems)
    rows = list(zip(*lookup.columns(table, "code", "table_name", "row_key"), strict=True))
    granted = frozenset(rows)
    keys = {
        name: dict(zip(other.rows, lookup.keys(other), strict=True))
        for name, other in tables.by_name.items()
        if any(name == exempt for _, exempt, _ in rows)
    }
    kept, used = [], set()
    for found in problems:
        row = (found.code, found.resource, keys.get(found.resource, {}).get(found.row or 0, ""))
        if row in granted:
            used.add(row)
        else:
            kept.append(found)
    for index, (code, *_) in enumerate(rows):
        if code not in problem.CODES:
            message = f'"{code}" is the code of no rule'
            hint = problem.nearest(code, problem.CODES) or "write the code as a message printed it"
            kept.append(problem.at(table, index, "code", "exemption-idle", message, hint))
    for index, row in enumerate(rows):
        if row not in used and row[0] in codes:
            message = f"{row[0]} has no complaint about {row[2]} in {row[1]}"
            kept.append(
                problem.at(
                    table, index, "code", "exemption-idle", message, "delete the exemption, or correct it"
                )
            )
    return kept
