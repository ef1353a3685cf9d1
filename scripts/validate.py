"""Run `ukraine-minerals validate` from a clone, nothing installed."""

import sys

from ukraine_minerals.cli import main

if __name__ == "__main__":
    sys.exit(main(["validate", *sys.argv[1:]]))
