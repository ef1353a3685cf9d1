"""What a link that leads nowhere was meant to point to: by name, alias, initials, words or another table."""

import re
from collections.abc import Iterator

from ukraine_minerals import meant, problem
from ukraine_minerals.model import ForeignKey, Table, Tables

_MOST = 200  # links are looked up; a column full of wrong ones has one cause


class Pointers:
    """The rows of one table as people may call them."""

    def __init__(self, tables: Tables, foreign: ForeignKey, target: Table) -> None:
        """Take the table that a foreign key points to."""
        self._tables, self._target = tables, target
        self._keys = target.columns[foreign.reference_fields[0]] if len(foreign.fields) == 1 else ()
        self._called: dict[str, str] = {}
        for names in (self._named(), self._initials()):
            for name, key in names:
                self._called.setdefault(name, key)
        self._codes = dict(self._coded())
        self._hints: dict[str, str] = {}

    def hint(self, value: str) -> str:
        """Say which row may be meant, or what else to do."""
        if value not in self._hints and len(self._hints) < _MOST:
            self._hints[value] = self._look_up(value)
        return self._hints.get(value, "")

    def _look_up(self, value: str) -> str:
        slug = meant.slug(meant.plain(value))
        found = self._codes.get(value.strip().upper()) or self._called.get(_name(value))
        if found is not None:
            return f"did you mean {problem.quote(found)}?"
        near = problem.nearest(value, self._keys)
        if not near and slug != value:
            near = problem.nearest(slug, self._keys)
        holding = self._holding(slug)
        if len(holding) == 1 or (holding and not near):
            return f"did you mean {' or '.join(map(problem.quote, holding[:3]))}?"
        name = self._target.resource.name
        return near or self._elsewhere(value) or f"use a key of {name}, or add the row there"

    def _named(self) -> Iterator[tuple[str, str]]:
        """Give the slug of each short text of a row that no schema bounds: names, titles, aliases."""
        yield from ((key, key) for key in self._keys)
        links = {name for key in self._target.resource.foreign_keys for name in key.fields}
        for field in self._target.resource.fields:
            if field.name in links:
                continue
            texts = self._target.columns.get(field.name, ())
            if field.type in ("string", "list") and not field.constraints.keys() & {"enum", "pattern"}:
                for key, text in zip(self._keys, texts, strict=False):
                    for name in text.split(field.descriptor.get("delimiter", ";")) if len(text) < 200 else ():
                        yield _name(name), key

    def _coded(self) -> Iterator[tuple[str, str]]:
        for field in self._target.resource.fields:
            if field.constraints.get("unique") and field.name in self._target.columns:
                yield from zip(map(str.upper, self._target.columns[field.name]), self._keys, strict=False)

    def _initials(self) -> Iterator[tuple[str, str]]:
        for name, key in list(self._called.items()):
            if name.count("-") >= 1:
                yield "".join(word[:1] for word in name.split("-")), key

    def _holding(self, slug: str) -> list[str]:
        """Give the keys that hold all words of a slug, each whole or nearly."""
        words = [
            word for word in slug.split("-") if word not in ("com", "ua", "org", "net", "the", "of", "www")
        ]
        if not words or len(slug) < 4:
            return []
        return [key for key in self._keys if all(_is_in(word, key.split("-")) for word in words)]

    def _elsewhere(self, value: str) -> str:
        for name, table in self._tables.by_name.items():
            if name != self._target.resource.name and len(table.resource.primary_key) == 1:
                field = table.resource.primary_key[0]
                if value in table.columns.get(field, ()):
                    return f"that is a row of {name}; {field} or the like is the place for it"
        return ""


def _name(text: str) -> str:
    """Give a name as a slug, or in its own script where no Latin letter is left."""
    return meant.slug(meant.plain(text)) or " ".join(text.casefold().split())


def _is_in(word: str, words: list[str]) -> bool:
    if word in words:
        return True
    stem = _single(word) if len(word) > 4 else ""
    return len(stem) > 4 and any(_single(other).startswith(stem[:-1]) for other in words)


def _single(word: str) -> str:
    """Write each letter that stands twice in a row once."""
    return re.sub(r"(.)\1+", r"\1", word)
