"""The sources' texts are those that were read, each anchor stands in them, and nothing is copied from them.

The texts are under copyright and no part of the package: this rule runs only where a folder of them is given.
"""

# ruff: noqa: RUF001, SIM905  # Ukrainian words; stop words in one text
import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ukraine_minerals import problem
from ukraine_minerals.model import Table, Tables
from ukraine_minerals.problem import Problem
from ukraine_minerals.rules import figures, lookup, numerals

RUN = 12
_FIGURES = {table: tuple(field for field, *_ in rows) for table, rows in figures.FIGURES.items()}
_OTHER_FIGURES = ("item_count", "duration_years", "area_km2")
_OTHERS_WORDS = ("title", "quote", "as_printed", "name", "name_uk", "aliases", "author")
_WORD = re.compile(r"[^\W_]+")
_COMMON = frozenset(
    (
        "a about above after again against all also an and any are as at be because been before being "
        "between both but by can could did do does donald down during each for from further had has have he "
        "her here him his how if in into is it its itself just me more most mr mrs ms my no nor not of off "
        "on once only or other our out over own president said same say says she should so some state "
        "states such than that the their them then there these they this those through to too under united "
        "until up us usa very vladimir volodymyr was we were what when where which while who whom why will "
        "with would you your й і в у на з та що як це до за від про не він вона вони його її їх президент"
    ).split()
)
_COMMON_STEMS = tuple(
    (
        "ukrain russia america zelens selens trump putin україн росі зеленськ трамп путін сша америк "
        "украин росси зеленск путин"
    ).split()
)


@dataclass(frozen=True, slots=True)
class Text:
    """One source as it was read: the digest of its bytes, and its non-empty lines."""

    sha256: str
    paragraphs: tuple[str, ...]


def check(tables: Tables, folder: Path) -> Iterator[Problem]:
    """Find texts that changed, anchors that do not hold, and sentences of ours that are a source's."""
    texts = _read(tables, folder)
    yield from _digests(tables, texts)
    for name in ("evidence", "errata"):
        table = tables.by_name.get(name)
        if table is not None:
            for index, (field, code, message, hint) in _faults(tables, table, texts).items():
                if code:
                    yield problem.at(table, index, field, code, message, hint)
    yield from _copies(tables, texts)


def anchored(tables: Tables, folder: Path) -> tuple[int, int]:
    """Count the evidence whose anchor holds, and all evidence whose source has a text."""
    table = tables.by_name.get("evidence")
    faults = _faults(tables, table, _read(tables, folder)) if table is not None else {}
    return sum(not code for _, code, _, _ in faults.values()), len(faults)


def _read(tables: Tables, folder: Path) -> Mapping[str, Text]:
    texts = {}
    for source in lookup.keys(tables.by_name.get("sources")):
        file = folder / f"{source}.txt"
        if file.is_file():
            texts[source] = text_of(file.read_bytes())
    return texts


def text_of(data: bytes) -> Text:
    """Cut a source's text into its paragraphs."""
    lines = data.decode("utf-8-sig", "replace").splitlines()
    return Text(hashlib.sha256(data).hexdigest(), tuple(line for line in lines if line.strip()))


def _digests(tables: Tables, texts: Mapping[str, Text]) -> Iterator[Problem]:
    table = tables.by_name.get("sources")
    rows = zip(lookup.keys(table), *lookup.columns(table, "text_sha256", "paragraphs"), strict=True)
    for index, (source, digest, paragraphs) in enumerate(rows):
        text = texts.get(source)
        if table is None or text is None:
            continue
        if digest != text.sha256:
            message = f"{source}.txt has another digest"
            yield problem.at(table, index, "text_sha256", "text-digest", message, f"write {text.sha256}")
        if paragraphs != str(len(text.paragraphs)):
            message = f"{source}.txt has {len(text.paragraphs)} paragraphs"
            yield problem.at(
                table, index, "paragraphs", "text-paragraphs", message, f"write {len(text.paragraphs)}"
            )


