"""`validate` and `tidy` start with the standard library alone."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
HEAVY = {"pandas", "pandera", "frictionless", "pyarrow", "numpy", "polars", "jsonschema", "dateutil"}
# Modules of the standard library that cost more than they give on this path.
SLOW = {
    "asyncio",
    "http",
    "multiprocessing",
    "sqlite3",
    "ssl",
    "unittest",
    "xml",
    "importlib.metadata",
    "difflib",
}
CODE = """
import sys
sys.path.insert(0, "scripts")
from ukraine_minerals import cli
status = cli.main(sys.argv[1:])
print(*sorted(sys.modules), file=sys.stderr)
sys.exit(status)
"""


@pytest.mark.parametrize("arguments", [["validate"], ["validate", "--format", "json"]])
def test_imports(arguments: list[str]) -> None:
    command = [sys.executable, "-I", "-c", CODE, *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    modules = set(done.stderr.split())
    assert "ukraine_minerals.checks.cells" in modules, done.stderr
    assert not modules & (HEAVY | SLOW)
    ours = {name.partition(".")[0] for name in modules} - set(sys.stdlib_module_names)
    assert {name for name in ours if not name.startswith("_")} <= {"ukraine_minerals", "sitecustomize"}
