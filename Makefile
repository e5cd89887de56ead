# What a fresh clone needs: Swift and a C compiler. GMP is installed where it is missing.

SWIFT ?= swift
TRIALS ?= 10000

.PHONY: help setup check test strict campaign proofs bench bench-peers clean

help:
	@echo "make check     build, then check $(TRIALS) random programs compiled to Mamba"
	@echo "make test      build and run all tests"
	@echo "make strict    build with undeclared imports between modules refused"
	@echo "make campaign  check every claim on many random programs (TRIALS=100000)"
	@echo "make proofs    check all proofs and build the verified certificate checker"
	@echo "make bench     measure speed, beside the peers that 'make bench-peers' sets up"
	@echo "make setup     install libgmp-dev if GMP is not found"

check: setup
	$(SWIFT) build -c release --product lsrl-check
	.build/release/lsrl-check --arch mamba --trials $(TRIALS)

test: setup
	$(SWIFT) test

strict: setup
	$(SWIFT) build --build-tests --explicit-target-dependency-import-check error

campaign: setup
	$(SWIFT) build -c release --product lsrl-check
	.build/release/lsrl-check check --property all --arch all --trials $(TRIALS)

proofs:
	@sh proofs/check

bench: setup
	$(SWIFT) build -c release --product lsrl-check
	.build/release/lsrl-check bench all

bench-peers:
	@sh Sources/Benchmarks/Peers/setup .build-peers

setup:
	@sh .ci/setup

clean:
	rm -rf .build
