# `make` alone lists the verbs. Everything installs what it needs into .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DATA ?= ../shared/data

# Tests start commands by the hundred: from bytecode that takes a fifth less.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: help demo test lint check fix gate bench docs lock clean

help: ## list the verbs
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

$(VENV)/base: requirements/base.txt pyproject.toml
	@echo "Installing newsdesk into $(VENV) (once) …"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/build.txt
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/base.txt
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/dev: $(VENV)/base requirements/dev.txt
	@echo "Installing the tools for developers into $(VENV) (once) …"
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

demo: $(VENV)/base ## a live site from the bundled press simulator, without internet
	@$(BIN)/newsdesk demo $(ARGS)

test: $(VENV)/dev ## all tests (under 10 minutes on two cores)
	@$(BIN)/python -m pytest -n 2 --dist worksteal $(ARGS)

lint: $(VENV)/dev ## format, lint, strict types, import rules
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache

check: lint test ## all of it: lint, then test

fix: $(VENV)/dev ## format and mend what can be mended
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

gate: $(VENV)/dev ## quality on the sets in DATA against the floors that may only rise
	@$(BIN)/python -m pytest -n 2 -m slow
	@$(BIN)/python benchmarks/gate.py --data $(DATA)

bench: $(VENV)/dev ## every benchmark on the sets in DATA
	@$(BIN)/python benchmarks/all.py --data $(DATA)

docs: $(VENV)/dev ## write the generated reference pages anew
	@$(BIN)/python -m newsdesk docs --write docs/reference

lock: $(VENV)/dev ## pin the newest versions that satisfy pyproject.toml
	@$(BIN)/python requirements/lock.py

clean: ## remove the environment and caches
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build src/*.egg-info
