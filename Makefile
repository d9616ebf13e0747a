# `make demo` and `make test` do everything on a machine with Python 3.11 and make.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin

.PHONY: help demo test check lint types layers docs benchmark clean

help:                ## say what can be made
	@grep -E '^[a-z]+: .*##' $(MAKEFILE_LIST) | sed -E 's/:.*##/ -/'

demo: $(VENV)/installed   ## send the sample newsletter through an embedded mail server
	@$(BIN)/fvdt-mailer demo

test: $(VENV)/developing  ## run every test
	@$(BIN)/pytest -q -n auto

check: lint types layers  ## lint, types and layers

lint: $(VENV)/developing
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .

types: $(VENV)/developing
	@$(BIN)/mypy

layers: $(VENV)/developing
	@$(BIN)/lint-imports

docs: $(VENV)/developing  ## write docs/reference.md from the commands and settings
	@$(BIN)/python docs/write_reference.py

benchmark: $(VENV)/developing  ## print how fast planning, queueing and composing are
	@$(BIN)/python benchmarks/plan.py
	@$(BIN)/python benchmarks/message.py

clean:               ## remove what make and the tests made
	rm -rf $(VENV) demo-mail build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; name it with: make PYTHON=python3.12 ..."; exit 1; }
	@echo "Creating $(VENV) ..."
	@$(PYTHON) -m venv $(VENV) || \
	  { echo "Python's venv is missing; on Debian: apt-get install python3-venv"; exit 1; }

$(VENV)/installed: pyproject.toml constraints.txt | $(VENV)/bin/python
	@echo "Installing fvdt-mailer and what it needs into $(VENV) ..."
	@$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(VENV)/developing: $(VENV)/installed
	@echo "Installing what the tests need into $(VENV) ..."
	@$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@
