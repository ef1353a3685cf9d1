"""Citation, schema.org, Croissant, Zenodo and Datasette say what the descriptor says, and nothing else."""

import json
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import rdflib
import yaml

from ukraine_minerals.errors import PackageError
from ukraine_minerals.metadata import about, citation, croissant, schema_org, zenodo

ROOT = Path(__file__).parents[1]
DESCRIPTOR: dict[str, Any] = json.loads((ROOT / "datapackage.json").read_text("utf-8"))
ADDRESSES = {"homepage": "https://a.test/", "repository": "https://b.test/", "id": "https://doi.org/10.1/x"}
SCHEMA = rdflib.Namespace("https://schema.org/")
VOCABULARIES = r"https?://(schema\.org|mlcommons\.org|purl\.org)/"


def own_environment(*command: str) -> subprocess.CompletedProcess[str]:
    """Run a tool in an environment of its own, or skip where it cannot be installed."""
    tool = [sys.executable, "-m", "uv", "tool", "run", "--from", command[0]]
    trial = subprocess.run([*tool, command[1], "--help"], capture_output=True, text=True, check=False)
    if trial.returncode:
        pytest.skip(f"{command[0]} cannot be installed: {trial.stderr.strip()[-120:]}")
    return subprocess.run([*tool, *command[1:]], capture_output=True, text=True, check=False)


def test_citation_at_the_top_is_the_descriptor_s() -> None:
    text = (ROOT / "CITATION.cff").read_text("utf-8")
    assert text == citation.write(about.read(DESCRIPTOR)), "run `python -m ukraine_minerals readme`"


def test_citation_is_yaml_with_the_words_of_the_descriptor() -> None:
    found = yaml.safe_load(citation.write(about.read(DESCRIPTOR)))
    assert found["title"] == DESCRIPTOR["title"]
    assert found["version"] == DESCRIPTOR["version"]
    assert found["license"] == DESCRIPTOR["licenses"][0]["name"]
    assert [author["name"] for author in found["authors"]] == [DESCRIPTOR["contributors"][0]["title"]]
    assert DESCRIPTOR["cutoff"] in found["abstract"]


def test_an_address_stands_only_where_the_descriptor_has_it() -> None:
    bare = {key: value for key, value in DESCRIPTOR.items() if key not in (*ADDRESSES, "created")}
    known = set(re.findall(r"https?://[^\s\"<]+", json.dumps(DESCRIPTOR)))
    for descriptor in (bare, {**bare, **ADDRESSES, "created": "2026-12-01T00:00:00Z"}):
        told = about.read(descriptor)
        texts = [citation.write(told), json.dumps([zenodo.write(told), schema_org.write(told, [])])]
        text = "\n".join([*texts, json.dumps(croissant.write(told, []))])
        found = set(re.findall(r"https?://[^\s\"<]+", text))
        assert {address for address in found if not re.match(VOCABULARIES, address)} - known <= set(
            ADDRESSES.values() if descriptor is not bare else ()
        )
        for word in (*ADDRESSES.values(), "2026-12-01"):
            assert (word in text) == (descriptor is not bare), word
    assert yaml.safe_load(texts[0])["doi"] == "10.1/x"


@pytest.mark.parametrize("key", ["title", "description", "version", "cutoff", "licenses", "contributors"])
def test_what_is_missing_is_said(key: str) -> None:
    with pytest.raises(PackageError, match=key):
        about.read({name: value for name, value in DESCRIPTOR.items() if name != key})


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
def test_json_ld_is_a_dataset_with_its_files(released: Path) -> None:
    graph = rdflib.Graph()
    graph.parse(released / "dataset.jsonld", format="json-ld", publicID="https://base.test/")
    [dataset] = graph.subjects(rdflib.RDF.type, SCHEMA.Dataset)
    assert str(graph.value(dataset, SCHEMA.name)) == DESCRIPTOR["title"]
    assert str(graph.value(dataset, SCHEMA.license)) == DESCRIPTOR["licenses"][0]["path"]
    assert str(graph.value(dataset, SCHEMA.dateModified)) == DESCRIPTOR["cutoff"]
    files = [graph.value(file, SCHEMA.contentUrl) for file in graph.objects(dataset, SCHEMA.distribution)]
    paths = {str(file).removeprefix("https://base.test/") for file in files}
    package = json.loads((released / "datapackage.json").read_text("utf-8"))
    assert paths == {resource["path"] for resource in package["resources"]}
    assert all((released / path).is_file() for path in paths)


