"""Workflow commands that GitHub shows as annotations; it keeps the first ten, so errors come first."""

from ukraine_minerals.problem import Problem
from ukraine_minerals.report import Report, plain, sentence, summary


def write(report: Report) -> str:
    """Write `::error file=…,line=…,col=…,title=…::message` for each problem, then the summary."""
    problems = sorted(report.problems, key=lambda problem: problem.severity != "error")
    return "".join(f"{_command(problem)}\n" for problem in problems) + plain(summary(report)) + "\n"


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
