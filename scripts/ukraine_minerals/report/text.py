"""A line for each problem, and one that sums up."""

from ukraine_minerals.problem import Problem
from ukraine_minerals.report import Report, more, place, plain, sentence, summary


def write(report: Report) -> str:
    """Write `path:line:column: field: code: message — hint` for each problem."""
    lines = [_line(problem) for problem in report.problems]
    lines += [f"{left.path}: {left.code}: {more(left)}" for left in report.left]
    lines.append(summary(report))
    if not "".join(lines).isprintable():
        lines = [plain(line) for line in lines]
    return "\n".join(lines) + "\n"


def _line(problem: Problem) -> str:
    field = f"{problem.field}: " if problem.field else ""
    warning = "warning: " if problem.severity == "warning" else ""
    code = f"{problem.code} ({problem.constraint})" if problem.code == "constraint-error" else problem.code
    return f"{place(problem)}: {field}{warning}{code}: {sentence(problem)}"
