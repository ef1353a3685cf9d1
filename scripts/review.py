"""Run `ukraine-minerals review` from a clone, nothing installed."""

import sys

from ukraine_minerals.cli import main

if __name__ == "__main__":
    sys.exit(main(["review", *sys.argv[1:]]))
