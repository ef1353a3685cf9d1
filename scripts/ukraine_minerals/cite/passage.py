"""A text and some of its words -> the paragraph that holds them, and the words as printed for an anchor."""

# ruff: noqa: RUF001  # quotation marks and dashes as sources print them
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ukraine_minerals import problem
from ukraine_minerals.errors import PackageError
from ukraine_minerals.model import Tables
from ukraine_minerals.rules import lookup, texts

LONGEST = 8  # words; the rule anchor-length
_MOST = 5  # rows, where the words stand in several paragraphs
_EDGES = "\"'“”„«»‘’()[].,;:!?…"


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph (from 1, of the non-empty lines) and the shortest run of its words that holds all asked."""

    paragraph: int
    anchor: str


def cite(
    tables: Tables, path: Path, words: str, given: Mapping[str, str]
) -> tuple[list[Mapping[str, str]], list[str]]:
    """Give a row of evidence for each paragraph that holds the words, and what to mind.

    Raises:
        PackageError: the text cannot be read, or no words are asked for.
    """
    try:
        text = texts.text_of(path.read_bytes())
    except OSError as error:
        raise PackageError(f"{path}: is neither an address nor a text: {error.strerror}") from None
    asked = words.split()
    if not 0 < len(asked) <= LONGEST:
        raise PackageError(f"name one to {LONGEST} words of the passage; an anchor has no more")
    passages = list(find(text.paragraphs, asked))
    if not passages:
        return [], [_nearest(text.paragraphs, asked)]
    source = given.get("source") or path.stem
    remarks = list(_remarks(tables, text, source, given))
    if len(passages) > 1:
        places = ", ".join(str(found.paragraph) for found in passages)
        remarks.append(
            f"the words stand in paragraphs {places}: keep the one that is meant, or name more words"
        )
    rows: list[Mapping[str, str]] = []
    for found in passages[:_MOST]:
        if not texts.is_peculiar(found.anchor):
            remarks.append(f'"{found.anchor}" could stand for any row: name words peculiar to this one')
        rows.append(
            {
                "table_name": given.get("table", ""),
                "row_key": given.get("row", ""),
                "field_name": given.get("field", ""),
                "source_id": source,
                "paragraph": str(found.paragraph),
                "as_printed": found.anchor,
                "read_as": "full_text",
                "stance": "supports",
                "reading": "stated",
            }
        )
    return rows, remarks


def find(paragraphs: Sequence[str], asked: Sequence[str]) -> Iterator[Passage]:
    """Find in each paragraph the shortest run of at most 8 words that holds all words asked for."""
    wanted = [_fold(word) for word in asked]
    for number, paragraph in enumerate(paragraphs, 1):
        spans = [match.span() for match in re.finditer(r"\S+", paragraph)]
        folded = [_fold(paragraph[start:end]) for start, end in spans]
        runs = (
            (end - start, start, end)
            for start in range(len(spans))
            for end in range(start + 1, min(start + LONGEST, len(spans)) + 1)
            if all(any(word in token for token in folded[start:end]) for word in wanted)
        )
        best = min(runs, default=None)
        if best:
            _, first, last = best
            yield Passage(number, _trimmed(paragraph[spans[first][0] : spans[last - 1][1]]))


def _trimmed(anchor: str) -> str:
    """Leave out the punctuation at both ends, but no bracket or mark whose other half stands within."""
    inner = anchor.strip(_EDGES)
    return inner if inner and not set('()[]“”«»"') & set(inner) else anchor.strip(".,;:!?…")


def _fold(word: str) -> str:
    """Write a word so that case, kinds of quotation marks, dashes and widths make no difference."""
    plain = unicodedata.normalize("NFKC", word).casefold()
    plain = re.sub("[‘’ʼ`´]", "'", re.sub("[‐‑–—−]", "-", plain))
    return plain.strip(_EDGES) or plain


def _nearest(paragraphs: Sequence[str], asked: Sequence[str]) -> str:
    held = [[word for word in asked if _fold(word) in _fold(paragraph)] for paragraph in paragraphs]
    best = max(range(len(held)), key=lambda number: len(held[number]), default=None)
    if best is None or not held[best]:
        return "no paragraph holds any of the words"
    missing = [word for word in asked if word not in held[best]]
    why = (
        f"but not {', '.join(map(problem.quote, missing))}" if missing else f"but not within {LONGEST} words"
    )
    return f"no passage holds all of the words; paragraph {best + 1} has most of them, {why}"


def _remarks(tables: Tables, text: texts.Text, source: str, given: Mapping[str, str]) -> Iterator[str]:
    known = lookup.mapping(tables.by_name.get("sources"), "text_sha256")
    if source not in known:
        hint = problem.nearest(source, known) or "cite its address first"
        yield f'"{source}" is no source yet; {hint}'
    elif known[source] != text.sha256:
        yield f"the text is not the one that {source} was read from; its paragraphs may have other numbers"
    name, row = given.get("table", ""), given.get("row", "")
    if not name or not row:
        yield "fill in table_name and row_key, or give --table and --row"
    elif name not in tables.by_name:
        yield f'"{name}" is no table of the package. {problem.nearest(name, tables.by_name)}'
    elif row not in (keys := lookup.keys(tables.by_name[name])):
        yield f'"{row}" is no row of {name}. {problem.nearest(row, keys)}'
    field = given.get("field", "")
    if field and name in tables.by_name and field not in tables.by_name[name].columns:
        yield f'"{field}" is no column of {name}. {problem.nearest(field, tables.by_name[name].columns)}'
