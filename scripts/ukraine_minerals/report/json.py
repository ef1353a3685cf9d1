"""One JSON object, for programs."""

import json

from ukraine_minerals.report import Report


def write(report: Report) -> str:
    """Write `valid`, `package`, `tables`, `rows`, `problems` with all keys of each, what is `left` out."""
    document = {
        "valid": not report.errors,
        "package": report.package,
        "tables": report.tables,
        "rows": report.rows,
        "problems": [problem._asdict() for problem in report.problems],
        "left": [left._asdict() for left in report.left],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
