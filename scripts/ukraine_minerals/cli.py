"""The command line: order of work, printing, exit status (0 sound, 1 problems, 2 cannot run)."""

import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace

from ukraine_minerals import checks, descriptor, options, problem, progress, read, report
from ukraine_minerals.errors import PackageError
from ukraine_minerals.model import Package, Tables
from ukraine_minerals.problem import Problem
from ukraine_minerals.progress import Tell, silent

READINGS = Path("tests", "gold", "second_reading.csv")
# After these a table is not what its schema says, and the rules of the subject would only guess.
_BROKEN = ("-label", "-header", "-cell", "blank-row", "encoding-error", "scheme-error", "source-error")


def main(argv: Sequence[str] | None = None) -> int:
    """Run a verb and give its exit status."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    runs = {
        "validate": _validate,
        "tidy": _tidy,
        "export": _export,
        "release": _release,
        "site": _site,
        "readme": _readme,
        "pictures": _pictures,
        "quality": _quality,
        "review": _review,
        "cite": _cite,
    }
    arguments = options.read(sys.argv[1:] if argv is None else list(argv), runs)
    try:
        status: int = arguments.run(arguments)
        sys.stdout.flush()
    except PackageError as error:
        print(f"{arguments.verb}: {report.plain(str(error))}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print(f"{arguments.verb}: interrupted", file=sys.stderr)
        return 130  # as a shell tells of SIGINT
    except BrokenPipeError:  # whoever reads has seen enough, such as head
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return status


def _validate(arguments: SimpleNamespace) -> int:
    package = descriptor.load(arguments.package)
    fast = "rules" not in package.descriptor  # which read whole tables
    with progress.shown(sys.stderr) as tell:
        tables, found = _judge(package, arguments.texts, fast=fast, tell=tell)
    result = _report(tables, found)
    shown = result if arguments.limit is None else report.limited(result, arguments.limit)
    print(report.writer(arguments.format)(shown), end="")
    if arguments.texts is not None and arguments.format == "text" and _whole(found):
        from ukraine_minerals import rules  # noqa: PLC0415  # imported already

        holding, whole = rules.anchored(tables, arguments.texts)
        print(f"anchored: {holding:,} of {whole:,} ({holding / max(whole, 1):.1%})")
    return 1 if result.errors else 0


def _judge(
    package: Package, texts: Path | None = None, *, fast: bool = False, tell: Tell = silent
) -> tuple[Tables, list[Problem]]:
    """Read and check a package; its subject's rules are left out where a table could not be read whole."""
    tables, problems = read.tables(package, fast=fast, tell=tell)
    problems += checks.run(tables, tell)
    subject = package.descriptor.get("rules") == "ukraine-minerals"
    if texts is not None and not (subject and texts.is_dir()):
        raise PackageError(
            f"--texts {texts}: is no folder" if subject else "--texts: the package has no rules"
        )
    if subject and _whole(problems):
        from ukraine_minerals import rules  # noqa: PLC0415  # other packages do not pay for them

        problems += rules.run(tables)
        problems += rules.run_texts(tables, texts) if texts is not None else []
    return tables, problem.ordered(problems)


def _whole(problems: Sequence[Problem]) -> bool:
    return not any(found.code.endswith(_BROKEN) for found in problems)


def _report(tables: Tables, problems: list[Problem]) -> report.Report:
    package = tables.package
    name = package.descriptor.get("name")
    return report.Report(
        package=name if isinstance(name, str) else package.path,
        tables=len(package.resources),
        rows=sum(len(table.lines) for table in tables.by_name.values()),
        problems=tuple(problems),
    )


def _tidy(arguments: SimpleNamespace) -> int:
    from ukraine_minerals import canon  # noqa: PLC0415  # validate of a package without rules does not need it

    package = descriptor.load(arguments.package)
    tables, faults = read.tables(package)
    unread = {resource.name for resource in package.resources}.difference(tables.by_name)
    refused = [
        f"{fault.path}: left as it is: {fault.message}" for fault in faults if fault.resource in unread
    ]
    texts: dict[Path, str] = {}
    for table in tables.by_name.values():
        try:
            texts[table.resource.file] = canon.csv_text(table)
        except ValueError as error:
            refused.append(f"{table.resource.file}: left as it is: {error}")
    for path in canon.json_files(package):
        try:
            texts[path] = canon.json_text(path.read_bytes().decode("utf-8-sig"))
        except ValueError as error:
            refused.append(f"{path}: left as it is: {error}")
    changed = {path: text for path, text in texts.items() if path.read_bytes() != text.encode()}
    canon.write(changed)
    for line in [*(f"{path}: tidied" for path in changed), *refused]:
        print(report.plain(line))
    print(f"{len(changed)} of {len(texts) + len(refused)} files tidied")
    return 1 if refused else 0


def _export(arguments: SimpleNamespace) -> int:
    return _build(arguments, "export", "dist", _exported)


