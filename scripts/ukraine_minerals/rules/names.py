"""Names are written in one way, and no two things answer to the same one.

A schema compares neither letters with their script nor a name with the aliases of other rows.
"""

# ruff: noqa: RUF001  # letters that look alike are its subject
import re
import unicodedata
from collections.abc import Iterator

from ukraine_minerals import problem
from ukraine_minerals.model import Table, Tables
from ukraine_minerals.problem import Problem
from ukraine_minerals.rules import lookup

# controls, soft hyphen, zero-width and bidi marks, byte order mark; a sequence of emoji needs its joiner
_HIDDEN = (
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200c\u200e\u200f\u2028-\u202e"
    "\u2060-\u2064\u2066-\u2069\ufeff]"
    "|(?<![\u2600-\u27bf\ufe0f\U0001f000-\U0001faff])\u200d"
)
_CONTROLS = bytes({*range(32), 127} - set(b"\t\n\r"))
_LATIN, _CYRILLIC = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f", "\u0400-\u052f"
# the modifier letter that serves as an apostrophe counts with the letters beside it
_CYRILLIC_RUN = f"[{_CYRILLIC}ʼ]+"
_ANY_CYRILLIC = f"[{_CYRILLIC}]"
# no letter touches a run of Cyrillic ones; what this refuses, such as a raised figure, may still be sound
_UNMIXED = rf"[^{_CYRILLIC}ʼ]*+(?:(?<![^\W\d_]){_CYRILLIC_RUN}+(?![^\W\d_])[^{_CYRILLIC}ʼ]*+)*+"
_NOT_UKRAINIAN = frozenset("ЁЪЫЭёъыэ")
_TO_CYRILLIC = str.maketrans("ABCEHIKMOPTXYaceiopxyïÏ", "АВСЕНІКМОРТХУасеіорхуїЇ")
_TO_LATIN = {cyrillic: latin for latin, cyrillic in _TO_CYRILLIC.items()}


def check(tables: Tables) -> Iterator[Problem]:
    """Find letters that are not what they seem, and names and aliases that are taken."""
    for table in tables.by_name.values():
        suspicions = _suspicions(table.text)
        for field in table.resource.fields if any(suspicions) else ():
            # what is printed is copied letter for letter, slips of the source included
            printed = field.name in ("as_printed", "quote")
            column = lookup.column(table, field.name)
            odd = {text for text in set(column) if not (text.isascii() and text.isprintable())}
            found = {text: list(_faults(text, suspicions)) for text in odd}
            for index, text in enumerate(column) if any(found.values()) else ():
                for code, message, hint in found.get(text, ()):
                    if not printed or code == "not-nfc":
                        yield problem.at(table, index, field.name, code, message, hint)
        for field_name, wrong, script in (
            ("name", _is_cyrillic, "Latin"),
            ("name_uk", _is_not_ukrainian, "Ukrainian"),
        ):
            for index, text in enumerate(lookup.column(table, field_name)):
                if text and wrong(text):
                    message = f'"{text}" is not in {script} letters'
                    hint = _SCRIPT_ADVICE[field_name]
                    yield problem.at(table, index, field_name, "name-script", message, hint)
        if "name" in table.columns:
            yield from _taken(table)


def _suspicions(text: str) -> tuple[bool, bool, bool]:
    """Say of a whole file whether it holds hidden characters, mixed words, letters that are not composed."""
    lines = [text] if text.isascii() else text.split("\n")
    plain = "".join([line for line in lines if line.isascii()]).encode()
    lines = [line for line in lines if not line.isascii()]
    rest = " ".join(lines).replace("\u00a0", " ")
    hides = len(plain.translate(None, _CONTROLS)) != len(plain)
    hides = hides or (not rest.isprintable() and re.search(_HIDDEN, rest) is not None)
    is_unmixed = re.compile(_UNMIXED).fullmatch
    suspects = [line for line in lines if not is_unmixed(line) and re.search(_ANY_CYRILLIC, line)]
    mixes = any(_mixes(line) for line in suspects)
    return hides, mixes, not all(unicodedata.is_normalized("NFC", line) for line in lines)


