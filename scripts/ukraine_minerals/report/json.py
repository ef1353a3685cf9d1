"""One JSON object, for programs."""

import json
from dataclasses import fields

from ukraine_minerals.problem import Problem
from ukraine_minerals.report import Report


def write(report: Report) -> str:
    """Write `valid`, `package`, `tables`, `rows`, and `problems` with all keys of Problem in its order."""
    names = [field.name for field in fields(Problem)]
    document = {
        "valid": not report.errors,
        "package": report.package,
        "tables": report.tables,
        "rows": report.rows,
        "problems": [{name: getattr(problem, name) for name in names} for problem in report.problems],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
