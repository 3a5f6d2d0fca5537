# Needs only python3 with its venv module; everything else is installed into $(VENV).
PYTHON ?= python3
VENV   ?= .venv
DEMO   ?= logi-demo

BIN     := $(VENV)/bin
PIP     := $(BIN)/python -m pip install -qq --disable-pip-version-check
# What a step prints is shown only if it fails.
quietly = @echo "$(1)"; out=$$($(2) 2>&1) || { printf '%s\n' "$$out" >&2; exit 1; }

.PHONY: demo test torment messages picture bench clean
.DEFAULT_GOAL := demo

demo: $(VENV)/.installed
	@if [ -e $(DEMO)/ledger.db ]; then echo "$(DEMO)/ledger.db stands already (make clean takes it away)"; \
	else $(BIN)/logi demo $(DEMO); fi
	@$(BIN)/logi --ledger $(DEMO)/ledger.db report month 2025-09

test: $(VENV)/.installed-dev
	$(call quietly,ruff,$(BIN)/ruff check)
	$(call quietly,mypy,$(BIN)/mypy)
	$(call quietly,import contracts,$(BIN)/lint-imports --no-cache --no-logo)
	$(call quietly,messages,$(BIN)/python tools/messages.py --check)
	$(call quietly,seed,$(BIN)/python tools/seed.py --check)
	@$(BIN)/python -m pytest -q -n 2 --dist worksteal

torment: $(VENV)/.installed-dev
	@$(BIN)/python -m pytest -m torment

messages: $(VENV)/.installed-dev
	@$(BIN)/python tools/messages.py
	@$(BIN)/python tools/seed.py

picture: $(VENV)/.installed-dev
	@$(BIN)/python tools/picture.py
	@$(BIN)/python tools/gallery.py

bench: $(VENV)/.installed
	@$(BIN)/python bench/startup.py --run

clean:
	rm -rf $(VENV) $(DEMO) .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache

# pip comes last into a new environment: without it, an interrupted run left half of one, and it is made anew.
$(BIN)/pip:
	@rm -rf $(VENV)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "logi needs Python 3.11 or newer; say which: make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
	  echo "python3 -m venv failed: on Debian and Ubuntu, install the package python3-venv" >&2; exit 1; }

# The stamps keep make from installing again until pyproject.toml changes.
$(VENV)/.installed: pyproject.toml | $(BIN)/pip
	@echo "installing logi into $(VENV)"
	@$(PIP) -e .
	@touch $@

$(VENV)/.installed-dev: pyproject.toml | $(BIN)/pip
	@echo "installing logi and its tools into $(VENV)"
	@$(PIP) -e '.[dev]'
	@touch $@ $(VENV)/.installed
