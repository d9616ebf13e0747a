# `make demo` and `make test` do everything on a machine with Python 3.11 and make.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin

.PHONY: help demo test check lint types layers docs gallery benchmark torture clean

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

docs: $(VENV)/developing  ## write docs/reference.md and docs/checks.md from the program itself
	@$(BIN)/python docs/write_reference.py

gallery: $(VENV)/developing  ## photograph every mail in every view, to look through
	@$(BIN)/python tools/gallery.py

benchmark: $(VENV)/developing  ## print how fast planning, composing and sending are
	@$(BIN)/python benchmarks/plan.py
	@$(BIN)/python benchmarks/message.py
	@$(BIN)/python benchmarks/mail.py
	@$(BIN)/python benchmarks/delivery.py

torture: $(VENV)/developing  ## kill a sender 2000 times, cut its power 200 times, and count
	@PYTHONPATH=tests $(BIN)/python benchmarks/torture.py --kills 2000
	@PYTHONPATH=tests $(BIN)/python benchmarks/torture.py --kills 200 --readers 2000 --power

clean:               ## remove what make and the tests made
	rm -rf $(VENV) demo-mail gallery build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis

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
