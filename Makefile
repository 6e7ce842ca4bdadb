# `make` alone lists what can be done. Everything runs in .venv and keeps its data in var/ (VAR_DIR names another folder).

PYTHON ?= $(shell command -v python3.11 || command -v python3)
PY := .venv/bin/python
PIP := $(PY) -m pip --disable-pip-version-check --quiet
TESTING := env -u DATABASE_URL VAR_DIR="$(or $(VAR_DIR),var)/test" POSTGRES_FSYNC=off
CHECKING := env -u DATABASE_URL VAR_DIR="$(or $(VAR_DIR),var)/check" POSTGRES_FSYNC=off
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help run test bench check fix soak reset lock messages language pictures browser office paper
.DELETE_ON_ERROR:

help: ## list these commands
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' Makefile | expand -t 20

run: .venv/installed ## run the site at http://127.0.0.1:8000 (PORT=8001 for another port)
	@exec $(PY) manage.py serve --stop-with-parent

test: .venv/installed-dev browser office paper ## run the whole test suite with a database of its own (ARGS="-k words" for a part)
	@$(TESTING) $(PY) -m scripts.remove_data --quiet
	@$(TESTING) $(PY) -m pytest -n 2 --dist loadfile --no-loadscope-reorder $(ARGS)

soak: .venv/installed-dev ## two minutes of fifty enquiries a second while parts of the site are killed (SOAK_SEED=7 repeats a run)
	@$(TESTING) $(PY) -m scripts.remove_data --quiet
	@$(TESTING) SOAK_SECONDS=$(or $(SOAK_SECONDS),120) $(PY) -m pytest -q tests/soak

check: .venv/installed-dev ## lint, format, migrations, imports, translations
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	@$(CHECKING) $(PY) manage.py check --fail-level WARNING --database default
	@$(CHECKING) $(PY) manage.py makemigrations --check --dry-run
	@$(CHECKING) $(PY) -m scripts.remove_data --quiet
	$(PY) -c "from importlinter.cli import lint_imports_command; lint_imports_command()"
	$(PY) scripts/check_messages.py

fix: .venv/installed-dev ## mend what ruff can mend, and format
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

reset: .venv/installed ## stop the database and delete all local data (var/)
	@$(PY) -m scripts.remove_data

lock: ## compile requirements.txt and requirements-dev.txt, with hashes, from the .in files
	@PYTHON="$(PYTHON)" sh scripts/lock.sh

messages: .venv/installed-dev ## collect the interface's sentences into locale/ (needs gettext) and compile them
	@command -v xgettext >/dev/null || { echo "Collecting needs gettext: apt-get install gettext"; exit 1; }
	@$(PY) -m scripts.collect_messages

language: .venv/installed-dev ## after a new line in LANGUAGES of the settings: columns, sentences, translators' group
	$(PY) manage.py makemigrations
	$(PY) manage.py migrate
	$(PY) manage.py create_roles
	$(PY) -m scripts.collect_messages
	@echo "Commit the new migrations and locale/. What people do now: docs/languages.md"

pictures: .venv/installed-dev browser ## take the pictures of docs/editors.md and docs/officers.md again, from the tests that play them
	@for guide in editors officers; do rm -rf docs/pictures/$$guide; mkdir -p docs/pictures/$$guide; done
	@$(TESTING) PICTURES=docs/pictures $(PY) -m pytest -q tests/desk/test_whole_cycle_in_browser.py \
		tests/desk/test_enquiry_to_project_in_browser.py

bench: .venv/installed-dev ## measure exports and lists at 1,000,000 enquiries, in var/bench (ARGS="--large 200000 --write")
	@env -u DATABASE_URL $(PY) -m bench $(ARGS)

browser:
	@sh scripts/find_browser.sh

office:
	@sh scripts/find_office.sh

paper:
	@sh scripts/find_pdf_tools.sh

.venv/created:
	@test -n "$(PYTHON)" || { echo "Python 3.11 is needed: apt-get install python3-venv"; exit 1; }
	@$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11))" || { echo "Python 3.11 or newer is needed."; exit 1; }
	@echo "Making the environment in .venv"
	@$(PYTHON) -m venv .venv
	@touch $@

.venv/installed: requirements.txt .venv/created
	@echo "Installing what requirements.txt names"
	@$(PIP) install --require-hashes -r requirements.txt
	@touch $@

.venv/installed-dev: requirements-dev.txt .venv/installed
	@echo "Installing what requirements-dev.txt names"
	@$(PIP) install --require-hashes -r requirements-dev.txt
	@touch $@
