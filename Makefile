# make run     set up what is missing, then serve the dashboard (PORT=8501)
# make test    set up what is missing, then run every test, the browser's included
# make soak    many readers, thousands of page loads, replicas killed: minutes, on a machine that does nothing else
# make bench   measure clicks, loads, bytes, CPU and memory, beside the figures committed last (BENCH="--rounds 3 --keep")
# make check   lint, format, types, imports, content, known weaknesses of the packages
# make translations   bring the catalogues up to date with code and content
# make lock    pin the newest versions that pyproject.toml allows

PORT ?= 8501
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet --require-hashes

.PHONY: run test soak bench check translations lock lines basemap fonts

run: .venv/ready-to-run
	@echo "Caspian Corridors: http://localhost:$(PORT)"
	@exec $(BIN)/python -m streamlit run dashboard/app.py --server.port $(PORT)

test: .venv/ready-to-test .venv/ready-to-browse
	$(BIN)/python -m pytest --numprocesses=auto --maxprocesses=4 --dist=loadfile

soak: .venv/ready-to-test .venv/ready-to-browse
	$(BIN)/python -m pytest -m soak --capture=no

bench: .venv/ready-to-test .venv/ready-to-browse
	$(BIN)/python -m tests.bench $(BENCH)

check: .venv/ready-to-test
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m geodata
	$(BIN)/python -m dashboard.i18n.catalogues --check
	$(BIN)/python -m tests.audit

translations: .venv/ready-to-test
	$(BIN)/python -m dashboard.i18n.catalogues

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' \
		|| { echo "Python 3.11, 3.12 or 3.13 is needed; name it with make PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv .venv

.venv/ready-to-run: requirements.txt | .venv/bin/python
	$(PIP) --requirement requirements.txt
	@touch $@

.venv/ready-to-test: tests/requirements.txt | .venv/bin/python
	$(PIP) --requirement tests/requirements.txt
	@touch $@ .venv/ready-to-run

.venv/ready-to-browse: .venv/ready-to-test tests/browser/get_browser.py tests/browser/get_nginx.py
	$(BIN)/python -m tests.browser.get_browser
	$(BIN)/python -m tests.browser.get_nginx
	@touch $@

# The same set-up for the map's geometry; geodata/build/README.md says what it does.
.venv/ready-to-build: geodata/build/requirements.txt | .venv/bin/python
	$(PIP) --requirement geodata/build/requirements.txt
	@touch $@

lines: .venv/ready-to-build
	$(BIN)/python -m geodata.build.lines

basemap: .venv/ready-to-build
	$(BIN)/python -m geodata.build.basemap

fonts: .venv/ready-to-run
	$(BIN)/python -m dashboard.fonts.build

COMPILE := $(BIN)/uv pip compile pyproject.toml --quiet --upgrade --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-header

lock: .venv/ready-to-test
	$(COMPILE) --output-file requirements.txt
	$(COMPILE) --extra test --constraint requirements.txt --output-file tests/requirements.txt
	$(COMPILE) --extra build --constraint requirements.txt --output-file geodata/build/requirements.txt
