# `make` alone lists what can be done. Prerequisites: Debian 12 or like it, Swift 6.3, git, make.

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help run test setup build check lint format web bench conformance faults docs clean
.PHONY: X test-clients test-browser

# More options for the Swift build of the tests; .ci/run gives some that save time.
SWIFT_TEST_OPTIONS ?=

PYTHON := .deps/venv/bin/python
PROGRAM := .build/release/yardstick
DEMO := .demo
DATA ?= ../shared/data
CASES ?= Tests/Conformance
SWIFT_CODE := $(wildcard Package.swift Sources Tests Benchmarks)

say = @printf '\n== %s\n' "$(1)"

help:
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' Makefile

run: build ## build, make a demo workspace, serve it and print its address
	@test -e $(DEMO)/yardstick.yaml || $(PROGRAM) demo --workspace $(DEMO)
	@$(PROGRAM) serve --workspace $(DEMO)

setup: ## install what building and running needs and is missing
	@Scripts/setup run

web: setup ## bundle the web app
	@Scripts/web-build

build: web ## build the optimised program, .build/release/yardstick
	$(call say,Optimised program)
	@Scripts/commit-header
	@swift build --configuration release --product yardstick

test: tools lint-swift lint-docs test-swift lint-web build conformance test-clients test-browser ## install test tools, then run every check and test there is
	$(call say,All passed)

check: lint-swift build ## check the format, build, check the example workspaces
	$(call say,Example workspaces)
	@set -e; for file in Examples/*/yardstick.yaml; do \
		folder="$$(dirname "$$file")"; \
		test "$$folder" = Examples/mistakes || $(PROGRAM) check --workspace "$$folder"; \
	done
	@! $(PROGRAM) check --workspace Examples/mistakes > .build/mistakes.txt 2>&1
	@echo "Examples/mistakes: $$(grep -cE '^(error|warning|advice):' .build/mistakes.txt) findings, as it should"

lint: tools lint-swift lint-docs lint-web ## check the format of Swift, TypeScript and links between pages

format: ## format the Swift code
	@swift format format --in-place --parallel --recursive $(SWIFT_CODE)

bench: build ## measure against the peers; prints lines `ratio NAME VALUE`
	@Scripts/setup bench
	$(call say,Benchmarks)
	@Benchmarks/run
	@Benchmarks/run ingest $(PROGRAM)

conformance: build ## recompute published numbers from real data: CASES=folder DATA=folder
	$(call say,Conformance)
	@Scripts/conformance "$(CASES)" "$(DATA)"

faults: build ## kill the program, cut its power, fill its disk, under load; count what is stored
	@Scripts/setup faults
	@Tests/Faults/run $(PROGRAM)

docs: build lint-docs ## write the reference of the commands, check the links between the pages
	$(call say,docs/reference/commands.md)
	@mkdir -p docs/reference
	@COLUMNS=100 $(PYTHON) Scripts/command-reference.py $(PROGRAM) > .build/commands.md
	@mv .build/commands.md docs/reference/commands.md

clean: ## remove what was built; keeps what the set-up installed
	rm -rf .build .build-* Benchmarks/.build Sources/CWebAssets/dist $(DEMO)

tools:
	@Scripts/setup test

lint-swift:
	$(call say,Format of the Swift code)
	@swift format lint --strict --parallel --recursive $(SWIFT_CODE)

lint-docs: setup
	$(call say,Links of the documentation)
	@$(PYTHON) Scripts/check-links.py

lint-web: web
	$(call say,Types of the TypeScript code)
	@tsc --project Web/tsconfig.json
	$(call say,Habits of the TypeScript code)
	@.deps/venv/bin/oxlint --deny-warnings Web/src Web/snippet

# The layers may import only what Package.swift says, which the build checks here.
test-swift: web
	$(call say,Debug build with import directions checked)
	@swift build --build-tests --explicit-target-dependency-import-check error $(SWIFT_TEST_OPTIONS)
	$(call say,Swift tests)
	@Scripts/swift-tests $(SWIFT_TEST_OPTIONS)

test-clients: build
	$(call say,Libraries of applications)
	@PYTHONPATH=.deps/clients .deps/venv/bin/pytest -q Tests/Clients

test-browser: build
	$(call say,Browser tests)
	@.deps/venv/bin/pytest -q Tests/Browser
	$(call say,Browser tests of every kind of panel)
	@YARDSTICK_MOCK=1 .deps/venv/bin/pytest -q -m mock Tests/Browser
