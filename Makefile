# The clinic's website. Needs make and Python 3.11 or newer with venv; it fetches the rest itself.

PYTHON ?= python3
ARGS ?=

PY := .venv/bin/python
UV := .make/lock/bin/uv

.DEFAULT_GOAL := help
.PHONY: help run dev test coverage a11y screenshots lighthouse lint lock handbook-pictures clean

# Brings .venv to what a lock file says: $(call packages,requirements.txt).
# A copy of each installed lock lies in .venv. Where it equals the lock, nothing is left to do;
# where there is none, an installation was interrupted, and .venv is made anew.
define packages
set -eu; lock=$(1); \
works() { $(PY) -c '' 2>/dev/null; }; \
if cmp -s $$lock .venv/$$lock && works; then exit 0; fi; \
if ! { ls .venv/requirements*.txt && works; } >/dev/null 2>&1; then \
	python=; bare=; \
	for candidate in "$(PYTHON)" python3.14 python3.13 python3.12 python3.11; do \
		"$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
		if "$$candidate" -c 'import ensurepip, venv' 2>/dev/null; then python=$$candidate; break; fi; \
		bare=$$candidate; \
	done; \
	if [ -z "$$python$$bare" ]; then \
		echo "Python 3.11 or newer is needed and was not found. Install it, or name it: make PYTHON=/path/to/python3" >&2; exit 1; \
	elif [ -z "$$python" ]; then \
		echo "$$bare cannot make virtual environments: install python3-venv (on Debian and Ubuntu: apt install python3-venv)." >&2; exit 1; \
	fi; \
	echo "Making .venv with $$python."; \
	"$$python" -m venv --clear .venv; \
fi; \
rm -f .venv/requirements*.txt; \
echo "Installing packages from $$lock; this takes about half a minute."; \
$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r $$lock; \
for installed in requirements.txt $$lock; do cp $$installed .venv/; done
endef

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / {printf "make %-17s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

run: ## start the website as production serves it; settings: .env.example
	@$(call packages,requirements.txt)
	@exec $(PY) -m innerbloom.serve

dev: ## start it for development: DEBUG on, reloads when code changes
	@$(call packages,requirements.txt)
	@exec $(PY) -m innerbloom.serve --dev

test: ## run all tests this machine can run; ARGS goes to pytest, STRICT=1 wants every part
	@$(call packages,requirements-dev.txt)
	@exec $(PY) -m tests.run $(ARGS)

coverage: ## print which lines of the site the tests without a browser reach; takes twice as long as they do
	@$(call packages,requirements-dev.txt)
	@exec $(PY) -m pytest -n auto --dist loadgroup -m "not browser" --cov --cov-report=term:skip-covered $(ARGS)

a11y: ## check every page for accessibility in Chromium: both schemes, all widths; CI checks a sample
	@$(call packages,requirements-dev.txt)
	@exec $(PY) -m pytest -n auto --dist loadgroup tests/browser/test_places.py --everything $(ARGS)

screenshots: ## take pictures of every kind of page, bare and filled, into screenshots/; ARGS=-h says how to choose
	@$(call packages,requirements-dev.txt)
	@exec $(PY) -m tests.browser.screenshots $(ARGS)

lighthouse: ## print what Lighthouse says of the main pages, or ARGS=--every-page; needs Node.js and Chromium
	@$(call packages,requirements-dev.txt)
	@exec $(PY) -m tests.browser.lighthouse $(ARGS)

# Linters see a strict production, never the settings of this machine.
PRODUCTION = ENV_FILE=/dev/null DEBUG=0 SITE_URL=https://www.example.org DATABASE_URL=sqlite://:memory: \
	SECRET_KEY=$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(50))')

lint: ## check code, templates, the order of imports, packages, types, migrations and production settings
	@$(call packages,requirements-dev.txt)
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	find . -path './.*' -prune -o -path '*/templates/*.html' -print | xargs .venv/bin/djade --check --target-version 5.2
	$(PY) .venv/bin/lint-imports --no-logo
	$(PY) -m deptry .
	$(PY) -m deptry tests --exclude '^$$' --ignore DEP002,DEP004
	@echo mypy
	@$(PRODUCTION) $(PY) -m mypy
	@echo manage.py makemigrations --check
	@$(PRODUCTION) $(PY) manage.py makemigrations --check --dry-run
	@echo manage.py check --deploy
	@$(PRODUCTION) $(PY) manage.py check --deploy --fail-level WARNING

COMPILE = $(UV) pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-header \
	--no-emit-index-url --no-emit-find-links $(ARGS)

lock: ## write requirements*.txt anew from requirements*.in; ARGS=--upgrade for newer versions
	@test -x $(UV) || { $(PYTHON) -m venv --clear .make/lock && .make/lock/bin/python -m pip install --quiet uv; }
	@$(COMPILE) requirements.in --output-file requirements.txt
	@$(COMPILE) --constraint requirements.txt requirements-dev.in --output-file requirements-dev.txt

handbook-pictures: ## take the pictures of docs/editors.md anew; needs Chromium
	@$(call packages,requirements-dev.txt)
	$(PY) -m pytest -q -p no:randomly tests/browser/handbook_pictures.py

clean: ## remove what can be made again; data (var/) stays
	rm -rf .venv .make .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
	find . -path ./var -prune -o -type d -name __pycache__ -prune -exec rm -rf {} +
