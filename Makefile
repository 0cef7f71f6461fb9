# Needs Python 3.11 and nothing else of ours: the first target that needs it makes .venv from hashed requirements.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
UV := $(BIN)/uv
export VIRTUAL_ENV := $(CURDIR)/.venv
ifdef PORT
export PORT
endif
ifdef CARDMAKER_HOME
export CARDMAKER_HOME
endif
# Without kept bytecode every worker and every process of the tests compiles the whole tree and its tests again.
unexport PYTHONDONTWRITEBYTECODE
PACKAGES := cardmaker accounts billing designs fulfillment
# Checks read no .env and leave nothing in the developer's own home.
CHECKED := CARDMAKER_ENV=test CARDMAKER_HOME=$(CURDIR)/.venv/check-home

.PHONY: run test walk check torture lock clean

run: .venv/base.stamp
	@$(BIN)/python -m cardmaker.run

test: .venv/dev.stamp
	$(BIN)/pytest -n auto --dist loadgroup -m "not torture and not walk" $(ARGS)

walk: .venv/dev.stamp
	$(BIN)/pytest -m walk $(ARGS)

check: .venv/dev.stamp
	@mkdir -p .venv/check-home/static
	$(BIN)/ruff check .
	$(BIN)/mypy $(PACKAGES)
	$(CHECKED) $(BIN)/mypy --config-file cardmaker/sandbox/mypy.ini cardmaker/sandbox
	$(BIN)/lint-imports
	$(CHECKED) $(BIN)/python manage.py check
	$(CHECKED) $(BIN)/python manage.py makemigrations --check --dry-run
	$(CHECKED) DJANGO_SETTINGS_MODULE=cardmaker.sandbox.settings $(BIN)/python manage.py makemigrations --check --dry-run
	$(CHECKED) $(BIN)/python manage.py spectacular --validate --fail-on-warn --file .venv/check-home/schema.yml

torture: .venv/dev.stamp
	$(BIN)/python -m fulfillment.torture $(ARGS)

lock: $(UV)
	$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --excludes requirements/excludes.txt \
		--custom-compile-command "make lock" requirements/base.in -o requirements/base.txt
	$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --excludes requirements/excludes.txt \
		--custom-compile-command "make lock" requirements/dev.in -o requirements/dev.txt

clean:
	rm -rf .venv var .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

# What runs is a part of what is tested, so an environment for tests serves `run` too.
.venv/base.stamp: requirements/base.txt | $(UV)
	$(UV) pip install --quiet --no-deps --require-hashes -r requirements/base.txt
	@touch $@

.venv/dev.stamp: requirements/dev.txt | $(UV)
	$(UV) pip sync --quiet --require-hashes requirements/dev.txt
	@touch $@ .venv/base.stamp

# pip only fetches uv, by the hashes that requirements/dev.txt keeps for it.
$(UV):
	@$(PYTHON) -c 'import sys; sys.exit("Cardmaker needs Python 3.11 or newer." if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv .venv
	@awk '/^uv==/ {found = 1} found {print} found && !/\\$$/ {exit}' requirements/dev.txt > .venv/uv.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r .venv/uv.txt
