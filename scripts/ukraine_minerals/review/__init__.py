"""Two versions of the data, folders or git revisions -> what changed, and what would break its users."""

import os
from importlib import import_module
from pathlib import Path

from ukraine_minerals import problem
from ukraine_minerals.errors import PackageError
from ukraine_minerals.model import Tables
from ukraine_minerals.review import doubts, refusals, rows, schemas, version, versions
from ukraine_minerals.review.change import Review

FORMATS = ("text", "markdown", "json")


def run(base: str, head: str, package: Path, *, is_release: bool = False) -> Review:
    """Compare the version at `base` with that at `head`; an empty `head` is the package as it lies there.

    Raises:
        PackageError: one of the two cannot be read, or the older one not whole.
    """
    with versions.opened(base, package) as (old, faults):
        if faults and len(old.by_name) < len(old.package.resources):
            raise PackageError(f"{base}: {faults[0].path}: {faults[0].message}")
        with versions.opened(head or str(package), package) as (new, unread):
            review = compare(old, new, is_release=is_release)
            found = [fault for fault in unread if fault.resource not in new.by_name]
            tables = {resource.name for resource in new.package.resources}
            found = [*(fault for fault in found if fault.resource in tables), *review.problems]
            return Review(
                base=base,
                head=head or "the working folder",
                versions=review.versions,
                demanded=review.demanded,
                rows=review.rows,
                schemas=review.schemas,
                supports=review.supports,
                counts=review.counts,
                problems=tuple(_within(fault, new, package) for fault in found),
            )


def compare(old: Tables, new: Tables, *, is_release: bool = False) -> Review:
    """Compare two versions that were read; a table that could not be is left out of the newer one's."""
    unread = {resource.name for resource in new.package.resources}.difference(new.by_name)
    old = Tables(old.package, {name: table for name, table in old.by_name.items() if name not in unread})
    changed = rows.compare(old, new)
    differing = schemas.compare(old.package, new.package)
    step = version.step(old, changed, differing)
    problems = [*refusals.check(old, new, changed, differing), *doubts.check(old, new, changed)]
    if is_release:
        needed = version.demanded(version.of(old.package), "major")
        is_major = versions.number(version.of(new.package)) >= versions.number(needed) > ()
        dropping = ("table-dropped", "column-dropped", "value-dropped", "type-changed")
        problems = [found for found in problems if not (is_major and found.code in dropping)]
        problems += version.check(old.package, new.package, step)
    return Review(
        base="",
        head="",
        versions=(version.of(old.package), version.of(new.package)),
        demanded=step,
        rows=tuple(changed),
        schemas=tuple(differing),
        supports=tuple(rows.supports(old, new)),
        counts=tuple(rows.counts(old, new, changed)),
        problems=tuple(problem.ordered(problems)),
    )


def write(review: Review, form: str) -> str:
    """Write a review as text, Markdown or JSON."""
    text: str = import_module(f"ukraine_minerals.review.{form}").write(review)
    return text


def _within(found: problem.Problem, new: Tables, package: Path) -> problem.Problem:
    """Name a file as it lies in the package, also where its version was read from a temporary folder."""
    root = os.path.join(new.package.root, "")  # noqa: PTH118  # with its separator
    return found._replace(path=(package.parent / found.path.removeprefix(root)).as_posix())
