"""Croissant 1.1: the files and the typed columns of each table, as machine-learning tools read them.

Links between tables are left to datapackage.json: mlcroissant 1.1 joins along them, which fails on tables
that point to themselves or through each other.
"""

from collections.abc import Sequence
from typing import Any

from ukraine_minerals.metadata import schema_org
from ukraine_minerals.metadata.about import About
from ukraine_minerals.model import Descriptor

TYPES = {
    "boolean": "sc:Boolean",
    "date": "sc:Date",
    "integer": "sc:Integer",
    "number": "sc:Float",
    "year": "sc:Integer",
}
CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "arrayShape": "cr:arrayShape",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "containedIn": "cr:containedIn",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "description": {"@container": "@language"},
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileProperty": "cr:fileProperty",
    "fileObject": "cr:fileObject",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isArray": "cr:isArray",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "name": {"@container": "@language"},
    "parentField": "cr:parentField",
    "path": "cr:path",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}


def write(about: About, resources: Sequence[Descriptor]) -> dict[str, Any]:
    """Build the description: a FileObject for each file, a RecordSet for each CSV table."""
    return {
        "@context": CONTEXT,
        **schema_org.dataset(about),
        "conformsTo": "http://mlcommons.org/croissant/1.1",
        "citeAs": about.citation,
        "distribution": [_file(resource) for resource in resources],
        "recordSet": [_records(resource) for resource in resources if "schema" in resource],
    }


def _file(resource: Descriptor) -> dict[str, Any]:
    own = {"@type": "cr:FileObject", "@id": f"file/{resource['name']}", "name": resource["path"]}
    return schema_org.file(resource) | own


def _records(resource: Descriptor) -> dict[str, Any]:
    name, schema = resource["name"], resource["schema"]
    keys = [{"@id": f"{name}/{field}"} for field in schema.get("primaryKey", ())]
    return {
        "@type": "cr:RecordSet",
        "@id": name,
        "name": name,
        "description": resource.get("description", ""),
        **({"key": keys} if keys else {}),
        "field": [_field(field, name) for field in schema["fields"]],
    }


def _field(field: Descriptor, table: str) -> dict[str, Any]:
    return {
        "@type": "cr:Field",
        "@id": f"{table}/{field['name']}",
        "name": field["name"],
        "description": field.get("description", ""),
        "dataType": TYPES.get(field.get("type", "string"), "sc:Text"),
        "source": {"fileObject": {"@id": f"file/{table}"}, "extract": {"column": field["name"]}},
    }
