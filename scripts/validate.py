"""Run `ukraine-minerals validate` from a clone, nothing installed."""

import sys

from ukraine_minerals.__main__ import run

if __name__ == "__main__":
    run(["validate", *sys.argv[1:]])
