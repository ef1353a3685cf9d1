"""What several test modules share: one export and one release of our own package, each made once."""

from pathlib import Path

import pytest
from hypothesis import settings

from ukraine_minerals import descriptor, export, read, release

ROOT = Path(__file__).parents[1]
settings.register_profile("untimed", deadline=None)  # no test asserts a time
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Export our tables; give the folder."""
    out = tmp_path_factory.mktemp("exported") / "dist"
    export.run(read.tables(descriptor.load(ROOT / "datapackage.json"))[0], out)
    return out


@pytest.fixture(scope="session")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of a release of our own package."""
    out = tmp_path_factory.mktemp("ours") / "dist" / "release"
    release.run(read.tables(descriptor.load(ROOT / "datapackage.json"))[0], out)
    return out
