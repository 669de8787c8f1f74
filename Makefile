# make run    everything a new machine needs, then the server with sample data on http://127.0.0.1:8080
# make test   everything a new machine needs, then every test
# make real   loads a real public record through the API into a server of its own; REAL_DATA names its folder
# The rest: build, assets, lint, golden, bench.

SHELL := /bin/sh
export PATH := $(PATH):/usr/local/go/bin

# A checkout that git does not trust (another owner) is built without its revision.
VCS := $(shell git status >/dev/null 2>&1 || echo -buildvcs=false)

GOLANGCI_LINT := github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0
GOVULNCHECK := golang.org/x/vuln/cmd/govulncheck@v1.9.0
DIST := app/web/static/dist
ASSET_SOURCES := $(wildcard package.json app/web/build.mjs) $(shell find app/web/static/src -type f 2>/dev/null)
REAL_DATA ?= ../shared/data/inai-2015

.PHONY: torture run test build assets lint golden bench real setup setup-test
.NOTPARALLEL:

run: setup assets build
	@exec bin/tayang serve --sample

build: assets
	go build $(VCS) -o bin/tayang ./cmd/tayang

# The tests share one PostgreSQL; it is stopped at the end, however they end.
test: setup-test assets
	go vet ./...
	@status=0; go test -timeout 20m ./... || status=1; \
	go run ./db/dbtest/stop || status=1; \
	if [ $$status -eq 0 ]; then echo "make test: all tests passed"; else echo "make test: FAILED, see above"; fi; \
	exit $$status

setup:
	@scripts/setup run

setup-test:
	@scripts/setup test

# Bundled again only when a source or the lock file has changed.
assets: $(if $(wildcard package.json),$(DIST)/.built)

$(DIST)/.built: $(ASSET_SOURCES) node_modules/.package-lock.json
	npm run --silent build
	@touch $@

node_modules/.package-lock.json: package-lock.json
	npm ci --no-audit --no-fund --loglevel=error
	@touch $@

# govulncheck ends with 3 when it finds something; anything else means that its database is out of reach.
lint: assets
	@unformatted=$$(gofmt -l $$(git ls-files '*.go')); \
	if [ -n "$$unformatted" ]; then echo "gofmt -w these:"; echo "$$unformatted"; exit 1; fi
	go vet ./...
	go run $(GOLANGCI_LINT) run ./...
	GOBIN=$(CURDIR)/bin go install $(GOVULNCHECK)
	@status=0; bin/govulncheck ./... || status=$$?; \
	if [ $$status -eq 3 ]; then exit 1; elif [ $$status -ne 0 ]; then echo "govulncheck could not run; its findings are unknown"; fi

# Golden files are written anew; look at the difference before you commit it.
golden: setup-test assets
	UPDATE_GOLDEN=1 go test -count=1 ./...
	go run ./db/dbtest/stop
	@git status --short -- '*testdata*' '*golden*' '*openapi.yaml'

# First the parts in themselves, then the whole program beside what bounds it; docs/performance.md says what the figures
# mean. BENCH="-placements 20000" is a quick look.
bench: setup build
	@status=0; go test -run '^$$' -bench . -benchmem ./... || status=1; \
	go run ./db/dbtest/stop || status=1; \
	go run $(VCS) ./cmd/bench $(BENCH) || status=1; \
	exit $$status

# Many clerks on two budget lines for a long time; the ordinary tests do a shorter run.
torture: setup-test assets
	TORTURE=$${TORTURE:-200000} go test -count=1 -timeout 2h -run Torture -v ./app/budget
	go run ./db/dbtest/stop

real: setup build
	go run $(VCS) ./cmd/inai -program bin/tayang $(REAL_DATA) out
