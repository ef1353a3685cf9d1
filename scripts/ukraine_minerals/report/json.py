"""One JSON object, for programs."""

import json

from ukraine_minerals.report import Report


def write(report: Report) -> str:
    """Write `valid`, `package`, `tables`, `rows`, and `problems` with all keys of Problem in its order."""
    document = {
        "valid": not report.errors,
        "package": report.package,
        "tables": report.tables,
        "rows": report.rows,
        "problems": [problem._asdict() for problem in report.problems],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
