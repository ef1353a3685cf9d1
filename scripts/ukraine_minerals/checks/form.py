"""The files are in their one form, so that two versions differ only where the data do."""

from collections.abc import Iterator

from ukraine_minerals import problem
from ukraine_minerals.model import Tables
from ukraine_minerals.problem import Problem

_HINT = "run tidy"


def check(tables: Tables) -> Iterator[Problem]:
    """Compare CSV and JSON with what tidy would write, in a package that keeps the rules of a subject.

    What tidy could not write is left out: its ragged rows or its header are problems of their own.
    """
    if "rules" not in tables.package.descriptor:
        return
    from ukraine_minerals import canon  # noqa: PLC0415  # other packages do not pay for it

    for table in tables.by_name.values():
        try:
            line = _difference(table.resource.file.read_bytes(), canon.csv_text(table))
        except ValueError:
            continue
        if line:
            yield problem.of(table, "not-tidy", "is not in its one form from this line on", _HINT, line=line)
    for path in canon.json_files(tables.package):
        data = path.read_bytes()
        try:
            line, message = (
                _difference(data, canon.json_text(data.decode("utf-8-sig"))),
                "is not in its one form from here on",
            )
        except ValueError as error:
            line, message = 1, f"cannot be brought into its one form: {error}"
        if line:
            found = problem.of(
                (*tables.package.resources, *tables.package.files)[0], "not-tidy", message, _HINT, line=line
            )
            yield found._replace(resource="", path=str(path))


def _difference(data: bytes, text: str) -> int | None:
    """Give the first line (1-based) in which a file differs from a text."""
    expected = text.encode()
    if data == expected:
        return None
    pairs = zip(data.split(b"\n"), expected.split(b"\n"), strict=False)
    shorter = min(data.count(b"\n"), expected.count(b"\n")) + 1
    return next((number for number, (a, b) in enumerate(pairs, 1) if a != b), shorter)
