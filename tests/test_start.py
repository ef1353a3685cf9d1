"""`validate` and `tidy` start with the standard library alone."""

import subprocess
import sys
from pathlib import Path

import package_of
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


def test_a_large_package_is_read_with_arrow_alone(tmp_path: Path) -> None:
    rows = "".join(f"k{number},{number % 9}\n" for number in range(250_000))
    path = package_of.write(
        tmp_path, {"schema": package_of.schema("k", "n", primaryKey=["k"]), "text": f"k,n\n{rows}"}
    )
    command = [sys.executable, "-X", "importtime", "-m", "ukraine_minerals", "validate", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "sound: 1 table, 250,000 rows\n")
    modules = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert "pyarrow.lib" in modules
    assert not modules & {"numpy", "pandas", "pyarrow.compute", "argparse"}


@pytest.mark.parametrize("arguments", [["validate"], ["validate", "--format", "json"]])
def test_imports(arguments: list[str]) -> None:
    command = [sys.executable, "-I", "-c", CODE, *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    modules = set(done.stderr.split())
    assert "ukraine_minerals.checks.cells" in modules, done.stderr
    assert not modules & (HEAVY | SLOW)
    ours = {name.partition(".")[0] for name in modules} - set(sys.stdlib_module_names)
    assert {name for name in ours if not name.startswith("_")} <= {"ukraine_minerals", "sitecustomize"}
