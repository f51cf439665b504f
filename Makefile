# Two commands do all the set-up: `make demo` and `make test`.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test torture lint soak bench clean

demo: $(VENV)/ready
	@$(BIN)/scrapy demo

# Three at a time: many tests wait for crawls of their own. Who has nothing left to do takes from the other.
test: $(VENV)/ready
	@$(BIN)/pytest -n 3 --dist worksteal

torture: $(VENV)/ready
	@$(BIN)/pytest -m torture -p no:xdist

lint: $(VENV)/ready
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/scrapy-lint

# Days of the scheduler in half an hour; `.venv/bin/python -m benchmarks.soak --help` has its options.
soak: $(VENV)/ready
	@$(BIN)/python -m benchmarks.soak

bench: $(VENV)/ready
	@$(BIN)/python -m benchmarks.crawl

# The constraints pin the set of packages that the tests were run with.
$(VENV)/ready: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; name one with: make PYTHON=python3.12 …")'
	@echo "Setting up $(VENV) (once; a minute or two) …"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[postgresql,js,web,test]'
	@touch $@

clean:
	rm -rf $(VENV) build *.egg-info .mypy_cache .pytest_cache .ruff_cache demo
