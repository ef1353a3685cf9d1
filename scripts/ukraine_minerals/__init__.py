"""Ukraine's minerals and the agreements around them: the tables as pandas frames, and their validator.

`load`, `tables`, `describe`, `links` and `evidence_of` need pandas and pyarrow (the extra `load`), `contract`
and `faults` pandera too (the extra `contract`). Nothing is imported before it is asked for, nothing fetched.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ukraine_minerals.contracts import contract, faults
    from ukraine_minerals.description import describe
    from ukraine_minerals.errors import PackageError
    from ukraine_minerals.frames import evidence_of, links, load, tables

    __version__: str

__all__ = ["PackageError", "contract", "describe", "evidence_of", "faults", "links", "load", "tables"]

_HOMES = {
    "PackageError": "errors",
    "contract": "contracts",
    "describe": "description",
    "evidence_of": "frames",
    "faults": "contracts",
    "links": "frames",
    "load": "frames",
    "tables": "frames",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401  # whatever is asked for
    """Import what is asked for, once; validate must start without pandas, and without reading metadata."""
    if name == "__version__":
        from importlib.metadata import version  # noqa: PLC0415  # costs more than the rest of the start

        return version("ukraine-minerals")
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415

    try:
        found = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    except ModuleNotFoundError as error:
        extra = "contract" if _HOMES[name] == "contracts" else "load"
        message = f"{name} needs {error.name}, which is not installed: ask for ukraine-minerals[{extra}]"
        raise ModuleNotFoundError(message, name=error.name) from None
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    """List what the package offers, also what is not imported yet."""
    return sorted({*globals(), *__all__})
