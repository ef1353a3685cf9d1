"""Score: how many mistakes of the set are caught, how many correct edits are refused; those line by line.

A mistake is caught when `validate` (without the texts) or `review` names its file, physical line and field
and says what to do: the words that the case expects, or else a hint. A correct edit is refused when either
has an error.
"""

import dataclasses
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial
from pathlib import Path

import contributor

from ukraine_minerals import checks, descriptor, problem, read, review, rules
from ukraine_minerals.errors import PackageError
from ukraine_minerals.model import Tables
from ukraine_minerals.problem import Problem

ROOT = Path(__file__).parents[1]
SET = ROOT / "tests" / "mistakes"
_BROKEN = ("-label", "-header", "-cell", "blank-row", "encoding-error", "scheme-error", "source-error")


@dataclasses.dataclass(frozen=True)
class Outcome:
    """What came of one case: caught (a mistake) or let through (a correct edit), and what was said."""

    case: contributor.Case
    good: bool
    said: tuple[str, ...]


@cache
def sound() -> Tables:
    """Read the package as it stands, once a process."""
    return read.tables(descriptor.load(ROOT / "datapackage.json"))[0]


def judged(case: contributor.Case, folder: Path) -> tuple[dict[str, contributor.Sheet], list[Problem] | str]:
    """Apply a case in a folder; give its tables, and the problems or what kept the run from going on."""
    sheets, files = contributor.run(ROOT, case.steps)
    for path, data in files.items():
        (folder / path).unlink(missing_ok=True)
        if data is not None:
            (folder / path).write_bytes(data)
    try:
        return sheets, list(_problems(folder, set(files)))
    except PackageError as error:
        return sheets, str(error)
    finally:
        for path in files:
            (folder / path).unlink(missing_ok=True)
            shutil.copyfile(ROOT / path, folder / path)


def _problems(folder: Path, touched: set[str]) -> Iterator[Problem]:
    """Do what `validate` and `review` do, but read no table again that the case did not touch."""
    package = descriptor.load(folder / "datapackage.json")
    is_anew = any(not path.endswith(".csv") for path in touched)
    again = tuple(r for r in package.resources if is_anew or r.path in touched)
    tables, found = read.tables(package._replace(resources=again))
    kept = {} if is_anew else sound().by_name
    gone = {resource.name for resource in again}.difference(tables.by_name)
    by_name = {name: table for name, table in {**kept, **tables.by_name}.items() if name not in gone}
    order = [resource.name for resource in package.resources if resource.name in by_name]
    tables = Tables(package, {name: by_name[name] for name in order})
    alone = Tables(package, {one.name: by_name[one.name] for one in again if one.name in by_name})
    for check in checks.CHECKS:  # all but that of keys and links judge each table by itself
        found += check(tables if check is checks.keys.check else alone)
    if not any(one.code.endswith(_BROKEN) for one in found):
        found += rules.run(tables)
    yield from problem.ordered(found)
    yield from review.compare(sound(), tables).problems


def catches(case: contributor.Case, sheets: dict[str, contributor.Sheet], one: Problem) -> bool:
    """Tell whether a problem names the place of the mistake and says what to do."""
    if one.resource not in case.tables and Path(one.path).name not in case.tables:
        return False
    told = f"{one.message} {one.hint}"
    fields = set(one.field.split(", "))
    if "*" not in case.fields and not fields.intersection(case.fields):
        return False
    if not (any(word in told for word in case.words) if any(case.words) else one.hint):
        return False
    for key in case.keys:
        if key in ("@file", "*") or (key == "@header" and one.line == 1):
            return True
        if key.startswith("@gone ") and key.removeprefix("@gone ") in (*one.value.split(", "), told):
            return True
        name = one.field.split(", ")[0]
        if one.resource in sheets and one.line in sheets[one.resource].lines(key, name):
            return True
        if one.resource not in sheets and one.resource in sound().by_name and _is_row(one, key):
            return True
    return False


def _is_row(one: Problem, key: str) -> bool:
    table = sound().by_name[one.resource]
    parts = zip(*(table.columns[name] for name in table.resource.primary_key), strict=True)
    return any(
        "/".join(row) == key and line == one.line for row, line in zip(parts, table.lines, strict=True)
    )


def outcome(case: contributor.Case, *, is_mistake: bool, folder: Path) -> Outcome:
    """Judge one case."""
    sheets, found = judged(case, folder)
    if isinstance(found, str):
        told = any(word in found for word in case.words) and "@file" in case.keys
        return Outcome(case, is_mistake and told, (found,))
    if is_mistake:
        good = any(catches(case, sheets, one) for one in found)
    else:
        good = not any(one.severity == "error" for one in found)
    said = [f"{one.path}:{one.line}: {one.field}: {one.code}: {one.message} — {one.hint}" for one in found]
    return Outcome(case, good, tuple(line.replace(f"{folder}/", "") for line in said))


def _some(cases: Sequence[contributor.Case], *, is_mistake: bool) -> list[Outcome]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for part in ("data", "schemas", "views", "geo"):
            shutil.copytree(ROOT / part, folder / part)
        shutil.copyfile(ROOT / "datapackage.json", folder / "datapackage.json")
        return [outcome(case, is_mistake=is_mistake, folder=folder) for case in cases]


def outcomes(path: Path, *, is_mistake: bool, step: int = 1) -> list[Outcome]:
    """Judge a whole set, or each `step`th case of it, on two processors."""
    cases = contributor.cases(path)[::step]
    with ProcessPoolExecutor(2) as pool:
        parts = pool.map(partial(_some, is_mistake=is_mistake), [cases[::2], cases[1::2]])
        return sorted((one for part in parts for one in part), key=lambda one: one.case.id)


def main(arguments: Sequence[str]) -> int:
    """Print both numbers and what was missed; with ids as arguments, what is said of those cases."""
    mistakes = outcomes(SET / "mistakes.csv", is_mistake=True)
    correct = outcomes(SET / "correct.csv", is_mistake=False)
    for one in (*mistakes, *correct):
        if not one.good or one.case.id in arguments:
            told = "" if one.good else "missed " if one in mistakes else "refused "
            sys.stdout.write(f"{told}{one.case.id}: {one.case.story}\n")
            lines = one.said if one.case.id in arguments else one.said[:3] if "-v" in arguments else ()
            sys.stdout.writelines(f"    {line[:300]}\n" for line in lines)
    caught, through = (sum(one.good for one in some) for some in (mistakes, correct))
    sys.stdout.write(f"mistakes caught: {caught} of {len(mistakes)} ({caught / len(mistakes):.1%})\n")
    sys.stdout.write(f"correct edits refused: {len(correct) - through} of {len(correct)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
