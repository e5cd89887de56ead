# What a fresh clone needs: Swift and a C compiler. GMP is installed where it is missing, and, for
# optimised builds, jemalloc where that is possible.

SWIFT ?= swift
TRIALS ?= 10000

# Where the toolchain has Swift's runtime as archives (on Linux), it is linked in: a tenth faster,
# as every reference that is counted is a call into it.
TOOLCHAIN = $(dir $(realpath $(shell command -v $(SWIFT))))..
STATIC = $(if $(wildcard $(TOOLCHAIN)/lib/swift_static/linux),--static-swift-stdlib)

# Rewriting makes many small things, and jemalloc makes them a tenth faster than the C library. It
# is linked as a library of its own: what the C library allocates has to be freed by the same.
JEMALLOC = $(if $(wildcard $(shell $(CC) -print-file-name=libjemalloc.so 2>/dev/null)),-Xlinker -ljemalloc)
RELEASE = $(SWIFT) build -c release --product lsrl-check $(STATIC) $(JEMALLOC)

.PHONY: help setup check test strict campaign proofs bench bench-peers reports \
  allocator clean

help:
	@echo "make check     build, then check $(TRIALS) random programs compiled to Mamba"
	@echo "make test      build and run all tests"
	@echo "make strict    build with undeclared imports between modules refused"
	@echo "make campaign  check every claim on many random programs (TRIALS=100000)"
	@echo "make proofs    check all proofs and build the verified certificate checker"
	@echo "make bench     measure speed, beside the peers that 'make bench-peers' sets up"
	@echo "make reports   write the reports, with plots, to .build-reports"
	@echo "make setup     install libgmp-dev if GMP is not found"

check: setup allocator
	$(RELEASE)
	.build/release/lsrl-check --arch mamba --trials $(TRIALS)

test: setup
	$(SWIFT) test

strict: setup
	$(SWIFT) build --build-tests --explicit-target-dependency-import-check error

campaign: setup allocator
	$(RELEASE)
	.build/release/lsrl-check check --property all --arch all --trials $(TRIALS)

proofs:
	@sh proofs/check

bench: setup allocator
	$(RELEASE)
	.build/release/lsrl-check bench all

bench-peers:
	@sh Sources/Benchmarks/Peers/setup .build-peers

# A report whose verdicts are not all green ends with 1 or 2; it is written all the same.
REPORT = report() { .build/release/lsrl-check report "$$@" || [ $$? -le 2 ]; }; report
PROGRAMS = fixtures/programs
REFERENCE = fixtures/reference-numbers/noise_robustness

reports: setup allocator
	$(RELEASE)
	@$(REPORT) ifelse --out .build-reports/ifelse
	@$(REPORT) program $(PROGRAMS)/more-ones-than-zeros.lsrl --input fixtures/reports/bits.csv \
	  --out .build-reports/more-ones-than-zeros
	@$(REPORT) program $(PROGRAMS)/dictionary.lsrl --input fixtures/reports/prompt.json \
	  --set variant=multiplicative --out .build-reports/dictionary
	@$(REPORT) exact $(PROGRAMS)/dictionary.lsrl --inputs integers --steps 18 --lambda 32 \
	  --variant direct,optimized,step_optimized,multiplicative,multiplicative_optimized \
	  --out .build-reports/exact
	@mkdir -p .build-reports/noise
	@for e in vec2vec tok2tok; do \
	  .build/release/lsrl-check noise $$e --compare $(REFERENCE)_$$e.csv \
	    --json .build-reports/noise/$$e.json > /dev/null || exit $$?; done
	@.build/release/lsrl-check noise tok2tok --constants auto --compare $(REFERENCE)_tok2tok.csv \
	  --json .build-reports/noise/auto.json > /dev/null 2>&1
	@$(REPORT) noise --data .build-reports/noise/vec2vec.json \
	  --data .build-reports/noise/tok2tok.json --data .build-reports/noise/auto.json \
	  --out .build-reports/noise

setup:
	@sh .ci/setup

allocator:
	@sh .ci/allocator

clean:
	rm -rf .build
