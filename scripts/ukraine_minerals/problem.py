"""Problem: one fault of the data, as a value; and the list of all codes."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from ukraine_minerals.model import Resource, Table

CODES: dict[str, tuple[str, str]] = {
    # What the standard says; frictionless's names where it has one.
    "blank-header": ("error", "The row that should name the columns is empty."),
    "blank-label": ("error", "A column has no name."),
    "blank-row": ("error", "A row has no value at all."),
    "byte-count": ("error", "A file has not the size that the descriptor gives."),
    "category-error": ("error", "A value is none of the field's categories."),
    "constraint-error": ("error", "A value breaks a constraint of its field."),
    "duplicate-label": ("error", "Two columns have one name."),
    "encoding-error": ("error", "A file holds bytes that are not text in its encoding."),
    "extra-cell": ("error", "A row has more cells than the header."),
    "extra-label": ("error", "The file has a column that the schema does not know."),
    "foreign-key": ("error", "A row points to a row that does not exist."),
    "hash-count": ("error", "A file has not the digest that the descriptor gives."),
    "incorrect-label": ("error", "A column has another name than the schema's field in its place."),
    "missing-cell": ("error", "A row has fewer cells than the header."),
    "missing-label": ("error", "The file lacks a column of the schema."),
    "not-tidy": ("error", "A file is not in its one form; tidy writes it."),
    "primary-key": ("error", "The key of a row is empty or belongs to an earlier row too."),
    "scheme-error": ("error", "A file cannot be read."),
    "source-error": ("error", "A file is empty or not CSV."),
    "type-error": ("error", "A value is not of its field's type."),
    "unique-error": ("error", "A value stands twice in a field whose values are unique."),
    "unique-key": ("error", "A unique key of the schema stands twice."),
    "unmatched-header": ("error", "No column of the file is in the schema."),
    # What the rules of the subject say.
    "alias-delimiter": ("error", "A list is not divided as it should be."),
    "alias-taken": ("error", "An alias is the name or alias of another row of its table."),
    "anchor-absent": ("error", "An anchor does not stand letter for letter in its paragraph."),
    "anchor-figure": ("error", "An anchor does not hold the figure that it is evidence of."),
    "anchor-length": ("error", "What is given as printed has more than 8 words."),
    "anchor-scale": ("error", "A figure is a power of ten away from what its evidence prints."),
    "anchor-words": ("error", "An anchor holds no word that is peculiar to its row."),
    "checked-idle": ("error", "A claim that asserts nothing, or is rejected, has a verdict on its truth."),
    "circle": ("error", "Rows that point to their own table come back to where they began."),
    "coordinates-half": ("error", "A row has a latitude without a longitude, or the other way round."),
    "coordinates-swapped": ("error", "Latitude and longitude are exchanged."),
    "copied-text": ("error", "A text of ours shares 12 words in a row with a source."),
    "currency-code": ("error", "A currency is none of ISO 4217."),
    "date-order": ("error", "A date lies before another that must come first."),
    "dispute-missing": ("error", "A disputed row names no dispute."),
    "dispute-settled": ("error", "A row is disputed, but its dispute is resolved."),
    "dispute-sides": (
        "error",
        "The dispute of a disputed row has not two sides from different families of sources.",
    ),
    "dispute-unfounded": ("error", "A dispute has neither evidence nor two rows that belong to it."),
    "edtf": ("error", "A date has the form of one but cannot be."),
    "erratum-same": ("error", "An erratum corrects nothing."),
    "evidence-checked": ("error", "A verdict on a claim's truth has no evidence."),
    "evidence-field": ("error", "Evidence names a field that its table has not."),
    "evidence-missing": ("error", "A row that needs evidence has none."),
    "evidence-paragraph": (
        "error",
        "Evidence or an erratum names no paragraph of its source, or one beyond its end.",
    ),
    "evidence-rejected": ("error", "Nothing shows that a rejected row is wrong."),
    "evidence-row": ("error", "Evidence names a row that does not exist."),
    "evidence-table": ("error", "Evidence names a table that does not exist."),
    "evidence-unsupported": ("error", "An accepted row has no evidence that supports it."),
    "exemption-idle": ("error", "An exemption silences nothing."),
    "figure-basis": ("error", "A figure does not say of what it is."),
    "figure-unit": ("error", "A figure does not say in what it is counted."),
    "formula-cell": ("error", "A spreadsheet takes a cell for a formula, or has left an error in it."),
    "hidden-character": ("error", "A text holds a character that nobody sees."),
    "in-force-early": (
        "warning",
        "An agreement was in force before it was ratified; some apply provisionally.",
    ),
    "katottg-code": ("error", "A code of KATOTTG is not UA and 17 digits."),
    "language-code": ("error", "A language is none of BCP 47."),
    "later-than-source": ("error", "What happened or was said is later than all sources that report it."),
    "list-length": ("error", "A list of minerals has not as many listings as its issuer gives it."),
    "lost-zeros": ("error", "A code or date has lost its leading zeros."),
    "marking-date": ("error", "A signing or ratification has another date than its agreement."),
    "markup": ("error", "A text holds markup."),
    "mixed-script": ("error", "A word mixes Latin and Cyrillic letters."),
    "mojibake": ("error", "A text was read in the wrong encoding."),
    "name-script": ("error", "A name is not in Latin letters, or a Ukrainian one not in Ukrainian."),
    "name-twice": ("warning", "Two rows of a table have one name."),
    "nobody": ("error", "A claim has no speaker, or a participation no participant."),
    "not-nfc": ("error", "A text is not in Unicode's composed form, NFC."),
    "nothing-word": ("error", "A cell holds a word that stands for nothing."),
    "odd-blank": ("error", "A text has a blank that is not one."),
    "old-name": ("error", "A place is called by a name that is not its own."),
    "one-holder": ("error", "An office that one alone can hold has two holders at once."),
    "outside-territory": ("error", "A place lies outside its territory."),
    "part-sum": ("error", "The parts of a whole come to more than it."),
    "percent-range": ("error", "A percentage is not from 0 to 100."),
    "place-code": ("error", "A country or region is none of ISO 3166."),
    "position-official": ("error", "Somebody acts in the office of another."),
    "position-tenure": ("error", "Somebody acts in an office before or after holding it."),
    "qualifier-alone": ("error", "A qualifier stands beside no figure."),
    "quote-length": ("error", "A quote has more than 25 words."),
    "range-order": ("error", "A range ends below its start, or has no start."),
    "redirect-new": ("error", "A redirect leads to a row that does not exist."),
    "redirect-old": ("error", "A redirect leads away from a row that exists."),
    "scientific-notation": ("error", "A number is in a spreadsheet's scientific notation."),
    "serial-date": ("error", "A date is in a spreadsheet's form."),
    "share-area": ("error", "A share of a place and its area in km² do not agree."),
    "shares-apart": ("error", "Shares of one place at one time lie far apart and belong to no dispute."),
    "signatory-tenure": ("error", "Somebody signs for a party without holding office there on that day."),
    "stage-date": ("error", "An agreement has a date of a stage that it has not reached."),
    "stage-undated": ("warning", "An agreement was signed, or more, but has no date of it."),
    "state-country": ("error", "A state has not the key or the code of its country."),
    "status-note": ("error", "A row that is not accepted does not say why."),
    "symbol-unknown": ("error", "A symbol is that of no element."),
    "text-digest": ("error", "The text of a source is not the one that was read."),
    "text-paragraphs": ("error", "The text of a source has another number of paragraphs."),
    "url-duplicate": ("error", "Two sources have one address."),
    "url-form": ("error", "An address is not well-formed."),
    "url-https": ("error", "An address is not https."),
    "url-proxy": ("error", "An address is that of a mirror, proxy, archive or shortener."),
    "url-tracking": ("error", "An address carries what tracks its reader."),
    "votes-seats": ("error", "More votes are told of than the chamber has seats."),
}

_DIGITS = str.maketrans("0123456789", "#" * 10)
_NUMBERED = 20  # candidates that differ from a value in digits alone: they are numbers, not names


class Problem(NamedTuple):
    """Where a fault is, what was found, what to do.

    `line` is the physical line on which the cell begins, or the row where it is no cell; `column` is the
    number of the field, both from 1; `row` is frictionless's rowNumber; each is None where the fault is not
    in one place. `constraint` is the Table Schema constraint that failed.
    """

    severity: str
    code: str
    constraint: str
    resource: str
    path: str
    line: int | None
    row: int | None
    column: int | None
    field: str
    value: str
    message: str
    hint: str


def at(  # noqa: PLR0913, PLR0917  # what a reader is told
    table: Table,
    index: int,
    field: str | Sequence[str],
    code: str,
    message: str,
    hint: str = "",
    constraint: str = "",
    value: str | None = None,
) -> Problem:
    """Tell of a fault in row `index` (from 0), in one field, in several (a composite key) or in none ("").

    `value` spares the look at the cells where they are known.
    """
    return teller(table, field)(index, code, message, hint, constraint, value)


def teller(table: Table, field: str | Sequence[str], number: int | None = None) -> Callable[..., Problem]:
    """Give `at` for one table and field, which looks both up only once for many faults.

    `number` (from 1) spares the search for the field where it is known.
    """
    names = ((field,) if field else ()) if isinstance(field, str) else tuple(field)
    if number is None and names and names[0] in table.columns:  # which stand in the order of the fields
        number = list(table.columns).index(names[0]) + 1
    name, path, joined = table.resource.name, str(table.resource.file), ", ".join(names)

    def tell(  # noqa: PLR0913, PLR0917
        index: int, code: str, message: str, hint: str = "", constraint: str = "", value: str | None = None
    ) -> Problem:
        line = table.lines[index] + (_breaks(table, index, number) if number and index in table.folded else 0)
        if value is None:
            value = ", ".join(table.columns[one][index] for one in names if one in table.columns)
        severity, row = CODES[code][0], table.rows[index]
        return Problem(
            severity, code, constraint, name, path, line, row, number, joined, value, message, hint
        )

    return tell


def _breaks(table: Table, index: int, column: int) -> int:
    """Count the line breaks in the cells of a row before a column; what a short row lacks has none."""
    if index in table.ragged:
        cells = table.ragged[index][: column - 1]
    else:
        cells = tuple(table.columns[field.name][index] for field in table.fields[: column - 1])
    return sum(map(line_ends, cells))


def line_ends(text: str) -> int:
    """Count the line ends in a text: LF, CR, or both together as one."""
    return text.count("\n") + text.replace("\r\n", "").count("\r")


def of(  # noqa: PLR0913
    source: Resource | Table,
    code: str,
    message: str,
    hint: str = "",
    *,
    line: int | None = None,
    row: int | None = None,
    column: int | None = None,
    field: str = "",
    value: str = "",
) -> Problem:
    """Tell of a fault of a whole file, of its header or of a place that is no field."""
    resource = source.resource if isinstance(source, Table) else source
    path = str(resource.file)
    return Problem(
        CODES[code][0], code, "", resource.name, path, line, row, column, field, value, message, hint
    )


def ordered(problems: Iterable[Problem]) -> list[Problem]:
    """Sort by path, line, column and code, so that two runs tell alike."""
    return sorted(
        problems, key=lambda p: (p.path, p.line or 0, p.column or 0, p.code, p.field, p.constraint, p.message)
    )


def quote(value: str, longest: int = 80) -> str:
    """Put a value in quotation marks, cut short where it is long."""
    return f'"{value}"' if len(value) <= longest else f'"{value[:longest]}…" ({len(value):,} characters)'


def hinter(candidates: Iterable[str]) -> Callable[[str], str]:
    """Give `nearest` for many values and the same candidates; beyond 100,000 comparisons it says nothing."""
    known = list(candidates)
    hints: dict[str, str] = {}

    def hint(value: str) -> str:
        if value not in hints:
            hints[value] = nearest(value, known) if (len(hints) + 1) * len(known) <= 100_000 else ""
        return hints[value]

    return hint


def nearest(value: str, candidates: Iterable[str]) -> str:
    """Give a hint that names the candidate most like the value, or "" where none is like it.

    Among numbered candidates the one with the most like number is no likelier than another.
    """
    import difflib  # noqa: PLC0415  # only a run with faults pays for it

    known = list(candidates)
    unnumbered = value.translate(_DIGITS)
    if unnumbered != value and [one.translate(_DIGITS) for one in known].count(unnumbered) >= _NUMBERED:
        return ""
    found = difflib.get_close_matches(value[:200], known, n=1, cutoff=0.75)
    return f"did you mean {quote(found[0])}?" if found else ""
