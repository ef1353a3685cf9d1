"""Ukraine's minerals and the agreements around them: the tables' validator, their one form, their exports."""


def __getattr__(name: str) -> str:
    """Give `__version__` when asked; metadata is not read on every start."""
    if name != "__version__":
        raise AttributeError(name)
    from importlib.metadata import version  # noqa: PLC0415  # costs more than the rest of the start

    return version("ukraine-minerals")
