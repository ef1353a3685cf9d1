"""What the descriptor says of the package, in the few words that every form of metadata asks for."""

from dataclasses import dataclass

from ukraine_minerals import jsonvalue
from ukraine_minerals.errors import PackageError
from ukraine_minerals.model import Descriptor


@dataclass(frozen=True, slots=True)
class About:
    """The package in words; a text that the descriptor does not give is ""."""

    name: str
    title: str
    description: str
    version: str
    cutoff: str
    citation: str
    licence: str
    licence_url: str
    creators: tuple[str, ...]
    keywords: tuple[str, ...]
    homepage: str
    repository: str
    doi: str
    created: str

    @property
    def abstract(self) -> str:
        """Give the description, and the day by which the sources were read."""
        return f"{self.description} Data as read by {self.cutoff}."


def read(descriptor: Descriptor) -> About:
    """Take the words from the descriptor.

    Raises:
        PackageError: title, description, version, cut-off day, licence or contributors are missing.
    """
    where = "datapackage.json"

    def text(key: str, default: str | None = None) -> str:
        return str(jsonvalue.get(descriptor, key, "a string", where, default))

    licences = jsonvalue.get(descriptor, "licenses", "an array", where)
    contributors = jsonvalue.get(descriptor, "contributors", "an array", where)
    creators = tuple(
        str(entry["title"]) for entry in contributors if "creator" in entry.get("roles", ["creator"])
    )
    if not licences or not creators:
        raise PackageError(f"{where}: metadata need a licence and a contributor who is a creator")
    identifier = text("id", "")
    return About(
        name=text("name"),
        title=text("title"),
        description=text("description"),
        version=text("version"),
        cutoff=text("cutoff"),
        citation=text("citation"),
        licence=str(licences[0].get("name", "")),
        licence_url=str(licences[0].get("path", "")),
        creators=creators,
        keywords=tuple(jsonvalue.strings(descriptor.get("keywords", []), f"{where}: keywords")),
        homepage=text("homepage", ""),
        repository=text("repository", ""),
        doi=identifier.removeprefix("https://doi.org/").removeprefix("doi:") if "10." in identifier else "",
        created=text("created", "")[:10],
    )
