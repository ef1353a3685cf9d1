"""The command line: arguments, order of work, printing, exit status (0 sound, 1 problems, 2 cannot run)."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

from ukraine_minerals import canon, checks, descriptor, problem, read, report
from ukraine_minerals.errors import PackageError
from ukraine_minerals.model import Package, Tables
from ukraine_minerals.problem import Problem

READINGS = Path("tests", "gold", "second_reading.csv")
# After these a table is not what its schema says, and the rules of the subject would only guess.
_BROKEN = ("-label", "-header", "-cell", "blank-row", "encoding-error", "scheme-error", "source-error")


def main(argv: Sequence[str] | None = None) -> int:
    """Run a verb and give its exit status."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    arguments = _parser().parse_args(argv)
    try:
        status: int = arguments.run(arguments)
        sys.stdout.flush()
    except PackageError as error:
        print(f"{arguments.verb}: {report.plain(str(error))}", file=sys.stderr)
        return 2
    except BrokenPipeError:  # whoever reads has seen enough, such as head
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="ukraine-minerals", description=sys.modules["ukraine_minerals"].__doc__
    )
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB", prog="ukraine-minerals")
    validate = verbs.add_parser("validate", help="check a Data Package")
    validate.add_argument("--format", choices=("text", "json", "github", "markdown"), default="text")
    validate.add_argument("--texts", metavar="FOLDER", type=Path, help="compare with the sources' texts too")
    validate.set_defaults(run=_validate)
    tidy = verbs.add_parser("tidy", help="write CSV and JSON in their one form, and make generated keys")
    tidy.set_defaults(run=_tidy)
    export = verbs.add_parser("export", help="write CSV, Parquet and SQLite from sound data")
    export.add_argument("--out", metavar="FOLDER", type=Path, help="default: dist/ beside the package")
    export.set_defaults(run=_export)
    release = verbs.add_parser("release", help="write all downloads, with codebook and metadata")
    release.add_argument("--out", metavar="FOLDER", type=Path, help="default: dist/release/")
    release.set_defaults(run=_release)
    readme = verbs.add_parser("readme", help="write the figures of README.md, and CITATION.cff")
    readme.add_argument("--check", action="store_true", help="only say whether they are those of the data")
    readme.set_defaults(run=_readme)
    pictures = verbs.add_parser("pictures", help="draw SVG and PNG from sound data, with their rows as CSV")
    pictures.add_argument(
        "--out", metavar="FOLDER", type=Path, help="default: dist/pictures beside the package"
    )
    pictures.add_argument(
        "--no-png", action="store_true", help="SVG and CSV alone: needs no font, no library"
    )
    pictures.set_defaults(run=_pictures)
    quality = verbs.add_parser("quality", help="count what the package holds, and how far two readers agree")
    quality.add_argument("--draw", metavar="SHARE", type=_share, help="list rows for another second reading")
    quality.add_argument("--seed", default="", help="what the draw starts from; the same seed draws the same")
    quality.set_defaults(run=_quality)
    review = verbs.add_parser("review", help="tell what changed between two versions, and what would break")
    review.add_argument("base", metavar="BASE", help="the older version: a git revision or a folder")
    review.add_argument(
        "head", metavar="HEAD", nargs="?", default="", help="default: the package as it lies here"
    )
    review.add_argument("--format", choices=("text", "markdown", "json"), default="text")
    review.add_argument(
        "--release", action="store_true", help="demand the right version and a changelog entry"
    )
    review.add_argument("--package", metavar="DATAPACKAGE", type=Path, default=Path("datapackage.json"))
    review.set_defaults(run=_review)
    cite = verbs.add_parser("cite", help="print the row of evidence for words of a text, or of a source")
    cite.add_argument("what", metavar="TEXT|ADDRESS", help="a source's text as a file, or an address")
    cite.add_argument("words", metavar="WORD", nargs="*", help="words of the passage, or the page's title")
    for option in ("table", "row", "field", "source", "accessed"):
        cite.add_argument(f"--{option}", default="", help=f"what goes into the row as its {option}")
    cite.add_argument("--package", metavar="DATAPACKAGE", type=Path, default=Path("datapackage.json"))
    cite.set_defaults(run=_cite)
    for verb in (validate, tidy, export, release, readme, quality, pictures):
        verb.add_argument(
            "package", metavar="DATAPACKAGE", nargs="?", type=Path, default=Path("datapackage.json")
        )
    return parser


