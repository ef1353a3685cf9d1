"""Run `ukraine-minerals cite` from a clone, nothing installed."""

import sys

from ukraine_minerals.cli import main

if __name__ == "__main__":
    sys.exit(main(["cite", *sys.argv[1:]]))
