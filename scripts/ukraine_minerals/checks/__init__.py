"""What a schema says of its table: form, header, cells, keys. Knows no column by name."""

from ukraine_minerals.checks import cells, form, header, keys
from ukraine_minerals.model import Tables
from ukraine_minerals.problem import Problem
from ukraine_minerals.progress import Tell, silent

CHECKS = (form.check, header.check, cells.check, keys.check)


def run(tables: Tables, tell: Tell = silent) -> list[Problem]:
    """Run all checks on all tables."""
    problems: list[Problem] = []
    for check in CHECKS:
        tell(f"checking {check.__module__.rpartition('.')[2]}")
        problems += check(tables)
    return problems
