# The leaflets, from a fresh clone to PDFs: `make`. What else there is: `make help`.
#
# Needs Python 3.11 or newer and make (GNU make 3.81 or newer), nothing else. Another Python: make PYTHON=/path/to/python3
# Everything is installed into .venv, in the versions that requirements.lock names; delete .venv to start afresh.

PYTHON = python3 python3.14 python3.13 python3.12 python3.11
# Python programs to try, in this order: the first that is new enough and can make an environment is used.

VENV    := .venv
BIN     := $(VENV)/bin
READY   := $(VENV)/ready
TESTERS := $(VENV)/ready-to-test
READERS := $(VENV)/ready-to-read
PEERS   := build/bench/ready
PIP      = $(BIN)/python -m pip --disable-pip-version-check --no-input install --quiet
PYTEST   = $(BIN)/python -m pytest
# One more than there are processors: many tests wait for browsers and for programs that are being stopped.
WORKERS  = $(shell n=`getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2`; echo $$((n + 1)))

SHELL := /bin/sh
.SUFFIXES:
.DEFAULT_GOAL := all
.PHONY: all preview readers test bench torture check clean lint golden schema docs pictures lock help setup

all: $(READY)  ## build every leaflet of content/ into output/ (default)
	@$(BIN)/leaflet build

test: $(TESTERS)  ## run all tests; make test T=tests/read runs some of them
	@$(PYTEST) -q -n $(WORKERS) --dist loadfile $(T)

preview: $(READY)  ## see a leaflet in the browser while you write it; make preview P='hip/en --layout brochure'
	@$(BIN)/leaflet preview $(P)

check: $(READY)  ## show what is wrong in content/ and layouts/; writes nothing
	@$(BIN)/leaflet check

clean:  ## empty output/
	rm -rf output/*.pdf output/old output/*.eml output/.built.json output/.asked output/proof

lint: $(TESTERS)  ## look through the program with ruff
	@$(BIN)/ruff check .

bench: $(TESTERS) $(PEERS)  ## measure this program and its peers on one article; figures go to output/bench.json
	@$(BIN)/python tests/bench --peers build/bench/bin/python $(BENCH)

torture: $(TESTERS)  ## damage inputs, kill builds, fill disks …; make torture TORTURE='--inputs 100000 --kills 500'
	@$(BIN)/python tests/torture $(TORTURE)

golden: $(TESTERS)  ## write the expected results of the tests anew, then show what became different
	@GOLDEN=write $(PYTEST) -q -n 0 tests
	@git --no-pager diff --stat -- tests

schema: $(READY)  ## write content/content.schema.json, by which editors check content files
	@$(BIN)/leaflet schema > content/content.schema.json.new
	@mv content/content.schema.json.new content/content.schema.json

docs: $(READY)  ## write the tables of the guides anew
	@$(BIN)/python docs/tables.py

pictures: $(TESTERS)  ## paint docs/pages.png anew
	@$(BIN)/python docs/pictures.py

setup: $(TESTERS)  ## install everything and build nothing

readers: $(READERS)  ## install Firefox's reader of PDFs, which the tests ask where it is there

help:  ## list these targets
	@awk -F ':.*  ## ' '/^[a-z]+:.*  ## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

# ── the environment ──────────────────────────────────────────────────────────────────────────────────────────────────

$(BIN)/python:
	@found=; said=; \
	for python in $(PYTHON); do \
	    version=`$$python -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null` || continue; \
	    if ! $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then \
	        said="$$said\n  $$python is Python $$version, which is too old"; \
	    elif ! $$python -c 'import venv, ensurepip' 2>/dev/null; then \
	        said="$$said\n  $$python (Python $$version) lacks its venv module. Install it, then make again:"; \
	        said="$$said\n      Debian, Ubuntu:  sudo apt install python$$version-venv"; \
	    else found=$$python; break; fi; \
	done; \
	if [ -z "$$found" ]; then \
	    printf "Python 3.11 or newer, with its venv module, is needed.$$said\n" >&2; \
	    printf "A Python under another name or in another place:  make PYTHON=/path/to/python3\n" >&2; \
	    exit 1; \
	fi; \
	echo "setting up $(VENV) with $$found, once"; \
	$$found -m venv --clear $(VENV)

# A stamp tells that the step before it came to its end; an interrupted installation is taken up again.
$(READY): requirements.lock pyproject.toml | $(BIN)/python
	@$(PIP) --require-hashes -r requirements.lock
	@$(PIP) --no-deps --no-build-isolation --no-index -e .
	@touch $@

$(TESTERS): requirements-test.lock $(READY)
	@$(PIP) --require-hashes -r requirements-test.lock
	@touch $@

$(READERS): requirements-readers.lock $(TESTERS)
	@$(PIP) --no-deps --require-hashes -r requirements-readers.lock
	@touch $@

# The peers have an environment of their own. One that cannot be installed here is left out, and is a row that says so.
$(PEERS): requirements-bench.lock | $(BIN)/python
	@$(BIN)/python -m venv --clear build/bench
	@build/bench/bin/python -m pip --disable-pip-version-check --no-input install --quiet --require-hashes -r requirements-bench.lock || \
	    for peer in `sed -n 's/^\([a-z][a-z-]*==[^ ]*\).*/\1/p' requirements-bench.lock`; do \
	        build/bench/bin/python -m pip --disable-pip-version-check --no-input install --quiet --no-deps $$peer || true; \
	    done
	@touch $@

# ── the locks ────────────────────────────────────────────────────────────────────────────────────────────────────────
# Names, versions and hashes for every platform; which versions may be chosen stands in pyproject.toml.
# To take newer versions: make lock UPGRADE=--upgrade

COMPILE = build/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
          --no-emit-index-url --no-annotate --custom-compile-command "make lock" $(UPGRADE)

lock: | $(BIN)/python  ## choose versions within the ranges of pyproject.toml and write the locks
	@$(BIN)/python -m venv build/lock
	@build/lock/bin/python -m pip --disable-pip-version-check install --quiet uv
	@$(BIN)/python -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["build-system"]["requires"], sep="\n")' \
	    > build/lock/build.in
	@$(COMPILE) pyproject.toml build/lock/build.in -o requirements.lock
	@$(COMPILE) pyproject.toml --extra test -c requirements.lock -o requirements-test.lock
	@$(BIN)/python -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["project"]["optional-dependencies"]["bench"], sep="\n")' \
	    > build/lock/bench.in
	@$(COMPILE) build/lock/bench.in -o requirements-bench.lock
	@$(BIN)/python -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["project"]["optional-dependencies"]["readers"], sep="\n")' \
	    > build/lock/readers.in
	@$(COMPILE) --no-deps build/lock/readers.in -o requirements-readers.lock
