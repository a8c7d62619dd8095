# Everything one does here is a target; `make` alone lists them.

GOLANGCI_LINT := v2.15.0
TEMPL         := v0.3.977
GOVULNCHECK   := v1.9.0

FUZZTIME ?= 20s
BENCHTIME ?= 30
TIMEOUT  ?= 15m
CORPUS   ?=
MANIFEST ?=
MANIFESTS ?=
SCORES   ?=
FLAGS    ?=

export PATH := $(CURDIR)/bin:$(PATH)

.DEFAULT_GOAL := help
.PHONY: help test need lint vet vuln generate verify unit stories shots bench eval attack fuzz build demo clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

test: need lint vuln verify unit ## Everything: lint, vulnerabilities, unit tests on both databases, browser stories

need:
	@tools/need.sh

lint: vet bin/.golangci-lint-$(GOLANGCI_LINT) ## Look for mistakes without running anything
	@bin/golangci-lint run ./...

vet:
	@go vet ./...

vuln: bin/.govulncheck-$(GOVULNCHECK) ## Look for known vulnerabilities in what we depend on
	@tools/vuln.sh

unit: # all tests, the browser stories among them
	@BIENVU_TEST_CHROMIUM="$$(tools/chromium.sh)" tools/with-postgres.sh go test -shuffle=on -timeout $(TIMEOUT) ./...

stories: need ## The end-to-end stories alone, in a real browser
	@BIENVU_TEST_CHROMIUM="$$(tools/chromium.sh)" tools/with-postgres.sh go test -count=1 -v -timeout $(TIMEOUT) ./test/...

generate: bin/.templ-$(TEMPL) ## Make the page components and the reference pages again
	@bin/templ generate -log-level warn -path internal/web/page
	@go run ./cmd/bienvu docs docs/reference

verify: bin/.templ-$(TEMPL) ## Fail when a generated file is older than its source
	@tools/verify.sh

shots: ## Take the pictures of docs/images: the pages of the demo, in a real browser
	@BIENVU_TEST_CHROMIUM="$$(tools/chromium.sh)" go test -tags shots -count=1 -run TestShots -timeout $(TIMEOUT) ./test

bench: ## Messages judged a second, and the time from SMTP to the answer
	@if tools/postgres-bin.sh >/dev/null 2>&1; then BIENVU_TEST_DURABLE=1 tools/with-postgres.sh tools/bench.sh $(BENCHTIME); else tools/bench.sh $(BENCHTIME); fi

eval: ## Measure the judgement: make eval CORPUS=DIR MANIFESTS=DIR [SCORES=NAME=FILE], or CORPUS=DIR MANIFEST=FILE
	@test -n "$(CORPUS)" && test -n "$(MANIFESTS)$(MANIFEST)" || { echo "usage: make eval CORPUS=DIR MANIFESTS=DIR [SCORES=\"NAME=FILE…\"], or CORPUS=DIR MANIFEST=FILE"; exit 2; }
	@SCORES="$(SCORES)" FLAGS="$(FLAGS)" tools/eval.sh "$(CORPUS)" "$(or $(MANIFESTS),$(MANIFEST))"

attack: ## Try to talk the judgement out of its verdict: make attack CORPUS=DIR MANIFEST=FILE
	@test -n "$(CORPUS)" && test -n "$(MANIFEST)" || { echo "usage: make attack CORPUS=DIR MANIFEST=FILE"; exit 2; }
	@go run ./cmd/bienvu attack "$(CORPUS)" "$(MANIFEST)"

fuzz: ## Feed every parser strange bytes for FUZZTIME (20s) each
	@tools/fuzz.sh $(FUZZTIME)

build: ## Build bin/bienvu
	@CGO_ENABLED=0 go build -trimpath -o bin/bienvu ./cmd/bienvu

demo: ## Show the whole product on this machine
	@go run ./cmd/bienvu demo

clean: ## Remove what was built
	@rm -rf bin

# The tools come through the Go module system, each at one version.
bin/.golangci-lint-$(GOLANGCI_LINT):
	@tools/install.sh github.com/golangci/golangci-lint/v2/cmd/golangci-lint $(GOLANGCI_LINT)
bin/.templ-$(TEMPL):
	@tools/install.sh github.com/a-h/templ/cmd/templ $(TEMPL)
bin/.govulncheck-$(GOVULNCHECK):
	@tools/install.sh golang.org/x/vuln/cmd/govulncheck $(GOVULNCHECK)