def _faults(tables: Tables, table: Table, texts: Mapping[str, Text]) -> dict[int, tuple[str, str, str, str]]:
    """Give field, code, message and hint of each row whose source has a text; no code where all is well."""
    names = (
        "source_id",
        "paragraph",
        "as_printed",
        "table_name",
        "row_key",
        "field_name",
        "stance",
        "reading",
    )
    rows = list(zip(*lookup.columns(table, *names), strict=True))
    is_evidence = table.resource.name == "evidence"
    wanted = _figures(tables) if is_evidence else {}
    # several anchors of one row in one source share the work: it is enough that one holds the figure
    held = {
        (source, name, key)
        for source, _, anchor, name, key, *_ in rows
        if _holds(
            anchor, [text for field in _FIGURES.get(name, ()) for text in wanted.get((name, key, field), ())]
        )
    }
    faults = {}
    for index, (source, paragraph, anchor, name, key, field, stance, reading) in enumerate(rows):
        if source not in texts:
            continue
        faults[index] = _place(texts[source], paragraph, anchor)
        if faults[index][1] or not is_evidence:
            continue
        asked = (field,) if field else _FIGURES.get(name, ())
        values = [text for one in asked for text in wanted.get((name, key, one), ())]
        if values and stance == "supports" and reading != "computed" and not _holds(anchor, values):
            if field or (source, name, key) not in held:
                message = f'"{anchor}" does not hold the figure of the row ({" or ".join(values)})'
                faults[index] = ("as_printed", "anchor-figure", message, "anchor the words that hold it")
        elif not values and not is_peculiar(anchor):
            message = f'"{anchor}" could stand for any row'
            faults[index] = ("as_printed", "anchor-words", message, "anchor words peculiar to this one")
    return faults


def _figures(tables: Tables) -> dict[tuple[str, str, str], list[str]]:
    """Give the figures of all rows, by table, key and field; a range's end with its start and by itself."""
    found: dict[tuple[str, str, str], list[str]] = {}
    for name, table in tables.by_name.items():
        main = _FIGURES.get(name, ())
        for field in (*main, *(f"{one}_max" for one in main), *_OTHER_FIGURES):
            for key, text in zip(lookup.keys(table), lookup.column(table, field), strict=True):
                if text:
                    found.setdefault((name, key, field), []).append(text)
    return found


def _holds(anchor: str, values: list[str]) -> bool:
    return any(figures.number(value) in numerals.numbers(anchor) for value in values)


def _place(text: Text, paragraph: str, anchor: str) -> tuple[str, str, str, str]:
    if not anchor:
        return "as_printed", "anchor-absent", "the evidence has no anchor", "copy the words from the source"
    if not paragraph and any(anchor in line for line in text.paragraphs):
        return "as_printed", "", "", ""
    if paragraph.isdecimal() and anchor in "".join(text.paragraphs[int(paragraph) - 1 : int(paragraph)]):
        return "as_printed", "", "", ""
    found = [number for number, line in enumerate(text.paragraphs, 1) if anchor in line]
    message = f'"{anchor}" does not stand letter for letter in paragraph {paragraph or "1 or any other"}'
    return (
        "as_printed",
        "anchor-absent",
        message,
        f"it stands in paragraph {found[0]}" if found else "copy it again",
    )


def is_peculiar(anchor: str) -> bool:
    """Say whether an anchor holds a word or figure that could not stand for any row."""
    words = _words(anchor)
    return any(
        (len(word) > 1 or word.isdigit()) and word not in _COMMON and not word.startswith(_COMMON_STEMS)
        for word in words
    )


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold().replace("’", "'").replace("'s", "").replace("'", ""))


def _copies(tables: Tables, texts: Mapping[str, Text]) -> Iterator[Problem]:
    runs: dict[str, str] = {}
    for source, text in texts.items():
        for paragraph in text.paragraphs:
            words = _words(paragraph)
            runs.update((" ".join(words[i : i + RUN]), source) for i in range(len(words) - RUN + 1))
    for table in tables.by_name.values():
        for field in table.resource.fields:
            if field.type != "string" or field.name in _OTHERS_WORDS or "enum" in field.constraints:
                continue
            for index, own in enumerate(lookup.column(table, field.name)):
                words = _words(own) if own.count(" ") >= RUN - 1 else []
                shared = (" ".join(words[i : i + RUN]) for i in range(len(words) - RUN + 1))
                run = next((run for run in shared if run in runs), None)
                if run is not None:
                    message = f'{RUN} words in a row are those of {runs[run]}: "{run}"'
                    yield problem.at(
                        table, index, field.name, "copied-text", message, "say it in words of our own"
                    )
