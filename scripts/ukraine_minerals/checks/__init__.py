"""What a schema says of its table: form, header, cells, keys. Knows no column by name."""

from ukraine_minerals.checks import cells, form, header, keys
from ukraine_minerals.model import Tables
from ukraine_minerals.problem import Problem

CHECKS = (form.check, header.check, cells.check, keys.check)


def run(tables: Tables) -> list[Problem]:
    """Run all checks on all tables."""
    return [problem for check in CHECKS for problem in check(tables)]
