# What people run. `make run` and `make test` work from a clean clone; the other names are their steps.
SHELL := /bin/bash
.DEFAULT_GOAL := help
VENV := .venv
PY := $(VENV)/bin/python
STAMP := $(VENV)/.installed
export RASA_TELEMETRY_ENABLED := false
export OMP_WAIT_POLICY := PASSIVE
export TF_CPP_MIN_LOG_LEVEL := 3
export TQDM_DISABLE := 1
export PYTHONWARNINGS := ignore

.PHONY: help run test test-long setup train check evaluate bench lock sbom audit clean browser cluster cluster-packages capacity

help:
	@echo "make run        alles klaarzetten en de chatbot openen op deze computer"
	@echo "make test       alle tests"
	@echo "make check      lint, types, kennis en taaldata nakijken"
	@echo "make evaluate   meten hoeveel vragen juist beantwoord worden"
	@echo "make bench      snelheid meten, ook naast standaard-Rasa (een half uur)"
	@echo "make train      het taalmodel trainen"
	@echo "make test-long  lange tests (soak, fuzz, cluster)"
	@echo "make cluster    enkele bots achter nginx, met PostgreSQL en Redis, op deze computer"
	@echo "make capacity   meten wat één bot aankan, en uitrekenen wat er nodig is"

run: setup
	@$(VENV)/bin/wegwijs run

setup: $(STAMP)

$(STAMP): requirements.lock pyproject.toml
	@bash scripts/setup.sh
	@touch $(STAMP)

train: setup
	@$(VENV)/bin/wegwijs train

browser:
	@bash scripts/browser.sh
	@bash scripts/graphviz.sh

check: setup
	@$(VENV)/bin/ruff check bot actions knowledge tests
	@$(VENV)/bin/mypy knowledge actions
	@$(VENV)/bin/wegwijs knowledge check
	@$(VENV)/bin/wegwijs data check

test: setup browser check train
	@$(PY) -m pytest -m "not long"

cluster-packages:
	@bash scripts/cluster_packages.sh

cluster: setup train cluster-packages
	@$(PY) scripts/cluster.py

capacity: setup train cluster-packages
	@PYTHONPATH=. $(PY) scripts/capacity.py

test-long: setup browser train cluster-packages
	@$(PY) -m pytest -m "long"

evaluate: setup train
	@$(VENV)/bin/wegwijs evaluate

bench: setup train
	@$(VENV)/bin/wegwijs bench
	@$(VENV)/bin/wegwijs bench growth
	@$(VENV)/bin/wegwijs bench profile

lock:
	@$(VENV)/bin/uv pip compile pyproject.toml --extra dev --generate-hashes --no-emit-index-url --no-emit-find-links \
		--no-header --no-annotate --python-version 3.10 -o requirements.lock -q

sbom: setup
	@bash scripts/sbom.sh

audit: setup
	@bash scripts/audit.sh

clean:
	rm -rf $(VENV) .cache models var results
