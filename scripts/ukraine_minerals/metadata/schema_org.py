"""schema.org/Dataset as JSON-LD: what search engines for data read."""

from collections.abc import Sequence
from typing import Any

from ukraine_minerals.metadata.about import About
from ukraine_minerals.model import Descriptor

# Written out, so that it is read without the network.
CONTEXT = {
    "@vocab": "https://schema.org/",
    **{key: {"@type": "@id"} for key in ("contentUrl", "identifier", "license", "url")},
}


def write(about: About, resources: Sequence[Descriptor]) -> dict[str, Any]:
    """Build the description; the addresses of files are relative to the document's own."""
    return {"@context": CONTEXT, **dataset(about), "distribution": [*map(file, resources)]}


def dataset(about: About) -> dict[str, Any]:
    """Give the properties of the dataset itself, which Croissant shares."""
    found = {
        "@type": "Dataset",
        "name": about.title,
        "alternateName": about.name,
        "description": about.abstract,
        "version": about.version,
        "license": about.licence_url or about.licence,
        "creator": [{"@type": "Organization", "name": creator} for creator in about.creators],
        "keywords": list(about.keywords),
        "isAccessibleForFree": True,
        "creditText": about.citation,
        "url": about.homepage,
        "identifier": f"https://doi.org/{about.doi}" if about.doi else "",
        "datePublished": about.created,
        "dateModified": about.cutoff,
    }
    return {key: value for key, value in found.items() if value not in ("", [])}


def file(resource: Descriptor) -> dict[str, Any]:
    """Describe a file of the package by its resource descriptor, in words that Croissant shares."""
    found = {
        "@type": "DataDownload",
        "name": resource.get("title") or resource["name"],
        "description": resource.get("description", ""),
        "contentUrl": resource["path"],
        "encodingFormat": resource.get("mediatype", ""),
        "contentSize": f"{resource['bytes']} B",
        "sha256": str(resource["hash"]).removeprefix("sha256:"),
    }
    return {key: value for key, value in found.items() if value}
