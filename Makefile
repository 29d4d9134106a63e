# itabook. `make book` makes its own .venv and builds the annual book; `make help` lists the rest.
PYTHON ?= python3
BOOK ?= annual
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.DEFAULT_GOAL := help
.PHONY: help book preview check doctor lab test test-slow lint format hooks data-dictionary messages guide-images lock quarto clean
.PHONY: bench bench-proofreader bench-linebreaks bench-peers bench-fuzz bench-search

help:  ## what can be made
	@grep -hE '^[a-z.-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(READY): requirements.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

book: $(READY)  ## the annual book, HTML and PDF, in outputs/book (BOOK=name for another)
	$(BIN)/itabook build $(BOOK)

preview: $(READY)  ## the book in a browser, built again when a source is saved (BOOK=name for another)
	$(BIN)/itabook preview $(BOOK)

check: $(READY)  ## read and check data/raw, recompute what the reports print
	$(BIN)/itabook check

doctor: $(READY)  ## versions, fonts, Quarto
	$(BIN)/itabook doctor

lab: $(READY)  ## Jupyter Lab with a kernel that has everything
	$(BIN)/python -m jupyterlab --version >/dev/null 2>&1 \
	  || $(BIN)/python -m pip install --quiet --disable-pip-version-check -c requirements.lock -e ".[lab]"
	$(BIN)/itabook check
	$(BIN)/jupyter lab --ServerApp.root_dir=. notebooks/agency_year.ipynb

test: $(READY)  ## all tests, the end-to-end build of the book among them
	$(BIN)/python -m pytest -n 2 --dist loadgroup -m "not slow"

test-slow: $(READY)  ## the day of the guide and previews, which make test leaves out
	$(BIN)/python -m pytest -n 2 --dist loadgroup -m slow

lint: $(READY)  ## style, types, import layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

format: $(READY)  ## put code in the style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

hooks: $(READY)  ## check each commit (pre-commit): style, notebooks without outputs, large files, private keys
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c requirements.lock -e ".[hooks]"
	$(BIN)/pre-commit install

data-dictionary: $(READY)  ## docs/data-dictionary.md, from the schemas
	$(BIN)/python -m itabook.data.dictionary_page docs/data-dictionary.md

guide-images: $(READY)  ## docs/images, the pictures of the analyst's guide (needs LibreOffice and Chromium)
	$(BIN)/python -m docs.make_images

messages: $(READY)  ## src/itabook/locale/en.po, from the messages in the source; new ones have no English yet
	$(BIN)/python -m tests.catalogue

lock:  ## new exact versions in requirements.lock, from the ranges in pyproject.toml
	rm -rf build/lock && $(PYTHON) -m venv build/lock
	build/lock/bin/pip install --quiet --upgrade pip
	build/lock/bin/pip install --quiet -e . --group test "setuptools>=77"
	{ echo "# Exact versions for tests and books, made by 'make lock'."; \
	  build/lock/bin/pip freeze --all --exclude-editable --exclude pip; } > requirements.lock
	rm -rf build/lock

bench: $(READY)  ## batches beside papermill in a loop; takes a quarter of an hour
	$(BIN)/python -m bench.batches

bench-proofreader: $(READY)  ## how much the proofreader finds, kind by kind, and how fast
	$(BIN)/python -m bench.proofreader

bench-linebreaks: book  ## where the lines of the book end, with our filter and without, in Chromium and Typst
	$(BIN)/python -m bench.linebreaks

bench-peers: $(READY)  ## how long a national list takes into data/raw/peers
	$(BIN)/python -m bench.peers

bench-fuzz: $(READY)  ## break the real files in every way for a minute: a reader must say what is wrong (SECONDS=60)
	$(BIN)/python -m bench.fuzz $(or $(SECONDS),60)

bench-search: $(READY)  ## search, first paint and weight of the HTML book, in Chromium
	$(BIN)/python -m bench.search

quarto: $(READY)  ## try Quarto from PyPI (its package downloads the release while it installs)
	@$(BIN)/python -m pip install --quiet -e ".[quarto]" \
	  || { echo "Quarto's release cannot be downloaded from here. Use conda (environment.yml), or go on without: the built-in renderer makes the same book."; exit 1; }

clean:  ## remove what was made, not the environment
	rm -rf outputs/book outputs/notebooks outputs/runs outputs/agencies outputs/fonts outputs/*.yml outputs/*.json outputs/report.html data/processed/*.parquet data/processed/digest.json
