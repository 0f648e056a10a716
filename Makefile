# Every command, each with its sentence. `make` alone lists them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DATA ?= $(or $(SECOR_DATA),data)
PORT ?= $(or $(SECOR_PORT),8000)
OLD_ENOUGH := $(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Python 3.11 or newer is wanted. \
	Say which, as in: make serve PYTHON=python3.12")'
LOCK := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--custom-compile-command "make lock" --extra postgres --extra xlsform pyproject.toml --group build

.PHONY: help serve test test-fast test-long mutants bench lint format lock openapi clean

help: ## List the commands
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

serve: $(VENV)/.run ## Set up all that is missing, and serve the demonstration on http://localhost:8000
	SECOR_DEMONSTRATION=yes SECOR_DATA=$(DATA) SECOR_PORT=$(PORT) $(BIN)/secor serve --port $(PORT)

test: $(VENV)/.dev ## Check everything: style, types, layers, and every test on SQLite and on PostgreSQL, with a browser
	@$(BIN)/python tests/run.py all

test-fast: $(VENV)/.dev ## Check the rules alone, in seconds
	@$(BIN)/python tests/run.py core

test-long: $(VENV)/.dev ## Run the long form of the slow sweeps
	@$(BIN)/python tests/run.py long

mutants: $(VENV)/.dev ## Spoil the rules in one place at a time, and tell which slip no test would notice (RULES="term duty" for some)
	@$(BIN)/python tests/mutants.py $(RULES)

bench: $(VENV)/.dev ## Measure, and write bench/RESULTS.md
	@$(BIN)/python bench/run.py

lint: $(VENV)/.dev ## Check style, types and layers
	@$(BIN)/python tests/run.py lint

format: $(VENV)/.dev ## Put the code into its one shape
	$(BIN)/ruff check --fix --quiet src tests bench || true
	$(BIN)/ruff format --quiet src tests bench

lock: $(VENV)/.dev ## Choose the dependencies anew and write them down with their fingerprints
	$(BIN)/$(LOCK) --output-file requirements/run.lock
	$(BIN)/$(LOCK) --group dev --output-file requirements/dev.lock

openapi: $(VENV)/.dev ## Describe the answers for programs anew, in docs/openapi.json
	$(BIN)/python tests/describe.py

clean: ## Remove the environment and the demonstration's data
	rm -rf $(VENV) $(DATA) .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(VENV)/.run: requirements/run.lock pyproject.toml
	@$(OLD_ENOUGH)
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements/run.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements/dev.lock pyproject.toml
	@$(OLD_ENOUGH)
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements/dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@ $(VENV)/.run
