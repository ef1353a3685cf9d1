"""CITATION.cff, Citation File Format 1.2.0: what reference managers and repositories read."""

import json
from collections.abc import Iterator

from ukraine_minerals.metadata.about import About


def write(about: About) -> str:
    """Write the file; each text is a JSON string, which is a YAML scalar too."""
    return "\n".join(_lines(about)) + "\n"


def _lines(about: About) -> Iterator[str]:
    yield "cff-version: 1.2.0"
    yield f"message: {_text('If you use these data, please cite them as below.')}"
    yield "type: dataset"
    yield f"title: {_text(about.title)}"
    yield "authors:"
    yield from (f"  - name: {_text(creator)}" for creator in about.creators)
    yield f"version: {_text(about.version)}"
    yield f"abstract: {_text(about.abstract)}"
    if about.keywords:
        yield "keywords:"
        yield from (f"  - {_text(keyword)}" for keyword in about.keywords)
    yield f"license: {about.licence}"
    for key, value in (
        ("doi", about.doi),
        ("url", about.homepage),
        ("repository-code", about.repository),
        ("date-released", about.created),
    ):
        if value:
            yield f"{key}: {_text(value)}"


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
