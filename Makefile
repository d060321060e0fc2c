# make demo     installs what it needs, builds in release mode, shows the main job, keeps serving until Ctrl-C
# make test     installs what the tests need and runs them, the journeys in a real browser too
# make bench    prints our figures beside their peers'
# make check    format, module boundaries, tests that would never run, openapi.yaml

SHELL := /bin/bash
SWIFT_FLAGS := --explicit-target-dependency-import-check error

.PHONY: help demo build test check bench fuzz clean

help:
	@sed -n '1,4s/^# //p' Makefile

demo: build
	@.build/release/crosswalk demo $(ARGS)

build:
	@scripts/install build
	@echo "Building in release mode; the first time takes five to ten minutes."
	@swift build -c release --product crosswalk $(SWIFT_FLAGS)

test:
	@scripts/install test
	@swift build --build-tests $(SWIFT_FLAGS)
	@# In parts: all at once, the long plays starve the tests that a time-out of their client would fail.
	@# Sixteen tests at a time take no longer, and keep few files open: with over 1,300 of them Foundation's way of starting a program reads
	@# past its buffer (swift-corelibs-foundation, pull request 5472).
	@SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH=16 \
	    swift test --skip-build --disable-xctest --skip '^(SyncTests|EndToEndTests|BrowserTests)\.'
	@swift test --skip-build --disable-xctest --filter '^SyncTests\.'
	@swift test --skip-build --disable-xctest --filter '^EndToEndTests\.'
	@swift test --skip-build --disable-xctest --filter '^BrowserTests\.'

check:
	@scripts/check

bench: build
	@scripts/bench

fuzz:
	@scripts/fuzz 60

clean:
	@rm -rf .build
