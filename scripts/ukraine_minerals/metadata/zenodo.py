""".zenodo.json: what Zenodo reads when it deposits a release."""

from typing import Any

from ukraine_minerals.metadata.about import About


def write(about: About) -> dict[str, Any]:
    """Build the deposit's metadata; Zenodo itself gives the DOI."""
    related = [
        {"identifier": address, "relation": relation, "scheme": "url"}
        for address, relation in ((about.repository, "isSupplementTo"), (about.homepage, "isDescribedBy"))
        if address
    ]
    return {
        "upload_type": "dataset",
        "title": about.title,
        "description": f"<p>{_escaped(about.abstract)}</p>",
        "creators": [{"name": creator} for creator in about.creators],
        "version": about.version,
        "license": about.licence.lower(),
        "access_right": "open",
        **({"keywords": list(about.keywords)} if about.keywords else {}),
        **({"publication_date": about.created} if about.created else {}),
        **({"related_identifiers": related} if related else {}),
        "notes": _escaped(about.citation),
    }


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