def test_croissant_has_names_and_every_column(released: Path) -> None:
    found = json.loads((released / "croissant.json").read_text("utf-8"))
    package = json.loads((released / "datapackage.json").read_text("utf-8"))
    assert found["name"] == DESCRIPTOR["title"]
    tables = {resource["name"]: resource for resource in package["resources"] if "schema" in resource}
    assert [records["@id"] for records in found["recordSet"]] == list(tables)
    for records in found["recordSet"]:
        assert records["name"]
        names = [field["name"] for field in tables[records["@id"]]["schema"]["fields"]]
        assert [field["name"] for field in records["field"]] == names
    digests = {file["contentUrl"]: f"sha256:{file['sha256']}" for file in found["distribution"]}
    assert digests == {resource["path"]: resource["hash"] for resource in package["resources"]}


@pytest.mark.audit
def test_mlcroissant_reads_every_record(released: Path) -> None:
    code = """
import sys, mlcroissant
dataset = mlcroissant.Dataset(sys.argv[1])
assert dataset.metadata.name
assert not dataset.metadata.ctx.issues.errors
for records in dataset.metadata.record_sets:
    assert records.name
    print(records.name, sum(1 for _ in dataset.records(records.uuid)))
"""
    done = subprocess.run(
        [sys.executable, "-c", code, str(released / "croissant.json")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    read = {name: int(rows) for name, rows in (line.split() for line in done.stdout.splitlines())}
    manifest = json.loads((released / "manifest.json").read_text("utf-8"))
    assert read == {
        Path(file["path"]).stem: file["rows"] for file in manifest["files"] if file["path"].startswith("csv/")
    }


@pytest.mark.audit
def test_cffconvert_says_valid(released: Path) -> None:
    done = own_environment(
        "cffconvert==2.0.0", "cffconvert", "--validate", "-i", str(released / "CITATION.cff")
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_datasette_metadata_name_what_the_database_has(released: Path) -> None:
    found = json.loads((released / "metadata.json").read_text("utf-8"))
    [(name, database)] = found["databases"].items()
    with closing(sqlite3.connect(released / f"{name}.sqlite")) as connection:
        for table, told in database["tables"].items():
            held = [row[1] for row in connection.execute(f'PRAGMA table_info("{table}")')]
            assert list(told["columns"]) == held, table
            assert all(told["columns"].values())
            assert set(told["facets"]) <= set(held)
            assert told.get("label_column", held[0]) in held
            assert told["description"]
    assert database["tables"]["events"]["label_column"] == "title"
    assert "status" in database["tables"]["positions"]["facets"]


@pytest.mark.audit
def test_datasette_serves_it(released: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATASETTE_LOAD_PLUGINS", "")
    files = [str(released / "ukraine-minerals.sqlite"), "--metadata", str(released / "metadata.json")]
    page = own_environment(
        "datasette<1", "datasette", *files, "--get", "/ukraine-minerals/sites_latest?_size=5"
    )
    assert page.returncode == 0, page.stderr
    assert "Sites, latest state" in page.stdout
    assert "facet-info" in page.stdout
    counted = own_environment("datasette<1", "datasette", "inspect", files[0])
    tables = json.loads(counted.stdout)["ukraine-minerals"]["tables"]
    manifest = json.loads((released / "manifest.json").read_text("utf-8"))
    rows = {
        Path(file["path"]).stem: file["rows"] for file in manifest["files"] if file["path"].startswith("csv/")
    }
    assert {name: entry["count"] for name, entry in tables.items() if name in rows}.items() <= rows.items()