def _release(arguments: SimpleNamespace) -> int:
    return _build(arguments, "release", "dist/release", _released)


def _site(arguments: SimpleNamespace) -> int:
    return _build(arguments, "site", "dist/site", _shown)


def _build(
    arguments: SimpleNamespace,
    verb: str,
    place: str,
    told: Callable[[Path, report.Report], str],
    **how: bool,
) -> int:
    """Build from sound tables alone; the libraries that build are imported only then."""
    tables, found = _judge(descriptor.load(arguments.package))
    result = _report(tables, found)
    if result.errors:
        print(report.writer("text")(result), end="", file=sys.stderr)
        return 1
    try:
        builder = import_module(f"ukraine_minerals.{verb}")
    except ModuleNotFoundError as error:
        raise PackageError(
            f"{error.name} is not installed; install the libraries of requirements.lock"
        ) from None
    out = arguments.out or arguments.package.parent / place
    builder.run(tables, out, **how)
    print(report.plain(told(out, result)))
    return 0


def _exported(out: Path, result: report.Report) -> str:
    return f"{out}: {result.tables} tables, {result.rows:,} rows as CSV, Parquet and SQLite"


def _released(out: Path, result: report.Report) -> str:
    return f"{out}: {result.tables} tables, {result.rows:,} rows in every format, with codebook and metadata"


def _shown(out: Path, result: report.Report) -> str:
    return f"{out}: {result.tables} tables, {result.rows:,} rows as pages; open {out / 'index.html'}"


def _quality(arguments: SimpleNamespace) -> int:
    from ukraine_minerals import quality  # noqa: PLC0415  # only this verb and readme need it

    tables, found = _judge(descriptor.load(arguments.package))
    if not _whole(found) or tables.package.descriptor.get("rules") != "ukraine-minerals":
        raise PackageError("the package is not sound, or has no rules; validate tells more")
    if arguments.draw is not None:
        for name, keys in quality.sample(tables, arguments.seed, arguments.draw).items():
            for key in keys:
                print(f"{name}\t{key}")
        return 0
    for words, count in quality.counts(tables):
        print(f"{words}: {count:,}")
    for name in ("agreements", "events"):
        print(f"accepted {name} told by two families of sources: {quality.voices(tables, name):.1%}")
    path = arguments.package.parent / READINGS
    if path.is_file():
        print(f"\nSecond reading ({path}):\n\n{quality.table(tables, quality.readings(path))}")
    return 0


def _readme(arguments: SimpleNamespace) -> int:
    from ukraine_minerals import canon, readme  # noqa: PLC0415  # only this verb needs them
    from ukraine_minerals.metadata import about, citation  # noqa: PLC0415

    tables, found = _judge(descriptor.load(arguments.package))
    result = _report(tables, found)
    printed = f"{report.writer('text')(result)}{_exported(Path('dist'), result)}\n"
    printed += _shown(Path("dist/site"), result)
    path = arguments.package.parent / "README.md"
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise PackageError(f"{path}: cannot be read: {error}") from None
    results = arguments.package.parent / "tests" / "bench" / "results.json"
    readings = arguments.package.parent / READINGS
    made = {path: readme.fill(text, readme.blocks(tables, printed, results, readings))}
    citation_file = path.with_name("CITATION.cff")
    if citation_file.exists():
        made[citation_file] = citation.write(about.read(tables.package.descriptor))
    stale = {file for file, renewed in made.items() if file.read_bytes() != renewed.encode()}
    if not arguments.check:
        canon.write(made)
    for file in made:
        print(f"{file}: {('stale' if arguments.check else 'renewed') if file in stale else 'up to date'}")
    return 1 if arguments.check and stale else 0


def _review(arguments: SimpleNamespace) -> int:
    from ukraine_minerals import review  # noqa: PLC0415  # only this verb needs it

    found = review.run(arguments.base, arguments.head, arguments.package, is_release=arguments.release)
    print(review.write(found, arguments.format), end="")
    return 1 if found.refused else 0


def _cite(arguments: SimpleNamespace) -> int:
    from ukraine_minerals import cite  # noqa: PLC0415  # only this verb needs it

    tables, _ = read.tables(descriptor.load(arguments.package))
    given = {name: getattr(arguments, name) for name in ("table", "row", "field", "source", "accessed")}
    rows, remarks = cite.run(tables, arguments.what, " ".join(arguments.words), given)
    print(rows, end="")
    for remark in remarks:
        print(report.plain(remark), file=sys.stderr)
    return 0 if rows else 1


def _pictures(arguments: SimpleNamespace) -> int:
    return _build(arguments, "pictures", "dist/pictures", _drawn, with_png=not arguments.no_png)


def _drawn(out: Path, _: report.Report) -> str:
    listed = len(list(out.iterdir())) - 1  # the manifest lists the others
    return f"{out}: {len(list(out.glob('*.csv')))} pictures in {listed} files"