def _validate(arguments: argparse.Namespace) -> int:
    tables, found = _judge(descriptor.load(arguments.package), arguments.texts)
    result = _report(tables, found)
    print(report.writer(arguments.format)(result), end="")
    if arguments.texts is not None and arguments.format == "text" and _whole(found):
        from ukraine_minerals import rules  # noqa: PLC0415  # imported already

        holding, whole = rules.anchored(tables, arguments.texts)
        print(f"anchored: {holding:,} of {whole:,} ({holding / max(whole, 1):.1%})")
    return 1 if result.errors else 0


def _judge(package: Package, texts: Path | None = None) -> tuple[Tables, list[Problem]]:
    """Read and check a package; its subject's rules are left out where a table could not be read whole."""
    tables, problems = read.tables(package)
    problems += checks.run(tables)
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


def _tidy(arguments: argparse.Namespace) -> int:
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


def _export(arguments: argparse.Namespace) -> int:
    return _build(arguments, "export", "dist", _exported)


def _release(arguments: argparse.Namespace) -> int:
    return _build(arguments, "release", "dist/release", _released)


def _build(
    arguments: argparse.Namespace, verb: str, place: str, told: Callable[[Path, report.Report], str]
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
    builder.run(tables, out)
    print(report.plain(told(out, result)))
    return 0


def _exported(out: Path, result: report.Report) -> str:
    return f"{out}: {result.tables} tables, {result.rows:,} rows as CSV, Parquet and SQLite"


def _released(out: Path, result: report.Report) -> str:
    return f"{out}: {result.tables} tables, {result.rows:,} rows in every format, with codebook and metadata"


def _share(text: str) -> float:
    try:
        share = float(text)
    except ValueError:
        share = 0
    if not 0 < share <= 1:
        raise argparse.ArgumentTypeError(f"{text}: a share is over 0 and at most 1")
    return share


def _quality(arguments: argparse.Namespace) -> int:
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


def _readme(arguments: argparse.Namespace) -> int:
    from ukraine_minerals import readme  # noqa: PLC0415  # only this verb needs it
    from ukraine_minerals.metadata import about, citation  # noqa: PLC0415

    tables, found = _judge(descriptor.load(arguments.package))
    result = _report(tables, found)
    printed = f"{report.writer('text')(result)}{_exported(Path('dist'), result)}"
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


def _review(arguments: argparse.Namespace) -> int:
    from ukraine_minerals import review  # noqa: PLC0415  # only this verb needs it

    found = review.run(arguments.base, arguments.head, arguments.package, is_release=arguments.release)
    print(review.write(found, arguments.format), end="")
    return 1 if found.problems else 0


def _cite(arguments: argparse.Namespace) -> int:
    from ukraine_minerals import cite  # noqa: PLC0415  # only this verb needs it

    tables, _ = read.tables(descriptor.load(arguments.package))
    given = {name: getattr(arguments, name) for name in ("table", "row", "field", "source", "accessed")}
    rows, remarks = cite.run(tables, arguments.what, " ".join(arguments.words), given)
    print(rows, end="")
    for remark in remarks:
        print(report.plain(remark), file=sys.stderr)
    return 0 if rows else 1


def _pictures(arguments: argparse.Namespace) -> int:
    tables, found = _judge(descriptor.load(arguments.package))
    result = _report(tables, found)
    if result.errors:
        print(report.writer("text")(result), end="", file=sys.stderr)
        return 1
    try:
        from ukraine_minerals import pictures  # noqa: PLC0415  # pyarrow
    except ModuleNotFoundError as error:
        raise PackageError(
            f"{error.name} is not installed; install the libraries of requirements.lock"
        ) from None
    out = arguments.out or arguments.package.parent / "dist" / "pictures"
    files = pictures.run(tables, out, with_png=not arguments.no_png)
    print(report.plain(f"{out}: {len(pictures.PICTURES)} pictures in {len(files)} files"))
    return 0
