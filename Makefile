# The commands of this project. `make` alone lists them.

PYTHON ?= python3
PORT   ?= 8000
JOBS   ?= 2

# The environment is made anew when Python's version changes.
VERSION := $(shell $(PYTHON) -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null)
VENV    := .venv/.made-with-$(VERSION)
SITE    := .venv/.site-$(VERSION)
TOOLS   := .venv/.tools-$(VERSION)
NPM     := tests/node_modules/.package-lock.json
BENCH   := .venv/.bench-$(VERSION)
PEERS   := tests/benchmarks/node_modules/.package-lock.json
DATE     = $(shell git log -1 --format=%ct 2>/dev/null || date +%s)
IN      := .venv/bin/python
PIP     := $(IN) -m pip install --quiet --disable-pip-version-check

# Material says at every build that it ends in May 2027. We know: both are pinned, and only hooks/*.py know MkDocs.
export NO_MKDOCS_2_WARNING = 1

.DEFAULT_GOAL := help
.NOTPARALLEL:
.DELETE_ON_ERROR:
.PHONY: help serve build test check lint format fuzz bench lock clean need need-tests browsers

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' Makefile

serve: $(SITE) ## build the site and show it at http://127.0.0.1:8000, afresh at every save (PORT=8001 for another)
	@$(IN) -c 'import socket, sys; sys.exit(socket.socket().connect_ex(("127.0.0.1", $(PORT))) == 0)' || \
		{ echo "Something else answers at port $(PORT). Choose another: make serve PORT=8001" >&2; exit 1; }
	$(IN) -m mkdocs serve --dev-addr 127.0.0.1:$(PORT)

build: $(SITE) ## build the site into site/; any warning stops it
	SOURCE_DATE_EPOCH=$(DATE) $(IN) -m mkdocs build --strict

test: need-tests $(TOOLS) $(NPM) browsers lint ## set up everything the tests need, then run all of them
	$(IN) -m pytest --numprocesses $(JOBS) --durations 40 --durations-min 5

check: $(TOOLS) ## the fast tests: a minute or two, no browser, no npm
	$(IN) -m pytest --numprocesses $(JOBS) --hypothesis-profile quick -m "not slow"

lint: $(TOOLS) ## form, faults and types of the Python code, and known holes in all that we use and ship
	$(IN) -m ruff format --check .
	$(IN) -m ruff check .
	$(IN) -m mypy
	@$(IN) tools/audit requirements*.lock hooks/workbook/assets/js/vendor/vendor.json

format: $(TOOLS) ## put the Python code in form
	$(IN) -m ruff check --fix-only .
	$(IN) -m ruff format .

fuzz: RUNS ?= 100000
fuzz: $(TOOLS) ## give the YAML reader mutations of worksheets, led by the branches they reach (RUNS=100000)
	@$(PIP) --only-binary :all: --require-hashes -r requirements-fuzz.lock && $(IN) -c 'import atheris' || \
		{ echo "atheris, which leads the mutations, has no wheel for this system and Python." >&2; exit 1; }
	$(IN) tests/fuzz/yaml_reader.py -runs=$(RUNS)

# SCALE=100,1000,5000 takes an hour, ONLY=pages,papers,builds,scale,first leaves the rest of the table as it was.
bench: RUNS ?= 3
bench: SCALE ?= 20,100
bench: ONLY ?= pages,papers,builds,scale
bench: need-tests $(BENCH) $(NPM) $(PEERS) browsers ## measure beside others, in ten minutes (RUNS=3 SCALE=20,100)
	RUNS=$(RUNS) SCALE=$(SCALE) ONLY=$(ONLY) $(IN) tests/benchmarks/run.py

lock: $(TOOLS) ## choose the newest versions allowed by pyproject.toml and tests/package.json
	$(LOCK) pyproject.toml --group build --output-file requirements.lock
	$(LOCK) pyproject.toml --group build --group test --group lint --group lock --constraint requirements.lock \
		--output-file requirements-test.lock
	$(LOCK) pyproject.toml --group bench --constraint requirements-test.lock --output-file requirements-bench.lock
	$(LOCK) --group pyproject.toml:fuzz --output-file requirements-fuzz.lock
	cd tests && npm update --package-lock-only
	cd tests/benchmarks && npm update --package-lock-only

clean: ## remove everything that make made
	rm -rf .venv .cache site build hooks/*.egg-info tests/node_modules tests/benchmarks/node_modules .pytest_cache .mypy_cache .ruff_cache .hypothesis

# One resolution for every platform and Python, with hashes and without any registry's address.
LOCK := $(IN) -m uv pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest --upgrade \
	--generate-hashes --no-annotate --custom-compile-command "make lock"

need:
	@tools/need python $(PYTHON)

need-tests:
	@tools/need tests $(PYTHON)

browsers: $(TOOLS)
	@tools/need browsers $(IN)

$(VENV): | need
	$(PYTHON) -m venv --clear .venv
	@touch $@

# The package itself is installed as a link to this folder, so that `python -m workbook` finds it.
$(SITE): requirements.lock pyproject.toml | $(VENV)
	$(PIP) --require-hashes -r requirements.lock
	$(PIP) --no-deps --no-build-isolation --no-index --editable .
	@touch $@

$(TOOLS): requirements-test.lock $(SITE)
	$(PIP) --require-hashes -r requirements-test.lock
	@touch $@

$(NPM): tests/package.json tests/package-lock.json tests/.npmrc | need-tests
	cd tests && npm ci
	@touch $@

$(BENCH): requirements-bench.lock $(TOOLS)
	$(PIP) --require-hashes -r requirements-bench.lock
	@touch $@

$(PEERS): tests/benchmarks/package.json tests/benchmarks/package-lock.json tests/benchmarks/.npmrc | need-tests
	cd tests/benchmarks && npm ci
	@touch $@
