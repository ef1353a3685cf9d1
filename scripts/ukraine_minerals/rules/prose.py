"""Text is plain text: no words that stand for nothing, no markup, no blanks that are not one, today's names.

A schema bounds what a cell of free text may hold by a pattern at most, and names of places change.
"""

# ruff: noqa: SIM905  # names in one text
import re
from collections.abc import Iterator

from ukraine_minerals import problem
from ukraine_minerals.model import Field, Tables
from ukraine_minerals.problem import Problem
from ukraine_minerals.rules import lookup
from ukraine_minerals.values import NOTHING

# copied letter for letter, or bounded by a list or a pattern already
_PRINTED = ("as_printed", "quote")
_MARKUP = r"</?[A-Za-z][A-Za-z0-9]*(?:\s[^<>]*)?/?>|&(?:[a-z]+|#\d+|#x[0-9a-f]+);|\]\(https?://"
_BLANKS = "[\u00a0\u2000-\u200a\u202f\u3000\t\r\n]|  "
_NAMES = {
    "Kiev": "Kyiv",
    "Kyrovohrad": "Kirovohrad",
    "Kirovograd": "Kirovohrad",
    "Kharkov": "Kharkiv",
    "Odessa": "Odesa",
    "Lvov": "Lviv",
    "Lugansk": "Luhansk",
    "Zaporozhye": "Zaporizhzhia",
    "Zaporozhe": "Zaporizhzhia",
    "Nikolaev": "Mykolaiv",
    "Nikolayev": "Mykolaiv",
    "Chernigov": "Chernihiv",
    "Dnepropetrovsk": "Dnipropetrovsk",
    "Vinnitsa": "Vinnytsia",
    "Zhitomir": "Zhytomyr",
    "Rovno": "Rivne",
    "Krivoy Rog": "Kryvyi Rih",
    "Chernovtsy": "Chernivtsi",
    "Ternopol": "Ternopil",
    "Khmelnitsky": "Khmelnytskyi",
    "Donbass": "Donbas",
}
_NAMED = re.compile(rf"\b({'|'.join(map(re.escape, _NAMES))})\b")
_OURS = frozenset("title summary note place basis item reason because corrected".split())
_SYMBOLS = frozenset(
    (
        "H He Li Be B C N O F Ne Na Mg Al Si P S Cl Ar K Ca Sc Ti V Cr Mn Fe Co Ni Cu Zn Ga Ge As Se Br Kr "
        "Rb Sr Y Zr Nb Mo Tc Ru Rh Pd Ag Cd In Sn Sb Te I Xe Cs Ba La Ce Pr Nd Pm Sm Eu Gd Tb Dy Ho Er Tm "
        "Yb Lu Hf Ta W Re Os Ir Pt Au Hg Tl Pb Bi Po At Rn Fr Ra Ac Th Pa U Np Pu Am Cm"
    ).split()
)


def check(tables: Tables) -> Iterator[Problem]:
    """Find what is no plain text, old names in our own words, unknown symbols, errata that change nothing."""
    for table in tables.by_name.values():
        for field in table.resource.fields:
            if field.type not in ("string", "list") or field.constraints.keys() & {"enum", "pattern"}:
                continue
            texts = lookup.column(table, field.name)
            faulty = {
                text: found
                for text in set(texts)
                if text and (found := _fault(text, field, table.resource.name))
            }
            for index, text in enumerate(texts) if faulty else ():
                if text in faulty:
                    yield problem.at(table, index, field.name, *faulty[text])
    yield from _symbols(tables)
    yield from _slips(tables)


def _fault(text: str, field: Field, table: str) -> tuple[str, str, str] | None:
    if len(text) < 10 and text.strip().casefold() in NOTHING:
        return (
            "nothing-word",
            f'"{text}" stands for nothing',
            "leave the cell empty; what that means the codebook says",
        )
    if field.name in _PRINTED:
        return None
    if ("  " in text or not text.isprintable()) and re.search(_BLANKS, text):
        return (
            "odd-blank",
            "a blank is doubled, does not break, or is a line break",
            f"write {' '.join(text.split())}",
        )
    if field.type == "list":
        parts = text.split(field.descriptor.get("delimiter", ","))
        if "" in [part.strip() for part in parts]:
            return (
                "alias-delimiter",
                "one of the list is empty",
                f"write {';'.join(part for part in parts if part.strip())}",
            )
        if any(re.search(r"\w\w, \w+(?: \w+)+$", part) for part in parts):
            return "alias-delimiter", f'"{text}" is divided by a comma', f"write {text.replace(', ', ';')}"
    is_title = table == "sources" and field.name == "title"  # as the page prints it
    marked = ("<" in text or "&" in text or "](" in text) and not is_title
    if marked and (found := re.search(_MARKUP, text)):
        return "markup", f'"{found[0]}" is markup', f"write plain text: {_unmarked(text)}"
    if field.name in _OURS and table not in ("sources", "evidence") and (old := _NAMED.search(text)):
        return "old-name", f'"{old[0]}" is not the name', f"write {_NAMES[old[0]]}"
    return None


def _unmarked(text: str) -> str:
    import html  # noqa: PLC0415  # only a run with faults pays for it

    return problem.quote(html.unescape(re.sub(r"</?[A-Za-z][^<>]*>", "", text)))


def _symbols(tables: Tables) -> Iterator[Problem]:
    table = tables.by_name.get("minerals")
    for index, (symbol, level) in enumerate(zip(*lookup.columns(table, "symbol", "level"), strict=True)):
        if table is not None and symbol and level == "element" and symbol not in _SYMBOLS:
            from ukraine_minerals import meant  # noqa: PLC0415  # only a run with faults pays for it

            meant_symbol = meant.plain(symbol).capitalize()
            hint = f"write {meant_symbol}" if meant_symbol in _SYMBOLS else "look it up in the periodic table"
            yield problem.at(table, index, "symbol", "symbol-unknown", f'"{symbol}" is no element', hint)


def _slips(tables: Tables) -> Iterator[Problem]:
    table = tables.by_name.get("errata")
    for index, (printed, corrected) in enumerate(
        zip(*lookup.columns(table, "as_printed", "corrected"), strict=True)
    ):
        if table is not None and printed and printed.strip(" .") == corrected.strip(" ."):
            message, hint = (
                "what is corrected is what was printed",
                "say what it should be, or delete the row",
            )
            yield problem.at(table, index, "corrected", "erratum-same", message, hint)
