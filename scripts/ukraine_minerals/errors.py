"""The one exception: the run cannot go on."""


class PackageError(Exception):
    """Say in one sentence why the package cannot be read or written, and what to do."""
