"""Find a Chromium: the one that an environment variable names, else the first on the path."""

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome")
PLACE = "UKRAINE_MINERALS_CHROMIUM"
WANTED = "UKRAINE_MINERALS_BROWSER"


def find(environment: Mapping[str, str] = os.environ) -> Path | None:
    """Give the path of a Chromium, or nothing; a named one that is not there is nothing."""
    named = environment.get(PLACE)
    for name in (named,) if named else NAMES:
        found = shutil.which(name, path=environment.get("PATH", ""))
        if found:
            return Path(found)
    return None


def missing(environment: Mapping[str, str] = os.environ) -> str:
    """Say why there is none, and what to do."""
    named = environment.get(PLACE)
    if named:
        return f"{PLACE}: {named} is no program"
    return f"no Chromium: none of {', '.join(NAMES)} is on the path; install one, or name one in {PLACE}"


def required(environment: Mapping[str, str] = os.environ) -> bool:
    """Say whether to go without a Chromium is a failure."""
    return environment.get(WANTED) == "required"
