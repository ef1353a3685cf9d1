# make         set up, validate the package, write dist/ and the site: dist/site/
# make release the downloads: dist/release/ (every format, codebook, metadata, zips, digests), dist/wheel/
# make pictures  draw dist/pictures: SVG, PNG, CSV and a page of all
# make test    set up for development; style, types, floors, tests (up to three minutes), those of the site in a browser
# make browser a Chromium for them: one that is there, else Debian's where it may be installed
# make mistakes  the set of contributors' mistakes: how many are caught, how many correct edits refused
# make bench   time validate beside others (some 15 minutes), write tests/bench/results.json and README.md
# make fuzz    hostile packages for MINUTES (30): no traceback, hang or flood of memory; what is found: dist/fuzz/
# make audit   what is slower: frictionless on every package, the contracts on dist/, all damaged copies, long property tests
PYTHON ?= python3
BIN := .venv/bin
MINUTES ?= 30
UV := $(BIN)/uv pip
COMPILE := $(UV) compile --quiet --universal --generate-hashes --python-version 3.11 --no-annotate --no-header

.PHONY: all validate export site release pictures test browser audit tidy mistakes lock bench fuzz clean

all: validate export site

validate: .venv/ready
	@$(BIN)/python scripts/validate.py

export: .venv/ready
	@$(BIN)/python scripts/export.py

site: .venv/ready export
	@$(BIN)/python scripts/build_site.py

pictures: .venv/ready
	@$(BIN)/python -m ukraine_minerals pictures

release: export
	@$(BIN)/python scripts/release.py
	@$(BIN)/python -m hatchling build -t wheel -d dist/wheel

test: .venv/ready-dev browser
	$(BIN)/ruff check --quiet .
	$(BIN)/ruff format --quiet --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -q -m "not audit"

# Failure is told, and left to the tests: they are skipped, or fail where UKRAINE_MINERALS_BROWSER=required.
browser:
	@for name in "$$UKRAINE_MINERALS_CHROMIUM" chromium chromium-browser google-chrome; do \
	  [ -n "$$name" ] && command -v "$$name" >/dev/null && exit 0; done; \
	[ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && { apt-get update -qq; \
	  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium; } >&2 \
	|| echo "no Chromium, and none could be installed: the browser tests cannot run" >&2

audit: .venv/ready-dev export
	$(BIN)/frictionless validate datapackage.json
	$(BIN)/frictionless validate dist/datapackage.json
	$(BIN)/pytest -q -m audit

tidy: .venv/ready
	@$(BIN)/python scripts/tidy.py

bench: .venv/ready-dev
	$(BIN)/python tests/bench/run.py
	$(BIN)/python -m ukraine_minerals readme

mistakes: .venv/ready-dev
	@$(BIN)/python tests/score_mistakes.py

fuzz: .venv/ready-dev
	PYTHONPATH=tests $(BIN)/python -m fuzz.run --minutes $(MINUTES) --out dist/fuzz

lock: .venv/uv
	$(COMPILE) --group build --extra export --extra load --extra pictures --extra release --extra site pyproject.toml --output-file requirements.lock
	$(COMPILE) --group build --group dev --group bench --extra export --extra contract --extra pictures --extra release --extra site --constraint requirements.lock pyproject.toml --output-file requirements-dev.lock

clean:
	rm -rf .venv dist

.venv/uv:
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	touch $@

.venv/ready: .venv/uv requirements.lock pyproject.toml
	$(UV) install --quiet --require-hashes -r requirements.lock
	$(UV) install --quiet --no-deps --no-build-isolation --editable .
	touch $@

.venv/ready-dev: .venv/ready requirements-dev.lock
	$(UV) install --quiet --require-hashes -r requirements-dev.lock
	touch $@
