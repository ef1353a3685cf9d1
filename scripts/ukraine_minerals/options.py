"""The verbs of the command line and what each takes."""

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

Run = Callable[[SimpleNamespace], int]


def read(argv: Sequence[str], runs: Mapping[str, Run]) -> SimpleNamespace:
    """Read the command line; the commonest without argparse, which takes longer than a small package."""
    if argv[:1] == ["validate"] and len(argv) == 2 and not argv[1].startswith("-"):
        return SimpleNamespace(
            verb="validate",
            run=runs["validate"],
            package=Path(argv[1]),
            format="text",
            texts=None,
            limit=None,
        )
    return parser(runs).parse_args(argv, SimpleNamespace())


def parser(runs: Mapping[str, Run]) -> "argparse.ArgumentParser":
    """Describe the command line; each verb has the function of its name as `run`."""
    import argparse  # noqa: PLC0415

    found = argparse.ArgumentParser(
        prog="ukraine-minerals", description=sys.modules["ukraine_minerals"].__doc__
    )
    verbs = found.add_subparsers(dest="verb", required=True, metavar="VERB", prog="ukraine-minerals")
    validate = verbs.add_parser("validate", help="check a Data Package")
    validate.add_argument("--format", choices=("text", "json", "github", "markdown"), default="text")
    validate.add_argument("--texts", metavar="FOLDER", type=Path, help="compare with the sources' texts too")
    validate.add_argument(
        "--limit", metavar="N", type=_number, help="show no more problems of a code in a file, and count them"
    )
    validate.set_defaults(run=runs["validate"])
    tidy = verbs.add_parser("tidy", help="write CSV and JSON in their one form, and make generated keys")
    tidy.set_defaults(run=runs["tidy"])
    export = verbs.add_parser("export", help="write CSV, Parquet and SQLite from sound data")
    export.add_argument("--out", metavar="FOLDER", type=Path, help="default: dist/ beside the package")
    export.set_defaults(run=runs["export"])
    release = verbs.add_parser("release", help="write all downloads, with codebook and metadata")
    release.add_argument("--out", metavar="FOLDER", type=Path, help="default: dist/release/")
    release.set_defaults(run=runs["release"])
    site = verbs.add_parser("site", help="write the explorer, a static site, from sound data")
    site.add_argument("--out", metavar="FOLDER", type=Path, help="default: dist/site/")
    site.set_defaults(run=runs["site"])
    readme = verbs.add_parser("readme", help="write the figures of README.md, and CITATION.cff")
    readme.add_argument("--check", action="store_true", help="only say whether they are those of the data")
    readme.set_defaults(run=runs["readme"])
    pictures = verbs.add_parser("pictures", help="draw SVG and PNG from sound data, with their rows as CSV")
    pictures.add_argument(
        "--out", metavar="FOLDER", type=Path, help="default: dist/pictures beside the package"
    )
    pictures.add_argument(
        "--no-png", action="store_true", help="SVG and CSV alone: needs no font, no library"
    )
    pictures.set_defaults(run=runs["pictures"])
    quality = verbs.add_parser("quality", help="count what the package holds, and how far two readers agree")
    quality.add_argument("--draw", metavar="SHARE", type=_share, help="list rows for another second reading")
    quality.add_argument("--seed", default="", help="what the draw starts from; the same seed draws the same")
    quality.set_defaults(run=runs["quality"])
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
    review.set_defaults(run=runs["review"])
    cite = verbs.add_parser("cite", help="print the row of evidence for words of a text, or of a source")
    cite.add_argument("what", metavar="TEXT|ADDRESS", help="a source's text as a file, or an address")
    cite.add_argument("words", metavar="WORD", nargs="*", help="words of the passage, or the page's title")
    for option in ("table", "row", "field", "source", "accessed"):
        cite.add_argument(f"--{option}", default="", help=f"what goes into the row as its {option}")
    cite.add_argument("--package", metavar="DATAPACKAGE", type=Path, default=Path("datapackage.json"))
    cite.set_defaults(run=runs["cite"])
    for verb in (validate, tidy, export, release, site, readme, quality, pictures):
        verb.add_argument(
            "package", metavar="DATAPACKAGE", nargs="?", type=Path, default=Path("datapackage.json")
        )
    return found


def _number(text: str) -> int:
    import argparse  # noqa: PLC0415

    if text.isascii() and text.isdigit():
        return int(text)
    raise argparse.ArgumentTypeError(f"{text}: a limit is a whole number")


def _share(text: str) -> float:
    import argparse  # noqa: PLC0415

    try:
        share = float(text)
    except ValueError:
        share = 0
    if not 0 < share <= 1:
        raise argparse.ArgumentTypeError(f"{text}: a share is over 0 and at most 1")
    return share
