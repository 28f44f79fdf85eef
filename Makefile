# diff-insight: everything a developer runs. `make` alone lists the targets.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
# More arguments for pytest, such as PYTEST="-p no:randomly".
PYTEST ?=
# The range that `make demo` reports on; by default the last commits of this repository.
DEMO_HEAD ?= HEAD
DEMO_BASE ?= $(shell git rev-list --max-count=4 --first-parent $(DEMO_HEAD) | tail -n 1)

.PHONY: help demo test test-image test-model test-parts test-kills lint format bench bench-model lock clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 10

$(READY): pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "$(PYTHON) is not here: set PYTHON to Python 3.11 or later"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or later is needed: set PYTHON"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --editable '.[code]' --group dev
	@touch $@

demo: $(READY) ## write reports of this repository in three locales and print one
	$(BIN)/diff-insight report $(DEMO_BASE)..$(DEMO_HEAD) --locale en_US,ja_JP,zh_CN --output 'reports/demo/{locale}/report-%Y%m%d-{category}.md' --format markdown,html,json
	@echo; sed -n '1,60p' reports/demo/en_US/report-*-all.md | cut -c 1-200

test: $(READY) ## run the whole suite with branch coverage
	COVERAGE_FILE="$(CURDIR)/.coverage" $(BIN)/python -m pytest --cov --cov-report=term $(PYTEST)

test-image: $(READY) ## build the action's image and run it as the runner does; needs root
	sh tests/image/run.sh $(BIN)/python

test-model: $(READY) ## run against a real, small model; builds its server once
	sh tests/model/run.sh $(BIN)/python

test-parts: $(READY) ## publish to Azurite, the official client of artifacts and emulate; needs npm
	sh tests/parts/run.sh $(BIN)/python

test-kills: $(READY) ## kill scheduled runs at every single request; takes minutes
	KILL_EVERYWHERE=1 $(BIN)/python -m pytest tests/integration/test_killed.py $(PYTEST)

lint: $(READY) ## ruff, mypy strict, import contracts, the action's metadata, workflows, Dockerfile
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/check-jsonschema --builtin-schema vendor.github-actions action.yml from-source/action.yml
	$(BIN)/check-jsonschema --builtin-schema vendor.github-workflows .github/workflows/*.yml examples/*.yml
	$(BIN)/check-jsonschema --builtin-schema vendor.dependabot .github/dependabot.yml
	$(BIN)/zizmor --offline --no-progress --quiet --config .github/zizmor.yml . examples/*.yml
	$(BIN)/hadolint Dockerfile

format: $(READY) ## format the code and fix what ruff can
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(READY) ## time whole reports against git diff, with memory and stages
	$(BIN)/python -m benchmarks.report $(BENCH)

bench-model: $(READY) ## tokens and wall time of reports told by a model, against a fake endpoint
	PYTHONPATH=tests:. $(BIN)/python -m benchmarks.model $(BENCH)

lock: $(READY) ## write requirements.lock with hashes for the image
	$(BIN)/python -m pip install --quiet "pip-tools>=7.5"
	$(BIN)/pip-compile --quiet --generate-hashes --strip-extras --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-header --extra code --output-file requirements.lock pyproject.toml

clean: ## remove everything that was made
	rm -rf $(VENV) .venv-model tests/parts/node_modules reports/demo dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage*