def _faults(text: str, suspicions: tuple[bool, bool, bool]) -> Iterator[tuple[str, str, str]]:
    may_hide, may_mix, may_be_apart = suspicions
    hidden = re.search(_HIDDEN, text) if may_hide else None
    if hidden is not None:
        message = f"U+{ord(hidden[0]):04X} stands unseen at character {hidden.start() + 1}"
        yield "hidden-character", message, "delete it"
    if may_be_apart and not unicodedata.is_normalized("NFC", text):
        message = "a letter and its accent stand apart (the text is not in Unicode NFC)"
        yield "not-nfc", message, f"write {unicodedata.normalize('NFC', text)}"
    elif may_mix and _mixes(text):
        word = next(word for word in re.findall(r"\w+", text) if _mixes(word))
        yield "mixed-script", f'"{word}" mixes Latin and Cyrillic letters', f"write {_of_one_script(word)}"


def _mixes(text: str) -> bool:
    """Say whether a letter of another script touches a Cyrillic one."""
    runs = (match.span() for match in re.finditer(_CYRILLIC_RUN, text))
    return any(text[start - 1 : start].isalpha() or text[end : end + 1].isalpha() for start, end in runs)


def _of_one_script(word: str) -> str:
    """Write a mixed word in one script, the one that all its letters can be written in."""
    cyrillic, latin = word.translate(_TO_CYRILLIC), word.translate(_TO_LATIN)
    if not re.search(f"[{_LATIN}]", cyrillic):
        return cyrillic
    return word if re.search(_ANY_CYRILLIC, latin) else latin


def _is_cyrillic(name: str) -> bool:
    return not name.isascii() and re.search(_ANY_CYRILLIC, name) is not None and not _mixes(name)


def _is_not_ukrainian(name: str) -> bool:
    return re.search(_ANY_CYRILLIC, name) is None or not _NOT_UKRAINIAN.isdisjoint(name)


_SCRIPT_ADVICE = {
    "name": "give the English name, and the other in name_uk",
    "name_uk": "give the Ukrainian name, or leave it empty",
}


def _taken(table: Table) -> Iterator[Problem]:
    """Find two rows with one name, in whatever case, accents or order of words; and taken aliases."""
    keys, names = lookup.keys(table), table.columns["name"]
    is_person = "state_id" in table.columns
    first: dict[str, int] = {}
    folded: dict[str, int] = {}
    for index, name in enumerate(names):
        rival = first.setdefault(name.casefold(), index)
        for spelling in _folded(name, is_person=is_person) if rival == index else ():
            rival = min(rival, folded.setdefault(spelling, index))
        if name and rival != index and _kind(table, rival) == _kind(table, index):
            message = f'"{name}" is also the name of {keys[rival]}'
            hint = f"if they are one, use {keys[rival]} and delete this row; tell them apart if they are two"
            yield problem.at(table, index, "name", "name-twice", message, hint)
    for index, name in enumerate(lookup.column(table, "name_uk")):
        first.setdefault(name.casefold(), index)
    for index, aliases in enumerate(lookup.column(table, "aliases")):
        for alias in aliases.split(";") if aliases else ():
            rival = first.setdefault(alias.strip().casefold(), index)
            spelt = [folded.get(spelling, index) for spelling in _folded(alias, is_person=is_person)]
            if rival == index and spelt and _kind(table, min(spelt)) == _kind(table, index):
                rival = min(spelt)
            if rival == index:
                continue
            if names[rival].casefold() == alias.strip().casefold() or rival in spelt:
                message = f'"{alias}" is an alias of {keys[index]}'
                hint = (
                    f"if they are one, use {keys[index]} and delete this row; if not, remove the alias there"
                )
                yield problem.at(table, rival, "name", "alias-taken", message, hint)
            else:
                message = f'"{alias}" already means {keys[rival]}'
                hint = "remove one: one alias, one thing"
                yield problem.at(table, index, "aliases", "alias-taken", message, hint)


def _folded(name: str, *, is_person: bool) -> tuple[str, ...]:
    """Give what spellings of one name have in common: its words sorted, and its letters in a row.

    Case, accents and an article count for nothing; in names of people nor do double letters, or i, y and j.
    """
    letters = name.casefold()
    if not letters.isascii():
        apart = unicodedata.normalize("NFKD", letters)
        letters = "".join(letter for letter in apart if not unicodedata.combining(letter))
    words = re.findall(r"\w+", letters)
    plain = [word for word in words if word != "the"]
    if is_person:
        plain = [re.sub(r"(.)\1+", r"\1", re.sub("[yj]", "i", word)) for word in plain]
    return (" ".join(sorted(plain)), "".join(plain)) if "".join(plain) else ()


def _kind(table: Table, index: int) -> tuple[str, ...]:
    """Give what tells two of one name apart: what they are, and where."""
    fields = ("type", "parent_id", "state_id")
    return (
        tuple(column[index] for column in lookup.columns(table, *fields))
        if table.resource.name == "territories"
        else ()
    )
