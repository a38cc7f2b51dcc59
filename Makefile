# Two commands matter: `make run` and `make test`. Each does all the set-up that it needs.
PYTHON ?= python3
PORT ?= 8000
SCORE ?= ../shared
BIN := .venv/bin
export DABIR_HOME ?= $(CURDIR)/var
# Tests start some hundred processes; where an image sets this, each would compile every module again.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: setup run demo test test-again check fmt messages lock wheel bundle score bench drill

setup: .venv/stamp

.venv/stamp: pyproject.toml requirements.lock CHANGELOG.md
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { echo "venv is missing; install it: apt-get install python3-venv"; exit 2; }
	@test -x $(BIN)/uv || { $(PYTHON) -m venv .venv && $(BIN)/python -m pip install -q uv; }
	$(BIN)/uv pip sync -q --python $(BIN)/python --require-hashes requirements.lock
	$(BIN)/uv pip install -q --python $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $@

run: setup
	@$(BIN)/dabir sample --if-empty
	@exec $(BIN)/dabir serve --port $(PORT) --links secretary,admin

# A year of a headquarters in an empty home; `make run` serves it afterwards.
demo: setup
	@$(BIN)/dabir demo

test: setup
	$(BIN)/python -m pytest -q -n 2 --dist worksteal

# What can come out otherwise on another database (DATABASE_URL): all but the tests marked `once`.
test-again: setup
	$(BIN)/python -m pytest -q -n 2 --dist worksteal -m "not once"

# What a reviewer would otherwise have to say by hand.
check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/dabir makemigrations --check --dry-run
	$(BIN)/djlint --lint --quiet src/dabir/desk/templates
	$(BIN)/python -m tools.messages --check
	$(BIN)/python -m tools.states --check

fmt: setup
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Collects the texts to translate into the catalogue and compiles it.
messages: setup
	$(BIN)/python -m tools.messages

lock: setup
	$(BIN)/uv pip compile pyproject.toml --extra server --group dev --universal --generate-hashes --no-header --no-annotate -q -o requirements.lock

wheel: setup
	$(BIN)/uv build -q --wheel --no-build-isolation --python $(BIN)/python

# One archive that installs where there is no network; wheels are kept in dist/wheels from one run to the next.
bundle: setup
	$(BIN)/python -m tools.bundle

# The reader against hand-made labels; the texts are third parties' and are not in this repository.
score: setup
	$(PYTHON) $(SCORE)/score/score.py --texts $(SCORE)/seed --gold $(SCORE)/seed --command "$(BIN)/dabir read {file} --json" \
		--min resolutions=1 --min kinds=1 --min absolute_dates=1 --min header_date=1 --min header_number=1 --min header_invitation=1 \
		--min absent=1 --min findings=1 --min not_invented=1 --min points=0.98 --min speakers=0.95 --min present=0.97 --min leads=0.95
	$(PYTHON) $(SCORE)/score/score.py --texts $(SCORE)/minutes --gold $(SCORE)/minutes --command "$(BIN)/dabir read {file} --json" \
		--min resolutions=0.98 --min dues=0.95 --min absolute_dates=1 --min leads=0.95 --min helpers=0.9 --min kinds=0.95 \
		--min kinds_other=0.85 --min header_date=0.98 --min header_number=0.98 --min present=0.95 --min points=0.9 \
		--min speakers=0.9 --min findings=0.9 --min not_invented=0.98

# Figures beside their floors, and the reader beside hazm's normalizer; docs/performance.md explains them.
bench: setup
	$(BIN)/dabir bench reading --profile --json var/bench/reading.json
	$(BIN)/dabir bench register
	$(BIN)/dabir bench pages --json var/bench/pages.json
	$(BIN)/dabir bench lists --json var/bench/lists.json
	$(BIN)/dabir bench documents --json var/bench/documents.json
	$(BIN)/dabir bench follow-up --size province --json var/bench/follow-up.json

# The long drills: kill -9 during each verb and job, a crowd while servers are killed, hostile texts by the hundred thousand.
drill: setup
	$(BIN)/python -m tools.drill
