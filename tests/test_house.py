"""The plan of the house: how long a module may be, what it is called, and who may know whom."""

import ast
import json
import re
import sys
import tomllib
from pathlib import Path

import pytest

from ukraine_minerals import descriptor
from ukraine_minerals.checks import cells
from ukraine_minerals.problem import CODES

ROOT = Path(__file__).parent.parent
SCRIPTS = ROOT / "scripts"
MODULES = sorted((SCRIPTS / "ukraine_minerals").rglob("*.py"))
SHIMS = sorted(SCRIPTS.glob("*.py"))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SCRIPTS)))
def test_module_is_short_and_told_in_a_sentence(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= 300
    first = (ast.get_docstring(ast.parse(text)) or "").split("\n\n")[0]
    assert re.fullmatch(r"[^\n]{10,}[.)]", first), "a module's docstring begins with one sentence on one line"
    assert not re.search(r"util|helper|common|misc", path.stem)


@pytest.mark.parametrize("path", SHIMS, ids=lambda path: path.name)
def test_shim_only_calls_its_verb(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= 10
    assert f'main(["{path.stem.removeprefix("build_")}", *sys.argv[1:]])' in text
    assert path.stem not in sys.stdlib_module_names


def test_only_the_command_line_prints() -> None:
    for path in MODULES:
        calls = [n for n in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(n, ast.Call)]
        prints = any(isinstance(call.func, ast.Name) and call.func.id == "print" for call in calls)
        assert not prints or path.name == "cli.py", path


def test_generic_checks_name_no_column_of_ours() -> None:
    schemas = (json.loads(path.read_text(encoding="utf-8")) for path in (ROOT / "schemas").glob("*.json"))
    ours = {field["name"] for schema in schemas for field in schema["fields"]}
    ours -= {
        "name",
        "title",
        "type",
        "status",
        "note",
        "code",
        "reason",
        "text",
        "value",
        "level",
        "url",
        "period",
    }
    for path in sorted((SCRIPTS / "ukraine_minerals" / "checks").glob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        words = {n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str)}
        assert not words & ours, path


def test_tables_stand_in_the_order_of_the_data_model() -> None:
    package = json.loads((ROOT / "datapackage.json").read_text(encoding="utf-8"))
    tables = [entry["name"] for entry in package["resources"] if entry.get("type") == "table"]
    assert " ".join(tables) == (
        "minerals territories sites organisations officials agreements events mineral_lists "
        "mineral_listings mineral_presence site_minerals site_status territory_control positions "
        "agreement_parties commitments event_participants claims sources evidence disputes errata "
        "redirects exemptions"
    )
    assert {path.stem for path in (ROOT / "schemas").glob("*.json")} == set(tables)
    assert {path.stem for path in (ROOT / "data").glob("*.csv")} == set(tables)


def test_every_field_is_documented() -> None:
    for path in sorted((ROOT / "schemas").glob("*.json")):
        for field in json.loads(path.read_text(encoding="utf-8"))["fields"]:
            where = f"{path.stem}.{field['name']}"
            assert field["title"], where
            assert field["description"].endswith("."), where
            assert field["example"], where
            required = field.get("constraints", {}).get("required", False)
            assert required != bool(field.get("missingValues")), f"{where}: say what an empty cell means"
            for category in field.get("categories", ()):
                assert category["label"], where
                assert category["description"].endswith("."), where
            words = [category["value"] for category in field.get("categories", ())]
            assert not words or words == field["constraints"]["enum"], where


def test_every_example_is_sound() -> None:
    for resource in descriptor.load(ROOT / "datapackage.json").resources:
        for field in resource.fields:
            found = dict(cells.faults(field, {field.descriptor["example"]}))
            assert not any(found.values()), f"{resource.name}.{field.name}: {found}"


def test_codes_are_kebab_case_sentences() -> None:
    for code, (severity, sentence) in CODES.items():
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code)
        assert severity in ("error", "warning")
        assert sentence.endswith("."), code


def test_version_is_the_data_s() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    version = json.loads((ROOT / "datapackage.json").read_text(encoding="utf-8"))["version"]
    pattern = project["tool"]["hatch"]["version"]["pattern"]
    found = re.search(pattern, (ROOT / "datapackage.json").read_text(encoding="utf-8"))
    assert found
    assert found["version"] == version
