# Two commands do everything on a fresh machine: `make chat` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INDEX ?= .whodunit

.PHONY: chat test lint index lock clean

chat: index ## set up, index the starter corpus if need be, open the chat
	$(BIN)/whodunit chat --index $(INDEX)

test: $(VENV)/ready lint ## set up, run every check and every test
	$(BIN)/python -m pytest

lint: $(VENV)/ready ## style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

index: $(VENV)/ready ## bring the index up to the starter corpus
	@test -e $(INDEX)/ledger.sqlite3 || $(BIN)/whodunit ingest corpus/articles --index $(INDEX)

# requirements.lock holds the resolved version of every package, so that two machines get the same.
$(VENV)/ready: pyproject.toml requirements.lock
	$(PYTHON) -c 'import sys; sys.exit(0 if (3, 11) <= sys.version_info < (3, 14) else "Whodunit needs Python 3.11 to 3.13: make PYTHON=python3.12 …")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint requirements.lock --editable '.[dev]'
	touch $@

lock: ## resolve anew: a clean environment, then its versions
	rm -rf build/lock && $(PYTHON) -m venv build/lock
	build/lock/bin/python -m pip install --quiet --editable '.[dev,bench]'
	build/lock/bin/python -m pip freeze --exclude-editable | sed 's/+cpu$$//' > requirements.lock

clean: ## remove the environment and the index made here
	rm -rf $(VENV) $(INDEX) build
