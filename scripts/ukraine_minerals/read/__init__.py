"""CSV -> Tables of columns, with the faults of the files themselves."""

from ukraine_minerals.read.files import tables

__all__ = ["tables"]
