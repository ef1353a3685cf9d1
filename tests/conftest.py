"""Our tables as exported, once for all tests that load them."""

from pathlib import Path

import pytest

from ukraine_minerals import descriptor, export, read

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Export our tables; give the folder."""
    out = tmp_path_factory.mktemp("exported") / "dist"
    export.run(read.tables(descriptor.load(ROOT / "datapackage.json"))[0], out)
    return out
