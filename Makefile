# Two commands matter: `make run` and `make test`. Each does all the set-up it needs.
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
export DABIR_HOME ?= $(CURDIR)/var

.PHONY: setup run test check fmt messages lock wheel bench drill

setup: .venv/stamp

.venv/stamp: pyproject.toml requirements.lock CHANGELOG.md
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { echo "python3-venv is missing: apt-get install python3-venv"; exit 2; }
	@test -x $(BIN)/uv || { $(PYTHON) -m venv .venv && $(BIN)/python -m pip install -q uv; }
	$(BIN)/uv pip sync -q --python $(BIN)/python --require-hashes requirements.lock
	$(BIN)/uv pip install -q --python $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $@

run: setup
	@$(BIN)/dabir sample --if-empty
	@exec $(BIN)/dabir serve --port $(PORT) --links secretary,admin

test: setup
	$(BIN)/python -m pytest -q

# What a reviewer would otherwise say by hand.
check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/dabir makemigrations --check --dry-run
	$(BIN)/djlint --check --quiet src/dabir/desk/templates || $(BIN)/djlint --lint --quiet src/dabir/desk/templates
	$(BIN)/python -m tests.messages

fmt: setup
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: setup
	$(BIN)/uv pip compile pyproject.toml --group dev --universal --generate-hashes --no-header --no-annotate -q -o requirements.lock
