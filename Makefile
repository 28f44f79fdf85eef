# diff-insight: everything a developer runs. `make` alone lists the targets.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
# More arguments for pytest, such as PYTEST="-p no:randomly".
PYTEST ?=
# How tests are spread: one process a core, each of which takes work from those that are behind.
CORES ?= --numprocesses auto --dist worksteal
# The range that `make demo` reports on; by default the last commits of this repository.
DEMO_HEAD ?= HEAD
DEMO_BASE ?= $(shell git rev-list --max-count=4 --first-parent $(DEMO_HEAD) | tail -n 1)
# What `make lock` does with versions that are in the locks: takes the newest allowed.
LOCK ?= --upgrade
# What is compiled is kept: processes that tests start, and the next run, would do it again.
unexport PYTHONDONTWRITEBYTECODE
COMPILE = $(VENV)-lock/bin/pip-compile --quiet $(LOCK) --generate-hashes --strip-extras --no-emit-index-url \
  --no-emit-find-links --no-emit-trusted-host --no-header

.PHONY: help demo dist test test-slow coverage test-newest test-image test-model test-parts test-kills pictures lint format bench bench-model bench-texts bench-breaking lock clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 10

$(READY): pyproject.toml requirements-dev.lock
	@command -v $(PYTHON) >/dev/null || { echo "$(PYTHON) is not here: set PYTHON to Python 3.11 or later"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or later is needed: set PYTHON"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements-dev.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

demo: $(READY) ## write reports of this repository in three locales and print one
	$(BIN)/diff-insight report $(DEMO_BASE)..$(DEMO_HEAD) --locale en_US,ja_JP,zh_CN --output 'reports/demo/{locale}/report-%Y%m%d-{category}.md' --format markdown,html,json
	@echo; sed -n '1,60p' reports/demo/en_US/report-*-all.md | cut -c 1-200

dist: $(READY) ## build sdist and wheel into dist/, and run what was installed from each
	rm -rf dist $(VENV)-dist
	$(BIN)/python -m build --no-isolation --outdir dist .
	for made in dist/*.whl dist/*.tar.gz; do \
	  $(PYTHON) -m venv --clear $(VENV)-dist \
	  && $(VENV)-dist/bin/python -m pip install --quiet --require-hashes --only-binary :all: --requirement requirements.lock \
	  && $(VENV)-dist/bin/python -m pip install --quiet hatchling editables \
	  && $(VENV)-dist/bin/python -m pip install --quiet --no-deps --no-build-isolation "$$made" \
	  && (cd $(VENV)-dist && test -s share/man/man1/diff-insight.1 && bin/diff-insight --version && bin/diff-insight report --repo .. $(DEMO_BASE)..$(DEMO_HEAD) --output report.md --format markdown,html) \
	  || exit 1; \
	done
	rm -rf $(VENV)-dist

test: $(READY) ## run the suite, on every core
	$(BIN)/python -m pytest $(CORES) $(PYTEST)

coverage: $(READY) ## say which lines and branches the suite reaches; takes twice as long
	COVERAGE_FILE="$(CURDIR)/.coverage" $(BIN)/python -m pytest $(CORES) --cov --cov-report=term $(PYTEST)

test-slow: $(READY) ## run what takes seconds a test: large and hostile files, killed runs, benchmarks
	$(BIN)/python -m pytest -m slow $(CORES) $(PYTEST)

test-newest: ## run the whole suite with the newest versions that pyproject.toml allows
	$(PYTHON) -m venv --clear $(VENV)-newest
	$(VENV)-newest/bin/python -m pip install --quiet --upgrade "pip>=25.1"
	$(VENV)-newest/bin/python -m pip install --quiet --editable . --group dev
	$(VENV)-newest/bin/python -m pip list
	$(VENV)-newest/bin/python -m pytest -m '' $(CORES) $(PYTEST)

test-image: $(READY) ## build the action's image and run it as the runner does; needs root
	sh tests/image/run.sh $(BIN)/python

test-model: $(READY) ## run against a real, small model; builds its server once
	sh tests/model/run.sh $(BIN)/python

test-parts: $(READY) ## publish to Azurite, the official client of artifacts and emulate; needs npm
	sh tests/parts/run.sh $(BIN)/python

pictures: $(READY) ## take the pictures of docs/pictures with a Chromium that is installed; needs npm
	sh tests/parts/run.sh $(BIN)/python pictures

test-kills: $(READY) ## kill scheduled runs at every single request; takes minutes
	KILL_EVERYWHERE=1 $(BIN)/python -m pytest -m '' tests/integration/test_killed.py $(PYTEST)

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

bench-breaking: $(READY) ## the pairs of other checkers, from clones at hand
	PYTHONPATH=tests:. $(BIN)/python -m benchmarks.breaking $(BENCH)

bench-model: $(READY) ## tokens and wall time of reports told by a model, against a fake endpoint
	PYTHONPATH=tests:. $(BIN)/python -m benchmarks.model $(BENCH)

bench-texts: $(READY) ## honest texts and planted falsehoods, judged as a model's texts are
	PYTHONPATH=tests:. $(BIN)/python -m benchmarks.model_quality $(BENCH)

lock: ## write both locks with hashes: of what runs, and of the development environment; LOCK= keeps versions
	$(PYTHON) -m venv --clear $(VENV)-lock
	$(VENV)-lock/bin/python -m pip install --quiet "pip-tools>=7.6,<8"
	$(COMPILE) --output-file requirements.lock pyproject.toml
	$(VENV)-lock/bin/python -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["dependency-groups"]["dev"], sep="\n")' \
	  | $(COMPILE) --allow-unsafe --no-annotate --constraint requirements.lock --output-file requirements-dev.lock pyproject.toml -

clean: ## remove everything that was made
	rm -rf $(VENV) $(VENV)-*  tests/parts/node_modules reports/demo dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage*
