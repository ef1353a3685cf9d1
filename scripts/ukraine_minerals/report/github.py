"""Workflow commands that GitHub shows as annotations: errors first, and no more than it shows."""

from collections import Counter

from ukraine_minerals.problem import Problem
from ukraine_minerals.report import Report, plain, sentence, summary

SHOWN = 10  # errors, and as many warnings, of one step; what comes after is dropped unseen


def write(report: Report) -> str:
    """Write `::error file=…,line=…,col=…,title=…::message` for what is shown, then the summary."""
    lines, seen = [], Counter[str]()
    for problem in sorted(report.problems, key=lambda problem: problem.severity != "error"):
        seen[problem.severity] += 1
        if seen[problem.severity] <= SHOWN:
            lines.append(_command(problem))
    if left := report.errors + report.warnings - len(lines):
        lines.append(f"{left:,} more {'is' if left == 1 else 'are'} not annotated; `validate` prints all")
    return "".join(f"{line}\n" for line in [*lines, plain(summary(report))])


def _command(problem: Problem) -> str:
    properties = {"file": problem.path, "line": problem.line, "col": problem.column, "title": problem.code}
    given = ",".join(
        f"{key}={_escape(str(value), ',:')}" for key, value in properties.items() if value is not None
    )
    message = ": ".join(filter(None, [problem.field, sentence(problem)]))
    return f"::{problem.severity} {given}::{_escape(message)}"


def _escape(text: str, more: str = "") -> str:
    text = plain(text)
    return "".join(f"%{ord(c):02X}" if c in "%\r\n" + more else c for c in text)
