"""Run `ukraine-minerals site` from a clone, nothing installed but the libraries of requirements.lock."""

import sys

from ukraine_minerals.cli import main

if __name__ == "__main__":
    sys.exit(main(["site", *sys.argv[1:]]))
